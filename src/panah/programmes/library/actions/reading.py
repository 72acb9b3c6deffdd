"""The worker reads what was brought, page by page; what a crash interrupts goes on at the next page."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Sum, When
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import case_numbers
from panah.ground.foundation.leases import Lease, Queue
from panah.programmes.library import events
from panah.programmes.library.actions.documents import locked
from panah.programmes.library.actions.index import index_document, unindex
from panah.programmes.library.models import Band, Document, Page, Piece, Sketch, Version
from panah.programmes.library.reading import tesseract
from panah.programmes.library.reading.parts import MOST_TEXT
from panah.programmes.library.reading.process import Died, Reader, ReadPage, Unreadable
from panah.programmes.library.rules import files, languages, near
from panah.programmes.library.rules.text_layer import OLD_ENCODING, recoded
from panah.programmes.library.sentences import WAITING_FOR_TESSERACT
from panah.programmes.library.words import ABOUT_A_PERSON, LanguageBy, ReadBy, Reading

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

PATIENCE = timedelta(minutes=1)
TRIES = 2
QUEUE: Queue[Version] = Queue(
    # What is begun lets what nobody has looked at go first: a long one holds up no short one for more than its turn.
    Version.objects.filter(state__in=(Reading.WAITING, Reading.READING))
    .select_related("document")
    .order_by("pages_read", "added_on", "pk"),
    length=timedelta(minutes=20),
    society="document__society_id",
    taken={
        "state": Reading.READING,
        # Whoever was here before and left no word was ended over a page.
        "failed": F("failed") + Case(When(leased_until=None, then=0), default=1),
    },
)


def read_waiting(*, at: datetime, patience: timedelta = PATIENCE) -> int:
    """Read what waits in the society inside whose walls this runs, for about ``patience``; returns how many pages."""
    return QUEUE.work(_read, at=at, patience=patience)


def read_version(version_id: UUID, *, at: datetime, patience: timedelta = PATIENCE) -> int:
    """Read one version, as ``read_waiting`` does; returns how many pages; 0 where it is in other hands, or read."""
    return QUEUE.work(_read, at=at, patience=patience, only=version_id)


def _read(lease: Lease[Version]) -> Generator[Page]:
    """Read page after page until the end."""
    version = lease.row
    try:
        while True:
            if version.failed >= TRIES:
                _give_page_up(lease)
            try:
                yield from _pages(lease)
                return _finish(lease)
            except Died:
                version.failed += 1
                lease.renew(failed=version.failed)
    except Unreadable as why:
        _unreadable(lease, why.code)


def _pages(lease: Lease[Version]) -> Generator[Page]:
    """Read the pages that are not read in this round, and keep each at once."""
    version = lease.row
    have = tesseract.data_here()
    read = set(version.pages.filter(round=version.round).values_list("number", flat=True))
    draw = range(1, version.pages_total + 1) if version.draw_all and version.pages_total else None
    guess = version.document.title_language
    text = version.pages.filter(round=version.round).aggregate(all=Sum(Length("text")))["all"] or 0
    reader = Reader(
        kind=version.media_type, size=version.size, pieces=pieces_of(version), skip=read, draw=draw
    )
    with reader, closing(reader.pages()) as pages:
        for found in pages:
            page = _page(version, found, guess=guess, have=have)
            guess = page.language or guess
            read.add(found.number)
            text += len(page.text)
            if text > MOST_TEXT:
                raise Unreadable("too-large")
            _keep(lease, page, found.total, len(read))
            yield page


def pieces_of(version: Version) -> Iterator[bytes]:
    """Yield a file piece by piece."""
    number = 0
    while True:
        data = Piece.objects.filter(version=version, number=number).values_list("data", flat=True).first()
        if data is None:
            return
        yield bytes(data)
        number += 1


def _page(version: Version, found: ReadPage, *, guess: str, have: frozenset[str]) -> Page:
    """Return the page as it is kept: the text in the file, or what was recognised on its picture."""
    chosen = version.read_as
    page = Page(
        version_id=version.pk, number=found.number, round=version.round, text=found.text, reason=found.reason
    )
    if found.picture:
        said = tesseract.recognise(
            found.picture, found.width, found.height, chosen=chosen, guess=guess, have=have
        )
        page.text, page.language = said.text, said.language
        page.reason = said.reason or found.reason
        page.read_by = ReadBy.TESSERACT if said.text else ReadBy.NOTHING
        if not said.text:
            _without_picture(page, found, chosen or guess)
    else:
        page.read_by = ReadBy.TEXT_LAYER if found.text else ReadBy.NOTHING
        page.reason = found.reason or ("" if found.text else "empty")
        page.language = languages.detected(found.text) or (guess if found.text else "")
    if chosen:
        page.language, page.language_by = chosen, LanguageBy.CHOSEN
    return page


def _without_picture(page: Page, found: ReadPage, language: str) -> None:
    """Nothing was recognised: what stands in the file is kept where it is good, or can be put right."""
    right = recoded(found.text) if found.reason == OLD_ENCODING else found.text * (found.reason == "asked")
    if right:
        page.text, page.read_by, page.language = right, ReadBy.TEXT_LAYER, languages.detected(right)
        page.reason = "recoded" if found.reason == OLD_ENCODING else page.reason
    elif page.reason in WAITING_FOR_TESSERACT:
        page.language = language


def _keep(lease: Lease[Version], page: Page, total: int, read: int) -> None:
    version = lease.row
    if any(case_numbers(page.text)) and _is_no_document(page.text, version):
        raise Unreadable(ABOUT_A_PERSON)
    with transaction.atomic():
        version.failed = 0
        lease.renew(pages_total=total, pages_read=read, failed=0)
        version.pages_total = total
        said = {
            name: getattr(page, name) for name in ("text", "language", "language_by", "read_by", "reason")
        }
        Page.objects.update_or_create(
            version_id=version.pk, number=page.number, defaults={**said, "round": page.round}
        )


def _is_no_document(text: str, version: Version) -> bool:
    """Say whether a number that stands there is none of a document of the library: these look alike.

    Of those that whoever brought the file may know of: nobody tries by a file whether a confidential one is there.
    """
    numbers = set(case_numbers(text))
    known = Document.objects.visible(to=version.brought_by).filter(number__in=numbers)
    return bool(numbers - set(known.values_list("number", flat=True)))


def _give_page_up(lease: Lease[Version]) -> None:
    """The page over which the reader died twice is left out; before the first one it is the whole file."""
    version = lease.row
    read = set(version.pages.filter(round=version.round).values_list("number", flat=True))
    if not version.pages_total:
        raise Unreadable("too-long")
    number = next(one for one in range(1, version.pages_total + 2) if one not in read)
    if number > version.pages_total:
        raise Unreadable("damaged")
    page = Page(
        version_id=version.pk, number=number, round=version.round, read_by=ReadBy.NOTHING, reason="too-long"
    )
    _keep(lease, page, version.pages_total, len(read) + 1)


@transaction.atomic
def _finish(lease: Lease[Version]) -> None:
    version = lease.row
    Page.objects.filter(version=version).exclude(round=version.round).delete()
    lease.release(state=Reading.READ, reason="")
    texts = list(version.pages.values_list("text", flat=True))
    keep_sketch(version, "\n".join(texts))
    index_document(version.document)


def keep_sketch(version: Version, text: str) -> None:
    """Remember what a text is like, so that others nearly like it are found."""
    numbers = near.sketch_of(text)
    Sketch.objects.update_or_create(version=version, defaults={"numbers": numbers})
    Band.objects.filter(version=version).delete()
    Band.objects.bulk_create(
        Band(version=version, value=value) for value in sorted(set(near.bands_of(numbers)))
    )


@transaction.atomic
def _unreadable(lease: Lease[Version], code: str) -> None:
    lease.release(state=Reading.UNREADABLE, reason=code)
    if code == ABOUT_A_PERSON:
        lease.row.pages.all().delete()
        unindex(lease.row.document)


# -- asked for by people ----------------------------------------------------------------------------


@transaction.atomic
def again(*, version: Version, language: str = "", draw_all: bool = False, by: Staff, at: datetime) -> None:
    """Have a version read again: in ``language`` ("": what is recognised), with ``draw_all`` every page as a picture.

    What was read before stays until its page is read again.
    """
    row = locked(version.document, by)
    if language and language not in languages.TAGS:
        raise Refusal(_("Choose a language of the list."), code="no-such-language")
    Version.objects.filter(pk=version.pk, document=row).update(
        round=F("round") + 1,
        state=Reading.WAITING,
        read_as=language,
        draw_all=draw_all and version.media_type == files.PDF,
        pages_read=0,
        failed=0,
        reason="",
        leased_until=None,
    )
    audit.record(event=events.AGAIN, by=by, at=at, about=row.pk)


@transaction.atomic
def correct_language(*, page: Page, language: str, by: Staff, at: datetime) -> None:
    """Say in which language a page is; what the machine thought of it does not count any more."""
    row = locked(page.version.document, by)
    if language not in languages.TAGS:
        raise Refusal(_("Choose a language of the list."), code="no-such-language")
    Page.objects.filter(pk=page.pk).update(language=language, language_by=LanguageBy.CHOSEN)
    index_document(row)
    audit.record(event=events.LANGUAGE, by=by, at=at, about=row.pk)


def look_again(*, at: datetime) -> int:
    """Have read what waited for tesseract or its data, once these are there; returns how many versions."""
    have = tesseract.data_here()
    if not have:
        return 0
    rows = Page.objects.filter(reason__in=WAITING_FOR_TESSERACT, version__state=Reading.READ)
    society = tenancy.current_tenant()
    if society is not None:
        rows = rows.filter(version__document__society_id=society)
    ready = [one for one in rows.only("language", "reason", "version_id") if _can_be_read(one, have)]
    with transaction.atomic():
        Page.objects.filter(pk__in=[one.pk for one in ready]).update(round=0)
        versions = {one.version_id for one in ready}
        Version.objects.filter(pk__in=versions, state=Reading.READ).update(
            state=Reading.WAITING, leased_until=None, failed=0
        )
    return len(versions)


def _can_be_read(page: Page, have: frozenset[str]) -> bool:
    if page.reason == "no-tesseract":
        return True
    data = languages.data_for(page.language)
    return data in have if data else {"rus", "kaz", "eng", "fas", "osd"} <= have
