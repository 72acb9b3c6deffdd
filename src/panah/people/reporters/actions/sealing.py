"""What every way of writing to us has in common: checks, budgets, sealing, and files in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from panah.ground.foundation.models import noon_of
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.queries import intake_is_held
from panah.ground.vault.sealed_body import seal_body
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox import sealed_to_readers
from panah.people.inbox.words import TO_READERS
from panah.people.reporters import errors, rules
from panah.people.reporters.actions.tallies import count_here
from panah.people.reporters.content import PlainFile, SealedFile, is_sealed_file, seal_file, texts
from panah.people.reporters.models import Piece, Report, Upload, Word
from panah.people.reporters.queries.tallies import counted_here
from panah.people.reporters.words import Counted, Direction, UploadKind

AT_ONCE = 8
type Files = Sequence[PlainFile | SealedFile]


@dataclass(frozen=True)
class Sealed:
    """A body ready for the inbox: sealed to the intake key of a generation, with the locked files that it names."""

    body: bytes = field(repr=False)
    generation: int
    files: tuple[SealedFile, ...] = ()
    # Where it is not the intake key that opens it: ``conversation``, or ``readers``.
    to: str = ""

    @property
    def to_key(self) -> str:
        return self.to or f"intake:{self.generation}"

    @property
    def size(self) -> int:
        """Bytes that it takes in the database."""
        return len(self.body) + sum(file.size for file in self.files)


def must_be_short(content: Mapping[str, object], *, longest: int = rules.LONGEST_TEXT) -> None:
    """Refuse a content whose texts together are longer than a message may be."""
    if sum(map(len, texts(content))) > longest:
        raise errors.too_long(longest)


def must_fit(files: Files) -> None:
    """Refuse files that are too large, too many, or not what a browser of ours seals."""
    for one in files:
        if isinstance(one, PlainFile) and len(one.body) > rules.LARGEST_FILE:
            raise errors.file_too_large(rules.LARGEST_FILE // rules.MEGABYTE)
        if isinstance(one, SealedFile) and not is_sealed_file(one, largest=rules.LARGEST_FILE):
            raise errors.file_too_large(rules.LARGEST_FILE // rules.MEGABYTE)
        if one.kind not in UploadKind.values:
            raise errors.not_a_form()
    size = sum(len(file.body) if isinstance(file, PlainFile) else file.size for file in files)
    # What sealing adds is not counted against her: an eighth at most.
    if len(files) > rules.MOST_FILES or size > rules.LARGEST_FILES * 9 // 8:
        raise errors.files_too_many(rules.LARGEST_FILES // rules.MEGABYTE)


def sealed_by_server(
    society: UUID,
    header: bytes,
    content: Mapping[str, object],
    files: Files,
    *,
    to: bytes | None = None,
    past_intake: bool = False,
) -> Sealed:
    """Seal here what a browser without scripts sent in plain: to the society's intake key, its files too.

    Or ``to`` the key of what the report became, or past the intake to each reader of complaints.
    """
    must_be_short(content)
    must_fit(files)
    key = vault_queries.intake_key(society)
    if key is None or not intake_is_held(society, key.generation):
        raise errors.closed()
    locked = [seal_file(one) for one in files if isinstance(one, PlainFile)]
    whole = {**content, **({"files": [entry for _file, entry in locked]} if locked else {})}
    kept = tuple(file for file, _entry in locked)
    if to is not None:
        return Sealed(seal_body(to, whole, header), key.generation, kept, "conversation")
    if past_intake and (body := inbox.seal_past_intake(society=society, content=whole, header=header)):
        return Sealed(body, key.generation, kept, TO_READERS)
    return Sealed(seal_body(key.public, whole, header), key.generation, kept)


def sealed_by_browser(society: UUID, body: bytes, generation: int, files: Files) -> Sealed:
    """Look at what a browser sealed from the outside: nobody here can open it yet."""
    must_fit(files)
    if not rules.is_sealed_body(body) or not all(isinstance(file, SealedFile) for file in files):
        raise errors.old_page()
    if not intake_is_held(society, generation):
        raise errors.old_page()
    return Sealed(body, generation, tuple(file for file in files if isinstance(file, SealedFile)))


def sealed_to_each(society: UUID, parts: Mapping[UUID, bytes], files: Files, meant: str) -> Sealed:
    """Look at what a browser sealed to each reader of complaints who is not meant: to these and to nobody else."""
    must_fit(files)
    if not all(map(rules.is_sealed_body, parts.values())) or set(parts) != set(
        inbox_queries.reader_keys(society, meant)
    ):
        raise errors.old_page()
    locked = tuple(file for file in files if isinstance(file, SealedFile))
    return Sealed(sealed_to_readers.joined(parts), 0, locked, TO_READERS)


def spend(sealed: Sealed, *, at: datetime) -> None:
    """Count bytes against the node's budget of the hour, and refuse files beyond it: what is written is still taken."""
    hour = rules.hour_of(at)
    before = counted_here(Counted.BYTES, hour)
    if rules.is_full(before=before, more=sealed.size, files=bool(sealed.files)):
        raise errors.full()
    count_here(Counted.BYTES, hour, sealed.size)


def must_be_within_the_day(report: Report, more: int, *, at: datetime) -> None:
    """Refuse beyond what one receipt may send in a day."""
    day = noon_of(at)
    words = Word.objects.filter(report=report, direction=Direction.TO_STAFF, sent_on=day)
    files = Upload.objects.filter(report=report, direction=Direction.TO_STAFF, sent_on=day)
    before = sum(int(rows.aggregate(of=Sum("size"))["of"] or 0) for rows in (words, files))
    if before + more > rules.BYTES_A_DAY:
        raise errors.enough_today()


def keep_files(
    report: Report, files: Iterable[SealedFile], *, arrival: UUID | None = None, at: datetime
) -> None:
    """Write files in their locked pieces, a few at a time. An id that is taken already is refused.

    ``arrival``: whose body holds the keys; None for those of an answer.
    """
    direction = Direction.TO_STAFF if arrival else Direction.TO_REPORTER
    for file in files:
        if Upload.objects.filter(pk=file.id).exists():
            raise errors.old_page()
        upload = Upload.objects.create(
            id=file.id, report=report, arrival_id=arrival, direction=direction, kind=file.kind, size=file.size,
            sent_on=at,
        )  # fmt: skip
        rows = (Piece(upload=upload, number=number, sealed=piece) for number, piece in enumerate(file.pieces))
        while batch := [row for _, row in zip(range(AT_ONCE), rows, strict=False)]:
            Piece.objects.bulk_create(batch)
