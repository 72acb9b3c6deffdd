"""A case and its stays. Nothing in plain joins them: the stay carries a mark that only the case's key can make."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from panah.ground.kit import dates
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.cases.queries import Fact, StillOpen
from panah.people.cases.words import CasePart
from panah.people.cases.words.terms import Risk
from panah.people.shelter.models import Stay
from panah.people.shelter.queries.stays import OpenedStay, opened
from panah.people.shelter.words import IN_A_BED, NOT_ENDED, StayState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.cases.models import Case


# The one code by which a house learns of a danger: nobody is asked to leave there without a second person.
HIGH_RISK = {"high_risk": "yes"}
# A case asks in steps: whoever has been in more houses than this is asked for again.
AT_ONCE = 40


def _marks(keys: Keyring | None, file: UUID, first: int) -> list[bytes]:
    made = (
        vault_queries.blind_index(keys=keys, file=file, name=f"stay {n}")
        for n in range(first, first + AT_ONCE)
    )
    return [one for one in made if one is not None]


def stays_of_file(*, keys: Keyring | None, file: UUID) -> list[Stay]:
    """The stays of the case with this file, for whoever's keys open it, the newest first."""
    found: list[Stay] = []
    first = 0
    while marks := _marks(keys, file, first):
        rows = list(
            Stay.objects.filter(mark__in=marks).select_related("place__society", "bed__room", "follows")
        )
        found += rows
        if len(rows) < AT_ONCE:
            break
        first += AT_ONCE
    return sorted(found, key=lambda row: (row.from_day, row.to_day), reverse=True)


def mark_for(*, keys: Keyring, file: UUID) -> bytes | None:
    """The next mark of a case that no stay carries yet."""
    taken = {bytes(row.mark) for row in stays_of_file(keys=keys, file=file) if row.mark}
    first = 0
    while marks := _marks(keys, file, first):
        for one in marks:
            if one not in taken:
                return one
        first += AT_ONCE
    return None


def of_case(*, case: Case, keys: Keyring | None) -> list[OpenedStay]:
    """The stays of a case that the asker was let in to, newest first, with those sheets that open for her."""
    return [opened(row, keys) for row in stays_of_file(keys=keys, file=case.file_id)]


def is_at_high_risk(*, keys: Keyring | None, case: Case) -> bool:
    """Say whether the last look at the risk of a case says that it is high, or worse."""
    looks = vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.RISK)
    return bool(looks) and looks[-1].value.get("level") in (Risk.EXTREME, Risk.HIGH)


def not_told_of_high_risk(*, keys: Keyring | None, case: Case) -> list[OpenedStay]:
    """Return the stays of a case at high risk whose house goes by no high risk, as far as their sheets open."""
    if not is_at_high_risk(keys=keys, case=case):
        return []
    open_ones = [one for one in of_case(case=case, keys=keys) if one.row.state in NOT_ENDED and one.sheet]
    return [one for one in open_ones if one.sheet.get("high_risk") != "yes"]


def goes_along(*, keys: Keyring, case: Case, old: Staff) -> list[list[UUID]]:
    """For the registry of handing over: each sheet, with the way there, of what the holder before followed."""
    found: list[list[UUID]] = []
    for row in stays_of_file(keys=keys, file=case.file_id):
        if (
            row.state in NOT_ENDED
            and row.follows_id == old.pk
            and vault_queries.opens(keys=keys, file=row.file_id)
        ):
            found.append([row.file_id])
            if row.state in IN_A_BED and vault_queries.opens(keys=keys, file=row.place.file_id):
                found[-1].append(row.place.file_id)
    return found


def fact(*, case: Case, keys: Keyring | None, at: datetime) -> Fact | None:
    """One cell on top of a case: that there is a bed, or that one is waited for."""
    del at
    rows = [row for row in stays_of_file(keys=keys, file=case.file_id) if row.state in NOT_ENDED]
    if not rows:
        return None
    row = rows[0]
    small = _("until %(day)s") % {"day": dates.day(row.to_day)}
    tone = {StayState.MISSING: "urgent", StayState.ASKED: "soon", StayState.HELD: "soon"}.get(
        StayState(row.state), "good"
    )
    if not_told_of_high_risk(keys=keys, case=case):
        small, tone = _("the house does not know yet that the danger is high"), "urgent"
    return Fact(_("Safe bed"), row.get_state_display(), f"{row.place.name}, {small}", tone)


def still_open(*, case: Case, keys: Keyring, at: object) -> list[StillOpen]:
    """What stops closing: a bed that is asked for, held or slept in."""
    del at
    rows = stays_of_file(keys=keys, file=case.file_id)
    return [
        StillOpen(_("a safe bed: %(state)s") % {"state": row.get_state_display()}, "shelter:case", True)
        for row in rows
        if row.state in NOT_ENDED
    ]


def had_bed(*, keys: Keyring, case: Case) -> dict[str, str]:
    """For the facts card of somebody who agreed to be counted: a bed was given, yes or nothing."""
    rows = stays_of_file(keys=keys, file=case.file_id)
    there = (*IN_A_BED, StayState.LEFT)
    return {"shelter": "yes"} if any(row.state in there for row in rows) else {}
