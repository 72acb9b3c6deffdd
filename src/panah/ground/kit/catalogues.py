"""The words of every room: found in its source, kept in ``locale/<language>/LC_MESSAGES/django.po``, compiled at start.

The key of a message is its English sentence, so English needs no catalogue. Django merges the catalogues of all rooms;
where two rooms translate one sentence, the room that stands first in INSTALLED_APPS wins, and that is the kit.
A sentence that a room has translated therefore need not be repeated by another that never runs without it
(``read_beside``): a node may leave a house out, and with it its translations.
"""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from panah.ground.kit import page_words
from panah.ground.kit.read_aloud import voices
from panah.rooms import HOUSES, PANAH, folders

ROOMS = PANAH
SOURCE = "en"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
JINJA = {
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "extensions": "jinja2.ext.do",
    "silent": "false",
}
# How a message is told apart: its context, and its sentence or the two of its singular and plural.
type Key = tuple[str, object]
PLACE = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]|\{(\w*)\}|</?([a-z]+\d?)\b")


@dataclass(frozen=True)
class Problem:
    """What keeps a room's words from being complete.

    ``kind`` is missing, untranslated, fuzzy, placeholders, or said differently in another room.
    """

    room: str
    language: str
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.room} [{self.language}] {self.kind}: {self.message}"


def rooms(root: Path = ROOMS) -> list[Path]:
    """The folders of all rooms, by name."""
    return folders(root)


def read_beside(room: Path, other: Path) -> bool:
    """Say whether the catalogue of ``other`` is read wherever ``room`` runs: one of the ground or of its house."""
    return other.parent.name in ("ground", room.parent.name)


