"""Where the later words of a report go once it became a case or a contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import staff_by_id
from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.kit.dates import when
from panah.ground.vault import queries as vault_queries
from panah.people.cases import queries as cases_queries
from panah.people.complaints import queries as complaints_queries
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import PAST_INTAKE
from panah.people.intake.models import GoesOnAt
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.words import REPORT, ReportState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer
    from panah.ground.vault.keyring import Keyring
    from panah.people.cases.models import Case
    from panah.people.complaints.models import Matter


@dataclass(frozen=True)
class GoesOnTo:
    """To whom a later word goes, and what it is sealed to. ``place``: the id of the row; ``number``: of her case.

    ``owner``: None of a complaint that nobody reads at present; it waits for whoever does next.
    """

    place: UUID
    owner: Staff | None
    public: bytes
    file: UUID
    number: str
    room: str
    subject: UUID


def goes_on_to(arrival: UUID) -> GoesOnTo | None:
    """Return to whom later words of a report go, or None: to the intake, like the report itself."""
    row = GoesOnAt.objects.filter(arrival=arrival).first()
    if row is None or not load_trusted(row):
        return None
    holder, number = row.holder_id, ""
    if row.room == "cases":
        found = cases_queries.held_by(row.subject)
        if found is None:
            return None
        holder, number = found
    owner = staff_by_id(holder)
    if row.room == "complaints" and (owner is None or not owner.is_active):
        # Another who reads this complaint: all readers together may be whom it is about.
        owner = next((one for one in vault_queries.holders(row.file) if one.is_active), None)
    if owner is None or not owner.is_active:
        if row.room != "complaints":
            return None
        owner = None
    return GoesOnTo(row.pk, owner, bytes(row.public), row.file, number, row.room, row.subject)


def holds_what_became(staff: Staff, arrival: UUID) -> bool:
    """Say whether a colleague answers a report because she holds the case or contact, or reads the complaint."""
    return bool(subjects(to=staff).filter(arrival=arrival, society=staff.society_id).exists())


def report_behind(*, case: Case, keys: Keyring, at: datetime) -> cases_queries.Fact | None:
    """For the strip of a case: the reports that it came from, for whoever sees them."""
    del at
    to = keys.staff
    places = GoesOnAt.objects.filter(room="cases", subject=case.pk)
    rows = inbox_queries.visible(to=to).filter(pk__in=places.values("arrival"))
    links = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        (
            (reverse("intake:arrival", args=[row.pk]), when(row.arrived_at))
            for row in rows.order_by("arrived_at", "pk")
        ),
    )
    return cases_queries.Fact(_("The report behind it"), links) if links else None


def report_of_complaint(matter: Matter, to: Staff) -> complaints_queries.ReportBehind | None:
    """For the page of a complaint: the report that it came from, and where its writer is answered."""
    rows = inbox_queries.visible(to=to).filter(room=PAST_INTAKE, subject=matter.pk, kind=REPORT)
    row = rows.order_by("arrived_at", "pk").first()
    report = reporters_queries.report_of(row) if row is not None else None
    if row is None or report is None:
        return None
    over = report.state in (ReportState.CLOSED, ReportState.WITHDRAWN)
    answers = report.reply_public is not None and not over and reporters_queries.may_answer(to, report)
    return complaints_queries.ReportBehind(
        page=reverse("intake:arrival", args=[row.pk]),
        answer=reverse("intake:answer", args=[row.pk]) if answers else "",
    )


def subjects(*, to: Staff | Viewer) -> QuerySet[GoesOnAt]:
    """Return the places whose words a colleague sees: she holds the case, was let in to it, or took the contact."""
    return GoesOnAt.objects.filter(Q(holder=to.pk) | Q(vault_queries.granted_to(to, "file")))
