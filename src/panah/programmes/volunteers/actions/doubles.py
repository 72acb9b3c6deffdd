"""Two volunteers who are one person: proposed, decided by somebody who looked, and taken back within thirty days."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import host_seal, retention, tenancy
from panah.ground.foundation.errors import Refusal
from panah.programmes.volunteers import events, permissions, sealed_details
from panah.programmes.volunteers.actions.register import mark_home_and_elsewhere, must_keep
from panah.programmes.volunteers.importing.comparing import Registered, likely_pairs
from panah.programmes.volunteers.models import DoublePair, Membership, MergedVolunteer, Volunteer
from panah.programmes.volunteers.words import ROOM

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.sealed_details import Details, HistoryEntry, Standing

# What a field of a volunteer is in JSON.
type Plain = str | int | list[str] | None

COMPARED = ("pk", "branch_id", "name", "name_key", "born_year", "sex", "phone_mark")
# What the one who stays takes from the other where nothing is known; vetting and consent are nobody's to guess.
FILLED = ("sex", "born_year", "joined_on", "code_signed_on", "insured_until", "guardian_agreed_on")
JOINED = ("languages", "skills", "availability")


def compare_registers(*, at: datetime) -> int:
    """For the worker: look for doubles in the register of the society inside whose walls this runs."""
    society = tenancy.current_tenant()
    _forget_merges(at=at)
    return look_for_doubles(society=society, at=at) if society is not None else 0


def look_for_doubles(*, society: UUID, at: datetime) -> int:
    """Propose who may stand in a register twice, and drop proposals that no longer hold; returns how many are new."""
    rows = Volunteer.objects.filter(society_id=society).values_list(*COMPARED)
    people = (
        Registered(pk, branch, name, key, year, sex, bytes(phone) if phone else None)
        for pk, branch, name, key, year, sex, phone in rows.iterator(chunk_size=5000)
    )
    found = {(pair.one, pair.other): pair for pair in likely_pairs(people)}
    with transaction.atomic():
        there = DoublePair.objects.filter(society_id=society)
        before = {
            (one, other): (pk, apart, branch)
            for pk, one, other, apart, branch in there.values_list("pk", "one", "other", "apart", "branch")
        }
        # Two who moved in the same moment: neither saw where the other went.
        for ids, (pk, _apart, branch) in before.items():
            if ids in found and found[ids].branch != branch:
                there.filter(pk=pk).update(branch=found[ids].branch)
        gone = [pk for ids, (pk, apart, _branch) in before.items() if not apart and ids not in found]
        for start in range(0, len(gone), 500):
            DoublePair.objects.filter(pk__in=gone[start : start + 500]).delete()
        new = [
            DoublePair(
                society_id=society,
                one_id=pair.one,
                other_id=pair.other,
                branch_id=pair.branch,
                likeness=pair.likeness,
            )
            for ids, pair in found.items()
            if ids not in before
        ]
        DoublePair.objects.bulk_create(new, batch_size=500)
    return len(new)


@transaction.atomic
def keep_apart(*, by: Staff, pair: DoublePair, at: datetime) -> None:
    """Say that they are two people: they are not proposed again."""
    for row in (pair.one, pair.other):
        must_keep(by, row)
    if DoublePair.objects.filter(pk=pair.pk, apart=False).update(apart=True):
        audit.record(event=events.PARTED, by=by, at=at, about=pair.one_id)


@transaction.atomic
def merge(*, by: Staff, pair: DoublePair, keep: UUID, at: datetime) -> MergedVolunteer:
    """Make one of two: the one who stays gets what only the other had, which is kept sealed to be taken back."""
    locked = {
        row.pk: row
        for row in Volunteer.objects.select_for_update().filter(pk__in=[pair.one_id, pair.other_id])
    }
    kept, gone = _two(locked, pair, keep)
    for row in (kept, gone):
        must_keep(by, row)
    _must_decide_where_protected(by, kept, gone)
    _may_become_one(kept, gone)
    before = _plain(kept)
    moved, removed = _move_what_hangs_on(gone, kept)
    told = serializers.serialize("json", [gone, *removed])
    theirs, stood = sealed_details.read(gone), sealed_details.standing(gone)
    gone.delete()
    _take_over(kept, gone, theirs, stood)
    kept.save()
    day = timezone.localtime(at).date()
    merged = MergedVolunteer(society_id=kept.society_id, kept=kept, merged_on=day)
    sealed = {"rows": told, "moved": moved, "before": before, "after": _plain(kept)}
    merged.sealed = host_seal.seal(sealed, what=f"merged {merged.pk}", room=ROOM)
    merged.save()
    mark_home_and_elsewhere(kept)
    audit.record(event=events.MERGED, by=by, at=at, about=kept.pk)
    return merged


def _two(locked: dict[UUID, Volunteer], pair: DoublePair, keep: UUID) -> tuple[Volunteer, Volunteer]:
    other = pair.other_id if keep == pair.one_id else pair.one_id
    if keep not in locked or other not in locked:
        raise Refusal(
            _("They are not two any more."),
            next_step=_("Somebody else has decided meanwhile: look at the list again."),
            code="decided-already",
        )
    return locked[keep], locked[other]


def _must_decide_where_protected(by: Staff, *rows: Volunteer) -> None:
    """Vetting of one must not become the other's, nor a sign-in: whoever decides about both looks at it."""
    if any(row.staff_id or row.file_id or row.vetted_until for row in rows) and not permissions.decides(by):
        raise Refusal(
            _("One of them is vetted, has something under protection, or signs in as a colleague."),
            next_step=_("Tell a focal point, who decides about these two."),
            code="focal-point-only",
        )


