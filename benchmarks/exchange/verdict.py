"""What became of every message, read from both databases when all is quiet."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.exchange.fault_injection import Happened
from benchmarks.figures import Figure


@dataclass
class Verdict:
    """Message ids by what went wrong with them; all empty is the promise kept."""

    sent: int = 0
    once: int = 0
    opened: int = 0
    personal: int = 0
    arrivals: int = 0
    lost: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    unsettled: dict[str, str] = field(default_factory=dict)
    forged: set[str] = field(default_factory=set)
    noted_otherwise: set[str] = field(default_factory=set)

    @property
    def bad(self) -> set[str]:
        return self.lost | self.twice | set(self.unsettled) | self.forged | self.noted_otherwise

    @property
    def kept(self) -> bool:
        return not self.bad and self.once == self.sent and self.opened == self.arrivals == self.personal


def of_both(tells: dict[str, dict[str, Any]]) -> Verdict:
    """Return the verdict over both directions."""
    verdict = Verdict()
    one, other = tells.values()
    for sender, receiver in ((one, other), (other, one)):
        _one_way(verdict, sender["sent"], receiver)
    return verdict


def _one_way(verdict: Verdict, sent: list[list[str]], receiver: dict[str, Any]) -> None:
    effects, rows = receiver["effects"], Counter(message for message, _code in receiver["came"])
    ids = {message for message, _state, _code in sent}
    verdict.sent += len(ids)
    verdict.opened += receiver["opened"]
    verdict.personal += receiver["personal"]
    # Where the inbox is, each of them is one arrival there.
    waits = receiver.get("arrivals")
    verdict.arrivals += receiver["personal"] if waits is None else waits
    verdict.once += sum(effects.get(message) == 1 for message in ids)
    verdict.lost |= {message for message in ids if not effects.get(message)}
    verdict.twice |= {message for message, times in effects.items() if times > 1}
    verdict.unsettled |= {
        message: f"{state} {code}".strip() for message, state, code in sent if state != "delivered"
    }
    verdict.forged |= (set(effects) | set(rows)) - ids
    # Effect and row go together, in one transaction.
    verdict.noted_otherwise |= {
        message for message in ids if bool(effects.get(message)) != bool(rows.get(message))
    }


def figures(verdict: Verdict, happened: Iterable[Happened], *, refused: int) -> Iterator[Figure]:
    """Yield what was promised, and for each fault how often it was done and survived."""
    injected: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    for one in happened:
        injected[one.what] += 1
        hurt = bool(verdict.bad) if one.messages is None else bool(verdict.bad & set(one.messages))
        survived[one.what] += not hurt
    n = verdict.sent
    for what in sorted(injected):
        yield Figure("exchange", what, survived[what], "survived", injected[what], n)
    yield Figure("exchange", "messages with exactly one effect", verdict.once, "messages", n, n)
    yield Figure(
        "exchange", "messages about a person that opened", verdict.opened, "messages", verdict.personal, n
    )
    yield Figure(
        "exchange", "arrivals that wait to be opened", verdict.arrivals, "messages", verdict.personal, n
    )
    for said, found in (
        ("lost", verdict.lost),
        ("two effects", verdict.twice),
        ("forged and taken", verdict.forged),
        ("without a settled receipt", verdict.unsettled),
        ("noted otherwise than done", verdict.noted_otherwise),
    ):
        yield Figure("exchange", said, len(found), "messages", None, n)
    yield Figure("exchange", "sealing refused for want of space, tried again", refused, "times", None, n)
