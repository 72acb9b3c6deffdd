"""Stays with their sealed sheets, for those who run the place and for whoever follows one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.ground.accounts.queries import pseudonyms
from panah.ground.kit.languages import language_name
from panah.ground.network.capabilities import OpenWork
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.shelter import rules
from panah.people.shelter.models import Stay
from panah.people.shelter.permissions import policy
from panah.people.shelter.words import LEAVING, NOT_ENDED, WITH_A_CHILD, StayPart, StayState, Who, say

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff


def tonight(at: datetime) -> date:
    """The night that is on, where the reader is: until six in the morning it is yesterday's."""
    return rules.tonight(timezone.localtime(at))


@dataclass(frozen=True)
class StayStep:
    """One thing that was written about a stay: a code, when, by whose pseudonym, and the rest of what was said."""

    what: str
    at: datetime
    by: str
    more: dict[str, Any]
    staff: UUID | None = None


@dataclass(frozen=True)
class OpenedStay:
    """A stay with its sheet. ``sheet`` is empty when it was erased, or does not open for the asker."""

    row: Stay
    sheet: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    steps: list[StayStep] = field(default_factory=list)

    @property
    def with_child(self) -> bool:
        """A child, or somebody with one. Without a sheet nobody knows: then in doubt a child."""
        return not self.sheet or self.sheet.get("who") in WITH_A_CHILD or self.sheet.get("age") != "adult"

    @property
    def who(self) -> str:
        return say_who(self.sheet)

    @property
    def leaving_asked(self) -> StayStep | None:
        """What a second person is to decide: that somebody was asked to leave, and nobody has decided it yet."""
        steps = [step for step in self.steps if step.what in LEAVING]
        waits = bool(steps) and steps[0].what == LEAVING[0]
        return steps[0] if waits and self.row.state in (StayState.PLACED, StayState.HERE) else None


def say_who(sheet: dict[str, object]) -> str:
    return say(Who, sheet.get("who")) if sheet.get("who") else _("a person")


@dataclass(frozen=True)
class StayRow:
    """A stay as lists show it: never a name."""

    row: Stay
    who: str
    language: str
    case: str


def _rows(rows: QuerySet[Stay]) -> QuerySet[Stay]:
    return rows.select_related("place__society", "bed__room", "follows")


def visible(*, to: Staff) -> QuerySet[Stay]:
    """The stays of places she runs, and those she follows (a queryset)."""
    return _rows(policy.stays(to))


def stay_or_404(stay: UUID, *, to: Staff, keys: Keyring | None) -> OpenedStay:
    """One stay with its sheet and steps, or 404 for another's and for none alike."""
    row = visible(to=to).filter(pk=stay).distinct().first()
    if row is None:
        raise Http404
    return opened(row, keys)


def opened(row: Stay, keys: Keyring | None) -> OpenedStay:
    """Open a stay that the asker was let in to: its sheet and steps, newest first."""
    parts = vault_queries.read_parts(keys=keys, file=row.file_id, names=[StayPart.SHEET, StayPart.STEP])
    sheet = next(iter(parts.get(StayPart.SHEET, [])), None)
    names = pseudonyms({step.by for step in parts.get(StayPart.STEP, [])})
    steps = [
        StayStep(step.value["what"], step.at, names.get(step.by, ""), _without_code(step.value), step.by)
        for step in reversed(parts.get(StayPart.STEP, []))
    ]
    return OpenedStay(row, sheet.value if sheet else {}, sheet.version if sheet else 0, steps)


def _without_code(value: dict[str, object]) -> dict[str, object]:
    return {name: text for name, text in value.items() if name != "what"}


def lines(rows: Iterable[Stay], *, keys: Keyring | None) -> list[StayRow]:
    """Join rows with what their sheets say, in as many questions for thirty as for three."""
    wanted = list(rows)
    sheets = vault_queries.read_whole(keys=keys, files=[row.file_id for row in wanted], part=StayPart.SHEET)
    texts = []
    for row in wanted:
        sheet = sheets[row.file_id].value if row.file_id in sheets else {}
        speaks = sheet.get("language", "")
        texts.append(
            StayRow(row, say_who(sheet), language_name(speaks) if speaks else "", sheet.get("case", ""))
        )
    return texts


def may_open(stay: UUID, *, staff: Staff) -> bool:
    """For alarms: say whether whoever is paged can open this stay's page."""
    return bool(policy.stays(staff).filter(pk=stay).exists())


def open_stays(society: UUID) -> list[OpenWork]:
    """What stays when safe places are left to others: those who are in a house, or wait for a bed in one."""
    number = Stay.objects.filter(society=society, state__in=NOT_ENDED).count()
    sentence = ngettext(
        "%(num)s stay goes on until its end; nobody new is let in.",
        "%(num)s stays go on until their end; nobody new is let in.",
        number,
    )
    return [OpenWork(sentence % {"num": number})] if number else []
