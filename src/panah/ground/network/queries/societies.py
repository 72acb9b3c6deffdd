"""Societies, branches and regions as a reader sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.foundation import tenancy
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.protected_rows import kept_subjects
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.kit.languages import language_name
from panah.ground.network import words
from panah.ground.network.models import Branch, Society
from panah.ground.network.permissions import policy

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def reader() -> str:
    """The language of whoever reads now."""
    return get_language() or "en"


@dataclass(frozen=True, slots=True)
class LocalName:
    """A name in one language, and whether the society has checked it."""

    tag: str
    language: str
    name: str
    checked: bool


@dataclass(frozen=True, slots=True)
class SocietyCard:
    id: UUID
    slug: str
    name: str
    name_en: str
    iso2: str
    iso3: str
    country: str
    fdrs: str
    website: str
    central_asian: bool
    practice: bool
    hosted: bool
    branches: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class BranchCard:
    id: UUID
    society_id: UUID
    society: str
    slug: str
    name: str
    own_names: tuple[str, ...]
    region: str
    note: str
    confirmed: bool
    confirmed_at: datetime | None
    confirmed_by: str
    closed: bool


def _society_card(society: Society, language: str) -> SocietyCard:
    return SocietyCard(
        id=society.pk,
        slug=society.slug,
        name=society.name_in(language),
        name_en=society.name_en,
        iso2=society.iso2,
        iso3=society.iso3,
        country=words.country_name(society.iso2, language),
        fdrs=society.fdrs,
        website=society.website,
        central_asian=society.central_asian,
        practice=society.practice,
        hosted=society.hosted,
        branches=getattr(society, "open_branches", 0),
        unconfirmed=getattr(society, "unconfirmed_branches", 0),
    )


def _with_branches() -> QuerySet[Society]:
    still = Q(branches__closed=False)
    return Society.objects.annotate(
        open_branches=Count("branches", filter=still),
        unconfirmed_branches=Count("branches", filter=still & Q(branches__confirmed=False)),
    )


def societies(*, words_like: str = "") -> tuple[SocietyCard, ...]:
    """All societies: those on this node first, then Central Asia, then by country. One query.

    `words_like` keeps those whose name (in any language), country, ISO or FDRS code holds it.
    """
    language = reader()
    wanted = words.folded(words_like.strip())
    cards = []
    for society in _with_branches():
        card = _society_card(society, language)
        known = (
            card.name,
            card.name_en,
            society.name_ru,
            card.country,
            *society.names.values(),
            words.country_name(society.iso2, "en"),
            card.iso2,
            card.iso3,
            card.fdrs,
            *words.ALSO_CALLED.get(card.iso2, ()),
        )
        if not wanted or any(wanted in words.folded(one) for one in known):
            cards.append(card)
    return tuple(sorted(cards, key=lambda c: (not c.hosted, not c.central_asian, c.country.casefold())))


def hosted_societies() -> tuple[SocietyCard, ...]:
    """The societies that this node runs."""
    return tuple(_society_card(s, reader()) for s in hosted_rows())


def hosted_rows() -> list[Society]:
    """The rows of the societies that this node runs, also of one that a row alone sends away: danger calls there."""
    rows = _hosted()
    away = _kept_here() - {row.pk for row in rows}
    return [*rows, *Society.objects.filter(pk__in=away)] if away else rows


@cached_per_request
def _kept_here() -> set[UUID]:
    return kept_subjects(Society)


@prepared
def _hosted() -> QuerySet[Society]:
    # Each page of the door asks it: compiled once.
    return Society.objects.filter(hosted=True)


def all_ids() -> list[UUID]:
    """The ids of every society in the register, whether it works on this node or not."""
    return list(Society.objects.values_list("pk", flat=True))


def hosted_ids() -> list[UUID]:
    """The ids of the societies that work on this node."""
    return [row.pk for row in hosted_rows()]


def society_where(is_there: Callable[[UUID], bool]) -> UUID:
    """Return the society of this node to which a stranger's address leads; NO_TENANT for none.

    Nobody is signed in: every society is asked within its walls, also after one has answered, so that the time does
    not tell whose it is.
    """
    found = tenancy.NO_TENANT
    for society in hosted_ids():
        with tenancy.tenant_context(society):
            if is_there(society):
                found = society
    return found


def society_or_none(slug: str) -> Society | None:
    """The row itself: the register is open to every colleague."""
    found = _by_slug(slug=slug)
    return found[0] if found else None


@cached_per_request
def society_name(slug: str, language: str) -> str:
    """How a society is called in this language; nothing where the register does not know it."""
    found = society_or_none(slug)
    return found.name_in(language) if found else ""


def society_or_404(slug: str) -> Society:
    found = society_or_none(slug)
    if found is None:
        raise Http404
    return found


def kept_society_or_404(slug: str, *, by: Staff) -> Society:
    """The society, for whoever keeps its entries; for all others there is no such page."""
    found = society_or_404(slug)
    if not policy.allows(by, found):
        raise Http404
    return found


def names_of_societies(slugs: Iterable[str]) -> dict[str, str]:
    """Return the names, as the reader says them, of societies by their short names: one query, none for nothing."""
    wanted = set(slugs) - {""}
    rows = Society.objects.filter(slug__in=wanted) if wanted else ()
    return {row.slug: row.name_in(reader()) for row in rows}


@prepared
def _by_slug(slug: str) -> QuerySet[Society]:
    return Society.objects.filter(slug=slug)


def society_in_country(iso2: str) -> SocietyCard | None:
    """The National Society of a country; there is one at most."""
    found = Society.objects.filter(iso2=iso2.upper()).first()
    return _society_card(found, reader()) if found else None


def names_of(society: Society) -> tuple[LocalName, ...]:
    """Every name that is known of it, English first, each checked or not."""
    known = {"en": society.name_en}
    if society.name_ru:
        known["ru"] = society.name_ru
    known |= society.names
    return tuple(
        LocalName(tag, language_name(tag, reader()), name, tag not in society.names_unchecked)
        for tag, name in known.items()
    )


def countries() -> tuple[tuple[str, str], ...]:
    """(ISO2, name for the reader) of every country with a society, the network's own first."""
    language = reader()
    rows = set(Society.objects.values_list("iso2", "hosted", "central_asian"))
    named = [(not h, not ca, words.country_name(iso2, language), iso2) for iso2, h, ca in rows]
    return tuple((iso2, name) for _hosted, _near, name, iso2 in sorted(named))


