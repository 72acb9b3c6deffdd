"""The files that go along with a report: documents and scans of letters, as far as a reader opens them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from panah.programmes.diplomacy import rules
from panah.programmes.diplomacy.beside import ATTACHED, AttachedFile
from panah.programmes.diplomacy.models import Dialogue, Report
from panah.programmes.diplomacy.queries.dialogues import OpenedDialogue, dialogues, opened_all
from panah.programmes.diplomacy.words import DialogueKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring


@dataclass(frozen=True)
class Paper:
    """A line of a report's attachments, as it was frozen."""

    number: int
    text: str
    shown_on: date
    source: str


@dataclass(frozen=True)
class KeptScan:
    """A scan of a letter in a dialogue that the reader opens."""

    dialogue: Dialogue
    attachment: UUID
    ending: str
    size: int


def papers_of(report: Report) -> list[Paper]:
    """Return the attachments that a report names, in their order."""
    rows = enumerate(report.content.get("papers", []), start=1)
    return [Paper(number, text, date.fromisoformat(day), source) for number, (text, day, source) in rows]


def files_of(
    papers: Sequence[Paper], *, to: Staff, keys: Keyring
) -> tuple[Mapping[int, AttachedFile], Mapping[int, KeptScan]]:
    """Return by number which file of another room, else which scan of a letter, stands behind a paper."""
    found: dict[str, AttachedFile] = {}
    for room in ATTACHED:
        found |= room([one.source for one in papers], to)
    files = {one.number: found[one.source] for one in papers if one.source in found}
    others = [one for one in papers if one.number not in files]
    return files, _scans(others, to=to, keys=keys) if others else {}


def _scans(papers: Sequence[Paper], *, to: Staff, keys: Keyring) -> dict[int, KeptScan]:
    """A letter is known by its number and its day; what two letters fit, and what is about one person, stays here."""
    fits: dict[int, list[KeptScan]] = defaultdict(list)
    for one in opened_all(dialogues(to=to), keys=keys):
        if one.about and one.about.get("kind") != DialogueKind.PERSON:
            for paper in papers:
                fits[paper.number] += _letters(paper, one)
    return {number: scans[0] for number, scans in fits.items() if len(scans) == 1}


def _letters(paper: Paper, one: OpenedDialogue) -> list[KeptScan]:
    kept = [
        one.scans[str(entry.ref)]
        for entry in one.entries
        if str(entry.ref) in one.scans
        and entry.on == paper.shown_on
        and any(rules.is_named(number, paper.source) for number in (entry.number_out, entry.number_in))
    ]
    return [KeptScan(one.row, ref, said["ending"], said["size"]) for ref, said in kept]
