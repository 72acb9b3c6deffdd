"""What each kind of message from the other side says: read with care, and only what is known here is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from panah.ground.exchange.words import MessageKind
from panah.people.referrals import offer_schema
from panah.people.referrals.actions.workflow import moment_of
from panah.people.referrals.words import DeclineReason, ReferralOutcome, TravelNews

if TYPE_CHECKING:
    from panah.people.referrals.queries import OpenedReferral

# (what the step in the timeline keeps, what changes in the sealed referral)
type Read = tuple[dict[str, Any], dict[str, object]]


def read_text(content: Mapping[str, object], opened: OpenedReferral) -> Read:
    return {"note": offer_schema.text(content.get("text") or content.get("note"))}, {}


def _accepted(content: Mapping[str, object], opened: OpenedReferral) -> Read:
    key = offer_schema.key_of(content.get("reply_key"))
    return {}, {"their_key": key.hex()} if key else {}


def _declined(content: Mapping[str, Any], opened: OpenedReferral) -> Read:
    reason = content.get("reason")
    others = [
        {name: offer_schema.text(one.get(name)) for name in ("name", "organization", "region", "phone")}
        for one in content.get("others") or ()
        if isinstance(one, dict)
    ]
    return {"reason": reason if reason in DeclineReason.values else "other", "others": others}, {}


def _read_told(content: Mapping[str, object], opened: OpenedReferral) -> Read:
    values = offer_schema.read(content).values
    offer = dict(opened.sealed.get("offer") or {})
    if values and offer:
        offer["values"] = {**offer.get("values", {}), **values}
    return {"note": offer_schema.text(content.get("text")), "values": values}, {
        "offer": offer
    } if offer else {}


MEETING_FIELDS = ("where", "who", "sign", "fallback", "escort", "papers", "medical")


def _meeting(content: Mapping[str, object], opened: OpenedReferral) -> Read:
    when = moment_of(content.get("when"))
    if when is None:
        return {"note": offer_schema.text(content.get("note"))}, {}
    if content.get("confirmed") is True and opened.sealed.get("meeting"):
        # Said to what stands here: another time or place would be a proposal of their own.
        same = moment_of(opened.sealed["meeting"].get("when")) == when
        if same:
            return {"confirmed": True}, {"meeting": {**opened.sealed["meeting"], "confirmed": True}}
    kept = {name: offer_schema.text(content.get(name)) for name in MEETING_FIELDS}
    return {}, {"meeting": {**kept, "when": when.isoformat(), "confirmed": False, "by": "them"}}


def _travel(content: Mapping[str, object], opened: OpenedReferral) -> Read:
    what, when = content.get("what"), moment_of(content.get("when"))
    known = what if what in TravelNews.values else ""
    news = {"travel": known, "when": when.isoformat() if when else ""}
    meeting = dict(opened.sealed.get("meeting") or {})
    if meeting and when:
        meeting["arrives"] = when.isoformat()
    return news, {"meeting": meeting} if meeting else {}


def says_met(content: Mapping[str, object]) -> bool:
    """Say whether this is what *they have met* holds: a note, which may be empty. Nothing else is believed."""
    return content.get("v") == 1 and isinstance(content.get("note"), str)


def _outcome(content: Mapping[str, object], opened: OpenedReferral) -> Read:
    code = content.get("outcome")
    return {
        "outcome": code if code in ReferralOutcome.values else "",
        "person": offer_schema.text(content.get("person")),
        "partner": offer_schema.text(content.get("society")),
        "final": content.get("final") is True,
    }, {}


def _erased(content: Mapping[str, object], opened: OpenedReferral) -> Read:
    how, known = content.get("how"), opened.sealed.get("packet", {})
    fields, rest = (
        sorted({text for text in offer_schema.texts(content.get(name)) if text in known})
        for name in ("fields", "erased")
    )
    if how == "kept":
        partly = content.get("partly") is True
        return {"how": how, "partly": partly, "kept": fields, "fields": rest}, {}
    return {"how": how if how == "erased" else "", "fields": fields}, {}


READERS: dict[str, Callable[[Mapping[str, object], OpenedReferral], Read]] = {
    MessageKind.ACCEPTED: _accepted,
    MessageKind.DECLINED: _declined,
    MessageKind.TOLD: _read_told,
    MessageKind.MEETING: _meeting,
    MessageKind.TRAVEL: _travel,
    MessageKind.OUTCOME: _outcome,
    MessageKind.ERASED: _erased,
}
