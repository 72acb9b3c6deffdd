"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

BEGUN = event(
    "materials:draft:begun",
    _("%(who)s brought a file to be published."),
    retention="names no one",
    does="writes",
)
CHANGED = event(
    "materials:draft:changed",
    _("%(who)s changed a file that is to be published."),
    retention="names no one",
    does="writes",
)
DROPPED = event(
    "materials:draft:dropped",
    _("%(who)s threw away a file that was to be published."),
    retention="names no one",
)
PUBLISHED = event(
    "materials:version:published",
    _("%(who)s published a file at the public door."),
    retention="names no one",
    does="approves",
)
WITHDRAWN = event(
    "materials:version:withdrawn", _("%(who)s took a file off the public door."), retention="names no one"
)
