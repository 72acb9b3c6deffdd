"""Commitments as their readers see them: with their last word, and "no evidence" where nothing was shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from panah.ground.foundation.ids import case_numbers
from panah.ground.kit.beside import Beside
from panah.ground.network.queries import societies
from panah.programmes.diplomacy import rules
from panah.programmes.diplomacy.instruments import STATES, Instrument, KnownStanding, instruments
from panah.programmes.diplomacy.models import Commitment, Evidence, Indicator, Standing, Status, Step
from panah.programmes.diplomacy.permissions import reads
from panah.programmes.diplomacy.words import OF_THE_MOVEMENT, CommitmentState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff


def commitments(*, to: Staff, state: str = "", instrument: str = "") -> list[Commitment]:
    """Return the society's commitments with ``said`` (the last word about the whole, or None); two queries."""
    if not reads(to):
        return []
    rows = Commitment.objects.visible(to=to).select_related("focal")
    found = list(rows.filter(state=state) if state else rows)
    if instrument:
        found = [one for one in found if any(key.startswith(f"{instrument}/") for key in one.provisions)]
    said = words_of(found)
    for one in found:
        one.said = said.get(one.pk)
    return found


def words_of(rows: Iterable[Commitment]) -> dict[UUID, Status]:
    """Return the last word about each of these commitments as a whole; one query."""
    found: dict[UUID, Status] = {}
    statuses = Status.objects.filter(commitment__in=[one.pk for one in rows], step=None)
    for word in statuses.order_by("shown_on"):
        found[word.commitment_id] = word
    return found


def last_word(row: Commitment, step: Step | None) -> Status | None:
    """Of a round of which nobody has said anything, that of the round before: a new round says nothing older."""
    word: Status | None = Status.objects.filter(commitment=row, step=step).first()
    if word is None and step is None and row.follows is not None:
        return last_word(row.follows, None)
    return word


def newer_evidence(row: Commitment, step: Step | None, *, on: date) -> list[Evidence]:
    """Return the evidence by which something new can be said of a commitment or a step on a day."""
    last = last_word(row, step)
    before = last.shown_on if last else None
    return [one for one in (step or row).evidence.all() if rules.may_be_said(one.shown_on, before, on)]


def last_words(commitment: Commitment) -> dict[UUID, str]:
    """Return how far each step is, by the last word about it; a step without a word is missing."""
    rows = commitment.statuses.exclude(step=None).order_by("shown_on")
    return dict(rows.values_list("step", "progress"))


def commitment_or_404(pk: UUID, *, to: Staff) -> Commitment:
    """A commitment for its readers; a step's owner reads the one that it belongs to."""
    rows = Commitment.objects.visible(to=to).select_related("focal", "changed_by", "signed_by", "follows")
    if not reads(to):
        rows = rows.filter(pk__in=Step.objects.filter(owner=to).values("commitment"))
    found: Commitment = get_object_or_404(rows, pk=pk)
    return found


def step_or_404(pk: UUID, *, to: Staff) -> Step:
    step = get_object_or_404(
        Step.objects.select_related("commitment", "owner").filter(commitment__society=to.society_id), pk=pk
    )
    if not (reads(to) or step.owner_id == to.pk):
        raise Http404
    return step


def steps_of(commitment: Commitment) -> QuerySet[Step]:
    return commitment.steps.select_related("owner")


def indicators_of(commitment: Commitment) -> list[Indicator]:
    """Return the indicators with ``latest``, the newest evidence that has a value for it; three queries."""
    found = list(commitment.indicators.prefetch_related("evidence", "steps"))
    for one in found:
        valued = [each for each in one.evidence.all() if each.value]
        one.latest = max(valued, key=lambda each: each.shown_on, default=None)
    return found


def trail(commitment: Commitment) -> list[Status]:
    """Return every word about a commitment and its steps, the newest first."""
    return list(
        commitment.statuses.select_related("step", "evidence", "said_by").order_by("-shown_on", "-said_on")
    )


@dataclass(frozen=True)
class Standings:
    """How one party stands to one instrument: what was said last, and all that was said before."""

    party: str
    now: Standing | KnownStanding
    before: tuple[Standing | KnownStanding, ...]


def standings(instrument: Instrument, *, to: Staff) -> list[Standings]:
    """Return how each party stands to an instrument: what is delivered, then what the society wrote down, by party."""
    said: dict[str, list[Standing | KnownStanding]] = {}
    for known in instrument.standings:
        said.setdefault(known.party, []).append(known)
    rows = Standing.objects.visible(to=to).filter(instrument=instrument.id).select_related("said_by")
    for row in rows.order_by("turn"):
        said.setdefault(row.party, []).append(row)
    return [Standings(party, rows[-1], tuple(reversed(rows[:-1]))) for party, rows in sorted(said.items())]


def not_known(instrument: Instrument, known: Iterable[Standings], *, to: Staff) -> list[str]:
    """Return the parties of whom nobody knows how they stand to it.

    Parties are the five states, for what the Movement decides their societies and the own one too, for a national law
    its state alone.
    """
    states = [instrument.country] if instrument.country else STATES
    parties = [f"state:{one}" for one in states]
    if instrument.kind in OF_THE_MOVEMENT:
        own = {to.society_id}
        parties += [f"society:{one.slug}" for one in societies() if one.central_asian or one.id in own]
    there = {one.party for one in known}
    return [one for one in parties if one not in there]


def under_provisions(*, to: Staff) -> Mapping[str, list[Commitment]]:
    """Return the commitments under each provision, running ones first."""
    found: dict[str, list[Commitment]] = {key: [] for one in instruments().values() for key in _keys(one)}
    for one in sorted(commitments(to=to), key=lambda row: row.state != CommitmentState.RUNNING):
        for key in one.provisions:
            if key in found:
                found[key].append(one)
    return found


def _keys(instrument: Instrument) -> list[str]:
    return [each.key for each in instrument.provisions]


def due_days(*, to: Staff) -> list[tuple[UUID, str, date, date]]:
    """Return what is due of running commitments, as the calendar takes it: id, title, first day, last day.

    Whoever does not read them all has her own steps alone.
    """
    rows = Commitment.objects.visible(to=to).filter(state=CommitmentState.RUNNING)
    steps = Step.objects.filter(commitment__in=rows)
    if not reads(to):
        rows, steps = rows.none(), steps.filter(owner=to)
    return [
        *((one.pk, one.title, one.ends_on, one.ends_on) for one in rows),
        *((one.pk, one.text, one.due_on, one.due_on) for one in steps),
    ]


def is_carried(shown_on: date | None, *, after: date | None, today: date) -> bool:
    """Say whether evidence of this day carries a word about a commitment: newer than ``after``, not of the future."""
    return rules.may_be_said(shown_on, after, today)


def evidence_naming(numbers: Sequence[str], *, to: Staff) -> dict[str, list[Beside]]:
    """Return, for each number of a figure, the commitments whose evidence names it in its source; one query.

    A table has thousands of numbers: the evidence is gone through, so that the query does not grow with them.
    """
    if not numbers or not reads(to):
        return {}
    rows = Evidence.objects.filter(commitment__in=Commitment.objects.visible(to=to)).exclude(source="")
    found: dict[str, list[Beside]] = {}
    for one in rows.select_related("commitment").order_by("shown_on", "pk"):
        link = Beside(
            one.commitment.title, reverse("diplomacy:commitment", args=[one.commitment_id]), one.text
        )
        for number in set(case_numbers(one.source)).intersection(numbers):
            found.setdefault(number, []).append(link)
    return found
