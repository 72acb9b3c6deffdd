"""What this room writes in the journal: that someone looked, never for whom."""

from django.utils.translation import gettext_noop as _

from panah.audit.events import event

LOOKED = event("finding:person:looked", _("%(who)s looked for a person."))
ASKED = event("finding:question:asked", _("%(who)s asked the focal point whether a person is known."))
ANSWERED = event("finding:question:closed", _("%(who)s looked into a question of a colleague."))
TOLD = event(
    "finding:match:passed",
    _("%(who)s passed a possible match to the holder of the case."),
    forgets="with the file",
)
