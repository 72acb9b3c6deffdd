"""Asking for a bed, and who knows of it. Nothing is written in the case: see the README for why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import Urgency
from panah.people.shelter import events, rules
from panah.people.shelter.actions.bed_assignment import give_bed, open_way
from panah.people.shelter.actions.workflow import BED_ASKED, about, house_side, journal, step, transition
from panah.people.shelter.models import Bed, Night, Place, Stay
from panah.people.shelter.permissions import must_run
from panah.people.shelter.queries import is_at_high_risk, mark_for
from panah.people.shelter.queries.cases import HIGH_RISK
from panah.people.shelter.queries.stays import OpenedStay, tonight
from panah.people.shelter.words import (
    CHILD_ALONE,
    IN_A_BED,
    NOT_ENDED,
    PlaceState,
    StayPart,
    StayState,
    Who,
    YesNo,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.cases.models import Case


@transaction.atomic
def ask(
    *,
    keys: Keyring,
    place: Place,
    sheet: Mapping[str, object],
    from_day: date,
    to_day: date,
    at: datetime,
    case: Case | None = None,
) -> Stay:
    """Ask a place for a bed, for a case or for somebody without one.

    ``sheet`` is what the house is told: called, who, age, language, needs; and the agreement: said, asked_by,
    spoken, told, agrees. It is sealed to those who run the place, the focal points, and whoever asks.
    """
    _must_have_agreed(sheet)
    _must_fit(place, sheet, from_day, to_day, at)
    if case is not None and not case.is_open:
        raise Refusal(_("This case is closed."), next_step=_("Open it again first."), code="closed")
    stay = _begin(keys, place, sheet, from_day, to_day, at, case)
    journal(events.ASKED, keys=keys, stay=stay, at=at)
    for one in house_side(place):
        work.due(
            BED_ASKED,
            about(stay),
            keys=keys,
            owner=one,
            urgency=Urgency.NOW if from_day <= tonight(at) else "",
            at=at,
        )
    return stay


def _begin(
    keys: Keyring,
    place: Place,
    sheet: Mapping[str, object],
    from_day: date,
    to_day: date,
    at: datetime,
    case: Case | None,
) -> Stay:
    file = vault.begin_file(
        keys=keys,
        kind=FileKind.PLACE,
        at=at,
        staff=[*house_side(place), keys.staff],
        focal_points=True,
        by_day=True,
    )
    stay = Stay.objects.create(
        society_id=place.society_id,
        place=place,
        from_day=from_day,
        to_day=to_day,
        file_id=file,
        mark=mark_for(keys=keys, file=case.file_id) if case is not None else None,
        follows=keys.staff,
    )
    value = {**sheet, "case": case.number if case is not None else "", **_risk(keys, case)}
    vault.write(keys=keys, file=file, part=StayPart.SHEET, value=value, at=at)
    step("asked", keys=keys, stay=stay, at=at)
    return stay


def _risk(keys: Keyring, case: Case | None) -> dict[str, str]:
    """What the house must go by before it asks somebody to leave; no page of the house shows it."""
    return HIGH_RISK if case is not None and is_at_high_risk(keys=keys, case=case) else {}


@transaction.atomic
def tell_high_risk(*, keys: Keyring, opened: OpenedStay, at: datetime) -> None:
    """The danger became high after the bed was asked for: the house goes by it from now on, too."""
    change_sheet(keys=keys, opened=opened, sheet=HIGH_RISK, at=at)


def _must_have_agreed(sheet: Mapping[str, object]) -> None:
    if sheet.get("said") != YesNo.YES:
        raise Refusal(
            _("The person has not said yes: nothing was sent."),
            next_step=_("Help goes on without a bed. A no can be written as a note in the case."),
            code="not-agreed",
        )


def _must_fit(place: Place, sheet: Mapping[str, object], from_day: date, to_day: date, at: datetime) -> None:
    if place.state != PlaceState.OPEN:
        raise Refusal(
            _("This place takes nobody for now."), next_step=_("Choose another place."), code="place-not-open"
        )
    who = str(sheet.get("who", ""))
    if not rules.fits(who, place.admits):
        as_child = who in CHILD_ALONE and Who.CHILDREN in place.admits
        raise Refusal(
            _("This place does not take this group."),
            next_step=_(
                "It takes children without a parent, and a girl or a boy alone is one: if the child agrees to that, "
                "choose it under “Who comes”."
            )
            if as_child
            else _("“Safe places” shows which house takes whom tonight. Or ask a partner by a referral."),
            code="not-admitted",
        )
    must_be_a_span(from_day, to_day, at)


def must_be_a_span(from_day: date, to_day: date, at: datetime) -> None:
    if from_day < tonight(at):
        raise Refusal(
            _("The first night is already over."), next_step=_("Choose tonight or later."), code="past"
        )
    if not rules.span_is_fine(from_day, to_day):
        raise Refusal(
            _("A stay has at least one night, and at most a year."),
            next_step=_("Choose another day of leaving."),
            code="no-span",
        )


@transaction.atomic
def take_in(
    *,
    keys: Keyring,
    place: Place,
    bed: Bed,
    sheet: Mapping[str, object],
    from_day: date,
    to_day: date,
    at: datetime,
) -> Stay:
    """Give a bed at once to somebody without a case: by whoever runs the place. A night's bed needs no file."""
    must_run(keys.staff, place)
    _must_have_agreed(sheet)
    _must_fit(place, sheet, from_day, to_day, at)
    stay = _begin(keys, place, sheet, from_day, to_day, at, None)
    return give_bed(keys=keys, opened=OpenedStay(stay, dict(sheet)), bed=bed, at=at)


