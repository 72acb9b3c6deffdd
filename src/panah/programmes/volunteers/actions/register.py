"""Writing volunteers down, changing what is known of them, and saying who of them signs in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import staff_by_id, with_permission
from panah.ground.accounts.roles import Permission, require
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.network import queries as network_queries
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.volunteers import events, permissions, rules, sealed_details
from panah.programmes.volunteers.models import DoublePair, Membership, Volunteer
from panah.programmes.volunteers.queries.listing import name_key
from panah.programmes.volunteers.words import ROOM, Happened, VolunteerRole

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import CallOut


PLAIN = (
    "name", "sex", "born_year", "languages", "skills", "availability", "may_be_contacted", "code_signed_on",
    "guardian_agreed_on",
)  # fmt: skip
SEALED = ("phone", "email", "address", "other", "ties")


def must_keep(staff: Staff, row: Volunteer) -> None:
    if not permissions.keeps(staff, row):
        raise Refusal(
            _("The coordinator of the volunteer’s own branch writes this down."),
            next_step=_("Tell that branch what you know."),
            code="other-branch",
        )


def must_decide(staff: Staff) -> None:
    require(staff, Permission.VOLUNTEERS_DECIDE, status=409)


def must_be_another(staff: Staff, row: Volunteer) -> None:
    """Refuse what nobody decides of herself: what she may do, her hours, her money."""
    if row.staff_id == staff.pk:
        raise Refusal(
            _("This is about you: another colleague writes it down."),
            next_step=_("Ask a focal point, or whoever keeps the register with you."),
            code="about-oneself",
        )


def must_be_ours(society: UUID, branch: UUID | str) -> None:
    """Refuse a branch that is another society's, or closed."""
    if str(branch) not in dict(network_queries.branch_names(society)):
        raise Refusal(
            _("Your society has no such branch."), next_step=_("Choose another one."), code="no-such-branch"
        )


def kept_branch(chosen: UUID | str, *, by: Staff) -> UUID:
    """Return a branch whose volunteers somebody keeps (her own where none was asked for); refuse any other."""
    branch = str(chosen or by.branch_id or "")
    if not permissions.keeps_volunteers(by) or not (
        permissions.keeps_all_branches(by) or str(by.branch_id) == branch
    ):
        raise Refusal(
            _("You keep the volunteers of another branch."),
            next_step=_("Choose your own branch, or ask the other one."),
            code="other-branch",
        )
    must_be_ours(by.society_id, branch)
    return UUID(branch)


def changed_meanwhile(sentence: StrOrPromise = "") -> Refusal:
    """What is said where another press, or a colleague, was quicker."""
    return Refusal(
        sentence or _("That has changed meanwhile."),
        next_step=_("Look at the page as it is now."),
        code="changed-meanwhile",
    )


def lock_row(row: Volunteer) -> None:
    """Hold a volunteer's row, as it stands now: what a colleague wrote since it was read is not taken back."""
    refresh_row(row, Volunteer.objects.select_for_update())


def refresh_row(row: Volunteer, rows: QuerySet[Volunteer] | None = None) -> None:
    """Read a volunteer's row as it stands now; whoever was erased meanwhile is not brought back."""
    try:
        row.refresh_from_db(from_queryset=rows)
    except Volunteer.DoesNotExist:
        raise changed_meanwhile() from None


def mark_home_and_elsewhere(row: Volunteer) -> None:
    """Write anew what follows from a volunteer's own branch: what is done elsewhere, and of which branch a pair is."""
    Membership.objects.filter(volunteer=row).update(elsewhere=~Q(branch=row.branch_id))
    for field, beside in (("one", "other"), ("other", "one")):
        pairs = DoublePair.objects.filter(**{field: row})
        same = Q(pk__in=pairs.filter(**{f"{beside}__branch": row.branch_id}).values("pk"))
        pairs.update(branch=Case(When(same, then=row.branch_id)))


def fill(row: Volunteer, typed: Mapping[str, object]) -> None:
    """Set what was typed, plain and sealed; what was not asked stays. Not saved."""
    for name in PLAIN:
        if name in typed:
            setattr(row, name, typed[name])
    row.name_key = name_key(row.name)
    sealed = {name: typed[name] for name in SEALED if name in typed}
    if "guardian_name" in typed:
        guardian = {"name": typed["guardian_name"], "phone": typed["guardian_phone"]}
        sealed["guardian"] = {name: value for name, value in guardian.items() if value}
    sealed_details.write(row, **sealed)
    sealed_details.keep_standing(row, typed)


