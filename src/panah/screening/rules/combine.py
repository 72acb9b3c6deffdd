"""The dimensions together: the table for adults and the rule for children."""

from __future__ import annotations

from enum import StrEnum

from panah.screening.rules.meetings import Answers, answer_to
from panah.screening.schema import Answer, Part, Profile


class Outcome(StrEnum):
    """What the positive dimensions amount to together. None of them is a legal finding."""

    NOTHING_YET = "nothing_yet"
    SUCCESSFUL_MIGRANT = "successful_migrant"
    MEANS_WITHOUT_EXPLOITATION = "means_without_exploitation"
    EXPLOITED_MIGRANT = "exploited_migrant"
    VULNERABILITY_AND_EXPLOITATION = "vulnerability_and_exploitation"
    DECEPTION_AND_EXPLOITATION = "deception_and_exploitation"
    COERCED_RECRUITMENT_AND_EXPLOITATION = "coerced_recruitment_and_exploitation"
    CONTROL_AND_EXPLOITATION = "control_and_exploitation"
    INDICATION_OF_TRAFFICKING = "indication_of_trafficking"
    CHILD_NO_EXPLOITATION = "child_no_exploitation"
    CHILD_EXPLOITED = "child_exploited"
    CHILD_INDICATION_OF_TRAFFICKING = "child_indication_of_trafficking"
    LISTED = "listed"


PUBLISHED_ROWS = frozenset(
    {
        Outcome.SUCCESSFUL_MIGRANT,
        Outcome.EXPLOITED_MIGRANT,
        Outcome.DECEPTION_AND_EXPLOITATION,
        Outcome.INDICATION_OF_TRAFFICKING,
        Outcome.CHILD_INDICATION_OF_TRAFFICKING,
    }
)
"""Rows of the published table; the other outcomes are combinations on which it says nothing."""

# How much each outcome says; more yes answers never lead to a lower number.
_SAYS = {
    Outcome.LISTED: 0,
    Outcome.NOTHING_YET: 0,
    Outcome.SUCCESSFUL_MIGRANT: 0,
    Outcome.CHILD_NO_EXPLOITATION: 0,
    Outcome.MEANS_WITHOUT_EXPLOITATION: 1,
    Outcome.EXPLOITED_MIGRANT: 1,
    Outcome.VULNERABILITY_AND_EXPLOITATION: 2,
    Outcome.DECEPTION_AND_EXPLOITATION: 3,
    Outcome.COERCED_RECRUITMENT_AND_EXPLOITATION: 3,
    Outcome.CONTROL_AND_EXPLOITATION: 3,
    Outcome.CHILD_EXPLOITED: 3,
    Outcome.INDICATION_OF_TRAFFICKING: 4,
    Outcome.CHILD_INDICATION_OF_TRAFFICKING: 4,
}


def says(outcome: Outcome) -> int:
    """A rank from 0 to 4 for ordering outcomes, never shown to anyone."""
    return _SAYS[outcome]


def combine_adult(positive: frozenset[Part]) -> Outcome:
    """The table for adults. Consent does not enter: with a means it is without effect."""
    recruited = positive & {Part.DECEPTION, Part.COERCED_RECRUITMENT, Part.VULNERABILITY_AT_RECRUITMENT}
    if Part.EXPLOITATION not in positive:
        return Outcome.MEANS_WITHOUT_EXPLOITATION if positive else Outcome.NOTHING_YET
    if Part.COERCION in positive:
        # Abuse of a vulnerability is a means of its own: it can stand where deception would.
        return Outcome.INDICATION_OF_TRAFFICKING if recruited else Outcome.CONTROL_AND_EXPLOITATION
    if Part.DECEPTION in positive:
        return Outcome.DECEPTION_AND_EXPLOITATION
    if Part.COERCED_RECRUITMENT in positive:
        return Outcome.COERCED_RECRUITMENT_AND_EXPLOITATION
    if recruited or Part.VULNERABILITY_AT_DESTINATION in positive:
        return Outcome.VULNERABILITY_AND_EXPLOITATION
    return Outcome.EXPLOITED_MIGRANT


def combine_child(positive: frozenset[Part], *, act: bool) -> Outcome:
    """The rule for children: an act and exploitation are enough, no means is ever needed."""
    if Part.EXPLOITATION in positive:
        return Outcome.CHILD_INDICATION_OF_TRAFFICKING if act else Outcome.CHILD_EXPLOITED
    return Outcome.MEANS_WITHOUT_EXPLOITATION if positive else Outcome.NOTHING_YET


def act_is_told(profile: Profile, answers: Answers) -> bool:
    """Whether somebody recruited, brought, housed or received the child, by any answer.

    Who was deceived, forced or drawn in was recruited; who is held at the place was received.
    """
    if profile.act is not None and answer_to(answers, profile.act.code) is Answer.YES:
        return True
    return any(
        answer_to(answers, i.code) is Answer.YES
        for d in profile.dimensions
        if d.part is not Part.EXPLOITATION
        for i in d.indicators
    )
