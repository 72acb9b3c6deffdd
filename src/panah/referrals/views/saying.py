"""What happened with a referral, and what is told of a conversation, in the reader's words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from panah.consent.words import Field
from panah.exchange.words import Kind
from panah.referrals.words import AfterWithdrawal, Declined, Outcome, Travel


def happened(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of a referral, newest first."""
    return [_said(step) for step in reversed(steps)]


def _said(step: dict[str, Any]) -> dict[str, Any]:
    return {
        "what": _what(step["what"]),
        "theirs": step["what"].startswith("they:"),
        "at": datetime.fromisoformat(step["at"]),
        "note": step.get("note", ""),
        "reason": _label(Declined, step.get("reason")),
        "outcome": _label(Outcome, step.get("outcome")),
        "travel": _label(Travel, step.get("travel")),
        "when": datetime.fromisoformat(step["when"]) if step.get("when") else None,
        "how": _label(AfterWithdrawal, step.get("how"))
        or (_("They keep it on a ground of their own") if step.get("how") == "kept" else ""),
        "ground": step.get("ground", ""),
        "confirmed": step.get("confirmed", False),
        "values": [
            (Field(name).label if name in Field.values else name, text)
            for name, text in (step.get("values") or {}).items()
        ],
        "others": step.get("others") or (),
        "person": step.get("person", ""),
        "partner": step.get("partner", ""),
        "untold": step.get("untold", False),
        "life": step.get("life", ""),
    }


def _label(words: Any, value: Any) -> str:
    return str(words(value).label) if value in words.values else ""


def _what(code: str) -> str:
    if code.startswith("they:"):
        kind = code.partition(":")[2]
        return str(Kind(kind).label) if kind in Kind.values else kind
    named = {
        "sent": _("Sent"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
        "more_asked": _("More is asked"),
        "offered": _("Offered again"),
        "told": _("Answered what they asked"),
        "meeting": _("Meeting agreed"),
        "confirmed": _("Meeting confirmed"),
        "travel": _("News about the journey"),
        "met": _("They met"),
        "not_met": _("Nobody was met"),
        "done": _("Ended, with feedback"),
        "outcome": _("Told how it went on"),
        "withdrawn": _("Withdrawn by us"),
        "consent_withdrawn": _("Consent withdrawn"),
        "accepted_here": _("Accepted by us"),
        "declined_here": _("Declined by us after all"),
        "after_withdrawal": _("Decided about what had come"),
    }
    return named.get(code, code)
