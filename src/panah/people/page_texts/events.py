"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

WRITTEN = event(
    "page_texts:draft:written",
    _("%(who)s corrected a text of the public door."),
    retention="names no one",
    does="writes",
)
DROPPED = event(
    "page_texts:draft:dropped",
    _("%(who)s threw away a corrected text of the public door."),
    retention="names no one",
)
PUBLISHED = event(
    "page_texts:text:published",
    _("%(who)s published a corrected text of the public door."),
    retention="names no one",
    does="approves",
)
TAKEN_BACK = event(
    "page_texts:text:taken-back",
    _("%(who)s put a text of the public door back as it was delivered."),
    retention="names no one",
)
CHECKED = event(
    "page_texts:language:checked",
    _("%(who)s wrote down that a native speaker checked texts of the public door."),
    retention="names no one",
)
