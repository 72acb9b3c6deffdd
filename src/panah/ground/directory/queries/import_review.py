"""A file of services that was brought, entry by entry beside what stands in the directory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from panah.ground.directory import rules, words
from panah.ground.directory.hsds import drafts as hsds
from panah.ground.directory.hsds import problems as saying
from panah.ground.directory.hsds.drafts import DraftOrganization, DraftService
from panah.ground.directory.models import BroughtDirectory, Organization, Service
from panah.ground.directory.queries.opening_hours import hours
from panah.ground.kit.languages import language_name
from panah.ground.kit.optimistic_lock import mark
from panah.ground.network.permissions import policy
from panah.ground.network.words import folded

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


type Row = Organization | Service
type Draft = DraftOrganization | DraftService


class ImportState(StrEnum):
    """How an entry of the file stands to the directory."""

    NEW = "new"  # nothing like it
    SAME = "same"  # the same in every field
    NEWER = "newer"  # came from this source before and nobody has touched it since
    ASK = "ask"  # ours says something else: the person decides
    OTHERS = "others"  # kept by another society: cannot be changed from here


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One entry of the file. `mark` says which state of ours was seen; `alike` that only the name is the same."""

    draft: Any
    row: Any
    state: ImportState
    differences: tuple[Difference, ...]
    alike: bool
    services: tuple[Compared, ...] = ()

    @property
    def key(self) -> str:
        return str(self.draft.id).replace("-", "")

    @property
    def mark(self) -> str:
        return mark(self.row.edited_at) if self.row else ""


def brought_or_none(pk: UUID, *, by: Staff) -> BroughtDirectory | None:
    """What this colleague brought; None for everyone else and for what does not exist."""
    return BroughtDirectory.objects.filter(pk=pk, by=by.pk).select_related("society", "kept_by").first()


def waiting(by: Staff) -> BroughtDirectory | None:
    """What this colleague brought and has not decided about."""
    return BroughtDirectory.objects.filter(by=by.pk).first()


def compared(
    entries: Iterable[DraftOrganization], *, source: str, by: Staff | None, kept_by: UUID | None
) -> tuple[Compared, ...]:
    """Every organisation of the file beside the directory's, its services inside. Five queries.

    ``by`` is who may change what; None for the node's own command, which may change what `kept_by` keeps.
    """
    entries = list(entries)
    ids = [UUID(entry.id) for entry in entries]
    countries = {entry.iso2 for entry in entries}
    organizations = list(Organization.objects.select_related("society").filter(pk__in=ids))
    alike = {
        (folded(o.name_en), o.iso2): o
        for o in Organization.objects.select_related("society").filter(iso2__in=countries)
    }
    by_id = {o.pk: o for o in organizations}
    may = _Asked(source, by, kept_by)
    matched = {
        entry.id: by_id.get(UUID(entry.id)) or alike.get((folded(entry.name_en), entry.iso2))
        for entry in entries
    }
    services = _services_beside(entries, [row for row in matched.values() if row is not None])
    return tuple(_organization(entry, matched[entry.id], services, may) for entry in entries)


@dataclass(frozen=True, slots=True)
class _Asked:
    source: str
    by: Staff | None
    kept_by: UUID | None

    def allows(self, row: Row) -> bool:
        if self.by is not None:
            return policy.allows(self.by, row)
        return row.society_id == self.kept_by


def _services_beside(
    entries: list[DraftOrganization], organizations: list[Organization]
) -> dict[object, Service]:
    """The services of the directory by id, and by (organisation, folded name)."""
    ids = [UUID(s.id) for entry in entries for s in entry.services]
    rows = Service.objects.select_related("society", "region").prefetch_related("terms", "phones")
    found: dict[object, Service] = {}
    for row in rows.filter(organization__in=organizations):
        found[row.organization_id, folded(row.name_en)] = row
    for row in rows.filter(pk__in=ids):
        found[row.pk] = row
    return found


def _organization(
    draft: DraftOrganization, row: Organization | None, services: dict[object, Service], may: _Asked
) -> Compared:
    inside = []
    for one in draft.services:
        beside = services.get(UUID(one.id))
        if beside is None and row is not None:
            beside = services.get((row.pk, folded(one.name_en)))
        inside.append(_compare(one, beside, _service_values, may))
    return _compare(draft, row, _organization_values, may, services=tuple(inside))


