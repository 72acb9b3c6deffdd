"""What happened with a family links request across a border, in the reader's words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from panah.accounts.queries import pseudonyms
from panah.family_links import message_schema
from panah.family_links.words import LinksAnswer, SearchState, SeekerDoubt
from panah.kit.dates import long_day
from panah.kit.forms import ANSWERS
from panah.referrals.offer_schema import day_of


def happened(kept: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a conversation, newest first."""
    names = pseudonyms({one["by"] for one in kept["steps"]})
    by = {str(pk): name for pk, name in names.items()}
    return [
        {
            "what": _what(one["what"]),
            "who": by.get(one["by"], ""),
            "at": datetime.fromisoformat(one["at"]),
            "text": one.get("text", ""),
            "rows": _search_rows(one) if one["what"] == "searched" else [],
        }
        for one in reversed(kept["steps"])
    ]


def _what(code: str) -> str:
    return {
        "sent": _("Asked"),
        "told": _("Something was added"),
        "came": _("Came to us"),
        "asked_back": _("Asked something back"),
        "searched": _("Written down about the search"),
        "answered": _("Answered"),
        "seeker_told": _("The one who asks was told"),
        "taken_back": _("Taken back by us"),
        "deleted_there": _("Deleted there, as they say"),
        "erased": _("What came was erased here"),
    }.get(code, code)


def _search_rows(one: dict[str, Any]) -> list[tuple[str, str]]:
    answers = {code: str(label) for code, label in ANSWERS}
    found = [
        (_("How does the search stand?"), _label(SearchState, one.get("reached"))),
        (_("Could the one who asks be the danger?"), _label(SeekerDoubt, one.get("doubt"))),
        *asked_rows(one),
        (_("Does the person sought want contact?"), answers.get(one.get("wants", ""), "")),
        (_("What exactly the person agreed to, in own words"), one.get("agreed", "")),
    ]
    return [(label, value) for label, value in found if value]


def asked_rows(one: dict[str, str]) -> list[tuple[str, str]]:
    """Who asked the person sought, how and when."""
    return [
        (_("Who asked the person sought"), one.get("asked_by", "")),
        (_("How the person was asked: alone, where, in which language"), one.get("how", "")),
        (_("When the person was asked"), long_day(day_of(one.get("asked_on", "")))),
    ]


def _label(words: Any, value: Any) -> str:
    return str(words(value).label) if value in words.values else ""


def answers_of(kept: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the answers of a conversation, newest first, as both sides read them."""
    found = []
    for one in reversed(kept.get("answers", ())):
        answered = message_schema.LinksAnswerMessage(
            one["answer"], one["message"], one["reach"], day_of(one["again"])
        )
        found.append(
            {
                "label": str(LinksAnswer(one["answer"]).label),
                "nothing": one["answer"] == LinksAnswer.NOTHING,
                "rows": message_schema.answer_rows(answered),
                "at": datetime.fromisoformat(one["at"]),
            }
        )
    return found
