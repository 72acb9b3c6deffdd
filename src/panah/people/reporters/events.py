"""What this room writes in the journal: that something was answered, closed or taken back; never what it says."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

ANSWERED = event(
    "reporters:report:answered", _("%(who)s answered a report of the public door."), retention="names no one"
)
CLOSED = event(
    "reporters:report:closed", _("%(who)s closed a report of the public door."), retention="names no one"
)
WITHDRAWN = event(
    "reporters:report:withdrawn", _("A report of the public door was taken back."), retention="names no one"
)
ASKED_BACK = event(
    "reporters:report:asked-back",
    _("Somebody took a report of the public door back."),
    retention="names no one",
)
GIVEN_UP = event(
    "reporters:report:given-up",
    _("Somebody who wrote to the public door wanted no number of the message."),
    retention="names no one",
)
ERASED = event(
    "reporters:report:erased",
    _("A report of the public door was old and was erased."),
    retention="names no one",
)
FILE_DESTROYED = event(
    "reporters:file:destroyed", _("%(who)s deleted a file of a report."), retention="names no one"
)
STARTED = event("reporters:chat:started", _("A chat began at the public door."), retention="names no one")
CLAIMED = event(
    "reporters:chat:claimed", _("%(who)s took a chat of the public door."), retention="names no one"
)
ENDED = event("reporters:chat:ended", _("A chat of the public door ended."), retention="names no one")
CHAT_ERASED = event(
    "reporters:chat:erased", _("A chat of the public door was old and was erased."), retention="names no one"
)
