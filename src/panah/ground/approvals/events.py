"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

ASKED = event(
    "approvals:request:asked",
    _("%(who)s asked for something that two people decide."),
    retention="names no one",
)
APPROVED = event(
    "approvals:request:approved", _("%(who)s approved what two people decide."), retention="names no one"
)
BY_SHARES = event(
    "approvals:request:by-shares",
    _("Two shares of the recovery key approved what two people decide."),
    retention="names no one",
)
STOPPED = event(
    "approvals:request:stopped", _("%(who)s stopped what two people decide."), retention="names no one"
)
DONE = event(
    "approvals:request:done", _("%(who)s carried out what two people decided."), retention="names no one"
)
EXPIRED = event(
    "approvals:request:expired",
    _("What two people decide was not approved in time."),
    retention="names no one",
)
