"""Who may come to a page, and how an entry is said in words: the same for colleagues and for guests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.dates import day
from panah.ground.kit.form_page import form_page as shown_form
from panah.ground.kit.languages import language_name
from panah.ground.network.words import country_name
from panah.programmes.cooperation import permissions
from panah.programmes.cooperation import queries as cooperation_queries
from panah.programmes.cooperation.rules import Said
from panah.programmes.cooperation.words import TEMPLATE, Answered, Function, Kind
from panah.programmes.diplomacy.instruments import provisions
from panah.programmes.diplomacy.words import EvidenceKind, Progress
from panah.programmes.model import queries as model_queries

if TYPE_CHECKING:
    from panah.ground.kit.forms import Form
    from panah.programmes.cooperation.models import ReceivedEntry


def must_read(request: StaffRequest) -> None:
    if not permissions.reads(request.staff):
        raise Http404


def must_keep(request: StaffRequest) -> None:
    if not permissions.keeps(request.staff):
        raise Http404


def must_decide(request: StaffRequest) -> None:
    if not permissions.decides(request.staff):
        raise Http404


def form_page(request: StaffRequest, form: Form, heading: str, back: str) -> HttpResponse:
    return shown_form(request, "cooperation", form, heading, back, back_text=_("Back"))


def is_duty(row: ReceivedEntry) -> bool:
    """Whether another society's entry is a duty number, which anybody may try."""
    return row.kind == Kind.POINT and bool(row.content.get("night")) and bool(row.content.get("phone"))


def titles_of(elements: object, joined: object) -> tuple[list[str], list[str]]:
    """Return the elements of the model and the provisions that a practice is joined to, in the reader's words."""
    texts = model_queries.elements(model_queries.current_version())
    known = provisions()
    named = [texts[name].title for name in _strings(elements) if name in texts]
    found = [known[key] for key in _strings(joined) if key in known]
    return named, [f"{one.title}, {each.key.partition('/')[2]}" for one, each in found]


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def facts(kind: str, said: Said, *, theirs: bool = False) -> list[tuple[str, str]]:
    """Return what an entry says as (what it is, what it says), without what is empty. The number is shown apart.

    ``theirs``: another society says it, so that what it says of a third one is its word too.
    """
    say: dict[str, Callable[[Said], list[tuple[str, str]]]] = {
        Kind.PROFILE: _of_profile,
        Kind.POINT: partial(_of_point, theirs=theirs),
        Kind.CORRIDOR: _of_corridor,
        Kind.PRACTICE: partial(of_practice, theirs=theirs),
        Kind.MEETING: _of_meeting,
        Kind.STATUS: _of_status,
    }
    return [(str(label), str(text)) for label, text in say[Kind(kind)](said) if text]


def _of_profile(said: Said) -> list[tuple[str, str]]:
    rows = [(label, how) for label, _code, how in cooperation_queries.means_in_words(said["means"])]
    return [(_("Mandate"), said["mandate"]), *rows]


def _of_point(said: Said, *, theirs: bool = False) -> list[tuple[str, str]]:
    night = _("at night") if said["tried_at_night"] else ""
    answered = str(Answered(said["answered"]).label) if said["answered"] else ""
    tried = ", ".join(one for one in (_day(said["tried_on"]), night, answered) if one)
    return [
        (_("What it is for"), str(Function(said["function"]).label)),
        (_("By day and night"), _("yes") if said["night"] else ""),
        (_("Last tried, they say") if theirs else _("Last tried"), tried),
        (_("E-mail of the office"), said["email"]),
        (_("Languages"), ", ".join(language_name(str(tag)) for tag in said["languages"])),
        (_("Hours"), said["hours"]),
    ]


def _of_corridor(said: Said) -> list[tuple[str, str]]:
    language = get_language() or "en"
    works = cooperation_queries.capabilities_in_words(said["works"])
    return [
        (_("From"), country_name(str(said["from"]), language)),
        (_("To"), country_name(str(said["to"]), language)),
        *((label, how) for label, _code, how in works),
        (_("What others should know"), said["note"]),
    ]


def of_practice(said: Said, *, theirs: bool = False) -> list[tuple[str, str]]:
    elements, joined = titles_of(said["elements"], said["provisions"])
    reviewed = ", ".join(one for one in (said["reviewed_by"], _day(said["reviewed_on"])) if one)
    return [
        (_("Language"), language_name(str(said["language"]))),
        *((str(label), said[name]) for name, label in TEMPLATE.items()),
        (_("Whom to ask"), said["contact"]),
        (_("Elements of the operational model"), ", ".join(elements)),
        (_("Provisions"), ", ".join(joined)),
        (_("Reviewed by, in their words") if theirs else _("Reviewed by"), reviewed),
    ]


def _of_meeting(said: Said) -> list[tuple[str, str]]:
    rows = [(_("Decision"), one) for one in said["decisions"]]
    return [(_("Day"), _day(said["held_on"])), (_("Place"), said["place"]), *rows]


def _of_status(said: Said) -> list[tuple[str, str]]:
    kind = str(EvidenceKind(said["kind"]).label) if said["kind"] else ""
    shown = [kind, said["evidence"], _day(said["shown_on"])]
    return [
        (_("How far"), str(Progress(said["progress"]).label)),
        (_("Why"), said["why"]),
        (_("Evidence"), ", ".join(one for one in shown if one)),
        (_("Source"), said["source"]),
        (_("Provisions"), ", ".join(titles_of((), said["provisions"])[1])),
        (_("Begins on"), _day(said["begins_on"])),
        (_("Ends on"), _day(said["ends_on"])),
        (_("May be printed in reports of others"), _("yes") if said["printed"] else _("no")),
    ]


def _day(text: object) -> str:
    return str(day(date.fromisoformat(str(text)))) if text else ""


def back_to(name: str, *args: object) -> str:
    return reverse(f"cooperation:{name}", args=args)
