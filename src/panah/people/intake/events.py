"""What this room writes in the journal: that something was done with a report, never what it says."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

JOINED = event("intake:reports:joined", _("%(who)s joined reports of one matter."), retention="names no one")
PARTED = event("intake:reports:parted", _("%(who)s parted reports again."), retention="names no one")
FILE_SHOWN = event("intake:file:shown", _("%(who)s looked at a file of a report."), retention="names no one")
FILE_TAKEN = event("intake:file:taken", _("%(who)s saved a file of a report."), retention="names no one")
MARKED = event("intake:picture:marked", _("%(who)s marked a picture of a report."), retention="names no one")
ASKED = event("intake:picture:asked", _("%(who)s asked to open a marked picture."), retention="names no one")
AGREED = event(
    "intake:picture:agreed", _("%(who)s agreed that a marked picture is opened."), retention="names no one"
)
CAME_OF_IT = event(
    "intake:picture:settled", _("%(who)s wrote what came of a marked picture."), retention="names no one"
)
SEEN = event("intake:picture:seen", _("%(who)s saw a marked picture, blurred."), retention="names no one")
