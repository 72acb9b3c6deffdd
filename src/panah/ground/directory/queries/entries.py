"""Services and numbers, searched while someone waits on the line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from panah.ground.directory import rules, words
from panah.ground.directory.models import (
    HotlineNumber,
    Organization,
    Service,
    ServiceContact,
    ServiceTerm,
    Verification,
)
from panah.ground.directory.queries import opening_hours
from panah.ground.directory.queries.agreements import agreed_with
from panah.ground.directory.queries.cards import (
    ContactCard,
    EntrySourceNote,
    HotlineCard,
    LastVerified,
    OrganizationSheet,
    Phone,
    ReferralAttempt,
    ServiceCard,
    ServiceSheet,
)
from panah.ground.directory.queries.written_rows import (
    attempts,
    columns,
    contact_rows,
    hotline_rows,
    organization_rows,
    service_rows,
)
from panah.ground.directory.words import Freshness, Opening, TermKind
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.languages import SPOKEN, language_name
from panah.ground.network.permissions import policy
from panah.ground.network.words import country_name, dial_digits

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society


def _verified(row: Service | HotlineNumber, *, at: datetime) -> LastVerified:
    today = at.astimezone(ZoneInfo(row.time_zone)).date()
    state = rules.freshness(row.last_outcome, expires=row.last_expires_on, on=today)
    if row.last_at is None:
        return LastVerified(Freshness(state))
    return LastVerified(
        Freshness(state),
        row.last_at,
        row.last_by,
        str(words.ContactAttemptOutcome(row.last_outcome).label),
        row.last_expires_on,
    )


def _spans(row: Service | HotlineNumber) -> list[rules.Hours]:
    return [rules.Hours(tuple(h["byday"]), h["opens"], h["closes"]) for h in row.hours]


def _opening(row: Service | HotlineNumber, *, at: datetime) -> tuple[Opening, datetime | None]:
    spans = _spans(row)
    return (
        Opening(rules.opening(spans, at=at, time_zone=row.time_zone)),
        rules.opens_next(spans, at=at, time_zone=row.time_zone),
    )


def _hours(row: Service | HotlineNumber) -> str:
    """The hours in words as people wrote them, else as the schedule has them."""
    return in_language(row.hours_en, row.hours_ru) or opening_hours.hours(_spans(row))


def in_language(en: str, ru: str) -> str:
    """The Russian words for a Russian reader, else the English; the other where one is missing."""
    return (ru or en) if (get_language() or "en").startswith("ru") else (en or ru)


def _hotline_card(row: HotlineNumber, *, at: datetime) -> HotlineCard:
    language = get_language() or "en"
    opening, opens_next = _opening(row, at=at)
    return HotlineCard(
        id=row.pk,
        name=row.name_in(language),
        number=dialled_numbers.number_of(row, row.number),
        dial=_dial(row, row.number),
        iso2=row.iso2,
        country=country_name(row.iso2, language),
        kind=str(words.LineKind(row.kind).label),
        answered_by_society=row.kind == words.LineKind.OWN,
        languages=tuple(language_name(tag, language) for tag in row.languages),
        hours=_hours(row),
        opening=opening,
        opens_next=opens_next,
        free=row.free,
        note=in_language(row.note_en, row.note_ru),
        source=row.source,
        kept_by=row.society.name_in(language) if row.society else "",
        ended=row.ended,
        verified=_verified(row, at=at),
        changed=bool(row.changed_outside),
        code=row.kind,
        tags=tuple(row.languages),
        spans=tuple(_spans(row)),
        closes_next=rules.closes_next(_spans(row), at=at, time_zone=row.time_zone),
        time_zone=row.time_zone,
        society_id=row.society_id,
    )


def _dial(row: dialled_numbers.HasDialledNumbers, number: str) -> str:
    return "" if row.changed_outside else dial_digits(number)


def numbers_of(services: Iterable[UUID]) -> list[dialled_numbers.HasDialledNumbers]:
    """Return these services and their contacts, as they are shown."""
    wanted = list(services)
    rows = Service.objects.filter(pk__in=wanted).prefetch_related("phones")
    return [*rows, *ServiceContact.objects.filter(service__in=wanted)]


def all_with_numbers() -> list[dialled_numbers.HasDialledNumbers]:
    """Return every row of the directory that tells a number."""
    services = Service.objects.prefetch_related("phones")
    return [*HotlineNumber.objects.all(), *services, *ServiceContact.objects.all()]


def delivered_with_numbers() -> list[dialled_numbers.HasDialledNumbers]:
    """Return the rows that Panah brings and nobody here has edited, as its data has just written them."""
    ours = {"edited_at": None}
    services = Service.objects.exclude(reference="").filter(**ours).prefetch_related("phones")
    contacts = ServiceContact.objects.filter(service__in=services)
    return [*HotlineNumber.objects.exclude(reference="").filter(**ours), *services, *contacts]


def hotlines(*, at: datetime, iso2: str = "", ended: bool = False) -> tuple[HotlineCard, ...]:
    """Hotline numbers: what works first, stale and dead ones sink. One query."""
    rows = hotline_rows(lambda row: (not iso2 or row["iso2"] == iso2) and (ended or not row["ended"]))
    cards = [_hotline_card(row, at=at) for row in dialled_numbers.compared(rows)]
    return tuple(
        sorted(
            cards,
            key=lambda c: (
                c.country.casefold(),
                not c.number,
                rules.RANK[c.verified.freshness.value],
                c.opening == Opening.CLOSED,
                c.name.casefold(),
            ),
        )
    )


def lines_for_strangers(iso2: str, *, at: datetime) -> tuple[HotlineCard, ...]:
    """Return the numbers of a country, and of others those that are dialled from abroad; no order. One query.

    Without those that have ended, tell no number, or were changed outside Panah.
    """
    rows = hotline_rows(
        lambda row: _tells(row) and (row["iso2"] == iso2 or str(row["number"]).startswith("+"))
    )
    return tuple(
        _hotline_card(row, at=at) for row in dialled_numbers.compared(rows) if not row.changed_outside
    )


def _tells(row: Mapping[str, object]) -> bool:
    return bool(row["number"]) and not row["ended"]


def countries_with_lines() -> list[str]:
    """Return the countries (ISO2) of which some number is known. No query."""
    return sorted({str(row["iso2"]) for row in columns(HotlineNumber) if _tells(row)})


def own_numbers(society: Society, *, at: datetime) -> list[HotlineCard]:
    """Return the numbers that a society answers itself, as the directory has them; one query."""
    return own_numbers_of([society.pk], at=at).get(society.pk, [])


def own_numbers_of(societies: Iterable[UUID], *, at: datetime) -> dict[UUID, list[HotlineCard]]:
    """Return the same of several societies; one query."""
    found: dict[UUID, list[HotlineCard]] = {}
    wanted = {str(society) for society in societies}
    rows = hotline_rows(
        lambda row: _tells(row) and row["society"] in wanted and row["kind"] == words.LineKind.OWN
    )
    for row in dialled_numbers.compared(rows):
        if row.society_id is not None:
            found.setdefault(row.society_id, []).append(_hotline_card(row, at=at))
    return found


def hotline_or_none(pk: UUID, *, at: datetime) -> tuple[HotlineCard, tuple[ReferralAttempt, ...]] | None:
    """One number with the attempts to reach it, the newest first. One query."""
    row = next(iter(dialled_numbers.compared(hotline_rows(lambda row: row["pk"] == str(pk)))), None)
    if row is None:
        return None
    return _hotline_card(row, at=at), _attempts(attempts("hotline_number", row.pk)[:20])


def _attempts(rows: Iterable[Verification]) -> tuple[ReferralAttempt, ...]:
    return tuple(
        ReferralAttempt(v.at, v.by, str(words.ContactAttemptOutcome(v.outcome).label), v.note, v.expires_on)
        for v in rows
    )


def editable_hotline(pk: UUID, *, by: Staff) -> HotlineNumber | None:
    """The row for whoever keeps it; None for everyone else and for what does not exist."""
    row = next(iter(hotline_rows(lambda row: row["pk"] == str(pk))), None)
    return row if row is not None and policy.allows(by, row) else None


def own_services(society: Society, *, at: datetime) -> list[ServiceCard]:
    """The services of the organisation that a society is: its own programmes. One query."""
    ours = {str(row["pk"]) for row in columns(Organization) if row["is_society"] == str(society.pk)}
    rows = service_rows(lambda row: row["organization"] in ours)
    return [service_card(row, at=at) for row in rows]


def terms_of(row: Service, kind: TermKind) -> tuple[str, ...]:
    return tuple(t.term for t in row.terms.all() if t.kind == kind)


def _in_order(terms: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    places = {term: i for i, term in enumerate(order)}
    return tuple(sorted(terms, key=lambda term: (places.get(term, len(places)), term)))


def organizations_with_beds() -> set[UUID]:
    """Return the organisations of which some service offers a bed: where they are is told to nobody. No query."""
    houses = services_with(TermKind.NEED, words.Need.SHELTER)
    return {UUID(str(row["organization"])) for row in columns(Service) if row["pk"] in houses}


def services_with(kind: TermKind, term: str = "") -> set[object]:
    """Return the ids, as text, of services that have this term, or any of its kind. No query."""
    rows = columns(ServiceTerm)
    return {row["service"] for row in rows if row["kind"] == kind and (not term or row["term"] == term)}


def service_card(row: Service, *, at: datetime) -> ServiceCard:
    language = get_language() or "en"
    opening, opens_next = _opening(row, at=at)
    return ServiceCard(
        id=row.pk,
        name=row.name_in(language),
        organization=row.organization.name_in(language),
        organization_id=row.organization_id,
        iso2=row.iso2,
        country=country_name(row.iso2, language),
        region=row.region.name_in(language) if row.region else "",
        region_code=row.region.code if row.region else "",
        needs=_in_order(terms_of(row, TermKind.NEED), words.Need.values),
        admits=_in_order(terms_of(row, TermKind.ADMITS), words.Admits.values),
        languages=_in_order(terms_of(row, TermKind.LANGUAGE), SPOKEN),
        ages=(row.minimum_age, row.maximum_age),
        hours=_hours(row),
        opening=opening,
        opens_next=opens_next,
        free=row.free,
        fees=row.fees,
        phones=tuple(
            Phone(dialled_numbers.number_of(row, p.number), _dial(row, p.number), p.note)
            for p in row.phones.all()
        ),
        description=in_language(row.description_en, row.description_ru),
        capacity=row.capacity,
        how_to_refer=row.how_to_refer,
        has_panah=row.organization.has_panah,
        society_id=row.society_id,
        status=str(words.ServiceStatus(row.status).label),
        works=row.status == words.ServiceStatus.ACTIVE,
        verified=_verified(row, at=at),
        eligibility=row.eligibility,
        kind=row.organization.kind,
        told=told_by(row, at=at),
        address=row.address if rules.may_have_address(terms_of(row, TermKind.NEED)) else "",
    )


def told_by(row: Organization | Service, *, at: datetime) -> EntrySourceNote | None:
    """Whose word an organisation or a service is; None for what began here or stands in what Panah brings."""
    if not row.source:
        return None
    said = row.source_at or at
    return EntrySourceNote(
        by=row.society.name_in(get_language() or "en") if row.by_node and row.society else row.source,
        at=said,
        verified_on=getattr(row, "told_verified_on", None),
        long_ago=rules.told_long_ago(said.date(), on=at.date()),
        by_node=row.by_node,
    )


def service_or_none(pk: UUID, *, at: datetime) -> ServiceSheet | None:
    """One service with its contacts, agreements and attempts. Two queries."""
    row = next(iter(dialled_numbers.compared(service_rows(lambda row: row["pk"] == str(pk)))), None)
    if row is None:
        return None
    today = at.astimezone(ZoneInfo(row.time_zone)).date()
    return ServiceSheet(
        card=service_card(row, at=at),
        address=row.address,
        website=row.website or row.organization.website,
        documents=tuple(line for line in row.documents.splitlines() if line.strip()),
        contacts=tuple(
            ContactCard(
                c.name, c.title, dialled_numbers.number_of(c, c.phone), "" if c.changed_outside else c.email
            )
            for c in dialled_numbers.compared(contact_rows(row.pk))
        ),
        agreements=agreed_with(row.organization, today),
        attempts=_attempts(attempts("service", row.pk)[:20]),
        organization_description=in_language(
            row.organization.description_en, row.organization.description_ru
        ),
    )


def editable_service(pk: UUID, *, by: Staff) -> Service | None:
    """The row for whoever keeps it; None for everyone else and for what does not exist."""
    row = next(iter(service_rows(lambda row: row["pk"] == str(pk), contacts=True)), None)
    return row if row is not None and policy.allows(by, row) else None


def organizations_of(by: Staff) -> tuple[tuple[str, str], ...]:
    """(id, name) of the organisations whose entries this colleague keeps, by name."""
    language = get_language() or "en"
    rows = organization_rows(UUID(str(row["pk"])) for row in columns(Organization))
    named = ((str(o.pk), o.name_in(language)) for o in rows if policy.allows(by, o))
    return tuple(sorted(named, key=lambda row: row[1].casefold()))


def organization_or_none(pk: UUID, *, at: datetime) -> OrganizationSheet | None:
    """One organisation with its agreements and services. Three queries."""
    row = next(iter(organization_rows([pk])), None)
    if row is None:
        return None
    language = get_language() or "en"
    services = service_rows(lambda row: row["organization"] == str(pk))
    cards = [service_card(s, at=at) for s in dialled_numbers.compared(services)]
    zone = ZoneInfo(row.society.time_zone if row.society else "UTC")
    return OrganizationSheet(
        id=row.pk,
        name=row.name_in(language),
        kind=str(words.OrganizationKind(row.kind).label),
        country=country_name(row.iso2, language),
        description=in_language(row.description_en, row.description_ru),
        website=row.website,
        email=row.email,
        has_panah=row.has_panah,
        mandate=in_language(row.mandate_en, row.mandate_ru),
        funding=row.funding,
        told=told_by(row, at=at),
        agreements=agreed_with(row, at.astimezone(zone).date()),
        services=tuple(sorted(cards, key=lambda c: c.name.casefold())),
    )


def editable_organization(pk: UUID, *, by: Staff) -> Organization | None:
    """The row for whoever keeps it; None for everyone else and for what does not exist."""
    row = next(iter(organization_rows([pk])), None)
    return row if row is not None and policy.allows(by, row) else None


def to_verify(society: Society, *, at: datetime) -> tuple[HotlineCard | ServiceCard, ...]:
    """Numbers and services of this society that are not verified today: the worst first. Two queries."""
    numbers = hotline_rows(lambda row: row["society"] == str(society.pk) and _tells(row))
    ended = words.ServiceStatus.DEFUNCT
    services = service_rows(lambda row: row["society"] == str(society.pk) and row["status"] != ended)
    cards: list[HotlineCard | ServiceCard] = [
        *(_hotline_card(one, at=at) for one in dialled_numbers.compared(numbers)),
        *(service_card(one, at=at) for one in dialled_numbers.compared(services)),
    ]
    stale = [c for c in cards if c.verified.freshness != Freshness.FRESH]
    return tuple(sorted(stale, key=lambda c: (-rules.RANK[c.verified.freshness.value], c.name.casefold())))
