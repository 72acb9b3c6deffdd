"""What this room writes in the journal: about a place or a stay, never about a case, and nothing of whom."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

PLACE_MADE = event("shelter:place:made", _("%(who)s wrote down a safe place."), retention="names no one")
PLACE_CHANGED = event("shelter:place:changed", _("%(who)s changed a safe place."), retention="names no one")
RUNNER_NAMED = event(
    "shelter:runner:named", _("%(who)s named a colleague who runs a safe place."), retention="names no one"
)
RUNNER_GONE = event(
    "shelter:runner:gone", _("%(who)s took a colleague off a safe place."), retention="names no one"
)
COUNTS_SHARED = event(
    "shelter:counts:shared",
    _("%(who)s let all who ask for beds see how many are taken."),
    retention="names no one",
)
COUNTS_KEPT = event(
    "shelter:counts:kept",
    _("%(who)s let only those who run a house see how many of its beds are taken."),
    retention="names no one",
)
BED_CHANGED = event("shelter:bed:changed", _("%(who)s changed rooms or beds."), retention="names no one")
SHIFT_SET = event(
    "shelter:shift:set", _("%(who)s changed who is in the house when."), retention="names no one"
)
INCIDENT = event(
    "shelter:incident:written", _("%(who)s wrote in the book of a house."), retention="names no one"
)
NEED_WRITTEN = event(
    "shelter:need:written", _("%(who)s wrote down what a house needs."), retention="names no one"
)
ASKED = event("shelter:stay:asked", _("%(who)s asked for a bed."))
HELD = event("shelter:stay:held", _("%(who)s held a bed."))
HOLD_ENDED = event(
    "shelter:stay:hold-ended", _("The time for which a bed was held is over."), retention="names no one"
)
PLACED = event("shelter:stay:placed", _("%(who)s gave a bed."))
DECLINED = event("shelter:stay:declined", _("%(who)s declined to give a bed."))
TAKEN_BACK = event("shelter:stay:taken-back", _("%(who)s wrote that a bed is not needed any more."))
ARRIVED = event("shelter:stay:arrived", _("Arrival recorded by %(who)s."))
CHANGED = event("shelter:stay:changed", _("%(who)s changed how long or where a stay is."))
MISSING = event("shelter:stay:missing", _("%(who)s wrote that somebody did not come back."))
BACK = event("shelter:stay:back", _("%(who)s wrote that somebody came back."))
LEFT = event("shelter:stay:left", _("%(who)s wrote down that somebody left."))
LEAVING_ASKED = event(
    "shelter:stay:leaving-asked", _("%(who)s asked a second person about the end of a stay.")
)
LEAVING_REFUSED = event("shelter:stay:leaving-refused", _("%(who)s wrote that a stay goes on."))
SHEET_CHANGED = event("shelter:stay:told", _("%(who)s changed what a house knows of a resident."))
LET_IN = event("shelter:stay:let-in", _("%(who)s let a colleague follow a stay."))
FOLLOWS = event("shelter:stay:follows", _("%(who)s follows a stay with the case."))
FORGOTTEN = event(
    "shelter:stay:forgotten", _("What a house knew of a resident was erased."), retention="names no one"
)
