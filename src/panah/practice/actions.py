"""A practice node: invented societies and colleagues, built through the rooms' own actions.

``build`` makes everything once. Passphrases, printed codes and shares go into ``practice.json`` so that a restart
can print them again; that file exists on practice nodes alone.
"""

from datetime import datetime

from panah.practice import (
    across,
    arrivals,
    briefs,
    cases,
    cast,
    certificates,
    commitments,
    complaints,
    contacts,
    cooperation,
    doubles,
    every_case,
    every_ending,
    every_referral,
    evidence,
    family_links,
    figure_tables,
    figures,
    helping,
    library,
    light_mode,
    network_report,
    own_programmes,
    prevention,
    public_door,
    reports,
    roster,
    rows_ahead,
    safety,
    self_assessment,
    shelter,
    shown_to_strangers,
    trainings,
    volunteers,
)
from panah.practice.cast import Practice

# In the order in which one needs what another made; the last of each pair: does it need both societies on one node?
PARTS = (
    (rows_ahead, False),
    (roster, False),
    (contacts, False),
    (arrivals, False),
    (reports, False),
    (cases, False),
    (shelter, False),
    (complaints, False),
    (safety, False),
    (every_case, False),
    (doubles, False),
    (across, True),
    (every_referral, False),
    (every_ending, False),
    (family_links, True),
    (own_programmes, False),
    (public_door, False),
    (volunteers, False),
    (light_mode, False),
    (trainings, False),
    (certificates, False),
    (self_assessment, False),
    (commitments, False),
    (prevention, False),
    (shown_to_strangers, False),
    (helping, False),
    (cooperation, False),
    (network_report, False),
    (library, False),
    (briefs, False),
    (evidence, False),
    (figures, False),
    (figure_tables, False),
)


def build(*, at: datetime, only: str = "") -> Practice:
    """Make the whole practice node in an empty database; returns what practice.json keeps.

    ``only`` is the short name of the one society that works here, when each has a node of its own.
    """
    practice = cast.build(at=at, only=only)
    for part, of_both in PARTS:
        if not (only and of_both):
            part.build(practice)
    return practice
