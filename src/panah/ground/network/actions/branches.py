"""A society says how it is called and which branches it has."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.network import events
from panah.ground.network.models import Branch, Region, Society
from panah.ground.network.permissions import policy

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def confirm_branch(*, branch: Branch, by: "Staff", at: datetime) -> Branch:
    """The society says: this branch exists, and so it is called."""
    policy.require(by, branch)
    branch.confirmed, branch.confirmed_at, branch.confirmed_by = True, at, by.name
    branch.edited_at = at
    branch.save()
    audit.record(event=events.BRANCH_CONFIRMED, by=by, at=at, about=branch.pk)
    return branch


@transaction.atomic
def edit_branch(
    *,
    branch: Branch,
    name_en: str,
    name_ru: str,
    names: Mapping[str, str],
    region: str,
    closed: bool,
    by: "Staff",
    at: datetime,
    seen: str | None = None,
) -> Branch:
    """Correct a branch. Whoever corrects it confirms it: she is of the society and has read it."""
    policy.require(by, branch)
    refuse_if_changed(branch, seen=seen)
    branch.name_en, branch.name_ru, branch.closed = name_en, name_ru, closed
    branch.names = {tag: name for tag, name in names.items() if name}
    branch.region = _region(region, branch.society)
    branch.confirmed, branch.confirmed_at, branch.confirmed_by = True, at, by.name
    branch.note, branch.edited_at = "", at
    branch.save()
    audit.record(event=events.BRANCH_EDITED, by=by, at=at, about=branch.pk)
    return branch


@transaction.atomic
def add_branch(
    *,
    society: Society,
    name_en: str,
    name_ru: str,
    names: Mapping[str, str],
    region: str,
    by: "Staff",
    at: datetime,
) -> Branch:
    """Add a branch that the list did not have; it is confirmed by being added."""
    policy.require(by, society)
    branch = Branch.objects.create(
        society=society,
        slug=_free_slug(society, name_en),
        name_en=name_en,
        name_ru=name_ru,
        names={tag: name for tag, name in names.items() if name},
        region=_region(region, society),
        confirmed=True,
        confirmed_at=at,
        confirmed_by=by.name,
        edited_at=at,
    )
    audit.record(event=events.BRANCH_ADDED, by=by, at=at, about=branch.pk)
    return branch


EDITED = ("name_en", "name_ru", "website", "names", "time_zone", "languages", "names_unchecked")


@transaction.atomic
def edit_society(
    *,
    society: Society,
    name_en: str,
    name_ru: str,
    names: Mapping[str, str],
    website: str,
    time_zone: str,
    languages: Sequence[str],
    by: "Staff",
    at: datetime,
    seen: str | None = None,
) -> Society:
    """The society corrects its own entry; the names that it has read count as checked."""
    policy.require(by, society)
    refuse_if_changed(society, seen=seen)
    society.name_en, society.name_ru, society.website = name_en, name_ru, website
    society.names = {tag: name for tag, name in names.items() if name}
    society.time_zone, society.languages = time_zone, list(languages)
    society.names_unchecked, society.edited_at = [], at
    society.save(update_fields=[*EDITED, "edited_at"])
    audit.record(event=events.SOCIETY_EDITED, by=by, at=at, about=society.pk, society=society.pk)
    return society


def _free_slug(society: Society, name: str) -> str:
    slug = slugify(name)[:60]
    if not slug:
        raise Refusal(
            _("The name in English has no Latin letters."),
            next_step=_("Write the English name in Latin letters: it becomes part of an address."),
            code="no-slug",
        )
    if Branch.objects.filter(society=society, slug=slug).exists():
        raise Refusal(
            _("The society already has a branch with this name."),
            next_step=_("Correct that one, or give this one a name that tells them apart."),
            code="branch-exists",
        )
    return slug


def _region(code: str, society: Society) -> Region | None:
    """The region with this code in the society's own country; none for no code."""
    return Region.objects.filter(code=code, iso2=society.iso2).first() if code else None
