"""The two invented societies together: an offer that waits, one accepted with a meeting tomorrow, one that came."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import cards
from panah.ground.exchange import queries as exchange_queries
from panah.ground.network import queries as network_queries
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import queries as vault_queries
from panah.people.cases import queries as cases_queries
from panah.people.consent import actions as consent
from panah.people.consent import subjects
from panah.people.consent.words import SEVEN
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.referrals import actions, queries
from panah.people.referrals.words import ReferralDirection, ReferralState
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from uuid import UUID

    from panah.people.cases.models import Case
    from panah.people.referrals.queries import OpenedReferral

# One side of a referral: whose it is, in which case, and its id.
type Side = tuple[str, Case, UUID]

LEADERS = {"practice-north": "bakyt", "practice-south": "rustam"}
LANGUAGES = {"Quince": "Tajik", "Apricot": "Uzbek", "Tulip": "Uzbek", "Larch": "Kyrgyz", "Hornbeam": "Kyrgyz"}
FIELDS = ["called", "language", "needs", "age"]
MEETING = {
    "where": "Practice: the bakery behind the old station",
    "who": "Practice Nurse Poplar",
    "sign": "a blue scarf",
    "fallback": "Practice: wait in the bakery, Daler comes himself",
    "escort": "",
    "papers": "",
    "medical": "",
}


def build(practice: Practice) -> None:
    """Pair both societies as two focal points would, then let three referrals take their way."""
    at = practice.at - timedelta(hours=6)
    for name in ("bakyt", "rustam", "amina", "cholpon", "daler"):
        # Who has opened her vault once has pinned her society's key: without that nothing is sealed to anybody.
        opened = sign_in.CheckedPassphrase(practice.staff[name], practice.seeds[name])
        sign_in.open_vault(opened=opened, session_key=f"practice {name}", at=at)
    if (
        exchange_queries.paired_with(
            society=practice.staff["bakyt"].society_id, theirs="practice-south", at=at
        )
        is None
    ):
        _pair(practice, "practice-north", "practice-south", at)
        _pair(practice, "practice-south", "practice-north", at)
    offer(practice, "daler", "Quince", "practice-north", "A bed for two nights on the way", at)
    apricot = offer(practice, "amina", "Apricot", "practice-south", "Someone who meets the person", at)
    exchange.deliver_due(at=at)
    accept(practice, apricot, at + timedelta(hours=1))
    agree_on_meeting(practice, apricot, practice.at + timedelta(days=1), at + timedelta(hours=2))
    offer(practice, "amina", "Tulip", "practice-south", "A room and help to find work", at)
    exchange.deliver_due(at=practice.at - timedelta(hours=1))


def _pair(practice: Practice, here: str, there: str, at: datetime) -> None:
    theirs = practice.keys(LEADERS[there])
    row = exchange.open_card(keys=theirs, address=f"https://{there}.example", at=at)
    card = cards.read_body(bytes(row.body), bytes(row.signature))
    peer = exchange.take_card(keys=practice.keys(LEADERS[here]), raw=card.text(), at=at)
    exchange.compare(keys=practice.keys(LEADERS[here]), peer=peer, words=cards.words_of(card), at=at)


def _case(practice: Practice, who: str, called: str) -> Case:
    """The practice case of this invented person: found by opening those of its caseworker."""
    for case in cases_queries.visible(to=practice.staff[who]):
        identity = vault_queries.value_of(keys=practice.keys(who), file=case.file_id, part="identity")
        if any(name["text"] == called for name in identity.get("names", ())):
            return case
    raise LookupError(called)


def offer(practice: Practice, who: str, called: str, there: str, need: str, at: datetime) -> Side:
    keys, case, to = practice.keys(who), _case(practice, who, called), f"society:{there}"
    name = str(network_queries.society_or_none(there))
    answer = {
        "purpose": "cross_border",
        "said": "yes",
        "receiver": to,
        "receiver_name": name,
        "fields": FIELDS,
        "seven": dict.fromkeys(SEVEN, "yes"),
        "way": "spoken_face",
        "language": case.language,
        "interpreter": "none",
        "understood": "They meet me, and know only this.",
        "guardian": "not_needed",
        "until": (at + timedelta(days=90)).date().isoformat(),
    }
    subject = subjects.load(case.number, to=practice.staff[who], keys=practice.keys(who))
    consent.write_answer(keys=keys, subject=subject, answer=answer, at=at)
    values = {"called": called, "language": LANGUAGES[called], "needs": need, "age": "adult"}
    content = {
        "purpose": "cross_border",
        "receiver": to,
        "receiver_name": name,
        "need": need,
        "wish": "Practice: not before tomorrow",
        "needs": ["shelter", "reception"],
        "note": "",
        "values": values,
    }
    row = actions.prepare(keys=keys, case=case, content=content, at=at)
    opened = queries.one_or_404(case=case, keys=keys, referral=row.pk)
    actions.send(keys=keys, case=case, opened=opened, way="node", at=at)
    return who, case, row.pk


def accept(practice: Practice, offered: Side, at: datetime) -> None:
    keys, staff = practice.keys("rustam"), practice.staff["rustam"]
    offers = inbox_queries.visible(to=staff).filter(kind="referral-offered", ended_at=None)
    arrival = offers.earliest("arrived_at")
    content = inbox.open_arrival(keys=keys, arrival=arrival, by=staff, at=at)
    actions.accept(
        keys=keys,
        arrival=arrival,
        content=content,
        owner=practice.staff["daler"],
        branch=practice.staff["daler"].branch,
        note="Practice: a bed from tomorrow, and someone who waits.",
        at=at,
    )
    exchange.deliver_due(at=at)
    _read(practice, offered, at)


def _read(practice: Practice, offered: Side, at: datetime) -> OpenedReferral:
    who, case, referral = offered
    opened = queries.one_or_404(case=case, keys=practice.keys(who), referral=referral)
    actions.take_over_messages(keys=practice.keys(who), case=case, opened=opened, at=at)
    return queries.one_or_404(case=case, keys=practice.keys(who), referral=referral)


def agree_on_meeting(practice: Practice, offered: Side, when: datetime, at: datetime) -> Side:
    """Propose a meeting here and let Daler say yes there; returns his side of the referral."""
    who, case, referral = offered
    opened = queries.one_or_404(case=case, keys=practice.keys(who), referral=referral)
    meeting = {**MEETING, "when": when}
    actions.agree_meeting(keys=practice.keys(who), case=case, opened=opened, meeting=meeting, at=at)
    exchange.deliver_due(at=at)
    there = next(
        ("daler", theirs, one.row.pk)
        for theirs in cases_queries.visible(to=practice.staff["daler"])
        for one in queries.of_case(case=theirs, keys=practice.keys("daler"))
        if one.row.direction == ReferralDirection.IN and one.row.state == ReferralState.ACCEPTED
    )
    read = _read(practice, there, at)
    actions.confirm_meeting(keys=practice.keys("daler"), case=there[1], opened=read, at=at)
    exchange.deliver_due(at=at)
    _read(practice, offered, at)
    return there


def met(practice: Practice, offered: Side, there: Side, at: datetime) -> None:
    """Let both sides know that they met."""
    opened = queries.one_or_404(case=there[1], keys=practice.keys("daler"), referral=there[2])
    actions.write_met(
        keys=practice.keys("daler"), case=there[1], opened=opened, met=True, note="Practice: at the bakery.", at=at
    )  # fmt: skip
    exchange.deliver_due(at=at)
    _read(practice, offered, at)
