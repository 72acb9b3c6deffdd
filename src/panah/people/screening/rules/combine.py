"""The dimensions together: the table for adults and the rule for children."""

from __future__ import annotations

from enum import StrEnum

from panah.people.screening.rules.meetings import Answers, answer_to
from panah.people.screening.schema import Answer, DimensionRole, Profile


class Conclusion(StrEnum):
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
        Conclusion.SUCCESSFUL_MIGRANT,
        Conclusion.EXPLOITED_MIGRANT,
        Conclusion.DECEPTION_AND_EXPLOITATION,
        Conclusion.INDICATION_OF_TRAFFICKING,
        Conclusion.CHILD_INDICATION_OF_TRAFFICKING,
    }
)
"""Rows of the published table; the other outcomes are combinations on which it says nothing."""


def combine_adult(positive: frozenset[DimensionRole]) -> Conclusion:
    """The table for adults. Consent does not enter: with a means it is without effect."""
    recruited = positive & {
        DimensionRole.DECEPTION,
        DimensionRole.COERCED_RECRUITMENT,
        DimensionRole.VULNERABILITY_AT_RECRUITMENT,
    }
    if DimensionRole.EXPLOITATION not in positive:
        return Conclusion.MEANS_WITHOUT_EXPLOITATION if positive else Conclusion.NOTHING_YET
    if DimensionRole.COERCION in positive:
        # Abuse of a vulnerability is a means of its own: it can stand where deception would.
        return Conclusion.INDICATION_OF_TRAFFICKING if recruited else Conclusion.CONTROL_AND_EXPLOITATION
    if DimensionRole.DECEPTION in positive:
        return Conclusion.DECEPTION_AND_EXPLOITATION
    if DimensionRole.COERCED_RECRUITMENT in positive:
        return Conclusion.COERCED_RECRUITMENT_AND_EXPLOITATION
    if recruited or DimensionRole.VULNERABILITY_AT_DESTINATION in positive:
        return Conclusion.VULNERABILITY_AND_EXPLOITATION
    return Conclusion.EXPLOITED_MIGRANT


def combine_child(positive: frozenset[DimensionRole], *, act: bool) -> Conclusion:
    """The rule for children: an act and exploitation are enough, no means is ever needed."""
    if DimensionRole.EXPLOITATION in positive:
        return Conclusion.CHILD_INDICATION_OF_TRAFFICKING if act else Conclusion.CHILD_EXPLOITED
    return Conclusion.MEANS_WITHOUT_EXPLOITATION if positive else Conclusion.NOTHING_YET


def act_is_told(profile: Profile, answers: Answers) -> bool:
    """Whether somebody recruited, brought, housed or received the child, by any answer.

    Who was deceived, forced or drawn in was recruited; who is held at the place was received.
    """
    if profile.act is not None and answer_to(answers, profile.act.code) is Answer.YES:
        return True
    return any(
        answer_to(answers, i.code) is Answer.YES
        for d in profile.dimensions
        if d.part is not DimensionRole.EXPLOITATION
        for i in d.indicators
    )
