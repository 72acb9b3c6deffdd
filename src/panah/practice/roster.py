"""The roster of a practice node: someone answers for everything, now and in the coming days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.queries import on_duty_now, staff_by_username
from panah.ground.channels import actions as channels
from panah.ground.network import queries as network_queries
from panah.practice.cast import LEADERS, Practice

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ROSTER = (
    (
        "practice-north",
        (
            ("calls", "elena"),
            ("danger", "bakyt"),
            ("danger_second", "saule"),
            ("intake", "elena"),
            ("shelter", "gulnar"),
        ),
    ),
    (
        "practice-south",
        (("calls", "daler"), ("danger", "rustam"), ("danger_second", "malika"), ("intake", "daler")),
    ),
)
# Calls are answered in shifts: a focal point holds every line's key and takes the night.
NIGHT = {"practice-north": (("calls", "saule"),), "practice-south": (("calls", "malika"),)}
BY_DAY = ("intake", "shelter")
HALF_A_DAY = timedelta(hours=12)
DAYS = 14


def build(practice: Practice) -> None:
    """Put the cast on duty for two weeks, day by day; the way by which they are called was tested."""
    for leader, _other in LEADERS.values():
        if practice.has(leader):
            channels.test_way(channel=None, by=practice.staff[leader], at=practice.at)
    begins = practice.at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    for society, duties in ROSTER:
        here = [(what, who) for what, who in duties if practice.has(who)]
        for what, username in here:
            _put(practice.staff[username], what, begins, at=practice.at)
        for what, username in NIGHT.get(society, ()) if here else ():
            _put(practice.staff[username], what, begins + HALF_A_DAY, at=practice.at)


def _put(staff: Staff, what: str, begins: datetime, *, at: datetime) -> None:
    length = timedelta(hours=24 if what.startswith("danger") else 12)
    for day in range(DAYS):
        starts = begins + timedelta(days=day)
        accounts.put_on_duty(staff=staff, what=what, starts_at=starts, ends_at=starts + length, at=at)


def roll_forward(*, at: datetime) -> int:
    """Let nobody be missing on a practice node that stood still: two weeks more for what the next day lacks.

    Returns how many duties were without anyone. What somebody put on the roster herself stays as it is.
    """
    missing = 0
    for slug, duties in ROSTER:
        society = network_queries.society_or_none(slug)
        if society is None:
            continue
        looked = [on_duty_now(society.pk, at=at + half * HALF_A_DAY) for half in range(3)]
        begins = at.replace(minute=0, second=0, microsecond=0)
        shifts = [(*one, begins) for one in duties] + [
            (*one, begins + HALF_A_DAY) for one in NIGHT.get(slug, ())
        ]
        for what, username, begins_at in shifts:
            staff = staff_by_username(username)
            # Intake and shelter are answered by day alone; calls and danger at every hour.
            enough = any if what in BY_DAY else all
            if staff is not None and not enough(duty.get(what) for duty in looked):
                _put(staff, what, begins_at, at=at)
                missing += 1
    return missing
