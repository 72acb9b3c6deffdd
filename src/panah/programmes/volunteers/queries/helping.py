"""Hours and money of volunteers: what was given, what waits for the branch, and the years of service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.kit.dates import dated
from panah.ground.kit.numbers import number
from panah.ground.vault import later
from panah.ground.work.queries import items_of
from panah.programmes.volunteers import helping_rules as rules
from panah.programmes.volunteers import sealed_details
from panah.programmes.volunteers.helping_words import TELL, Answer, Claim
from panah.programmes.volunteers.models import Asked, CallOut, Expense, Hours, Membership, OwnPage, Volunteer

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

SHOWN = 60
RUNG = "rung"
# A night's call-out belongs to the day on which it began.
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Helped:
    """What a volunteer gave and spent: the latest lines, and the sum of what is confirmed."""

    hours: list[Hours]
    money: list[Expense]
    total: str
    waiting: int


def helped(row: Volunteer) -> Helped:
    hours = list(Hours.objects.filter(volunteer=row).order_by("-on", "pk")[:SHOWN])
    money = list(Expense.objects.filter(volunteer=row).order_by("-on", "pk")[:SHOWN])
    return Helped(hours, money, total_hours(row), waiting_of(row))


def waiting_of(row: Volunteer) -> int:
    """Return how much of a volunteer waits for the branch."""
    return sum(model.objects.filter(volunteer=row, state=Claim.ASKED).count() for model in (Hours, Expense))


def total_minutes(row: Volunteer) -> int:
    found = Hours.objects.filter(volunteer=row, state=Claim.CONFIRMED).aggregate(sum=Sum("minutes"))
    return int(found["sum"] or 0)


def total_hours(row: Volunteer) -> str:
    return hours_in_words(total_minutes(row))


def own_page_of(row: Volunteer) -> OwnPage | None:
    return OwnPage.objects.filter(volunteer=row).first()


def asks_of(row: Volunteer) -> str:
    """Return what a volunteer says is wrong in the register, as it lies sealed; "" for nothing."""
    return (sealed_details.readable(row) or {}).get("correction", "")


def hours_or_404(pk: UUID, *, to: Staff) -> Hours:
    return get_object_or_404(Hours.objects.visible(to=to).select_related("volunteer"), pk=pk)


@dataclass(frozen=True)
class AsksToBeRung:
    """A volunteer pressed *ring me*: how to reach her, and what she was called out for around then."""

    on: date
    phone: str
    call_outs: list[CallOut]


def rung_lately(row: Volunteer) -> bool:
    """Say whether she was rung, and her line only waits for the hour at which the node ends it."""
    waiting = later.waiting(society=row.society_id, what=RUNG)
    return any(one.value["volunteer"] == str(row.pk) for one in waiting)


def asks_to_be_rung(row: Volunteer) -> AsksToBeRung | None:
    """Return since when a volunteer waits to be rung because something happened; None when she does not."""
    waiting = items_of(row.pk, purpose=TELL)
    if not waiting or rung_lately(row):
        return None
    on = timezone.localtime(waiting[0].due_at).date()
    rows = Asked.objects.filter(volunteer=row, answer=Answer.CHOSEN, call_out__day__range=(on - DAY, on))
    phone = (sealed_details.readable(row) or {}).get("phone", "")
    return AsksToBeRung(on, phone, [one.call_out for one in rows.select_related("call_out")])


def expense_or_404(pk: UUID, *, to: Staff) -> Expense:
    return get_object_or_404(Expense.objects.visible(to=to).select_related("volunteer"), pk=pk)


def years_of_service(row: Volunteer, *, on: date) -> tuple[date | None, int]:
    """Return since when somebody helps, and in how many whole years; pauses are not counted off."""
    since = (
        row.joined_on
        or Membership.objects.filter(volunteer=row).order_by("since").values_list("since", flat=True).first()
    )
    if since is None or since > on:
        return since, 0
    return since, on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def money_text(one: Expense) -> str:
    amount = one.amount.quantize(Decimal(1)) if one.amount == one.amount.to_integral() else one.amount
    return f"{amount} {one.currency}"


def held(row: Volunteer) -> tuple[str, Sequence[tuple[str, str]]]:
    """Return call-outs, hours and money of a volunteer, for the registry of what is held."""
    asked = Asked.objects.filter(volunteer=row).select_related("call_out").order_by("call_out__day", "pk")
    lines = [
        (dated(one.call_out.day), f"{one.call_out.get_what_display()}, {one.get_answer_display()}")
        for one in asked
    ]
    lines += [
        (dated(one.on), f"{one.get_what_display()}, {hours_text(one)}, {one.get_state_display()}")
        for one in Hours.objects.filter(volunteer=row).order_by("on")
    ]
    lines += [
        (dated(one.on), f"{one.get_what_display()}, {money_text(one)}, {money_state(one)}")
        for one in Expense.objects.filter(volunteer=row).order_by("on")
    ]
    if (page := own_page_of(row)) is not None and page.quiet_from is not None:
        lines.append((_("Quiet hours"), f"{page.quiet_from}:00 – {page.quiet_until}:00"))
    if wrong := asks_of(row):
        lines.append((_("Said to be wrong in the register"), wrong))
    return _("Call-outs, hours and money"), lines


def hours_in_words(minutes: int) -> str:
    """Minutes as the reader writes hours, with one half at most: ``3.5``, and ``3,5`` in Russian."""
    return number(rules.whole_hours(minutes))


def hours_text(one: Hours) -> str:
    return _("%(hours)s h") % {"hours": hours_in_words(one.minutes)}


def money_state(one: Expense) -> str:
    """Of money, what is confirmed was paid."""
    if one.paid_on is not None:
        return _("paid on %(day)s") % {"day": dated(one.paid_on)}
    return _("not paid") if one.state == Claim.REFUSED else str(one.get_state_display())
