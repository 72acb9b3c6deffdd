"""A threat and three interpreters on a practice node: one vetted, one to ask about first, one whose vetting ran out."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from panah.people.safety import actions as safety
from panah.practice.cast import Practice

INTERPRETERS: tuple[tuple[str, list[str], bool, int], ...] = (
    ("Practice: Reed", ["uz", "ru"], False, 300),
    ("Practice: Lark", ["tg", "fa"], True, 200),
    ("Practice: Old Oak", ["uz", "tr"], False, 30),
)


def build(practice: Practice) -> None:
    """Write interpreters down and let Amina report a threat, as far as her society works on this node."""
    if not practice.has("bakyt", "saule", "amina"):
        return
    for name, languages, ask_first, days in INTERPRETERS:
        _interpreter(practice, name, languages, ask_first, days)
    safety.report(
        keys=practice.keys("amina"), once=uuid4(), concerned=(), at=practice.at - timedelta(hours=3),
        typed={
            "story": "Practice: a man called twice and asked when I go home.", "against": "me", "now": "no",
            "what": ["messages"], "source": "unknown", "where": "phone", "needs": ["not_alone", "know"],
        },
    )  # fmt: skip


def _interpreter(practice: Practice, name: str, languages: list[str], ask_first: bool, days: int) -> None:
    # Vetted a year ago at most, so that one of them has just run out.
    at = practice.at - timedelta(days=60)
    keys, day = practice.keys("bakyt"), timezone.localtime(at).date()
    typed = {
        "name": name,
        "languages": languages,
        "ways": ["phone", "face"],
        "phone": "+000 55 10",
        "hours": "",
    }
    row = safety.add_interpreter(keys=keys, typed=typed, at=at)
    ties = "Practice: comes from the same town as many who call."
    safety.ask_about_ties(
        keys=keys, row=row, ask_first=ask_first, ties=ties, not_for="Practice: that town.", on=day, at=at
    )
    safety.vet(
        keys=keys, row=row, checked="Practice: two colleagues.", undertaking_on=day,
        until=day + timedelta(days=days), at=at,
    )  # fmt: skip
