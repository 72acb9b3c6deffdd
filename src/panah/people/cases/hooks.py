"""What cases register with rooms below them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.jinja import url
from panah.ground.kit.nav import CASE_TABS, MENU, RED_BUTTONS, DangerHere, MenuItem
from panah.ground.network.capabilities import CAPABILITIES, NEVER_CLOSED, OPEN_WORK
from panah.ground.vault.actions.erasure import CASCADES, ON_ERASE
from panah.ground.vault.actions.offboarding import OFFBOARDING, HandoverResult, HeldWork, Offboarding
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.waiting_parts import ON_TAKEN_AWAY, ON_WRITTEN
from panah.ground.work import actions as work
from panah.ground.work.item_rooms import ITEM_ROOMS, LABELS, ItemRoom, by_number
from panah.ground.work.told_parts import MORE, SHEETS, in_order
from panah.people.cases import actions as cases
from panah.people.cases import closable, permissions, told
from panah.people.cases import queries as cases_queries
from panah.people.cases.forms.dates import FollowUpDayForm
from panah.people.cases.queries.bulk import BULK, BulkAction
from panah.people.cases.queries.consent import consent_subject
from panah.people.cases.queries.counted import help_given
from panah.people.cases.queries.lists import working_labels_by_file
from panah.people.cases.queries.tabs import tabs_of
from panah.people.cases.words.due_types import ROOM
from panah.people.consent import subjects
from panah.people.consent.queries import Consent
from panah.people.consent.withdrawal_registry import ON_CHANGE
from panah.people.consent.words import ConsentPurpose
from panah.people.inbox import actions as inbox

if TYPE_CHECKING:
    from django.urls import ResolverMatch

    from panah.ground.accounts.models import Staff


def _address(subject: UUID, number: str) -> str:
    # An alarm knows only the case, and is about its safety.
    return url("cases:case", number) if number else url("cases:safety", cases_queries.number_of(subject))


ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=_address,
        ends_on={
            "review": by_number("cases:risk"),
            "approve": by_number("cases:plan"),
            "decide": by_number("cases:stage"),
            **dict.fromkeys(("tonight", "assess", "guardian"), by_number("cases:child")),
            **dict.fromkeys(("deadline", "follow"), by_number("cases:dates")),
            "visit": by_number("cases:detention"),
            "sign": by_number("cases:means"),
            "hears": by_number("complaints:kept"),
            **dict.fromkeys(("close", "keep"), by_number("cases:close")),
        },
        # A call-back that a line promised goes along into the case.
        asks_first=frozenset({"call_back", "match", "danger"}),
        of_people=frozenset({"danger"}),
        of_safety=frozenset({"danger", "review", "tonight", "guardian", "visit"}),
        outcome_alone=frozenset({"first", "plan", "waiting", "extra"}),
        may_open=cases_queries.may_open,
        told_apart=cases_queries.told_apart,
        holders=cases_queries.holders_by_id,
        shown_in_lists=frozenset({"call_back", "review"}),
        says={
            "review": _("Look at the risk again"),
            "approve": _("Read the plan and approve it, or say what is missing"),
            "decide": _("Decide with the person what comes next"),
            "tonight": _("A child: write the note for tonight"),
            "assess": _("A child: assess the best interests"),
            "guardian": _("A child: find a representative"),
            "deadline": _("A deadline of this case: look at it"),
            "follow": _("Ask how life goes on"),
            "visit": _("Meet the person, or find out how"),
            "sign": _("Sign as the second for what was given"),
            "hears": _("A request names this person: decide whether the person hears of it"),
            "close": _("Decide whether the case can be closed"),
            "keep": _("Decide whether this case is kept or erased"),
            "call_back": _("A promised call-back: read first whether ringing is safe"),
            "match": _("Somebody looked for a person like this one: decide what is told"),
            "danger": _("Life was in danger: how is the person now, and what happens next?"),
            "first": _("Read the case and meet the person"),
            "plan": _("Look at the plan together with the person"),
            "waiting": _("Help that was not there: ask again"),
            "extra": _("Something to do in this case: read it there"),
        },
    ),
)
LABELS.register(ROOM, working_labels_by_file)
work.ON_CHANGE.register(ROOM, cases.refresh_item)
# Whichever room a page of a case is of, its address begins so.
OF_A_CASE = re.compile(r"(cases|shelter/case|find/\w+)/<\w+:number>/")


def _red_button(match: ResolverMatch) -> DangerHere | None:
    if not OF_A_CASE.match(match.route):
        return None
    return DangerHere(url("cases:danger", match.kwargs["number"]), "call")


RED_BUTTONS.register(ROOM, _red_button)


def _held(*, staff: Staff) -> list[HeldWork]:
    still_open, closed = cases_queries.count_held_by(staff=staff)
    return [HeldWork(_("Open cases"), still_open), HeldWork(_("Closed cases"), closed)]


def _loads(*, staff: list[UUID]) -> dict[UUID, list[HeldWork]]:
    open_cases = cases_queries.open_by_owner(staff=staff)
    return {pk: [HeldWork(_("Open cases"), open_cases.get(pk, 0))] for pk in staff}


def _hand_over(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    return HandoverResult(cases.hand_over_all(keys=keys, staff=staff, to=to, at=at), 0)


OFFBOARDING.register(
    ROOM,
    Offboarding(held=_held, loads=_loads, hand_over=_hand_over, keeps=cases_queries.files_of_holder),
    order=20,
)


def _forget_arrivals(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """An erased case is named nowhere, not even by what arrived and became it."""
    case = cases_queries.id_of_file(file)
    if case is not None:
        inbox.forget_subject(room=ROOM, subject=case)


ON_ERASE.register("arrivals of a case", _forget_arrivals, order=30)
ON_ERASE.register(ROOM, cases.close_row, order=50)
# After everything that may refuse: what waits is not taken back with the transaction.
ON_ERASE.register("links of a case", cases.unlink_erased, order=90)
ON_TAKEN_AWAY.register("links of a case", cases.link_is_gone)
ON_TAKEN_AWAY.register("counting of a case", cases.count_again)
ON_WRITTEN.register("links of a case", cases.link_is_written)
CASCADES.register("supervision", cases_queries.supervision_files)


def _count(*, keys: Keyring, file: UUID, consent: Consent, at: datetime) -> None:
    """The facts card of a case comes with the yes to being counted, and goes with anything else."""
    if consent.purpose != ConsentPurpose.STATISTICS:
        return
    case = cases_queries.visible(to=keys.staff).filter(file_id=file).first()
    if case is not None:
        cases.follow_counting(keys=keys, case=case, at=at)


cases_queries.TABS.register(
    "consent", cases_queries.Tab("consent:answers", _("Consent"), cases_queries.CaseTab.CONSENT), order=40
)
subjects.FINDERS.register(ROOM, consent_subject)
cases.EXTRA_FACTS.register(ROOM, help_given)
cases.GOES_ALONG.register(ROOM, cases.FilesAlong(cases.joined_into, cases.follow_person))
cases.GOES_ALONG.register("events and households", cases.FilesAlong(cases.groups_of, cases.let_into_groups))
subjects.INVOLVED.register(ROOM, cases_queries.guardian_may_be_involved)
ON_CHANGE.register(ROOM, _count)
MENU.register(
    "cases", MenuItem("cases:list", _("Cases"), "case", visible=permissions.works_on_cases, go="gc"), order=40
)
CASE_TABS.register("cases", tabs_of)
BULK.register(
    "follow-up",
    BulkAction(
        _("Follow-up for several people"),
        _("Set the follow-up"),
        lambda data, *, staff, at: FollowUpDayForm(data),
        cases.set_follow_up_once,
    ),
    order=30,
)
CAPABILITIES.register("cases", closable.CASE_WORK)
CAPABILITIES.register("group", closable.GROUP)
NEVER_CLOSED.register("cases", closable.NEVER)
OPEN_WORK.register("cases", closable.open_cases)
for name, part, order in in_order("case", told.SHEETS, order=0):
    SHEETS.register(name, part, order=order)
MORE.register("cases", told.handed_in)