@transaction.atomic
def add_volunteer(
    *,
    by: Staff,
    branch: UUID | str,
    role: VolunteerRole | str,
    joined_on: date | None,
    pk: UUID | None = None,
    at: datetime,
    **typed: object,
) -> Volunteer:
    """Write down somebody who helps already: name, contact, and what they do in which branch since when."""
    home = kept_branch(branch, by=by)
    day = joined_on or timezone.localtime(at).date()
    row = Volunteer(pk=pk or uuid4(), society_id=by.society_id, branch_id=home, joined_on=day)
    fill(row, typed)
    sealed_details.note(row, on=day, what=Happened.JOINED)
    row.save(force_insert=True)
    Membership.objects.create(society_id=by.society_id, volunteer=row, branch_id=home, role=role, since=day)
    audit.record(event=events.ADDED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def change_volunteer(*, by: Staff, row: Volunteer, at: datetime, **typed: object) -> None:
    """Change name, contact, languages, dates of the code and of the guardian's agreement."""
    lock_row(row)
    must_keep(by, row)
    if any(name in typed and typed[name] != getattr(row, name) for name in sealed_details.STANDING):
        must_be_another(by, row)
    fill(row, typed)
    if row.staff_id is not None and not rules.is_grown_up(
        sealed_details.standing(row).born_year, timezone.localtime(at).date()
    ):
        raise Refusal(
            _("This volunteer signs in as a colleague, and nobody under 18 may."),
            next_step=_(
                "If the year is right, a focal point first ends that access and takes the link away."
            ),
            code="minor-signs-in",
        )
    row.save()
    audit.record(event=events.CHANGED, by=by, at=at, about=row.pk)


@transaction.atomic
def link_staff(*, by: Staff, row: Volunteer, colleague: str, at: datetime) -> None:
    """Say as which colleague a volunteer signs in, or that she does not any more (""); under 18 nobody does."""
    must_decide(by)
    lock_row(row)
    must_be_another(by, row)
    staff = staff_by_id(UUID(colleague)) if colleague else None
    if staff is not None and staff.society_id != by.society_id:
        raise Refusal(_("There is no such colleague."), code="no-such-colleague")
    if staff is not None and not rules.is_grown_up(
        sealed_details.standing(row).born_year, timezone.localtime(at).date()
    ):
        raise Refusal(
            _(
                "Nobody under 18, or whose year of birth is not known, signs in: who signs in answers and sees people."
            ),
            next_step=_("Write down the year of birth if it is missing."),
            code="minor-signs-in",
        )
    if staff is not None and Volunteer.objects.filter(staff=staff).exclude(pk=row.pk).exists():
        raise Refusal(
            _("Another volunteer signs in as this colleague."),
            next_step=_("Look which of the two it is, and take the other link away first."),
            code="linked-already",
        )
    row.staff = staff
    row.save(update_fields=["staff"])
    audit.record(event=events.LINKED, by=by, at=at, about=row.pk)


def keepers_of(society: UUID, branch: UUID) -> list[Staff]:
    """Return on whose list it goes: the branch's coordinators, else headquarters', else the focal points."""
    coordinators = with_permission(society, Permission.VOLUNTEERS_KEEP_BRANCH)
    own = [one for one in coordinators if one.branch_id == branch]
    headquarters = [one for one in coordinators if one.branch_id is None]
    return own or headquarters or with_permission(society, Permission.VOLUNTEERS_KEEP_ALL)


def put_on_lists(
    row: Volunteer | CallOut,
    purpose: str,
    kind: DueKind,
    *,
    at: datetime,
    room: str = ROOM,
    urgency: Urgency = Urgency.WEEK,
    branch: UUID | None = None,
) -> None:
    """Put what is to be done about a row on the list of each who keeps its branch, or ``branch``.

    It goes from all of them when one has done it.
    """
    what = DueType(room, purpose, kind, within=rules.ANSWER_WITHIN[urgency], urgency=urgency)
    for keeper in keepers_of(row.society_id, branch or row.branch_id):
        work.due(what, row, owner=keeper, at=at)


def put_on_focal_points_lists(
    *, society: UUID, room: str, purpose: str, subject: UUID, at: datetime, urgency: Urgency = Urgency.WEEK
) -> None:
    """Put something on the focal points' lists that they alone decide."""
    what = DueType(room, purpose, DueKind.DECIDE, within=rules.ANSWER_WITHIN[urgency], urgency=urgency)
    work.due_for_focal_points(what, DueSubject(society, subject), at=at)
