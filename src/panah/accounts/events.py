"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.audit.events import event

ADDED = event("accounts:staff:added", _("%(who)s added a colleague."))
ROLES = event("accounts:staff:roles", _("%(who)s changed what a colleague does here."))
LEFT = event("accounts:staff:left", _("%(who)s recorded that a colleague left."))
SETTINGS = event("accounts:settings:changed", _("%(who)s changed own settings."))
SESSION_ENDED = event("accounts:session:ended", _("%(who)s ended own sign-ins."))
DEVICE_KNOWN = event("accounts:device:known", _("%(who)s signed in from a device for the first time."))
DEVICE_FORGOTTEN = event("accounts:device:forgotten", _("%(who)s let a device of her own be forgotten."))
ON_DUTY = event("accounts:duty:put", _("%(who)s put a colleague on duty."))
OFF_DUTY = event("accounts:duty:taken", _("%(who)s took a duty off the roster."))
