"""What came with an offer and stands in a case of ours: found again, so that it can be erased. Plain Python."""

from collections.abc import Mapping
from typing import Any

# By what a row of an identity is known again.
KNOWN_BY = {"names": "text", "phones": "number"}


def fields_of(offer: Mapping[str, object]) -> set[str]:
    """Return the fields of consent that came."""
    values = offer.get("values")
    return {str(name) for name in values} if isinstance(values, dict) else set()


def identity_without(identity: Mapping[str, Any], came: Mapping[str, Any]) -> dict[str, object]:
    """Return an identity without the rows that still stand as they came; what was typed here since stays."""
    left = dict(identity)
    for kind, key in KNOWN_BY.items():
        there = {row.get(key) for row in came.get(kind) or ()}
        rows = [row for row in left.get(kind) or () if row.get(key) not in there]
        if rows:
            left[kind] = rows
        else:
            left.pop(kind, None)
    return left


def codes_without(codes: Mapping[str, object], came: Mapping[str, object]) -> dict[str, object]:
    """Return coded answers without those that still say what came."""
    return {name: answer for name, answer in codes.items() if came.get(name) != answer}


# What is needed of a meeting while somebody travels: when and where they are met, and what to do if not.
OF_THE_WATCH = ("when", "arrives", "where", "who", "sign", "fallback", "confirmed", "by")


def referral_without(sealed: Mapping[str, Any], *, watched: bool = False) -> dict[str, object]:
    """Return a referral without anything that the other side told: that it told something, and when, stays.

    ``watched``: somebody may still be on the way; what the watch needs of the meeting stays until the person is safe.
    """
    steps = [
        {"what": one["what"], "at": one["at"]} if one["what"].startswith("they:") else one
        for one in sealed["steps"]
    ]
    left = {**without_meeting(sealed), "offer": {}, "made": {}, "need": "", "steps": steps}
    if watched and sealed.get("meeting"):
        left["meeting"] = {name: one for name, one in sealed["meeting"].items() if name in OF_THE_WATCH}
    return left


def without_meeting(sealed: Mapping[str, object]) -> dict[str, object]:
    """Return a referral without when and where they meet."""
    return {name: value for name, value in sealed.items() if name != "meeting"}
