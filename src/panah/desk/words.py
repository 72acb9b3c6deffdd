"""How the facts beside an entry of the journal are said: what each is, and what its code means."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.words import DutyKind
from panah.ground.audit.fact_words import FACT_WORDS
from panah.ground.directory.words import ContactAttemptOutcome
from panah.ground.exchange.words import MessageKind
from panah.ground.kit.languages import language_name
from panah.ground.network.words import RuleKey
from panah.ground.vault.words import FileKind, KeyKind, RevealPurpose
from panah.ground.work.words import DueKind, Outcome

FACTS: dict[str, Any] = {
    "purpose": _("the purpose"),
    "kind": _("kind"),
    "what": _("what"),
    "count": _("how many"),
    "rows": _("rows"),
    "new": _("new"),
    "changed": _("changed"),
    "gone": _("no longer there"),
    "copies": _("copies"),
    "files": _("files"),
    "older": _("files set back by it"),
    "keys": _("keys"),
    "renewed": _("renewed"),
    "matches": _("matches"),
    "shares": _("shares"),
    "needed": _("needed of them"),
    "generation": _("generation"),
    "signed": _("signed anew"),
    "outcome": _("outcome"),
    "came_of_it": _("what came of it"),
    "way": _("by which way"),
    "channel": _("channel"),
    "answer": _("answer"),
    "part": _("part"),
    "key": _("rule"),
    "most": _("at most"),
    "ended": _("sign-ins ended"),
    "to": _("to"),
    "messages": _("messages"),
    "room": _("it became"),
    "reason": _("reason"),
    "closing": _("reason"),
    "source": _("it came from"),
    "society": _("society"),
    "how": _("how"),
    "hours": _("how many hours"),
    "number": _("number"),
    "hash": _("hash"),
    "opened": _("opened"),
    "services": _("how many services"),
    "form": _("form"),
    "peers": _("paired societies"),
    "element": _("element"),
    "societies": _("how many societies"),
    "told": _("what its sender was told"),
    "language": _("language"),
    "decision": _("decision"),
}
# For whoever checks the journal and for the rooms that ask it: how often a file was written, what a ledger is, of
# what a package is made.
UNSAID = ("written", "people", "budget", "rho", "made")
# Of the ground; the houses above say theirs in FACT_WORDS.
CODES: dict[str, tuple[Any, ...]] = {
    "purpose": (RevealPurpose,),
    "kind": (FileKind, KeyKind, DueKind, MessageKind),
    "what": (DutyKind,),
    "outcome": (ContactAttemptOutcome, Outcome),
    "key": (RuleKey,),
}
LINE = _("a line")


def said(facts: Mapping[str, object]) -> list[str]:
    """Return facts of an entry as "what it is: what it says"; a code that nobody knows stays as it is."""
    told = {name: value for name, value in facts.items() if name not in UNSAID}
    return [f"{FACTS.get(name, name)}: {_meaning(name, value)}" for name, value in told.items()]


def _meaning(name: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_meaning(name, one) for one in value)
    if name == "language":
        return language_name(str(value)) or str(value)
    if (name, value) == ("to", "line"):
        return str(LINE)
    for words in FACT_WORDS:
        if words.fact == name and (told := words.say(str(value))) is not None:
            return told
    for codes in CODES.get(name, ()):
        if value in codes.values:
            label = str(codes(value).label)
            # After the colon it goes on as one line; the names of channels keep their own letters.
            return label[:1].lower() + label[1:] if name in ("purpose", "kind") else label
    return str(value)
