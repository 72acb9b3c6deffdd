"""A practice node: invented societies and colleagues, built through the rooms' own actions.

``build`` makes everything once. Passphrases, printed codes and shares go into ``practice.json`` so that a restart
can print them again; that file exists on practice nodes alone.
"""

from datetime import datetime
from typing import Any

from panah.desk.practice import cast, work
from panah.desk.practice.cast import Practice
from panah.desk.practice.work import roll_forward

# What needs people of both societies on one node.
OF_BOTH = frozenset({"across", "arrivals", "links"})


def build(*, at: datetime, only: str = "") -> Practice:
    """Make the whole practice node in an empty database; returns what practice.json keeps.

    ``only`` is the short name of the one society that works here, when each has a node of its own.
    """
    practice = cast.build(at=at, only=only)
    for module in (work, *later()):
        if not only or module.__name__.rsplit(".", 1)[-1] not in OF_BOTH:
            module.build(practice)
    return practice


def later() -> list[Any]:
    """Return what rooms above the cast bring, as far as they are here."""
    from importlib import import_module
    from importlib.util import find_spec

    from django.apps import apps

    rooms = (
        ("hotline", "contacts"),
        ("inbox", "arrivals"),
        ("cases", "cases"),
        ("shelter", "shelter"),
        ("complaints", "complaints"),
        ("safety", "safety"),
        ("referrals", "across"),
        ("family_links", "links"),
    )
    return [
        import_module(f"panah.desk.practice.{name}")
        for room, name in rooms
        if apps.is_installed(f"panah.{room}") and find_spec(f"panah.desk.practice.{name}")
    ]