def _compare[D: (DraftOrganization, DraftService), R: (Organization, Service)](
    draft: D,
    row: R | None,
    values: Callable[[D | R], dict[str, str]],
    may: _Asked,
    *,
    services: tuple[Compared, ...] = (),
) -> Compared:
    if row is None:
        return Compared(draft, None, ImportState.NEW, (), alike=False, services=services)
    differences = _differences(values(row), values(draft))
    alike = str(row.pk) != draft.id
    return Compared(draft, row, _state(row, differences, may, alike=alike), differences, alike, services)


def _state(row: Row, differences: tuple[Difference, ...], may: _Asked, *, alike: bool) -> ImportState:
    if not differences and not alike:
        return ImportState.SAME
    if not may.allows(row):
        return ImportState.OTHERS
    if not alike and row.source == may.source and row.edited_at is None:
        return ImportState.NEWER
    return ImportState.ASK


def _differences(ours: dict[str, str], theirs: dict[str, str]) -> tuple[Difference, ...]:
    # What the file does not say takes nothing away: only what it says is a difference.
    return tuple(
        Difference(label, ours[label], theirs[label])
        for label in ours
        if theirs[label] and ours[label] != theirs[label]
    )


def _organization_values(one: Organization | DraftOrganization) -> dict[str, str]:
    kind = words.OrganizationKind(one.kind).label if one.kind else ""
    return {
        _("Name in English"): one.name_en,
        _("Name in Russian"): one.name_ru,
        _("What kind of organisation"): str(kind),
        _("What it does, English"): one.description_en,
        _("What it does, Russian"): one.description_ru,
        _("Website"): one.website,
        _("E-mail"): one.email,
        _("Mandate, English"): one.mandate_en,
        _("Mandate, Russian"): one.mandate_ru,
        _("Who pays for it"): one.funding,
    }


def _listed(row: Service | DraftService, name: str, kind: str) -> list[str]:
    if isinstance(row, DraftService):
        return list(getattr(row, name))
    return [t.term for t in row.terms.all() if t.kind == kind]


def _said(codes: Iterable[str], choices: type[TextChoices]) -> str:
    return ", ".join(sorted(str(choices(code).label) for code in codes if code in choices.values))


def _service_values(one: Any) -> dict[str, str]:
    draft = isinstance(one, DraftService)
    region = one.region if draft else (one.region.code if one.region else "")
    numbers = [p["number"] for p in one.phones] if draft else [p.number for p in one.phones.all()]
    spans = [rules.Hours(tuple(h["byday"]), h["opens"], h["closes"]) for h in one.hours]
    free = {True: _("Free of charge"), False: _("Costs something"), None: ""}[one.free]
    ages = ["" if age is None else str(age) for age in (one.minimum_age, one.maximum_age)]
    return {
        _("Service, in English"): one.name_en,
        _("Service, in Russian"): one.name_ru,
        _("What it does, English"): one.description_en,
        _("What it does, Russian"): one.description_ru,
        _("What it helps with"): _said(_listed(one, "needs", "need"), words.Need),
        _("Who can be admitted"): _said(_listed(one, "admits", "admits"), words.Admits),
        _("From age"): ages[0],
        _("Up to age"): ages[1],
        _("For whom, in words"): one.eligibility,
        _("Languages"): ", ".join(
            sorted(language_name(t, "en") for t in _listed(one, "languages", "language"))
        ),
        _("Region"): region,
        _("Where to come"): one.address,
        _("Numbers"): ", ".join(sorted(numbers)),
        _("Opening hours"): hours(spans),
        _("Hours in words, English"): one.hours_en,
        _("Hours in words, Russian"): one.hours_ru,
        _("Cost"): free,
        _("What it costs"): one.fees,
        _("How many it can take"): one.capacity,
        _("How to refer someone"): one.how_to_refer,
        _("Papers to bring"): one.documents,
        _("Website"): one.website,
        _("State"): str(words.ServiceStatus(one.status).label) if one.status else "",
    }


def problems_said(problems: Iterable[dict[str, Any]]) -> list[str]:
    """What was wrong in the file, one sentence each, for the reader."""
    return [saying.say(hsds.Problem(**problem)) for problem in problems]
