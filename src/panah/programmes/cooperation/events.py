"""What this room writes in the journal: no entry holds a name, a number or a text."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

NO_ONE: Final = "names no one"
PROFILE = event(
    "cooperation:profile:changed",
    _("%(who)s wrote down what the society does along the route."),
    retention=NO_ONE,
)
POINT = event("cooperation:point:changed", _("%(who)s wrote down a contact point."), retention=NO_ONE)
TRIED = event("cooperation:point:tried", _("%(who)s made a test call to a duty number."), retention=NO_ONE)
CALLED_US = event(
    "cooperation:point:tried-by-others",
    _("Another society made a test call to a duty number of ours."),
    retention=NO_ONE,
)
CORRIDOR = event("cooperation:corridor:changed", _("%(who)s wrote down a corridor."), retention=NO_ONE)
WRITTEN = event(
    "cooperation:practice:written", _("%(who)s wrote in a good practice."), retention=NO_ONE, does="writes"
)
ASKED = event(
    "cooperation:practice:asked",
    _("%(who)s asked another society to review a good practice."),
    retention=NO_ONE,
)
CALLED_BACK = event(
    "cooperation:practice:called-back", _("%(who)s took a good practice back into a draft."), retention=NO_ONE
)
REVIEWED = event(
    "cooperation:practice:reviewed",
    _("%(who)s reviewed a good practice of another society."),
    retention=NO_ONE,
)
REVIEW_CAME = event(
    "cooperation:practice:review-came",
    _("The review of a good practice came from another society."),
    retention=NO_ONE,
)
PUBLISHED = event(
    "cooperation:practice:published",
    _("%(who)s published a good practice."),
    retention=NO_ONE,
    does="approves",
)
MEETING = event("cooperation:meeting:changed", _("%(who)s wrote in a meeting."), retention=NO_ONE)
DECIDED = event(
    "cooperation:decision:made", _("%(who)s wrote down a decision of a meeting."), retention=NO_ONE
)
FOLLOWED = event(
    "cooperation:decision:closed",
    _("%(who)s wrote down what came of a decision of a meeting."),
    retention=NO_ONE,
)
SHARED = event(
    "cooperation:entry:shared", _("%(who)s shared an entry with other societies."), retention=NO_ONE
)
TAKEN_BACK = event(
    "cooperation:entry:taken-back", _("%(who)s took an entry back from other societies."), retention=NO_ONE
)
CAME = event("cooperation:entry:came", _("An entry came from another society."), retention=NO_ONE)
SEATED = event("cooperation:seat:given", _("%(who)s gave a guest seat."))
UNSEATED = event("cooperation:seat:ended", _("%(who)s ended a guest seat."))
SHOWN = event("cooperation:seat:shown", _("%(who)s shared an entry with a guest."))
HIDDEN = event("cooperation:seat:hidden", _("%(who)s took an entry back from a guest."))
QUESTION = event("cooperation:question:asked", _("%(who)s asked for details as a guest."))
ANSWERED = event("cooperation:question:answered", _("%(who)s answered a guest’s question."))
