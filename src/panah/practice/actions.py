"""A practice node: invented societies and colleagues, built through the rooms' own actions.

``build`` makes everything once. Passphrases, printed codes and shares go into ``practice.json`` so that a restart
can print them again; that file exists on practice nodes alone.
"""

from datetime import datetime
from importlib import import_module

from django.conf import settings

from panah.practice import cast
from panah.practice.cast import Practice

# In the order in which one needs what another made; the house.py of each house says which it brings.
PARTS = (
    "rows_ahead",
    "roster",
    "contacts",
    "arrivals",
    "reports",
    "cases",
    "shelter",
    "complaints",
    "safety",
    "every_case",
    "doubles",
    "across",
    "every_referral",
    "every_ending",
    "family_links",
    "own_programmes",
    "public_door",
    "volunteers",
    "light_mode",
    "trainings",
    "certificates",
    "self_assessment",
    "commitments",
    "prevention",
    "shown_to_strangers",
    "helping",
    "cooperation",
    "network_report",
    "library",
    "briefs",
    "evidence",
    "figures",
    "figure_tables",
)
# They need both societies on one node.
OF_BOTH = ("across", "family_links")


def build(*, at: datetime, only: str = "") -> Practice:
    """Make the whole practice node in an empty database; returns what practice.json keeps.

    ``only`` is the short name of the one society that works here, when each has a node of its own.
    """
    practice = cast.build(at=at, only=only)
    for part in installed_parts():
        if not (only and part in OF_BOTH):
            import_module(f"panah.practice.{part}").build(practice)
    return practice


def installed_parts() -> list[str]:
    """Return the parts that the houses of this node bring, in their order."""
    brought = {
        part
        for house in settings.PANAH_HOUSES
        for part in import_module(f"panah.{house}.house").HOUSE.practice
    }
    return sorted(brought, key=PARTS.index)
