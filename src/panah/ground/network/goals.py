"""The goals of the Federation that an activity serves: those built in, and those that a society adds.

A course, a session and a campaign carry one in ``goal_field``, and the code of their project in ``project_field``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

LONGEST_CODE = 20


class GlobalAgenda(models.TextChoices):
    """The four goals of the Federation's Global Agenda, in our own words."""

    DISASTERS = "disasters", _("Disasters: fewer people die, are hurt or lose what they have")
    HEALTH = "health", _("Health: fewer people die or fall ill from diseases and health emergencies")
    CAPACITY = "capacity", _("Capacity: communities and branches can meet the most urgent vulnerability")
    DIGNITY = "dignity", _("Dignity: respect for diversity; less intolerance, discrimination, exclusion")


# society -> (code, how it reads) of the goals that it added, say those of Strategy 2030.
MORE_GOALS: Registry[Callable[[UUID], list[tuple[str, str]]]] = Registry("goals that a society added")


def goal_field() -> models.CharField[str, str]:
    """The goal of an activity: a code of ``goal_choices``, or "" where nobody named one."""
    return models.CharField(max_length=LONGEST_CODE, blank=True, default="")


def project_field() -> models.CharField[str, str]:
    """The code of the project that pays for an activity, as the society writes it."""
    return models.CharField(max_length=40, blank=True, default="")


def known_goal(code: str, society: UUID) -> str:
    """Return the code of a goal that the society can choose, "" for any other."""
    return code if code in dict(goal_choices(society)) else ""


def goal_choices(society: UUID) -> list[tuple[str, str | Promise]]:
    """Return the goals to choose from, with their codes: built in first."""
    more = [one for added in MORE_GOALS for one in added(society)]
    return [*((str(one.value), one.label) for one in GlobalAgenda), *more]
