"""Session plans to choose from: modules that Panah brings, a society's own modules, and plans that it typed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from panah.programmes.training import queries as training_queries
from panah.programmes.training.curricula import Curriculum, Part, delivered, language_among

if TYPE_CHECKING:
    from uuid import UUID

    from panah.programmes.prevention.models import Plan, Session
    from panah.programmes.training.models import Module


@dataclass(frozen=True)
class SessionPlan:
    """A plan as its page shows it, wherever it comes from."""

    title: str
    minutes: int
    aims: tuple[str, ...]
    materials: tuple[str, ...]
    parts: tuple[Part, ...]
    # In which it is written, not always the reader's.
    language: str
    disclosure: str = ""
    draft: bool = False
    # For whom a module is, if it says so.
    audience: tuple[str, ...] = ()


def module_or_none(slug: str) -> SessionPlan | None:
    """Return a module in the reader's language, else in what most here read, else in whatever there is."""
    languages = delivered().get(slug)
    if not languages:
        return None
    language = language_among(languages, get_language())
    return _of_curriculum(languages[language], language)


def of_module(row: Module) -> SessionPlan:
    """Return a version of a module that the society wrote, as ``module_or_none`` does."""
    language = language_among(row.content, get_language())
    return _of_curriculum(row.in_language(language), language)


def _of_curriculum(one: Curriculum, language: str) -> SessionPlan:
    return SessionPlan(
        one.title,
        one.minutes,
        one.aims,
        one.materials,
        one.parts,
        language,
        one.disclosure,
        one.draft,
        one.audience,
    )


def modules() -> list[tuple[str, SessionPlan]]:
    return [(slug, plan) for slug in delivered() if (plan := module_or_none(slug)) is not None]


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def of_own(row: Plan) -> SessionPlan:
    whole = Part("", row.minutes, steps=lines(row.steps))
    return SessionPlan(row.title, row.minutes, lines(row.aims), lines(row.materials), (whole,), row.language)


def plan_of(session: Session) -> SessionPlan | None:
    """Return the plan of a session; None where its module is no longer brought."""
    if session.own_module:
        return of_module(session.own_module)
    return of_own(session.own_plan) if session.own_plan else module_or_none(session.module)


def titles_of(sessions: Iterable[Session]) -> dict[str, str]:
    """Return what each session is called: its plan's title, else the module's code."""
    rows = list(sessions)
    brought = {slug: plan.title for slug, plan in modules()}
    own = training_queries.titles_of({row.own_module_id for row in rows if row.own_module_id})
    return {str(row.pk): _title(row, own, brought) for row in rows}


def _title(one: Session, own: Mapping[UUID, str], brought: Mapping[str, str]) -> str:
    if one.own_module_id is not None:
        return own.get(one.own_module_id, "–")
    return one.own_plan.title if one.own_plan else brought.get(one.module, one.module)
