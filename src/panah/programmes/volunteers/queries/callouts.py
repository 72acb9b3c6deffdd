"""Who can help tonight: whoever fits, what each answered, and the hours of those who were chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts import roster
from panah.ground.accounts.roster import Span, international_number
from panah.ground.channels import queries as channels_queries
from panah.ground.channels.outsiders import Outsider
from panah.ground.foundation import host_seal
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.paging import page_by_day
from panah.ground.kit.dates import when
from panah.ground.kit.languages import INTERFACE
from panah.programmes.volunteers import helping_rules as rules
from panah.programmes.volunteers import sealed_details
from panah.programmes.volunteers.helping_words import CAN_BE_CHOSEN, Answer, CallOutState
from panah.programmes.volunteers.models import Asked, CallOut, OwnPage, Volunteer
from panah.programmes.volunteers.permissions import parts_seen_by
from panah.programmes.volunteers.queries.ages import not_surely_adult
from panah.programmes.volunteers.queries.one import languages_of
from panah.programmes.volunteers.queries.register import could, first_by_name, missing_by_volunteer
from panah.programmes.volunteers.words import ROOM, Availability, MayDo, Missing, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

PAGE = 50
# Whether it is true what the tables say of somebody, the seal tells: so many are looked at, one after the other.
LOOKED_AT = 20 * PAGE


@dataclass(frozen=True)
class Told:
    """What only whoever is chosen learns of a call-out, and the branch; and who that is, whatever the rows say."""

    place: str
    note: str
    starts_at: datetime
    ends_at: datetime
    chosen: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        return self.starts_at, self.ends_at


@dataclass(frozen=True)
class Candidate:
    """Somebody who fits, with what is to be minded; ``waits``: until when quiet hours hold a message back.

    ``insurance``: what is missing of it, "" where nothing is: said, and no reservation.
    """

    row: Volunteer
    speaks: str
    minds: list[str]
    insurance: str
    waits: datetime | None = None


@dataclass(frozen=True)
class Candidates:
    """Who fits and may be written to; ``silent``: how many fit and have not agreed to be contacted."""

    rows: list[Candidate]
    silent: int
    more: bool


@dataclass(frozen=True)
class Answered:
    """One line of a call-out: who was asked, what came back, how the message went; ``insurance`` as above."""

    row: Asked
    minds: list[str]
    insurance: str
    has_tie: bool
    can_be_chosen: bool
    message: str


def seal_told(row: CallOut, told: Told) -> bytes:
    value = {
        "place": told.place,
        "note": told.note,
        "starts": told.starts_at.isoformat(),
        "ends": told.ends_at.isoformat(),
        "chosen": told.chosen,
    }
    return host_seal.seal(value, what=f"call-out {row.pk}", room=ROOM)


def told(row: CallOut) -> Told | None:
    """Return place and hours; None where another host sealed them."""
    try:
        kept = host_seal.unseal(bytes(row.sealed), what=f"call-out {row.pk}", room=ROOM)
    except host_seal.Unreadable:
        return None
    return Told(
        kept["place"],
        kept["note"],
        datetime.fromisoformat(kept["starts"]),
        datetime.fromisoformat(kept["ends"]),
        tuple(kept["chosen"]),
    )


def in_seal(asked: Asked) -> str:
    """Return how somebody who is chosen stands in the seal: this line, of this volunteer."""
    return f"{asked.pk} {asked.volunteer_id}"


def call_out_or_404(pk: UUID, *, to: Staff) -> CallOut:
    rows = CallOut.objects.visible(to=to).select_related("branch", "asked_by")
    return get_object_or_404(rows, pk=pk)


def asked_or_404(pk: UUID, call_out: CallOut) -> Asked:
    """Return one who was asked; the call-out was let through before."""
    return get_object_or_404(call_out.asked.select_related("volunteer", "call_out"), pk=pk)


def call_outs(*, to: Staff, after: str = "") -> tuple[list[CallOut], str]:
    """Return a page of call-outs, the latest day first, and with what the next page is asked for."""
    return page_by_day(CallOut.objects.visible(to=to).select_related("branch"), "day", after, shown=PAGE)


def _could(row: CallOut, *, to: Staff) -> Iterable[Volunteer]:
    fits = Q()
    for what in needed(row):
        fits &= could(what, society=row.society_id, on=row.day)
    if row.language:
        # Codes of a closed list: a text that holds it in quotation marks is that code.
        fits &= Q(languages__icontains=f'"{row.language}"')
    asked = Asked.objects.filter(call_out=row).values("volunteer")
    parts = parts_seen_by(to, branch=row.branch_id)
    some = [part.filter(fits).exclude(pk__in=asked).select_related("own_page") for part in parts]
    return first_by_name(some, LOOKED_AT)


def needed(row: CallOut) -> set[str]:
    """Return what whoever comes must be allowed to do (``words.MayDo``): where a person is met, meet too."""
    return {row.what, MayDo.MEET.value} if row.meets_person else {row.what}


def candidates(row: CallOut, *, to: Staff, at: datetime) -> Candidates:
    """Return who may do it, speaks the language and was not asked yet, those first whose hours allow it."""
    could = list(_could(row, to=to))
    lacks = lacking(row, could)
    fit = [one for one in could if not lacks[one.pk]]
    agreed = [one for one in fit if one.may_be_contacted]
    minds = minded(agreed, row, to=to, at=at)
    agreed.sort(key=lambda one: bool(minds[one.pk]))
    last = _last_day(row)
    found = [_candidate(one, minds[one.pk], last, at) for one in agreed[:PAGE]]
    return Candidates(found, len(fit) - len(agreed), len(agreed) > PAGE)


def lacking(row: CallOut, volunteers: Collection[Volunteer]) -> dict[UUID, set[str]]:
    """Return what keeps each from what a call-out asks for; where a person is met from meeting too, at night by age."""
    missing = missing_by_volunteer(volunteers, on=row.day)
    lacks = {pk: {code for what in needed(row) for code in kept[what]} for pk, kept in missing.items()}
    known = told(row)
    if known is not None and rules.is_at_night(*(timezone.localtime(one) for one in known.span)):
        for pk in not_surely_adult(volunteers, on=row.day):
            lacks[pk].add(Missing.AGE)
    return lacks


def _candidate(row: Volunteer, minds: list[str], last: date, at: datetime) -> Candidate:
    leaves = leaves_at(row, at)
    return Candidate(row, languages_of(row), minds, _insurance(row, last), leaves if leaves > at else None)


def _last_day(row: CallOut) -> date:
    known = told(row)
    return timezone.localtime(known.ends_at).date() if known is not None else row.day


def _insurance(row: Volunteer, last: date) -> str:
    """Return that somebody is not insured on the last day of a call-out, as far as is written down; "" where she is."""
    is_insured = rules.is_insured(sealed_details.standing(row).insured_until, last)
    return "" if is_insured else _("Not insured on that day, as far as is written down.")


def leaves_at(row: Volunteer, at: datetime) -> datetime:
    """Return when a message to a volunteer may leave: her own quiet hours, else the usual ones."""
    own: OwnPage | None = getattr(row, "own_page", None)
    if own is not None and own.quiet_from is not None and own.quiet_until is not None:
        quiet = own.quiet_from, own.quiet_until
    elif Availability.NIGHTS in row.availability:
        return at
    else:
        quiet = rules.USUAL_QUIET
    return rules.leaves_at(timezone.localtime(at), quiet)


def minded(
    rows: Collection[Volunteer], call_out: CallOut, *, to: Staff, at: datetime
) -> dict[UUID, list[str]]:
    """Return what the hours of a call-out break for each: the limits of the roster, and what is promised already."""
    asked_for = told(call_out)
    if asked_for is None or not rows:
        return {row.pk: [] for row in rows}
    kept = roster.limits(to.society, at=at)
    spans = chosen_spans([row.pk for row in rows], asked_for.span, exclude=call_out)
    if any(row.staff_id for row in rows):
        duties = roster.spans_around(to=to, span=asked_for.span, kept=kept)
        for row in rows:
            spans[row.pk] += duties.get(row.staff_id, []) if row.staff_id else []
    return {row.pk: _minds(asked_for.span, spans[row.pk], kept) for row in rows}


def _minds(span: Span, others: list[Span], kept: roster.Limits) -> list[str]:
    found = roster.judged(span, others, kept=kept).said()
    if any(roster.overlap(span, other) for other in others):
        found.append(_("Something else is promised in these hours."))
    return found


def chosen_spans(
    volunteers: Collection[UUID], near: Span, *, exclude: CallOut | None = None
) -> dict[UUID, list[Span]]:
    """Return the hours for which these were chosen, so near that rest is asked about."""
    found: dict[UUID, list[Span]] = defaultdict(list)
    for asked in _chosen(near).filter(volunteer__in=volunteers):
        known = told(asked.call_out)
        if known is not None and (exclude is None or asked.call_out_id != exclude.pk):
            found[asked.volunteer_id].append(known.span)
    return found


def _chosen(near: Span) -> TenantQuerySet[Asked]:
    first, last = (timezone.localtime(one).date() for one in near)
    # What begins up to two days before may still need rest after it.
    return Asked.objects.filter(
        answer=Answer.CHOSEN,
        call_out__day__gte=first - timedelta(days=2),
        call_out__day__lte=last + timedelta(days=2),
    ).select_related("call_out")


def roster_shifts(*, to: Staff, after: datetime, before: datetime) -> list[roster.RosterShift]:
    """Return for the roster the hours of volunteers who sign in too; where they are is said nowhere there."""
    rows = _chosen((after, before)).filter(society=to.society_id, volunteer__staff__isnull=False)
    found = []
    for asked in rows.select_related("call_out", "volunteer__staff"):
        known, staff = told(asked.call_out), asked.volunteer.staff
        if known and staff and known.starts_at < before and known.ends_at > after:
            found.append(
                roster.RosterShift(
                    staff.pk, staff.name, _("Helps the branch"), known.starts_at, known.ends_at
                )
            )
    return found


def answers(row: CallOut, *, to: Staff, at: datetime) -> list[Answered]:
    """Return who was asked, the chosen first, then in the order in which they said yes."""
    rows = list(Asked.objects.filter(call_out=row).select_related("volunteer"))
    order: list[str] = [Answer.CHOSEN, Answer.YES, Answer.LATER, Answer.WAITING]
    rows.sort(
        key=lambda one: (order.index(one.answer) if one.answer in order else 9, one.turn or 999, str(one.pk))
    )
    asked = [one.volunteer for one in rows]
    minds, lacks = minded(asked, row, to=to, at=at), lacking(row, asked)
    over, last = row.state == CallOutState.CLOSED, _last_day(row)
    for pk in (pk for pk, codes in lacks.items() if codes and not over):
        minds[pk].insert(0, _("May not do this on that day any more."))
    sent: dict[UUID, str] = {}
    for one in channels_queries.attempts([asked.pk for asked in rows]):
        sent[one.about] = f"{one.how}: {one.state}, {when(one.at)}"
    return [
        Answered(
            one,
            minds[one.volunteer_id],
            "" if over else _insurance(one.volunteer, last),
            row.meets_person and has_tie(one.volunteer),
            one.answer in CAN_BE_CHOSEN and not lacks[one.volunteer_id],
            sent.get(one.pk, ""),
        )
        for one in rows
    ]


def has_tie(row: Volunteer) -> bool:
    """Say whether a volunteer named communities; which, is not said here. Unreadable counts as named."""
    kept = sealed_details.readable(row)
    return kept is None or bool(kept.get("ties"))


def written_to(pk: UUID) -> Outsider | None:
    """Return how a volunteer who agreed is written to: for the registry of channels, asked when a message leaves."""
    row = (
        Volunteer.objects.filter(pk=pk, may_be_contacted=True, state=VolunteerState.ACTIVE)
        .select_related("own_page")
        .first()
    )
    kept = sealed_details.readable(row) if row is not None else None
    if row is None or kept is None:
        return None
    return Outsider(
        kept.get("email", ""), international_number(kept.get("phone", "")) or "", language_of(row)
    )


def language_of(row: Volunteer) -> str:
    """Return in which language of ours a volunteer reads: as chosen on the own page, else as spoken, else Russian."""
    own: OwnPage | None = getattr(row, "own_page", None)
    if own is not None and own.language:
        return own.language
    ours = dict(INTERFACE)
    return next((tag for tag in row.languages if tag in ours), "ru")
