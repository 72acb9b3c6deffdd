"""What happened with a family links request across a border, in the reader's words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from panah.ground.accounts.queries import pseudonyms
from panah.ground.kit.dates import long_day
from panah.ground.kit.forms import ANSWERS
from panah.people.family_links import message_schema
from panah.people.family_links.words import LinksAnswer, SearchState, SeekerDoubt
from panah.people.referrals.offer_schema import day_of

if TYPE_CHECKING:
    from django.db.models import TextChoices


def happened(sealed: dict[str, Any]) -> list[dict[str, object]]:
    """Return the steps of a conversation, newest first."""
    names = pseudonyms({step["by"] for step in sealed["steps"]})
    by = {str(pk): name for pk, name in names.items()}
    return [
        {
            "what": _what(step["what"]),
            "who": by.get(step["by"], ""),
            "at": datetime.fromisoformat(step["at"]),
            "text": step.get("text", ""),
            "rows": _search_rows(step) if step["what"] == "searched" else [],
        }
        for step in reversed(sealed["steps"])
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


def _search_rows(step: dict[str, Any]) -> list[tuple[str, str]]:
    answers = {code: str(label) for code, label in ANSWERS}
    rows = [
        (_("How does the search stand?"), _label(SearchState, step.get("reached"))),
        (_("Could the one who asks be the danger?"), _label(SeekerDoubt, step.get("doubt"))),
        *asked_rows(step),
        (_("Does the person sought want contact?"), answers.get(step.get("wants", ""), "")),
        (_("What exactly the person agreed to, in own words"), step.get("agreed", "")),
    ]
    return [(label, value) for label, value in rows if value]


def asked_rows(step: dict[str, str]) -> list[tuple[str, str]]:
    """Who asked the person sought, how and when."""
    return [
        (_("Who asked the person sought"), step.get("asked_by", "")),
        (_("How the person was asked: alone, where, in which language"), step.get("how", "")),
        (_("When the person was asked"), long_day(day_of(step.get("asked_on", "")))),
    ]


def _label(words: type[TextChoices], value: object) -> str:
    return str(words(value).label) if value in words.values else ""


def answers_of(sealed: dict[str, Any]) -> list[dict[str, object]]:
    """Return the answers of a conversation, newest first, as both sides read them."""
    rows = []
    for step in reversed(sealed.get("answers", ())):
        answered = message_schema.LinksAnswerMessage(
            step["answer"], step["message"], step["reach"], day_of(step["again"])
        )
        rows.append(
            {
                "label": str(LinksAnswer(step["answer"]).label),
                "nothing": step["answer"] == LinksAnswer.NOTHING,
                "rows": message_schema.answer_rows(answered),
                "at": datetime.fromisoformat(step["at"]),
            }
        )
    return rows
