"""How much an outcome says, to compare two of them. Panah itself ranks nobody."""

from panah.people.screening.rules import Conclusion

SAYS = (
    {
        Conclusion.LISTED,
        Conclusion.NOTHING_YET,
        Conclusion.SUCCESSFUL_MIGRANT,
        Conclusion.CHILD_NO_EXPLOITATION,
    },
    {Conclusion.MEANS_WITHOUT_EXPLOITATION, Conclusion.EXPLOITED_MIGRANT},
    {Conclusion.VULNERABILITY_AND_EXPLOITATION},
    {
        Conclusion.DECEPTION_AND_EXPLOITATION,
        Conclusion.COERCED_RECRUITMENT_AND_EXPLOITATION,
        Conclusion.CONTROL_AND_EXPLOITATION,
        Conclusion.CHILD_EXPLOITED,
    },
    {Conclusion.INDICATION_OF_TRAFFICKING, Conclusion.CHILD_INDICATION_OF_TRAFFICKING},
)


def says(outcome: Conclusion) -> int:
    """Return the place of an outcome, 0 for one that says nothing yet."""
    return next(rank for rank, outcomes in enumerate(SAYS) if outcome in outcomes)