def branches_of(society: Society, *, closed: bool = False) -> tuple[BranchCard, ...]:
    """The branches of a society by name; those that have closed only if asked for. One query."""
    rows = Branch.objects.filter(society=society).select_related("society", "region")
    if not closed:
        rows = rows.filter(closed=False)
    cards = (branch_card(b) for b in rows)
    return tuple(sorted(cards, key=lambda c: (c.closed, c.name.casefold())))


def branches_as_called(society: UUID) -> list[tuple[UUID, list[str]]]:
    """(id, every name, in any language) of the open branches of a society: for what others wrote. One query."""
    rows = Branch.objects.filter(society=society, closed=False).only("slug", "name_en", "name_ru", "names")
    return [(row.pk, [row.slug, row.name_en, row.name_ru, *row.names.values()]) for row in rows]


def branch_names(society: UUID) -> list[tuple[str, str]]:
    """(id, name) of the open branches of a society by name, for a choice. One query, nothing joined."""
    named = [(str(branch.pk), branch.name_in(reader())) for branch in _open_branches(society=society)]
    return sorted(named, key=lambda one: one[1].casefold())


@prepared
def _open_branches(society: UUID) -> QuerySet[Branch]:
    return Branch.objects.filter(society=society, closed=False).only("name_en", "name_ru", "names")


def branch_card(branch: Branch) -> BranchCard:
    language = reader()
    return BranchCard(
        id=branch.pk,
        society_id=branch.society_id,
        society=branch.society.name_in(language),
        slug=branch.slug,
        name=branch.name_in(language),
        own_names=tuple(branch.names.values()),
        region=branch.region.name_in(language) if branch.region else "",
        note=str(words.BranchNote(branch.note).label) if branch.note else "",
        confirmed=branch.confirmed,
        confirmed_at=branch.confirmed_at,
        confirmed_by=branch.confirmed_by,
        closed=branch.closed,
    )


def branch_or_none(society: Society, slug: str) -> Branch | None:
    return Branch.objects.filter(society=society, slug=slug).select_related("society").first()


def whom_to_ask(iso2: str) -> str:
    """Say whom to ask for a number of a country where none is written down; never a guess. One query."""
    there = Society.objects.filter(iso2=iso2.upper()).first()
    if there is None:
        return _("Not known here. Ask your headquarters or a colleague who lives there, and write it down.")
    site = f" ({there.website.split('//')[-1].rstrip('/')})" if there.website else ""
    return _(
        "Not known here. Ask the national society there, %(society)s, or a colleague who lives there, and write it"
        " down. The embassy or consulate only if the person wants it; say first: “It belongs to your state and learns"
        " where you are. If you fear that state, it can be dangerous for you and for your family at home.”"
    ) % {"society": f"{there.name_in(reader())}{site}"}


def societies_by_slug() -> dict[str, Society]:
    return {one.slug: one for one in Society.objects.all()}
