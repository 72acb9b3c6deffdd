"""The roster of a practice node: someone answers for everything, now and in the coming days."""

from datetime import timedelta

from panah.accounts import actions as accounts
from panah.desk.practice.cast import Practice

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
DAYS = 14


def build(practice: Practice) -> None:
    """Put the cast on duty for two weeks, day by day."""
    begins = practice.at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    for _society, duties in ROSTER:
        for what, username in duties:
            for day in range(DAYS):
                starts = begins + timedelta(days=day)
                length = timedelta(hours=24 if what.startswith("danger") else 12)
                accounts.put_on_duty(
                    staff=practice.staff[username],
                    what=what,
                    starts_at=starts,
                    ends_at=starts + length,
                    at=practice.at,
                )
