"""What the operational model registers with rooms below it."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.ground.audit.fact_words import FACT_WORDS, FactWords
from panah.ground.foundation.rls_tables import EXEMPT
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.network import capabilities
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.work import actions as work
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject, plain
from panah.programmes.model import actions as model
from panah.programmes.model import permissions
from panah.programmes.model import queries as model_queries
from panah.programmes.model.texts import delivered, read
from panah.programmes.model.words import AGAIN, LEVELS, PLAN

EXEMPT.register("model.Edition", "the texts of the operational model are the network's")
EXEMPT.register("model.SharedStrengths", "what a society decided to show to the whole network")
ITEM_ROOMS.register(
    LEVELS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("model:own"),
        ends_on={LEVELS: by_subject("model:own")},
        says={LEVELS: _("Give your levels for the self-assessment")},
    ),
)
ITEM_ROOMS.register(
    PLAN,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("model:action"),
        ends_on={PLAN: by_subject("model:action")},
        says={PLAN: _("An action of the plan after the self-assessment: write what came of it")},
    ),
)
ITEM_ROOMS.register(
    AGAIN,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=plain("model:begin"),
        ends_on={AGAIN: plain("model:begin")},
        focal_points_only=True,
        says={AGAIN: _("A year has passed: begin the next self-assessment")},
    ),
)


def _element(name: str) -> str | None:
    named = read(delivered()[max(delivered())], get_language() or "en").get(name)
    return named.title if named else None


FACT_WORDS.register("element", FactWords("element", _element))
work.ON_CHANGE.register(PLAN, model.follow_item)
# Before what is due itself is given on.
OFFBOARDING.register(PLAN, Offboarding(hand_over=model.hand_over_all), order=5)
# A society that informs, refers and hears back takes case work up again when its self-assessment allows it.
capabilities.OPENS_WITH.register("model", model_queries.not_carried)
MENU.register(
    "model",
    MenuItem(
        "model:start",
        _("Self-assessment"),
        "check",
        visible=permissions.finds_it_in_the_menu,
        section=Section.SOCIETY,
    ),
    order=85,
)