def _may_become_one(kept: Volunteer, gone: Volunteer) -> None:
    if kept.file_id and gone.file_id:
        raise Refusal(
            _("Both have vetting or incidents under protection, and these cannot be joined."),
            next_step=_("A focal point reads both, writes what counts into one, and erases the other."),
            code="both-protected",
        )
    if kept.staff_id and gone.staff_id:
        raise Refusal(
            _("Both sign in as a colleague."),
            next_step=_("A focal point first takes one of the links away."),
            code="both-sign-in",
        )
    if kept.moving_to_id or gone.moving_to_id:
        raise Refusal(
            _("One of them is asked to move to another branch."),
            next_step=_("The other branch answers first."),
            code="is-moving",
        )


def _hanging() -> list[models.Field[object, object]]:
    """The fields of all rooms that lead to a volunteer, but for pairs and merges."""
    own = (DoublePair, MergedVolunteer)
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.related_model is Volunteer and model not in own
    ]


def _move_what_hangs_on(gone: Volunteer, kept: Volunteer) -> tuple[dict[str, list[str]], list[models.Model]]:
    """Move rows of all rooms; returns which were moved, and those that the one who stays has too, which go along."""
    moved: dict[str, list[str]] = {}
    removed: list[models.Model] = list(DoublePair.objects.filter(models.Q(one=gone) | models.Q(other=gone)))
    for field in _hanging():
        rows = field.model._base_manager.filter(**{field.name: gone})
        for row in rows:
            if _moves(row, field, kept):
                moved.setdefault(f"{field.model._meta.label}.{field.name}", []).append(str(row.pk))
            else:
                removed.append(row)
                row.delete()
    return moved, removed


def _moves(row: models.Model, field: models.Field[object, object], kept: Volunteer) -> bool:
    manager = type(row)._base_manager
    if isinstance(row, Membership):
        same = Membership.objects.filter(branch=row.branch_id, role=row.role, until=row.until)
        if same.filter(volunteer=kept).exists():
            return False
    try:
        with transaction.atomic():
            manager.filter(pk=row.pk).update(**{field.name: kept})
    except IntegrityError:
        return False
    return True


def _plain(row: Volunteer) -> dict[str, Plain]:
    """What merging may change of the one who stays, as JSON says it."""
    [told] = serializers.serialize("python", [row])
    names = (*FILLED, *JOINED, "staff", "file", "details")
    return {name: _said(told["fields"][name]) for name in names}


def _said(value: object) -> Plain:
    return value if value is None or isinstance(value, str | int | list | bool) else str(value)


def _take_over(kept: Volunteer, gone: Volunteer, theirs: Details, stood: Standing) -> None:
    filled = [name for name in FILLED if getattr(kept, name) in (None, "")]
    for name in filled:
        setattr(kept, name, getattr(stood if name in sealed_details.STANDING else gone, name))
    for name in JOINED:
        setattr(kept, name, list(dict.fromkeys([*getattr(kept, name), *getattr(gone, name)])))
    kept.staff_id, kept.file_id = kept.staff_id or gone.staff_id, kept.file_id or gone.file_id
    ours = sealed_details.read(kept)
    history = sorted([*theirs.get("history", []), *ours.get("history", [])], key=_on)
    told: dict[str, object] = {**theirs, **ours, "history": history, "standing": ours.get("standing", {})}
    others = dict.fromkeys((ours.get("other"), theirs.get("phone"), theirs.get("other")))
    told["other"] = ", ".join(other for other in others if other and other != told.get("phone"))
    sealed_details.write(kept, **told)
    sealed_details.keep_standing(kept, filled)


def _on(line: HistoryEntry) -> str:
    return line["on"]


@transaction.atomic
def take_back(*, by: Staff, merged: MergedVolunteer, at: datetime) -> Volunteer:
    """Make two of one again: what was moved goes back, and what the one who stayed had before, unless changed since."""
    kept = Volunteer.objects.select_for_update().get(pk=merged.kept_id)
    must_keep(by, kept)
    _must_decide_where_protected(by, kept)
    told = host_seal.unseal(bytes(merged.sealed), what=f"merged {merged.pk}", room=ROOM)
    now = _plain(kept)
    fields = {field.name: field for field in Volunteer._meta.concrete_fields}
    for name, value in told["before"].items():
        if now[name] == told["after"][name]:
            field = fields[name]
            setattr(kept, field.attname, field.to_python(value) if value is not None else None)
    kept.phone_mark = sealed_details.phone_mark(sealed_details.read(kept).get("phone", ""))
    kept.save()
    back = _put_back(told["rows"])
    for label, ids in told["moved"].items():
        model, _dot, name = label.rpartition(".")
        for pk in ids:
            rows = apps.get_model(model)._base_manager.filter(pk=pk, **{name: kept})
            rows.update(**{name: back})
    for row in (kept, back):
        mark_home_and_elsewhere(row)
    MergedVolunteer.objects.filter(pk=merged.pk).delete()
    audit.record(event=events.UNMERGED, by=by, at=at, about=kept.pk)
    return back


def _put_back(told: str) -> Volunteer:
    first, *others = serializers.deserialize("json", told)
    back = cast("Volunteer", first.object)
    first.save()
    for one in others:
        # What hangs on somebody who was erased meanwhile stays away.
        with suppress(IntegrityError), transaction.atomic():
            one.save()
    return back


def _forget_merges(*, at: datetime) -> int:
    """Destroy what was kept of merges older than thirty days."""
    before = timezone.localtime(at).date() - retention.VOLUNTEERS_JOINED.period
    rows = MergedVolunteer.objects.filter(merged_on__lt=before)
    society = tenancy.current_tenant()
    return int((rows if society is None else rows.filter(society_id=society)).delete()[0])
