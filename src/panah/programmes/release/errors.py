"""What a release refuses. Plain exceptions with a code for programs; the room above says the sentence to people."""


class ReleaseError(Exception):
    """Something of a release was refused. ``code`` is stable; the text is for engineers and names no person."""

    code = "release-refused"


class BadDomain(ReleaseError):
    """The file that declares columns and values cannot be used as it stands.

    ``why``: what is wrong, a word for programs; ``named``: what of the file is meant, as its sentence names it.
    """

    code = "bad-domain"

    def __init__(self, why: str, **named: str | int) -> None:
        self.why, self.named = why, named
        super().__init__(" ".join((why, *(f"{name}={value}" for name, value in named.items()))))


class NotSigned(BadDomain):
    """The signature does not belong to these bytes and this key."""

    code = "domain-not-signed"


class BadBudget(ReleaseError):
    """A budget, a spend, an epsilon or a delta that means nothing."""

    code = "bad-budget"


class Overdraft(ReleaseError):
    """More would be spent than is left."""

    code = "overdraft"


class SpentBefore(ReleaseError):
    """The same spend a second time: what it paid for has been used."""

    code = "spent-before"


class ExactFiguresReleased(ReleaseError):
    """Exact figures of this population and year are out: no budget describes it any more."""

    code = "exact-figures-released"


class PrivateReleased(ReleaseError):
    """Something under this budget is out: exact figures of the same people would undo it."""

    code = "private-released"
