"""One case as its page shows it: sealed parts in few queries, the strip, the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from panah.ground.accounts.queries import pseudonyms
from panah.ground.audit import queries as audit_queries
from panah.ground.audit.events import REGISTER
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import waiting_parts
from panah.ground.vault.keyring import Keyring
from panah.ground.work import queries as work_queries
from panah.ground.work.words import read_text
from panah.people.cases.models import Case
from panah.people.cases.queries import STRIP, Fact
from panah.people.cases.words import CasePart

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.queries import DueRow


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the trail: a whole sentence, when."""

    at: datetime
    sentence: str
    times: int = 1


@dataclass(frozen=True)
class OpenedPart:
    """A sealed part that was opened: ``v`` its value, with who wrote it, under the pseudonym others see."""

    v: dict[str, Any]
    ref: UUID
    at: datetime
    by: str
    version: int


@dataclass
class OpenedCase:
    """Parts of one case by name, oldest first. ``one`` and ``all`` read them; missing ones are empty."""

    parts: dict[str, list[OpenedPart]] = field(default_factory=dict)

    def one(self, part: str) -> dict[str, Any]:
        found = self.parts.get(part)
        return found[-1].v if found else {}

    def version(self, part: str) -> int:
        found = self.parts.get(part)
        return found[-1].version if found else 0

    def last(self, part: str) -> OpenedPart | None:
        found = self.parts.get(part)
        return found[-1] if found else None

    def all(self, part: str) -> list[OpenedPart]:
        return self.parts.get(part, [])

    def get(self, part: str, ref: str | UUID | None) -> OpenedPart | None:
        return next((p for p in self.all(part) if str(p.ref) == str(ref)), None)


def opened(case: Case, parts: Iterable[str], *, keys: Keyring | None) -> OpenedCase:
    """Open several parts of a case: one query for them, one for the names of who wrote them.

    A text that Panah put together is said in the reader's language.
    """
    found = vault_queries.read_parts(keys=keys, file=case.file_id, names=[str(p) for p in parts])
    names = pseudonyms({s.by for rows in found.values() for s in rows})
    return OpenedCase(
        {
            name: [OpenedPart(_read(s.value), s.ref, s.at, names.get(s.by, ""), s.version) for s in rows]
            for name, rows in found.items()
        }
    )


def links(case: Case, *, keys: Keyring | None) -> list[OpenedPart]:
    """The links of a case, those too that only wait to be written in it; none that waits to be taken out."""
    found = waiting_parts.read_all(keys=keys, file=case.file_id, part=CasePart.LINK)
    names = pseudonyms({one.by for one in found})
    return [OpenedPart(_read(s.value), s.ref, s.at, names.get(s.by, ""), s.version) for s in found]


# The texts that colleagues write and Panah puts together.
TEXTS = ("text", "why", "what")


def _read(value: dict[str, Any]) -> dict[str, object]:
    return value | {name: read_text(value[name]) for name in TEXTS if value.get(name)}


@dataclass(frozen=True)
class Note(OpenedPart):
    """A note about a colleague's work: ``about`` is her pseudonym."""

    about: str


def supervision(case: Case, *, keys: Keyring | None) -> list[Note]:
    """Notes about colleagues' work with the case that the asker's keys open: hers, or all for a focal point."""
    rows = case.supervisions.select_related("staff")
    found = [
        (row.staff.name, one)
        for row in rows
        for one in vault_queries.read_all(keys=keys, file=row.file_id, part=CasePart.SUPERVISION)
    ]
    found.sort(key=lambda pair: pair[1].at)
    names = pseudonyms({one.by for _, one in found})
    return [Note(s.value, s.ref, s.at, names.get(s.by, ""), s.version, about) for about, s in found]


def trail(case: Case, *, limit: int = 12) -> list[TimelineEntry]:
    """What happened with the case, newest first, as sentences; two queries."""
    entries = audit_queries.entries_about(case.file_id, limit=limit)
    names = pseudonyms({e.who for e in entries})
    return [
        TimelineEntry(e.at, _(str(REGISTER[e.event].sentence)) % {"who": names.get(e.who, _("Panah"))})
        for e in entries
        if e.event in REGISTER
    ]


def together(lines: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """The same trail with what was said several times in a row said once, at its latest time, and how often."""
    found: list[TimelineEntry] = []
    for one in lines:
        if found and found[-1].sentence == one.sentence:
            found[-1] = replace(found[-1], times=found[-1].times + 1)
        else:
            found.append(one)
    return found


def due_of(case: Case, *, keys: Keyring | None) -> list[DueRow]:
    """What is due on the case, from every room, with the sealed sentences."""
    return work_queries.with_sentences(work_queries.items_of_file(case.file_id), keys=keys)


def more_facts(case: Case, *, keys: Keyring | None, at: datetime) -> list[Fact]:
    """Cells of the strip that higher rooms brought."""
    return [fact for say in STRIP if (fact := say(case=case, keys=keys, at=at))]


def holders(case: Case) -> list[Staff]:
    """The colleagues who can open the case."""
    return sorted(vault_queries.holders(case.file_id), key=lambda s: s.name)


def names_of(ids: Iterable[str]) -> str:
    """Pseudonyms of colleagues by id, as a list in words."""
    found = pseudonyms([UUID(i) for i in ids if i])
    return ", ".join(sorted(found.values()))
