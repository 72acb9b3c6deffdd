"""What this room writes in the journal: that someone looked, never for whom."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

LOOKED = event("finding:person:looked", _("%(who)s looked for a person."), retention="names no one")
ASKED = event(
    "finding:question:asked",
    _("%(who)s asked the focal point whether a person is known."),
    retention="names no one",
)
ANSWERED = event(
    "finding:question:closed", _("%(who)s looked into a question of a colleague."), retention="names no one"
)
TOLD = event("finding:match:passed", _("%(who)s passed a possible match to the holder of the case."))

# Between societies.
ASKED_THERE = event(
    "finding:there:asked", _("%(who)s asked a paired society whether it knows the person of a case.")
)
ANSWER_READ = event("finding:there:answer-read", _("%(who)s read what a paired society answered."))
STOPPED_THERE = event("finding:there:stopped", _("%(who)s took back a question to a paired society."))
CAME = event(
    "finding:here:came", _("A paired society asks whether a person is known."), retention="names no one"
)
COMPARED = event(
    "finding:here:compared",
    _("%(who)s let a question of a paired society be compared."),
    retention="names no one",
)
PASSED = event(
    "finding:here:passed", _("A question of a paired society was laid before the holder of the case.")
)
SHOWN = event("finding:here:shown", _("%(who)s looked whom a paired society asks about."))
DECIDED = event("finding:here:decided", _("%(who)s decided what to tell a paired society about a question."))
TAKEN_BACK = event(
    "finding:here:taken-back", _("A paired society took a question back."), retention="names no one"
)

# Within the society: likely doubles.
PAIRS_LOOKED = event(
    "finding:pairs:looked", _("%(who)s looked for cases that may be one person’s."), retention="names no one"
)
PAIR_LAID = event(
    "finding:pair:laid", _("Whoever holds the case is asked whether another one is the same person’s.")
)
PAIR_APART = event(
    "finding:pair:apart", _("%(who)s wrote down that two cases are two people’s."), retention="names no one"
)
PAIR_ANSWERED = event(
    "finding:pair:answered", _("%(who)s answered whether another case is the same person’s.")
)