@transaction.atomic
def take_back(*, keys: Keyring, opened: OpenedStay, at: datetime) -> Stay:
    """Say that a bed is not needed any more, before anybody has arrived; the nights are free again."""
    stay = transition(
        opened,
        StayState.TAKEN_BACK,
        bed=None,
        held_until=None,
        sheet_until=tonight(at) + retention.STAY_SHEET.period,
    )
    Night.objects.filter(stay=stay).delete()
    step("taken_back", keys=keys, stay=stay, at=at)
    journal(events.TAKEN_BACK, keys=keys, stay=stay, at=at)
    work.cancel_for(subject=stay.pk, at=at)
    close_way(by=keys.staff, stay=stay, at=at)
    return stay


def close_way(*, by: Staff, stay: Stay, at: datetime) -> None:
    """Take the way there from whoever followed a stay that ended, unless she follows another there or runs it."""
    who, file = stay.follows, stay.place.file_id
    if who is None or may(who, Permission.SHELTER_LEAD) or stay.place.runners.filter(staff=who).exists():
        return
    others = Stay.objects.filter(place=stay.place, follows=who, state__in=IN_A_BED).exclude(pk=stay.pk)
    if not others.exists() and who in vault_queries.holders(file):
        vault.take_grant(by=by, file=file, staff=who, at=at, by_day=True)


@transaction.atomic
def change_sheet(
    *,
    keys: Keyring,
    opened: OpenedStay,
    sheet: Mapping[str, object],
    at: datetime,
    based_on: int | None = None,
) -> None:
    """Change what the house knows of a resident, as the person agrees: called, who, age, language, needs."""
    value = {**opened.sheet, **sheet}
    vault.write(
        keys=keys, file=opened.row.file_id, part=StayPart.SHEET, value=value, at=at, based_on=based_on
    )
    journal(events.SHEET_CHANGED, keys=keys, stay=opened.row, at=at)


@transaction.atomic
def let_in(*, keys: Keyring, opened: OpenedStay, staff: Staff, at: datetime) -> None:
    """Let another colleague follow a stay instead of the one who did: the case went into other hands."""
    stay = opened.row
    must_run(keys.staff, stay.place)
    if staff.society_id != stay.society_id or not may(staff, Permission.SHELTER_FOLLOW):
        raise Refusal(
            _("A stay is followed by a caseworker or a focal point of this society."), code="not-a-caseworker"
        )
    if staff not in vault_queries.holders(stay.file_id):
        vault.grant(keys=keys, file=stay.file_id, to=staff, at=at, by_day=True)
    _follows(keys.staff, stay, staff, at)
    if stay.state in IN_A_BED:
        open_way(keys=keys, stay=stay, at=at)
    step("let_in", keys=keys, stay=stay, at=at, colleague=staff.name)
    journal(events.LET_IN, keys=keys, stay=stay, at=at)


def _follows(by: Staff, stay: Stay, staff: Staff, at: datetime) -> None:
    """From now on this colleague follows the stay; the one before loses sheet and way there, and what was due."""
    before = stay.follows
    if before is not None and before.pk != staff.pk:
        close_way(by=by, stay=stay, at=at)
        keeps = _keeps_sheet(before, stay)
        if not keeps:
            vault.take_grant(by=by, file=stay.file_id, staff=before, at=at, by_day=True)
        work.cancel_for(subject=stay.pk, purpose="tell", at=at)
        for item in work_queries.items_of(stay.pk):
            if item.owner_id == before.pk and not keeps:
                work.assign(item=item, to=staff, by=by, at=at)
    Stay.objects.filter(pk=stay.pk).update(follows=staff)
    stay.follows = staff


@transaction.atomic
def follow(*, to: Staff, before: UUID, grants: Mapping[UUID, vault.SealedGrant], at: datetime) -> None:
    """For the registry of handing over: whoever holds the case now follows the stays that the one before followed.

    The node does it later, in a transaction that touches nothing of the case, with grants that were sealed to her.
    """
    rows = Stay.objects.filter(file_id__in=list(grants), follows=before, state__in=NOT_ENDED)
    for stay in rows.select_related("place__society", "bed__room", "follows"):
        if not vault.write_grant(file=stay.file_id, to=to, kept=grants[stay.file_id], at=at):
            continue
        way = grants.get(stay.place.file_id)
        if way is not None and stay.state in IN_A_BED:
            vault.write_grant(file=stay.place.file_id, to=to, kept=way, at=at)
        _follows(to, stay, to, at)
        vault.record_by_day(event=events.FOLLOWS, by=to, at=at, about=stay.file_id)


def _keeps_sheet(staff: Staff, stay: Stay) -> bool:
    holds = staff in vault_queries.holders(stay.file_id)
    return not holds or may(staff, Permission.SHELTER_LEAD) or stay.place.runners.filter(staff=staff).exists()
