"""What this room writes in the journal. Entries about a matter are read by nobody but its readers, on its own page."""

from django.utils.translation import gettext_lazy as _

from panah.audit.events import event

TAKEN = event("complaints:matter:taken", _("%(who)s took down a matter."), forgets="with the file")
ACKNOWLEDGED = event(
    "complaints:matter:acknowledged", _("%(who)s confirmed that it was received."), forgets="with the file"
)
LOOKING = event("complaints:matter:looking", _("%(who)s began to look into it."), forgets="with the file")
NOTED = event("complaints:matter:noted", _("%(who)s wrote a note."), forgets="with the file")
ANSWERED = event("complaints:matter:answered", _("%(who)s wrote down the answer."), forgets="with the file")
CLOSED = event("complaints:matter:closed", _("%(who)s closed a matter."), forgets="with the file")
REOPENED = event("complaints:matter:reopened", _("%(who)s opened a matter again."), forgets="with the file")
ASKED = event("complaints:colleague:asked", _("%(who)s asked a colleague."), forgets="with the file")
REPLIED = event(
    "complaints:colleague:replied", _("%(who)s gave what was asked for."), forgets="with the file"
)
LEFT = event("complaints:message:left", _("%(who)s left word for the readers."), forgets="with the file")
HEARD = event("complaints:message:read", _("%(who)s read what was left."), forgets="with the file")
PASSED_ON = event("complaints:matter:passed-on", _("%(who)s let another reader in."), forgets="with the file")
GATHERED = event(
    "complaints:kept:gathered",
    _("%(who)s gathered what is kept about a person, for the person."),
    forgets="with the file",
)
NAMED = event("complaints:reader:named", _("%(who)s named a second reader of complaints."))
CONFIRMED = event("complaints:reader:confirmed", _("%(who)s confirmed the second reader of complaints."))
DECLINED = event("complaints:reader:declined", _("%(who)s did not confirm the second reader of complaints."))
