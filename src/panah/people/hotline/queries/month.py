"""How much work the lines were in a month, from plain columns alone: nothing that was said, nobody who called."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, Sum

from panah.people.hotline.models import AidCount, Contact
from panah.people.hotline.words import Channel


def contacts_of_month(
    *, society: UUID, start: datetime, end: datetime
) -> tuple[dict[UUID | None, int], dict[UUID | None, int]]:
    """Return (calls, contacts in other ways) that began in a time, by the branch of whoever took them."""
    rows = Contact.objects.filter(society=society, started_at__gte=start, started_at__lt=end)
    by_phone = Q(channel=Channel.PHONE)
    counted = list(
        rows.order_by()
        .values_list("taken_by__branch")
        .annotate(calls=Count("pk", filter=by_phone), others=Count("pk", filter=~by_phone))
    )
    return {branch: calls for branch, calls, _ in counted}, {branch: others for branch, _, others in counted}


def aid_of_month(*, society: UUID, month: date) -> dict[tuple[UUID | None, str], int]:
    """Return how often help was given without a name and without a case, by branch and kind."""
    rows = AidCount.objects.filter(society=society, month=month).order_by()
    return {
        (branch, kind): number
        for branch, kind, number in rows.values_list("branch", "kind").annotate(Sum("number"))
    }
