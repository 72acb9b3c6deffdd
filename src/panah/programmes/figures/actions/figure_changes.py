"""Figures are entered, replaced, withdrawn, marked. No row is ever written over: what replaces it stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.programmes.figures import events
from panah.programmes.figures.actions.brief_items import note_errata
from panah.programmes.figures.models import Figure, Source, SourceFile, Tension
from panah.programmes.figures.permissions import must_write
from panah.programmes.figures.rules.claims import Claim, problem
from panah.programmes.figures.words import PROBLEMS, Flag, Measure, SourceKind, State

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.audit.events import Event

# Rows of one statement.
AT_ONCE = 500
# What a rate takes over from the figure above the line.
SHARED = (
    *("measure", "unit", "who", "sex", "age", "citizenship", "exploitation", "country", "origin", "transit"),
    *("destination", "dimensions", "period_from", "period_to", "data_year", "report_year", "joint"),
)


@transaction.atomic
def enter(
    *,
    claim: Claim,
    source: Source,
    file: SourceFile | None = None,
    denominator: Figure | None = None,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Figure:
    """Enter one figure as its publisher says it."""
    must_write(by)
    row = _row(claim, _own(source, by), file, by, at, pk=pk, denominator=_of_hers(denominator, by))
    row.save(force_insert=True)
    audit.record(event=events.ENTERED, by=by, at=at, about=row.pk, facts={"rows": 1})
    return row


@transaction.atomic
def enter_many(
    *, claims: Iterable[Claim], source: Source, file: SourceFile | None, by: Staff, at: datetime
) -> list[Figure]:
    """Enter the figures of a table, all or none; one line in the journal."""
    must_write(by)
    own = _own(source, by)
    rows = [_row(claim, own, file, by, at) for claim in claims]
    Figure.objects.bulk_create(rows, batch_size=AT_ONCE)
    audit.record(event=events.ENTERED, by=by, at=at, about=own.pk, facts={"rows": len(rows)})
    return rows


@transaction.atomic
def correct(
    *,
    figure: Figure,
    claim: Claim,
    reason: str,
    source: Source | None = None,
    file: SourceFile | None = None,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Figure:
    """Enter what replaces a figure, and why; the one before stays to be read, and says so."""
    must_write(by)
    [row] = _replaced([(figure, claim)], reason, source, file, by, at, pk=pk)
    audit.record(event=events.CORRECTED, by=by, at=at, about=row.pk, facts={"rows": 1})
    return row


@transaction.atomic
def correct_many(
    *,
    pairs: Sequence[tuple[Figure, Claim]],
    reason: str,
    source: Source | None = None,
    file: SourceFile | None = None,
    by: Staff,
    at: datetime,
) -> list[Figure]:
    """As ``correct``, of a whole table: all or none; one line in the journal."""
    must_write(by)
    rows = _replaced(pairs, reason, source, file, by, at)
    audit.record(event=events.CORRECTED, by=by, at=at, facts={"rows": len(rows)}, society=by.society_id)
    return rows


def _replaced(
    pairs: Sequence[tuple[Figure, Claim]],
    reason: str,
    source: Source | None,
    file: SourceFile | None,
    by: Staff,
    at: datetime,
    *,
    pk: UUID | None = None,
) -> list[Figure]:
    """Write the new rows and mark the old ones; each old one must still stand."""
    _must_say_why(reason)
    found = _standing([old for old, _claim in pairs], by)
    rows = [
        _row(
            claim,
            _own(source, by) if source else found[old.pk].source,
            file,
            by,
            at,
            pk=pk,
            supersedes=found[old.pk],
            reason=reason,
            denominator=found[old.pk].denominator if claim.kind == found[old.pk].kind else None,
        )
        for old, claim in pairs
    ]
    for row, (old, _claim) in zip(rows, pairs, strict=True):
        # The series breaks where it broke, whichever number stands there.
        before = found[old.pk]
        row.break_reason, row.break_by, row.break_on = before.break_reason, before.break_by, before.break_on
    Figure.objects.bulk_create(rows, batch_size=AT_ONCE)
    _mark(found.values(), State.SUPERSEDED, reason, by, at)
    return rows


@transaction.atomic
def withdraw(*, figure: Figure, reason: str, by: Staff, at: datetime) -> None:
    """Write down that the publisher took the figure back."""
    _end([figure], State.WITHDRAWN, reason, events.WITHDRAWN, by, at)


@transaction.atomic
def retract(*, figure: Figure, reason: str, by: Staff, at: datetime) -> None:
    """Write down that the figure was entered here by mistake: no word about its publisher."""
    _end([figure], State.MISTAKEN, reason, events.MISTAKEN, by, at)


def _end(figures: Sequence[Figure], state: State, reason: str, event: Event, by: Staff, at: datetime) -> None:
    must_write(by)
    _must_say_why(reason)
    found = _standing(figures, by)
    _mark(found.values(), state, reason, by, at)
    audit.record_many(event=event, by=by, at=at, said=[(pk, {}) for pk in found])


@transaction.atomic
def mark_break(*, figure: Figure, reason: str, by: Staff, at: datetime) -> None:
    """Say that from this figure on the series is counted otherwise. The number stays as it is."""
    must_write(by)
    _must_say_why(reason)
    row = _standing([figure], by)[figure.pk]
    row.break_reason, row.break_by, row.break_on = reason, by, timezone.localtime(at).date()
    row.save(update_fields=["break_reason", "break_by", "break_on"])
    audit.record(event=events.BREAK_MARKED, by=by, at=at, about=row.pk)


@transaction.atomic
def note_tension(
    *,
    figure: Figure,
    other: Figure | None,
    kind: str,
    says: str,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Tension:
    """Write down where a figure disagrees with another one, or with the words around it."""
    must_write(by)
    row = _standing([figure], by)[figure.pk]
    if other is not None and other.pk == row.pk:
        raise Refusal(
            _("A figure does not disagree with itself."),
            next_step=_("Give the number of the other figure, or leave it empty."),
            code="itself",
        )
    made = Tension.objects.create(
        pk=pk or uuid4(),
        figure=row,
        other=_of_hers(other, by),
        kind=kind,
        says=says,
        by=by,
        on=timezone.localtime(at).date(),
    )
    audit.record(event=events.TENSION_NOTED, by=by, at=at, about=row.pk)
    return made


@transaction.atomic
def make_rate(
    *, numerator: Figure, denominator: Figure, per: int, pk: UUID | None = None, by: Staff, at: datetime
) -> Figure:
    """Keep which two figures make a rate, and per how many; the number itself is worked out whenever it is read."""
    must_write(by)
    found = _standing([numerator, denominator], by)
    above, below = found[numerator.pk], found[denominator.pk]
    if {above.kind, below.kind} != {"number"} or below.measure != Measure.POPULATION:
        raise Refusal(
            _("A rate is worked out from a number and the people who live there."),
            next_step=_("Enter how many people live there, with its source, and give its number here."),
            code="no-population",
        )
    row: Figure = Figure.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        source=above.source,
        file=above.file,
        publisher=by.society.name_in("en"),
        kind="rate",
        numerator=above,
        denominator=below,
        per=per,
        entered_by=by,
        entered_on=timezone.localtime(at).date(),
        **{name: getattr(above, name) for name in SHARED},
    )
    audit.record(event=events.ENTERED, by=by, at=at, about=row.pk, facts={"rows": 1})
    return row


def record_taken(*, by: Staff, at: datetime) -> None:
    """Write down that figures left as a table."""
    audit.record(event=events.TAKEN, by=by, at=at, society=by.society_id)


def _own(source: Source, by: Staff) -> Source:
    found: Source = Source.objects.visible(to=by).get(pk=source.pk)
    return found


def _of_hers(figure: Figure | None, by: Staff) -> Figure | None:
    return Figure.objects.visible(to=by).get(pk=figure.pk) if figure is not None else None


def _standing(figures: Sequence[Figure], by: Staff) -> dict[UUID, Figure]:
    """Return the rows, locked, by id; refuse where one does not stand any more."""
    asked = {figure.pk for figure in figures}
    rows = Figure.objects.visible(to=by).select_for_update(of=("self",)).select_related("source")
    found = {row.pk: row for row in rows.filter(pk__in=asked, state=State.STANDS).order_by("pk")}
    if len(found) < len(figures):
        raise Refusal(
            _("This figure does not stand any more: it was replaced or withdrawn meanwhile."),
            next_step=_("Open its page: there is the one that stands now."),
            code="stands-no-more",
        )
    return found


def _mark(rows: Iterable[Figure], state: State, reason: str, by: Staff, at: datetime) -> None:
    for row in rows:
        row.state, row.state_reason = state, reason
        row.state_by, row.state_on = by, timezone.localtime(at).date()
    Figure.objects.bulk_update(
        list(rows), ["state", "state_reason", "state_by", "state_on"], batch_size=AT_ONCE
    )
    note_errata(society=by.society_id, at=at)


def _must_say_why(reason: str) -> None:
    if not reason.strip():
        raise Refusal(
            _("Say why: whoever used the figure will ask."),
            next_step=_("One sentence is enough."),
            code="needs-a-reason",
        )


def _row(
    claim: Claim,
    source: Source,
    file: SourceFile | None,
    by: Staff,
    at: datetime,
    *,
    pk: UUID | None = None,
    supersedes: Figure | None = None,
    reason: str = "",
    denominator: Figure | None = None,
) -> Figure:
    code = problem(claim, own=source.kind == SourceKind.OWN_COUNT)
    if code:
        sentence, next_step = PROBLEMS[code]
        raise Refusal(sentence, next_step=next_step, code=code)
    said = asdict(claim)
    said["publisher"] = claim.publisher or source.publisher
    said["flags"] = [one for one in Flag.values if one in {*claim.flags, *_flags_of(claim)}]
    return Figure(
        pk=pk or uuid4(),
        society_id=by.society_id,
        source=source,
        file=file if file is None or file.source_id == source.pk else None,
        supersedes=supersedes,
        reason=reason,
        denominator=denominator,
        entered_by=by,
        entered_on=timezone.localtime(at).date(),
        **said,
    )


def _flags_of(claim: Claim) -> list[str]:
    """What follows from the figure itself."""
    return [
        *([Flag.CENSORED] if claim.as_printed.strip().startswith(("<", "≤")) else []),
        *([Flag.RELATIVE] if claim.kind in ("times", "percent") else []),
        *([Flag.NO_YEAR] if claim.data_year is None and claim.period_from is None else []),
    ]
