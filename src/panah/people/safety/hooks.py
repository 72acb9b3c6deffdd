"""What staff safety registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.people.safety import actions as safety
from panah.people.safety import permissions
from panah.people.safety import queries as safety_queries
from panah.people.safety.words import INTERPRETERS, ROOM

# What is due about a threat is its readers' alone, its alarm of whoever is paged.
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        rank=Rank.SAFETY,
        address=by_subject("safety:threat"),
        ends_on=dict.fromkeys(("look", "review"), by_subject("safety:threat")),
        asks_first=frozenset({"keep"}),
        owners_only=True,
        readers_only=True,
        may_open=safety_queries.may_open,
        says={
            "look": _("A colleague is threatened: read it, and talk with whoever it is about"),
            "review": _("A threat against a colleague: ask how it is now"),
            "keep": _("Decide whether this is kept or erased"),
        },
    ),
)
ITEM_ROOMS.register(
    INTERPRETERS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("safety:interpreter"),
        ends_on={"vet": by_subject("safety:interpreter")},
        focal_points_only=True,
        shown_in_lists=frozenset({"vet"}),
        says={"vet": _("The vetting of an interpreter runs out: look again")},
    ),
)
ON_ERASE.register(ROOM, safety.forget, order=80)
ON_ERASE.register(INTERPRETERS, safety.forget_interpreter, order=81)
OFFBOARDING.register(
    ROOM,
    Offboarding(hand_over=safety.hand_over_all, give_back=safety.pass_due, pass_on=safety.pass_due),
    order=50,
)
# Everybody here can report a threat; only those to whom one is open see a number beside it.
MENU.register(
    "safety",
    MenuItem("safety:start", _("Staff safety"), "warn", count=safety_queries.waiting, section=Section.HELP),
    order=61,
)
MENU.register(
    "interpreters",
    MenuItem(
        "safety:interpreters",
        _("Interpreters"),
        "people",
        visible=permissions.names_interpreters,
        section=Section.DIRECTORY,
    ),
    order=71,
)
