"""What complaints and requests about own data register with rooms below them."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.vault.protected_roles import READERS
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number, by_subject
from panah.people.cases import queries as cases_queries
from panah.people.complaints import actions as complaints
from panah.people.complaints import permissions
from panah.people.complaints import queries as complaints_queries
from panah.people.complaints.words import ASK_ROOM, LEFT_ROOM, ROOM

# What is due is its owner's alone; readers follow each other.
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_number("complaints:matter"),
        ends_on=dict.fromkeys(("acknowledge", "answer", "meant"), by_number("complaints:matter")),
        asks_first=frozenset({"follow_up", "keep"}),
        owners_only=True,
        readers_only=True,
        says={
            "acknowledge": _("Read it and confirm that it came in"),
            "answer": _("Give the answer"),
            "meant": _("Say whether the readers who were left out are meant"),
            "follow_up": _("Ask whether the answer helped"),
            "keep": _("Decide whether this is kept or erased"),
        },
    ),
)
ITEM_ROOMS.register(
    ASK_ROOM,
    ItemRoom(
        address=by_subject("complaints:asked"),
        ends_on={"ask": by_subject("complaints:asked")},
        outcome_alone=frozenset({"replied"}),
        owners_only=True,
        readers_only=True,
        says={
            "ask": _("A person asks about own data: give what is needed"),
            "replied": _("A colleague replied: read it"),
        },
    ),
)
ITEM_ROOMS.register(
    LEFT_ROOM,
    ItemRoom(
        address=by_subject("complaints:left"),
        ends_on={"left": by_subject("complaints:left")},
        owners_only=True,
        readers_only=True,
        says={"left": _("Somebody asks after a complaint or a request")},
    ),
)
ON_ERASE.register(ROOM, complaints.forget, order=60)
# How many complaints a colleague reads is told to nobody: they are not counted.
OFFBOARDING.register(ROOM, Offboarding(hand_over=complaints.hand_over_all), order=40)


def _second_readers(society: UUID) -> set[UUID]:
    row = complaints_queries.second_reader(society)
    return {row.staff_id} if row is not None else set()


READERS.register("second reader", _second_readers)
cases_queries.TABS.register(
    "own_data", cases_queries.Tab("complaints:kept", _("Own data"), cases_queries.CaseTab.FILE), order=70
)
# Whoever works here can take a complaint down; only those to whom one is open see a number beside it.
MENU.register(
    "complaints",
    MenuItem(
        "complaints:start",
        _("Complaints"),
        "help",
        count=complaints_queries.waiting,
        section=Section.HELP,
        daily=permissions.is_officer,
    ),
    order=60,
)
