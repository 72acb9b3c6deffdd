"""What this room writes in the journal. Entries about a matter are read by nobody but its readers, on its own page."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

TAKEN = event("complaints:matter:taken", _("%(who)s took down a matter."))
LEFT_OUT = event("complaints:matter:left-out", _("%(who)s left out another reader."), decides=True)
MEANT = event(
    "complaints:matter:meant",
    _("%(who)s said whether the readers who were left out are meant."),
    decides=True,
)
ACKNOWLEDGED = event("complaints:matter:acknowledged", _("%(who)s confirmed that it was received."))
LOOKING = event("complaints:matter:looking", _("%(who)s began to look into it."))
NOTED = event("complaints:matter:noted", _("%(who)s wrote a note."))
ANSWERED = event("complaints:matter:answered", _("%(who)s wrote down the answer."))
CLOSED = event("complaints:matter:closed", _("%(who)s closed a matter."))
REOPENED = event("complaints:matter:reopened", _("%(who)s opened a matter again."))
ASKED = event("complaints:colleague:asked", _("%(who)s asked a colleague."))
REPLIED = event("complaints:colleague:replied", _("%(who)s gave what was asked for."))
LEFT = event("complaints:message:left", _("%(who)s left word for the readers."))
HEARD = event("complaints:message:read", _("%(who)s read what was left."))
PASSED_ON = event("complaints:matter:passed-on", _("%(who)s let another reader in."))
GATHERED = event(
    "complaints:kept:gathered", _("%(who)s gathered what is kept about a person, for the person.")
)
NAMED = event(
    "complaints:reader:named", _("%(who)s named a second reader of complaints."), retention="names no one"
)
CONFIRMED = event(
    "complaints:reader:confirmed",
    _("%(who)s confirmed the second reader of complaints."),
    retention="names no one",
)
DECLINED = event(
    "complaints:reader:declined",
    _("%(who)s did not confirm the second reader of complaints."),
    retention="names no one",
)
