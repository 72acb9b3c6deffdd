"""The one text that is read aloud for a purpose, and which of the seven points it tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from panah.ground.kit.languages import INTERFACE
from panah.ground.kit.read_aloud import ReadAloudIn, in_other_languages
from panah.ground.network import queries as network_queries
from panah.ground.network.words import RuleKey
from panah.ground.vault import queries as vault_queries
from panah.people.consent.queries import TEXTS
from panah.people.consent.rules import LEAVES
from panah.people.consent.words import ConsentPurpose

if TYPE_CHECKING:
    from panah.ground.network.models import Society

# ``who`` is the receiver, where it is known already.
ASKS: Mapping[str, object] = {
    ConsentPurpose.TALK: gettext_lazy(
        "“Is it all right to talk with me now? You can stop at any time, and you need not say your name.”"
    ),
    ConsentPurpose.NOTE: gettext_lazy(
        "“May I take notes, so that you need not tell it twice? No sound is recorded. If not, we help you all the"
        " same.”"
    ),
    ConsentPurpose.CALL_BACK: gettext_lazy(
        "“May we call you back? Tell me when it is safe, and what we say if somebody else answers. If not, nothing"
        " changes for you.”"
    ),
    ConsentPurpose.ASSISTANCE: gettext_lazy(
        "“May we keep notes, so that you need not tell everything again?”"
    ),
    ConsentPurpose.PARTNER: gettext_lazy(
        "“%(who)s can help with this. We tell only them, and only what you choose. What has already been sent, we"
        " will ask them to delete if you change your mind.”"
    ),
    ConsentPurpose.CROSS_BORDER: gettext_lazy(
        "“%(who)s can meet you and help. We tell only them, and only what you choose. They are independent: if you"
        " change your mind we ask them to delete it.”"
    ),
    ConsentPurpose.KNOWN_THERE: gettext_lazy(
        "“Perhaps you are known already to this society: %(who)s. Shall we ask? A machine there compares your name."
        " If nobody is alike, nobody reads it. If somebody is, one colleague reads it and decides. They learn that we"
        " ask, and so that you have been with us. The answer is “call us”, or “nothing to tell”, which does not mean"
        " no. If not, nothing changes for you.”"
    ),
    ConsentPurpose.STATISTICS: gettext_lazy(
        "“May you be counted, without your name? It helps to show how many people need help. If not, nothing"
        " changes for you.”"
    ),
    ConsentPurpose.RESEARCH: gettext_lazy(
        "“Sometimes people study how to help better. We would ask you again each time. If not, nothing changes for"
        " you.”"
    ),
}
NOT_CHOSEN: Mapping[str, object] = {
    ConsentPurpose.PARTNER: gettext_lazy("The organisation chosen below"),
    ConsentPurpose.CROSS_BORDER: gettext_lazy("The society or organisation chosen below"),
    ConsentPurpose.KNOWN_THERE: gettext_lazy("the one chosen below"),
}
RIGHTS = gettext_lazy(
    "“You can ask at any time to see it, to correct it or to have it erased, and change your mind on any"
    " day. You may complain to someone other than the one who helps you. None of it changes the help.”"
)
# With these the text also says what is written down, who reads it, how long it is kept, what the person can ask for.
TOLD_WHOLE = frozenset({*LEAVES, ConsentPurpose.NOTE, ConsentPurpose.ASSISTANCE})
TOLD_SHORT: Mapping[str, frozenset[str]] = {
    ConsentPurpose.TALK: frozenset({"withdrawal_told"}),
    ConsentPurpose.STATISTICS: frozenset({"research_told"}),
}


@dataclass(frozen=True)
class Aloud:
    """What is read aloud for one purpose in one language; ``checked`` by a native speaker, or one of the interface."""

    lines: tuple[str, ...]
    checked: bool
    # What this language has no words for yet, in the reader's: said through an interpreter.
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadAloud:
    """``told`` are those of words.SEVEN that the lines say; ``others`` leave out how long it is kept."""

    lines: tuple[str, ...]
    others: tuple[ReadAloudIn, ...]
    told: frozenset[str]


def read_aloud(purpose: str, *, who: str, society: Society, on: date) -> ReadAloud:
    """Return what is read aloud before one purpose is answered."""
    asks = str(ASKS[purpose]) % {"who": who or NOT_CHOSEN.get(purpose, "")}
    others = tuple(_in_other_languages(purpose, asks, who, society))
    if purpose not in TOLD_WHOLE:
        return ReadAloud((asks,), others, TOLD_SHORT.get(purpose, frozenset()))
    told_of = {"interview", "purpose_told", "uses_told", "own_data_told", "withdrawal_told"}
    kept = network_queries.rule(society=society, key=RuleKey.RETENTION_CASE, on=on)
    lines = [asks, _written(society)]
    if kept is not None and kept.value is not None:
        told_of.add("storage_told")
        lines.append(
            _("“After the help has ended it is kept for this long: %(time)s.”") % {"time": kept.said}
        )
    lines.append(str(RIGHTS))
    return ReadAloud(tuple(lines), others, frozenset(told_of))


def read_aloud_in(language: str, purpose: str, *, who: str = "", society: Society, on: date) -> Aloud:
    """Return the text of a purpose in this language; in the reader's where there is none."""
    if language in dict(INTERFACE):
        with override(language):
            return Aloud(read_aloud(purpose, who=who, society=society, on=on).lines, True)
    found = read_aloud(purpose, who=who, society=society, on=on)
    for one in found.others:
        if one.voice.language == language:
            known = {str(known) for known, _said in one.pairs}
            also = tuple(line for line in found.lines if line not in known)
            return Aloud(tuple(said for _known, said in one.pairs), bool(one.voice.checked_by), also)
    return Aloud(found.lines, True)


def _in_other_languages(purpose: str, asks: str, who: str, society: Society) -> Iterator[ReadAloudIn]:
    sentences = [(purpose, asks)]
    leading = len(vault_queries.focal_points_with_keys(society.pk))
    if purpose in TOLD_WHOLE:
        sentences += [
            ("written_and_led" if leading else "written", _written(society)),
            ("rights", str(RIGHTS)),
        ]
    sentences.append(("agreed", _("“Is that all right? What did you understand?”")))
    given = {"who": who} if who else {}
    return in_other_languages(TEXTS, sentences, num=leading, **given)


def _written(society: Society) -> str:
    leading = len(vault_queries.focal_points_with_keys(society.pk))
    if not leading:
        return _("“What you answer is written down and protected. Only those who help you can read it.”")
    return ngettext(
        "“What you answer is written down and protected. Only those who help you can read it, and the focal point"
        " of our society, who answers for this work.”",
        "“What you answer is written down and protected. Only those who help you can read it, and the %(num)s focal"
        " points of our society, who answer for this work.”",
        leading,
    ) % {"num": leading}
