"""What of a sealed part is told to the person it is about: each room declares it, field by field.

A field is *told*, told *when asked for*, or *withheld* with a reason. What nobody declared is
withheld too, and said so: an answer is never silent about something that is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import pseudonyms
from panah.ground.foundation.registry import Registry
from panah.ground.kit.languages import language_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.vault.keyring import Keyring

# Reasons that several rooms give.
OTHERS = _("It is about other people.")
COLLEAGUES = _("It names colleagues: they are threatened too.")
MARKS = _("By this the program finds its own entries. It says nothing about you.")
READ_FIRST = _("It may name other people: a colleague reads it first and leaves them out.")
FOR_THE_TEAM = _("The team wrote it for its own work.")
KEYS = _("It opens letters and pages: whoever has it reads along.")
# What somebody else said, or perhaps did: named so that a list of what is left out tells of nobody who rang.
ON_A_CALL = _("What was said on a call")
ON_A_CALL_READ_FIRST = _("What was said on a call, perhaps by somebody else: read it first")
# Stands in a sealed value, or in one of its rows, that somebody else told and that was copied into this file.
OF_ANOTHER = "of_another"
UNSORTED = _("Nobody has decided yet whether this may be told. The data protection officer decides.")


class HowTold(StrEnum):
    TOLD = "told"
    WHEN_ASKED = "when_asked"
    WITHHELD = "withheld"


# How one value is said: the label of a choice, or what a function makes of it. None: as it was typed.
type Words = type[TextChoices] | Callable[[object], str] | None
type Fields = Mapping[str, ToldField]
# What is kept in a part, as it was sealed.
type Kept = Mapping[str, Any]
type Rows = Callable[[Kept], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class ToldField:
    """One field of a sealed part; ``inside`` are the fields of a value that has fields itself, or of a list of such."""

    telling: HowTold
    label: StrOrPromise = ""
    why: StrOrPromise = ""
    words: Words = None
    inside: Fields = field(default_factory=dict)
    # Reads a value whose fields are named by its data, as questions and answers; all of them are told.
    rows: Rows | None = None
    # The same for what is told when asked for only.
    read_first: Rows | None = None
    # Typed in words, and told unread all the same: the person said it, or agreed on it word for word.
    own: bool = False


def disclosed(label: StrOrPromise, words: Words = None) -> ToldField:
    return ToldField(HowTold.TOLD, label, words=words)


def own_words(label: StrOrPromise) -> ToldField:
    """Declare what the person said, or agreed on with us, as it was typed. What a colleague wrote is ``when_asked``."""
    return ToldField(HowTold.TOLD, label, own=True)


def inside(fields: Fields, label: StrOrPromise = "") -> ToldField:
    """Declare a field that has fields itself, each told by its own declaration; ``label`` stands before theirs."""
    return ToldField(HowTold.TOLD, label, inside=fields)


def answers(rows: Rows, read_first: Rows | None = None) -> ToldField:
    return ToldField(HowTold.TOLD, rows=rows, read_first=read_first)


def when_asked(label: StrOrPromise, words: Words = None, *, why: StrOrPromise = READ_FIRST) -> ToldField:
    return ToldField(HowTold.WHEN_ASKED, label, why, words)


def withheld(label: StrOrPromise, why: StrOrPromise) -> ToldField:
    return ToldField(HowTold.WITHHELD, label, why)


def colleague(value: object) -> str:
    """A colleague as she is known to people, by her id: the pseudonym; nothing where there is none any more."""
    return next(iter(pseudonyms([UUID(str(value))]).values()), "") if _is_id(value) else ""


def language(value: object) -> str:
    """The name of a language in that of the reader."""
    return language_name(str(value), get_language() or "en")


def _is_id(value: object) -> bool:
    try:
        return bool(UUID(str(value)))
    except ValueError:
        return False


def marks(*names: str) -> dict[str, ToldField]:
    """Declare marks of the program: ids, keys, counts and hashes by which it finds its own things."""
    return {name: ToldField(HowTold.WITHHELD, why=MARKS) for name in names}


@dataclass(frozen=True)
class ToldPart:
    """What is told of one kind of sealed part. ``whole``: the same for all of it, whatever its fields are called.

    ``rows``: as in a field, of the value itself.
    ``handed_in``: the room hands its parts in (``MORE``), since they lie elsewhere or have something beside them.
    ``waits``: a new one may wait in the shred store for its hour (``vault.waiting_parts``).
    """

    title: StrOrPromise
    fields: Fields = field(default_factory=dict)
    whole: ToldField | None = None
    rows: Rows | None = None
    handed_in: bool = False
    waits: bool = False


def whole(title: StrOrPromise, why: StrOrPromise, *, waits: bool = False) -> ToldPart:
    """Declare a part that is withheld as a whole, whatever its fields are called."""
    return ToldPart(title, whole=withheld(title, why), waits=waits)


# By "<about what>:<name of the part>", in the order in which it is read aloud.
SHEETS: Registry[ToldPart] = Registry("what of a sealed part is told to the person it is about")


def in_order(
    about: str, sheets: Mapping[str, ToldPart], *, order: int
) -> Iterator[tuple[str, ToldPart, int]]:
    """Name the parts of a room as ``SHEETS`` does, in their order."""
    for number, (part, sheet) in enumerate(sheets.items()):
        yield f"{about}:{part}", sheet, order + number


class ReadablePart(Protocol):
    """A part as the vault reads it, or a plain row that is told like one."""

    @property
    def value(self) -> Mapping[str, object]: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True)
class PlainRow:
    """What stands in plain beside sealed parts, to be told like them."""

    value: Mapping[str, object]
    at: datetime


@dataclass(frozen=True)
class Asking:
    """About whom somebody asks what is kept: a case, a stay or a contact, and its file."""

    about: str
    pk: UUID
    file: UUID


@dataclass(frozen=True)
class HandedIn:
    """Parts of one sheet that a room hands in; ``left``: what is said instead, where somebody decided so.

    ``of_another``: somebody else told them, or may have: none of it is told unread. Without a sheet: nothing at all.
    """

    sheet: str = ""
    parts: Sequence[ReadablePart] = ()
    left: Sequence[str] = ()
    of_another: bool = False


# What lies outside the file, or has something beside it: what a room knows of whoever is asked about.
MORE: Registry[Callable[[Asking, Keyring | None], Iterable[HandedIn]]] = Registry(
    "what rooms keep about a person outside the file"
)
