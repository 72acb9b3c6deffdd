"""What a reader is shown of a number, a service or an organisation: plain values, no rows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from panah.ground.directory import words
from panah.ground.directory.rules import Hours
from panah.ground.directory.words import Freshness, Opening
from panah.ground.kit.languages import language_name


@dataclass(frozen=True, slots=True)
class LastVerified:
    """The last attempt: how far it carries today, when, by whom, what came of it."""

    freshness: Freshness
    at: datetime | None = None
    by: str = ""
    outcome: str = ""
    expires_on: date | None = None

    @property
    def tone(self) -> str:
        tones = {"fresh": "good", "stale": "soon", "never": "soon", "failed": "urgent"}
        return tones[self.freshness.value]


@dataclass(frozen=True, slots=True)
class Phone:
    number: str
    dial: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HotlineCard:
    id: UUID
    name: str
    number: str
    dial: str
    iso2: str
    country: str
    kind: str
    answered_by_society: bool
    languages: tuple[str, ...]
    hours: str
    opening: Opening
    opens_next: datetime | None
    free: bool | None
    note: str
    source: str
    kept_by: str
    ended: bool
    verified: LastVerified
    # In the database, past Panah: the number is a warning then.
    changed: bool = False
    # For whoever says it in other words: codes, tags, its hours and when it closes, in its own zone.
    code: str = ""
    tags: tuple[str, ...] = ()
    spans: tuple[Hours, ...] = ()
    closes_next: datetime | None = None
    time_zone: str = "UTC"
    society_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class EntrySourceNote:
    """Whose word an entry is that did not begin here, of when, and whether that is too long ago."""

    by: str
    at: datetime
    verified_on: date | None
    long_ago: bool
    by_node: bool


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """How our own agreement with the organisation stands today; `days` until it ends, negative after."""

    state: words.AgreementState
    ends_on: date | None
    starts_on: date

    @property
    def troubles(self) -> bool:
        return self.state != words.AgreementState.IN_FORCE


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """One service, as a list shows it and as a person can be told."""

    id: UUID
    name: str
    organization: str
    organization_id: UUID
    iso2: str
    country: str
    region: str
    region_code: str
    needs: tuple[str, ...]
    admits: tuple[str, ...]
    languages: tuple[str, ...]
    ages: tuple[int | None, int | None]
    hours: str
    opening: Opening
    opens_next: datetime | None
    free: bool | None
    fees: str
    phones: tuple[Phone, ...]
    description: str
    capacity: str
    how_to_refer: str
    has_panah: bool
    society_id: UUID | None
    status: str
    works: bool
    verified: LastVerified
    eligibility: str = ""
    # Of its organisation: a code of words.OrganizationKind.
    kind: str = ""
    told: EntrySourceNote | None = None
    # Only where the search knows whose agreement counts, and where it looked from.
    agreement: AgreementCard | None = None
    elsewhere: bool = False
    # Never of a service that offers a bed.
    address: str = ""
    km: int | None = None

    @property
    def can_be_tried(self) -> bool:
        return self.works and self.verified.freshness != words.Freshness.FAILED

    @property
    def is_further_away(self) -> bool:
        """Stands under the heading of other regions; what cannot be tried comes after all of them."""
        return self.elsewhere and self.can_be_tried

    @property
    def tone(self) -> str:
        if not self.can_be_tried:
            return "urgent"
        return "" if self.verified.freshness == words.Freshness.FRESH else "soon"

    @property
    def need_labels(self) -> tuple[str, ...]:
        return tuple(str(words.Need(n).label) for n in self.needs if n in words.Need)

    @property
    def admits_labels(self) -> tuple[str, ...]:
        return tuple(str(words.Admits(a).label) for a in self.admits if a in words.Admits)

    @property
    def language_labels(self) -> tuple[str, ...]:
        return tuple(language_name(tag) for tag in self.languages)


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for. Everything may be left open; nothing about the person is kept."""

    need: str = ""
    iso2: str = ""
    region: str = ""
    language: str = ""
    admits: str = ""
    words: str = ""
    open_now: bool = False


@dataclass(frozen=True, slots=True)
class ContactCard:
    name: str
    title: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Agreed:
    id: UUID
    society_id: UUID
    society: str
    starts_on: date
    ends_on: date | None
    scope: str
    state: words.AgreementState
    organization: str = ""
    organization_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OrganizationSheet:
    """An organisation's own page."""

    id: UUID
    name: str
    kind: str
    country: str
    description: str
    website: str
    email: str
    has_panah: bool
    mandate: str
    funding: str
    told: EntrySourceNote | None
    agreements: tuple[Agreed, ...]
    services: tuple[ServiceCard, ...]


@dataclass(frozen=True, slots=True)
class ReferralAttempt:
    at: datetime
    by: str
    outcome: str
    note: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class ServiceSheet:
    """A service's own page: the card and what a list has no room for."""

    card: ServiceCard
    address: str
    website: str
    documents: tuple[str, ...]
    contacts: tuple[ContactCard, ...]
    agreements: tuple[Agreed, ...]
    attempts: tuple[ReferralAttempt, ...]
    organization_description: str = field(default="")
