"""Who is held, as far as the asker's keys open it; whether the consul may be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from panah.ground.network import queries as network_queries
from panah.ground.network.queries import RuleValue
from panah.ground.network.words import RuleKey, country_name
from panah.ground.vault import queries as vault_queries
from panah.people.cases import rules
from panah.people.cases.models import Case
from panah.people.cases.queries import sealed_age, visible
from panah.people.cases.queries.lists import working_labels
from panah.people.cases.words import CasePart
from panah.people.cases.words.detention import DetentionEnd, HeldIn, HeldUntil, LawyerSeen
from panah.people.cases.words.terms import say
from panah.people.consent import queries as consent_queries
from panah.people.consent.words import AUTHORITY_RISKS

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring


# The sealed part as it is kept: see ``actions.detention``.
type DetentionValue = dict[str, Any]
# No table says who is held, so that every case is opened and read: half a millisecond each, a second for so many.
MOST_READ = 2000


@dataclass(frozen=True)
class Held:
    """One person who is held."""

    case: Case
    label: str
    value: DetentionValue
    since: datetime | None
    until: datetime | None


def moment(value: DetentionValue, key: str) -> datetime | None:
    return datetime.fromisoformat(value[key]) if value.get(key) else None


def is_held(value: DetentionValue) -> bool:
    """Whether this part of a case says that the person is held now."""
    return bool(value) and not value.get("ended")


def ended(value: DetentionValue, *, how: str, ended_at: datetime, remark: str = "") -> DetentionValue:
    """The same, with how and when it ended."""
    return {**value, "ended": DetentionEnd(how).value, "ended_at": ended_at.isoformat(), "end_remark": remark}


def earlier_of(value: DetentionValue) -> list[DetentionValue]:
    """Return those that have ended, oldest first: what is written anew stands beside them."""
    last = {name: one for name, one in value.items() if name != "earlier"}
    return [*value.get("earlier", []), *([last] if last.get("ended") else [])]


def law_of_detention(iso2: str) -> RuleValue | None:
    """What the rule sheet of a country says about the hours, None where it says nothing."""
    return network_queries.rule_for_country(iso2=iso2, key=RuleKey.DETENTION_HOURS, on=timezone.localdate())


def look_before(value: DetentionValue, *, at: datetime) -> datetime | None:
    """When to look before the hours run out, None where nobody is held, or they are not known or over."""
    until = moment(value, "until") if is_held(value) else None
    if until is None or until <= at:
        return None
    return rules.detention_warning(since=moment(value, "since") or at, until=until, at=at)


@dataclass(frozen=True)
class HeldFacts:
    """What pages show about somebody who is held, in the reader's language."""

    where: str
    place: str
    country: str
    since: datetime | None
    hours: int | None
    until: datetime | None
    before: str
    rule: RuleValue | None
    lawyer: str
    lawyer_seen: bool
    lawyer_on: date | None
    lawyer_who: str


def facts_of(value: DetentionValue, *, at: datetime, language: str) -> HeldFacts:
    """What is kept of somebody who is held, or was, as it is shown."""
    since, iso2 = moment(value, "since"), value.get("country", "")
    return HeldFacts(
        where=say(HeldIn, value["kind"]),
        place=value.get("place", ""),
        country=country_name(iso2, language),
        since=since,
        hours=int((at - since) / timedelta(hours=1)) if since else None,
        until=moment(value, "until"),
        before=say(HeldUntil, value.get("before")),
        rule=law_of_detention(iso2) if iso2 else None,
        lawyer=say(LawyerSeen, value["lawyer"]),
        lawyer_seen=value["lawyer"] == LawyerSeen.YES,
        lawyer_on=date.fromisoformat(value["lawyer_on"]) if value.get("lawyer_on") else None,
        lawyer_who=value.get("lawyer_who", ""),
    )


@dataclass(frozen=True)
class EndedDetention:
    """What pages show about a detention that is over, in the reader's language."""

    where: str
    place: str
    how: str
    at: datetime | None
    remark: str


def ended_of(value: DetentionValue) -> list[EndedDetention]:
    """Return the detentions that have ended as they are shown, the last one first."""
    return [
        EndedDetention(
            where=say(HeldIn, one["kind"]),
            place=one.get("place", ""),
            how=say(DetentionEnd, one["ended"]),
            at=moment(one, "ended_at"),
            remark=one.get("end_remark", ""),
        )
        for one in reversed(earlier_of(value))
    ]


def held_now(*, to: Staff, keys: Keyring | None) -> tuple[list[Held], bool]:
    """(who is held in the open cases that she can open, whether older cases were left unread).

    Whose hours run out first stands first. The cases that were opened last are read.
    """
    rows = visible(to=to).filter(closed_at=None, file_id__in=vault_queries.files_of(to))
    cases = list(rows.order_by("-opened_at", "pk")[: MOST_READ + 1])
    unread = len(cases) > MOST_READ
    cases = cases[:MOST_READ]
    parts = vault_queries.read_whole(
        keys=keys, files=[case.file_id for case in cases], part=CasePart.DETENTION
    )
    held = [case for case in cases if case.file_id in parts and is_held(parts[case.file_id].value)]
    labels = working_labels(held, keys=keys)
    found = [
        Held(case, labels.get(case.pk, ""), value, moment(value, "since"), moment(value, "until"))
        for case in held
        for value in (parts[case.file_id].value,)
    ]
    found.sort(key=lambda one: (one.until is None, one.until or one.since or one.case.opened_at))
    return found, unread


def consul_may_be_told(case: Case, *, keys: Keyring, on: date, at: datetime) -> bool:
    """Whether a consent that still holds names a consulate or embassy."""
    said = consent_queries.latest(keys=keys, file=case.file_id)
    # As it is sealed: whoever writes in the database makes no adult of a child.
    age = sealed_age(keys=keys, file=case.file_id)
    return any(
        consent_queries.may_share(
            keys=keys,
            file=case.file_id,
            purpose=one.consent.purpose,
            receiver=one.consent.receiver,
            fields=one.consent.fields,
            on=on,
            age_group=age,
        ).allowed
        for one in said
        if _is_consulate(one.kept, at)
    )


def _is_consulate(kept: DetentionValue, at: datetime) -> bool:
    risk = consent_queries.authority_risk(kept.get("receiver", ""), kept.get("receiver_name") or "", at=at)
    return risk is not None and risk == AUTHORITY_RISKS["consulate"]
