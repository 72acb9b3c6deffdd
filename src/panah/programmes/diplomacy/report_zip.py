"""A follow-up report with its attachments as one ZIP, numbered as in its list; what does not go along is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from panah.ground.kit.dates import dated
from panah.ground.kit.offline_zip import offline_page, zipped
from panah.programmes.diplomacy.beside import AttachedFile
from panah.programmes.diplomacy.queries.attachments import Paper


@dataclass(frozen=True)
class Packed:
    """The report as files by their names, its papers, and the file of each paper by its number."""

    title: str
    language: str
    report: Mapping[str, bytes]
    papers: Sequence[Paper]
    files: Mapping[int, AttachedFile]


def report_zip(said: Packed) -> Iterator[bytes]:
    return zipped(_entries(said))


def _entries(said: Packed) -> Iterator[tuple[str, Iterable[bytes]]]:
    for name, body in said.report.items():
        yield name, [body]
    with override(said.language):
        index = offline_page(_("Attachments"), _index(said), said.language)
    yield "attachments.html", [index]
    for number, file in said.files.items():
        yield _name(number, file), file.pieces()


def _name(number: int, file: AttachedFile) -> str:
    return f"attachments/{number:02}.{file.ending}"


def _index(said: Packed) -> str:
    lines = "".join(
        f'<li value="{one.number}"><p><b>{escape(one.text)}</b></p>'
        f"<p>{escape(f'{dated(one.shown_on)}. {one.source}')}</p><p>{_goes(one, said.files)}</p></li>"
        for one in said.papers
    )
    return f"<h1>{escape(_('Attachments'))}</h1><p>{escape(said.title)}</p><ol>{lines}</ol>"


def _goes(one: Paper, files: Mapping[int, AttachedFile]) -> str:
    file = files.get(one.number)
    if file is None:
        # The same for what nobody keeps here and for what the reader may not open.
        return escape(_("Left out: no file of it is open here to whoever took this report out."))
    name = _name(one.number, file)
    return f'<a href="{name}">{name}</a> {escape(file.cited)}'