def catalogue_path(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def found_in(room: Path) -> Catalog:
    """Every sentence in a room's Python and templates, in the order of its files."""
    found = Catalog(charset="utf-8")
    for path in sorted(
        [*room.rglob("*.py"), *room.glob("templates/**/*.html"), *room.glob("templates/**/*.txt")]
    ):
        if "migrations" in path.parts:
            continue
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        options = {} if path.suffix == ".py" else JINJA
        with path.open("rb") as source:
            for _line, text, comments, context in extract(
                method, source, KEYWORDS, ("Translators:",), options, strip_comment_tags=True
            ):
                if text and text != ("", ""):
                    found.add(
                        text,
                        None,
                        [(path.relative_to(room).as_posix(), 0)],
                        auto_comments=comments,
                        context=context,
                    )
    return found


def load_catalogue(room: Path, language: str) -> Catalog:
    """A room's catalogue as it lies on disk; an empty one where there is none."""
    path = catalogue_path(room, language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language, charset="utf-8")


def key(message: Message) -> Key:
    return message.context or "", message.id if isinstance(message.id, str) else tuple(message.id)


def translated(message: Message | None) -> bool:
    if message is None or not message.id:
        return False
    said = message.string
    return all(said) if isinstance(said, (tuple, list)) else bool(said)


def translated_keys(catalogues: Iterable[Catalog]) -> set[Key]:
    return {
        key(one)
        for catalogue in catalogues
        for one in catalogue
        if one.id and translated(one) and not one.fuzzy
    }


def find(catalogue: Catalog, message: Message) -> Message | None:
    """The entry of ``message``; one in the singular does not answer for one with a plural."""
    entry = catalogue.get(message.id, message.context)
    return entry if entry is not None and key(entry) == key(message) else None


def updated(found: Catalog, old: Catalog, elsewhere: set[Key], said: dict[Key, Message]) -> Catalog:
    """The catalogue of a room whose source says ``found``.

    Translations are kept. A new sentence is left out where a room beside this one has translated it (``elsewhere``),
    comes with the translation that any other room has or had (``said``), and else comes in empty.
    """
    now = Catalog(locale=old.locale, charset="utf-8")
    for one in found:
        entry = find(old, one) if one.id else None
        if not one.id or (not translated(entry) and key(one) in elsewhere):
            continue
        entry = entry if translated(entry) else said.get(key(one), entry)
        flags = ({"fuzzy"} if entry and entry.fuzzy else set()) | (
            {"python-format"} if one.python_format else set()
        )
        now.add(
            one.id,
            entry.string if entry else None,
            one.locations,
            flags,
            one.auto_comments,
            entry.user_comments if entry else (),
            context=one.context,
        )
    return now


def said_by(catalogue: Catalog) -> dict[Key, tuple[object, bool, tuple[str, ...]]]:
    """What a catalogue says of each sentence, whatever their order and the files that they stand in."""
    return {key(one): (one.string, one.fuzzy, tuple(one.user_comments)) for one in catalogue if one.id}


def shown(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue without dates and line numbers, so that a change of words shows nothing else."""
    body = BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, include_lineno=False)
    head = ['msgid ""', 'msgstr ""'] + [
        f'"{line}\\n"'
        for line in (
            f"Language: {catalogue.locale_identifier}",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 8bit",
            f"Plural-Forms: {catalogue.plural_forms}",
        )
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, "\n".join([*head, "", ""]).encode() + body.getvalue().rstrip(b"\n") + b"\n")


def replace(path: Path, content: bytes) -> None:
    """Put the whole file in place at once: another process sees the old one or the new one, never half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def update(languages: Iterable[str], root: Path = ROOMS) -> Iterator[tuple[str, str, list[str]]]:
    """Bring every room's catalogue up to date; yields room, language and the sentences that went.

    A translation whose room no longer says it goes to the first room that needs it. A catalogue in which no words
    came or went is left as it is.
    """
    found = {room: found_in(room) for room in rooms(root)}
    for language in languages:
        old = {room: load_catalogue(room, language) for room in found}
        went = {
            room: [one for one in old[room] if one.id and find(found[room], one) is None] for room in found
        }
        said = {key(one): one for room in found for one in old[room] if translated(one) and not one.fuzzy}
        stays = {room: translated_keys([old[room]]) - {key(one) for one in went[room]} for room in found}
        for room in found:
            beside = (other for other in found if other != room and read_beside(room, other))
            elsewhere = {stay for other in beside for stay in stays[other]}
            now, path = updated(found[room], old[room], elsewhere, said), catalogue_path(room, language)
            stays[room] = translated_keys([now])
            if said_by(now) != said_by(old[room]):
                write(now, path)
            yield room.name, language, [shown(one) for one in went[room]]


def problems(languages: Iterable[str], root: Path = ROOMS) -> Iterator[Problem]:
    """What is missing, empty, uncertain or broken in any room's words."""
    for language in languages:
        catalogues = {room: load_catalogue(room, language) for room in rooms(root)}
        translations = {room: translated_keys([catalogue]) for room, catalogue in catalogues.items()}
        yield from contradictions(language, root)
        for room, own in catalogues.items():
            everywhere = set().union(
                *(translations[other] for other in catalogues if read_beside(room, other))
            )
            for message in found_in(room):
                if not message.id:
                    continue
                entry = find(own, message)
                kind = (
                    problem_of(entry, own.num_plurals)
                    if entry
                    else ("" if key(message) in everywhere else "missing")
                )
                if kind == "untranslated" and key(message) in everywhere:
                    kind = ""
                if kind:
                    yield Problem(room.name, language, kind, shown(message))


def contradictions(language: str, root: Path = ROOMS) -> Iterator[Problem]:
    """The same English with two translations: the catalogues are one to Django, so one is wrong somewhere."""
    first: dict[Key, object] = {}
    for room in rooms(root):
        for message in load_catalogue(room, language):
            if (
                message.id
                and translated(message)
                and first.setdefault(key(message), message.string) != message.string
            ):
                yield Problem(room.name, language, "said differently in another room", shown(message))


def problem_of(entry: Message, plurals: int) -> str:
    if entry.fuzzy:
        return "fuzzy"
    if not translated(entry):
        return "untranslated"
    if isinstance(entry.id, str):
        return "" if places(entry.id) == places(str(entry.string)) else "placeholders"
    forms = tuple(entry.string or ())
    if len(forms) != plurals:
        return "untranslated"
    # Each form is used for many numbers (1, 21, 31 …), so each must say the number.
    wanted = places(entry.id[1])
    return "" if all(places(said) == wanted for said in forms) else "placeholders"


def places(text: str) -> list[str]:
    """The placeholders and tags of a sentence, sorted: a translation must have the same ones."""
    return sorted(
        match.group(0).rstrip("bdiouxXeEfFgGcrs") if match.group(1) else match.group(0)
        for match in PLACE.finditer(text)
    )


def unsaid(room: Path, language: str, *, of_colleagues: Iterable[str] = ()) -> list[str]:
    """The sentences of a room's pages that no ``page_words.json`` says in a language.

    ``of_colleagues``: files of the room (paths below it) whose sentences colleagues alone read.
    """
    root = room.parents[1] if room.parent.name in HOUSES else room.parent
    files = page_words.files(root)
    said = {key for file in files for one in voices(file) if one.language == language for key in one.texts}
    staff = set(of_colleagues)
    return [
        shown(one)
        for one in found_in(room)
        if one.id and {path for path, _line in one.locations} - staff and page_key(one) not in said
    ]


def page_key(message: Message) -> str:
    """How ``page_words.json`` writes a message."""
    text = message.id if isinstance(message.id, str) else "\0".join(message.id)
    return f"{message.context}\4{text}" if message.context else text


def compile_all(root: Path = ROOMS) -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many.

    Several processes may do this at once: each writes beside and renames. A folder that cannot be written
    stays as it is.
    """
    done = 0
    for compiled, content in page_words.compiled(root):
        with contextlib.suppress(PermissionError):
            compiled.parent.mkdir(parents=True, exist_ok=True)
            replace(compiled, content)
            done += 1
    for path in sorted(path for room in rooms(root) for path in room.glob("locale/*/LC_MESSAGES/django.po")):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        with path.open("rb") as source:
            catalogue = read_po(source, charset="utf-8", locale=path.parts[-3])
        out = BytesIO()
        write_mo(out, catalogue)
        with contextlib.suppress(PermissionError):
            replace(compiled, out.getvalue())
            done += 1
    return done
