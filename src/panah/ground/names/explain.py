"""Say why two names were scored as they were: a code for programs, a sentence for people.

A room that shows these in another language translates the templates of ``SENTENCES`` by their code.
"""

from dataclasses import dataclass

from panah.ground.names.align import Aligned
from panah.ground.names.parts import NamePart, WordRole

SENTENCES = {
    "no-words": "One of the names holds no word to compare.",
    "same-words": "Both names hold the same words.",
    "same": "%(one)s and %(other)s are the same word.",
    "sounds-same": "%(one)s and %(other)s are spellings of the same sounds.",
    "sounds-close": "%(one)s and %(other)s sound much alike.",
    "sounds-far": "%(one)s and %(other)s sound only partly alike.",
    "ending-changed": "%(one)s and %(other)s share a stem; the ending was changed or dropped.",
    "initial-fits": "%(one)s may stand for %(other)s as an initial.",
    "initial-differs": "%(one)s and %(other)s do not begin alike.",
    "different": "%(one)s and %(other)s are different names.",
    "father-missing": "The patronymic %(one)s is missing in the other name.",
    "part-missing": "%(one)s is missing in the other name.",
    "sexes-differ": "The endings of one name are a man's, those of the other a woman's.",
    "only-one": "Only one part of the names could be compared.",
    "crossed": "The given name of one is the surname of the other.",
}


@dataclass(frozen=True, slots=True)
class MatchReason:
    """One reason; ``str()`` of it is the English sentence."""

    code: str
    one: str = ""
    other: str = ""

    def __str__(self) -> str:
        return SENTENCES[self.code] % {"one": self.one, "other": self.other}


def of_pair(pair: Aligned) -> MatchReason:
    """The reason that two aligned parts give."""
    one, other = pair.one, pair.other
    if WordRole.INITIAL in (one.role, other.role):
        if one.role is not WordRole.INITIAL:
            one, other = other, one
        return MatchReason("initial-fits" if pair.likeness > 0.3 else "initial-differs", one.text, other.text)
    if one.text == other.text:
        code = "same"
    elif pair.ending_changed and pair.likeness > 0.6:
        code = "ending-changed"
    elif pair.likeness > 0.93:
        code = "sounds-same"
    elif pair.likeness > 0.7:
        code = "sounds-close"
    else:
        code = "sounds-far"
    return MatchReason(code, one.text, other.text)


def of_leftovers(left: list[NamePart], right: list[NamePart]) -> list[MatchReason]:
    """The reasons that unaligned parts give: different where both names have one of a kind, missing where one has."""
    reasons: list[MatchReason] = []
    for fathers in (False, True):
        ones, others = (
            [part for part in side if (part.role is WordRole.PATRONYMIC) is fathers] for side in (left, right)
        )
        shared = min(len(ones), len(others))
        reasons += [
            MatchReason("different", one.text, other.text)
            for one, other in zip(ones[:shared], others[:shared], strict=True)
        ]
        code = "father-missing" if fathers else "part-missing"
        reasons += [MatchReason(code, part.text) for part in (*ones[shared:], *others[shared:])]
    return reasons
