"""A volunteer's own page, found by its address alone, and what stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from panah.ground.foundation import host_seal, tenancy
from panah.ground.network.queries import society_where
from panah.ground.vault.sealed_state import open_state, seal_state
from panah.programmes.volunteers import helping_rules as rules
from panah.programmes.volunteers import sealed_details
from panah.programmes.volunteers.helping_words import CAN_ANSWER, HELPING, Answer, CallOutState
from panah.programmes.volunteers.models import Asked, OwnPage, Volunteer
from panah.programmes.volunteers.own_data import HELD, PUBLIC, PublicPage
from panah.programmes.volunteers.queries.callouts import Told, in_seal, lacking, told
from panah.programmes.volunteers.queries.helping import hours_in_words
from panah.programmes.volunteers.queries.one import Fact
from panah.programmes.volunteers.words import ROOM, Missing, VolunteerState

WHAT = "own page"
# Whoever left or was never taken on has no page; a pause ends on it.
OPENS_FOR = (VolunteerState.ACTIVE, VolunteerState.PAUSED)


@dataclass(frozen=True)
class MyCallOut:
    """What a volunteer reads of one call-out. ``told``: place and hours, for whoever is chosen."""

    row: Asked
    day: date
    part: str
    hours: str
    can_answer: bool
    told: Told | None = None


def mark_of(token: str) -> bytes:
    return host_seal.mark(token, what=WHAT, room=ROOM)


def pin_mark(page: OwnPage, pin: str) -> bytes:
    """Return the mark of a PIN on one page: nobody can try PINs on a stolen database without the host's key."""
    return host_seal.mark(pin, what=f"pin {page.pk} {page.volunteer_id}", room=ROOM)


@contextmanager
def page_of(token: str, *, at: datetime) -> Iterator[OwnPage | None]:
    """Stand within the walls of the society whose page this is; None for no page that opens."""
    mark = mark_of(token)
    society = society_where(lambda one: OwnPage.objects.filter(mark=mark, society=one).exists())
    with tenancy.tenant_context(society):
        row = (
            OwnPage.objects.filter(mark=mark, society=society, volunteer__state__in=OPENS_FOR)
            .select_related("volunteer__branch", "volunteer__society")
            .first()
        )
        stale = (
            row is not None and row.pin is None and row.made_on + rules.OPENED_WITHIN < timezone.localdate(at)
        )
        yield None if stale else row


def ticket(page: OwnPage, *, at: datetime) -> str:
    """Return what each form of an opened page carries: no cookie, and worthless after a while or with another PIN."""
    return seal_state({"pin": _pin(page)}, what=WHAT, whose=_whose(page), at=at)


def is_open(page: OwnPage, given: str, *, at: datetime) -> bool:
    if page.pin is None or page.wrong >= rules.MOST_WRONG:
        return False
    kept = open_state(given, what=WHAT, whose=_whose(page), at=at, lasts=rules.OPEN_FOR)
    return kept is not None and kept["pin"] == _pin(page)


def was_open(page: OwnPage, given: str, *, at: datetime) -> bool:
    """Say whether a form comes from this page when it was open, however long ago: another site cannot make one."""
    return open_state(given, what=WHAT, whose=_whose(page), at=at, lasts=timedelta(days=30)) is not None


def _whose(page: OwnPage) -> str:
    return f"{page.pk} {page.volunteer_id} {bytes(page.mark).hex()}"


def _pin(page: OwnPage) -> str:
    return bytes(page.pin or b"").hex()


def my_call_outs(volunteer: Volunteer, *, at: datetime) -> list[MyCallOut]:
    """Return what the branch asks this volunteer, the nearest day first; what is over is left out."""
    rows = (
        Asked.objects.filter(
            volunteer=volunteer, call_out__day__gte=timezone.localdate(at) - timedelta(days=1)
        )
        .exclude(answer=Answer.NOT_CHOSEN)
        .select_related("call_out__branch", "volunteer")
        .order_by("call_out__day", "pk")[:20]
    )
    found = (_mine(row) for row in rows)
    return [one[0] for one in found if one is not None and one[1].ends_at > at]


def _mine(row: Asked) -> tuple[MyCallOut, Told] | None:
    known = told(row.call_out)
    if known is None:
        return None
    begins = timezone.localtime(known.starts_at)
    minutes = int((known.ends_at - known.starts_at).total_seconds() // 60)
    is_chosen = row.answer == Answer.CHOSEN and row.call_out.state != CallOutState.CLOSED
    is_chosen = is_chosen and in_seal(row) in known.chosen
    # Whoever may not do it any more, since vetting was taken back, reads no place; a pause takes no promise back.
    is_chosen = is_chosen and lacking(row.call_out, [row.volunteer])[row.volunteer_id] <= {Missing.NOT_ACTIVE}
    mine = MyCallOut(
        row,
        row.call_out.day,
        rules.part_of_day(begins),
        hours_in_words(minutes),
        can_answer=row.call_out.state == CallOutState.OPEN and row.answer in CAN_ANSWER,
        told=known if is_chosen else None,
    )
    return mine, known


def asked_of(volunteer: Volunteer, pk: UUID) -> Asked | None:
    """Return what this volunteer was asked, None for what others were."""
    return Asked.objects.filter(volunteer=volunteer, pk=pk).select_related("call_out", "volunteer").first()


def held_elsewhere(volunteer: Volunteer) -> list[tuple[str, list[Fact]]]:
    """Return what rooms above hold (trainings, sessions), by heading, as it stands in the export too."""
    found = [find(volunteer) for name, find in HELD.items() if name != HELPING]
    return [(heading, [Fact(*line) for line in lines]) for heading, lines in found if lines]


def public_pages(volunteer: Volunteer) -> list[tuple[str, PublicPage]]:
    """Return what strangers can see of a volunteer, with the room that shows it."""
    return [(room, one) for room, pages in PUBLIC.items() for one in pages.of(volunteer)]


def profile(page: OwnPage) -> dict[str, object]:
    """Return what stands in the form of the profile; nothing sealed where another host sealed it."""
    row = page.volunteer
    kept = sealed_details.readable(row) or {}
    return {
        "languages": row.languages,
        "availability": row.availability,
        "may_be_contacted": row.may_be_contacted,
        "language": page.language,
        "quiet_from": "" if page.quiet_from is None else str(page.quiet_from),
        "quiet_until": "" if page.quiet_until is None else str(page.quiet_until),
        **{name: kept.get(name, "") for name in ("phone", "email", "other", "ties")},
    }


def last_digits(row: Volunteer) -> str:
    """Return the last four digits of a volunteer's telephone: asked before the first PIN, "" where none is known."""
    phone = (sealed_details.readable(row) or {}).get("phone", "")
    digits = "".join(one for one in phone if one.isdigit())
    return digits[-4:] if len(digits) >= 4 else ""
