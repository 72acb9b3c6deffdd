"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

ADDED = event("accounts:staff:added", _("%(who)s added a colleague."), retention="names no one")
ROLES = event(
    "accounts:staff:roles", _("%(who)s changed what a colleague does here."), retention="names no one"
)
LEFT = event("accounts:staff:left", _("%(who)s recorded that a colleague left."), retention="names no one")
SETTINGS = event("accounts:settings:changed", _("%(who)s changed own settings."), retention="names no one")
SESSION_ENDED = event("accounts:session:ended", _("%(who)s ended own sign-ins."), retention="names no one")
DEVICE_KNOWN = event(
    "accounts:device:known",
    _("%(who)s signed in from a device for the first time."),
    retention="names no one",
)
DEVICE_FORGOTTEN = event(
    "accounts:device:forgotten", _("%(who)s let a device of her own be forgotten."), retention="names no one"
)
ON_DUTY = event("accounts:duty:put", _("%(who)s put a colleague on duty."), retention="names no one")
OFF_DUTY = event("accounts:duty:taken", _("%(who)s took a duty off the roster."), retention="names no one")
