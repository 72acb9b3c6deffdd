"""A release is begun, and what it says is changed: nothing is counted and nothing spent here."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.programmes.evidence import events, queries
from panah.programmes.evidence.actions.budget import afford, is_private, open_population, rho_of_release
from panah.programmes.evidence.actions.packing import pack_again
from panah.programmes.evidence.models import Release
from panah.programmes.evidence.permissions import must_count
from panah.programmes.evidence.words import Product, ReleaseState, What

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def begin(
    *,
    what: str,
    year: int,
    product: str,
    title: str,
    contact: str,
    by: Staff,
    at: datetime,
    about: str = "",
    epsilon: Decimal | None = None,
    pk: UUID | None = None,
) -> Release:
    """Begin a release of a year that is over. ``epsilon``: of rows; exact tables have none."""
    must_count(by)
    if year >= timezone.localtime(at).year:
        raise Refusal(
            _("This year is not over: who is added later would stand out between two releases."),
            next_step=_("Choose a year that is over."),
            code="year-not-over",
        )
    if is_private(product) and not epsilon:
        raise Refusal(
            _("Rows cost privacy budget, and none was chosen."),
            next_step=_("Choose an ε."),
            code="no-epsilon",
        )
    row: Release = Release.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        population=open_population(what=What(what), year=year, product=Product(product), by=by),
        title=title,
        about=about,
        contact=contact,
        product=product,
        epsilon=epsilon if is_private(product) else None,
        begun_on=timezone.localtime(at).date(),
        prepared_by=by,
        hands=[str(by.pk)],
    )
    if is_private(product):
        # What could never be paid is not begun.
        afford(row.population, ref=row.pk, rho=rho_of_release(row))
    facts = {"people": queries.people_of(row.population), "budget": row.population.budget}
    audit.record(event=events.BEGUN, by=by, at=at, about=row.pk, facts=facts)
    return row


@transaction.atomic
def change(*, release: Release, title: str, about: str, contact: str, by: Staff, at: datetime) -> Release:
    """Change what a release says of itself, after that was asked for. The data stays: another draw would cost anew."""
    must_count(by)
    row = Release.objects.select_for_update().get(pk=release.pk, society=by.society_id)
    if row.state not in (ReleaseState.DRAFT, ReleaseState.CHANGES):
        raise Refusal(
            _("This release is not waiting for changes."),
            next_step=_("Look at how far it is."),
            code="not-to-be-changed",
        )
    row.title, row.about, row.contact = title, about, contact
    row.hands = sorted({*row.hands, str(by.pk)})
    if row.state == ReleaseState.CHANGES:
        pack_again(row, by=by, at=at)
    row.save()
    audit.record(event=events.CHANGED, by=by, at=at, about=row.pk)
    return row
