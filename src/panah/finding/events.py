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

# Between societies.
ASKED_THERE = event(
    "finding:there:asked",
    _("%(who)s asked a paired society whether it knows the person of a case."),
    forgets="with the file",
)
ANSWER_READ = event(
    "finding:there:answer-read", _("%(who)s read what a paired society answered."), forgets="with the file"
)
STOPPED_THERE = event(
    "finding:there:stopped", _("%(who)s took back a question to a paired society."), forgets="with the file"
)
CAME = event("finding:here:came", _("A paired society asks whether a person is known."))
COMPARED = event("finding:here:compared", _("%(who)s let a question of a paired society be compared."))
PASSED = event(
    "finding:here:passed",
    _("A question of a paired society was laid before the holder of the case."),
    forgets="with the file",
)
SHOWN = event(
    "finding:here:shown", _("%(who)s looked whom a paired society asks about."), forgets="with the file"
)
DECIDED = event(
    "finding:here:decided",
    _("%(who)s decided what to tell a paired society about a question."),
    forgets="with the file",
)
TAKEN_BACK = event("finding:here:taken-back", _("A paired society took a question back."))
