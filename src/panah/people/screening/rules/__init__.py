"""The rules of screening as pure functions: nothing here decides about a person.

Sources: the dimension rule and the combination table are those of the operational indicators of
the ILO and the European Commission (2009), known to us through secondary sources; both are
described, with what is our own reading, in docs/screening.md.
"""

from panah.people.screening.rules.combine import (
    PUBLISHED_ROWS,
    Conclusion,
    act_is_told,
    combine_adult,
    combine_child,
)
from panah.people.screening.rules.dimension import (
    DimensionResult,
    DimensionState,
    PositiveBranch,
    branches,
    weigh_dimension,
)
from panah.people.screening.rules.meetings import Answers, MergedAnswers, RecordedAnswer, answer_to, merge
from panah.people.screening.rules.profile_selection import may_be_used, rule_for_age, suggest
from panah.people.screening.rules.result import Result, Suggestion, work_out
