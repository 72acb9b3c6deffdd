"""At least forty documents in ten languages and every format, made by code: nothing is shipped, nobody is in them.

``documents()`` are honest files with what is to be found in them, ``scans()`` the two degraded pages of each language,
`made_hostile.HOSTILE` what does not behave.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tests.library import made_files as files
from tests.library import made_scans
from tests.library.made_texts import LANGUAGES, PARAGRAPHS, TITLES, TURKMEN_CYRILLIC

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HTML = "text/html"
JPEG = "image/jpeg"
# Pages saved before everybody wrote UTF-8.
ENCODINGS = {"ru": "windows-1251", "kk": "kz1048", "tr": "iso-8859-9"}


@dataclass(frozen=True)
class Made:
    """One file. ``pages``: what stands on each; ``language``: its tag, "" where nobody can tell."""

    name: str
    media_type: str
    language: str
    title: str
    pages: tuple[str, ...]
    data: Callable[[], bytes]
    scanned: bool = False


def documents() -> list[Made]:
    """Five files of each language, and some in the encodings of another time."""
    made = [one for language in LANGUAGES for one in _of(language)]
    for language, encoding in ENCODINGS.items():
        made.append(_page(language, encoding, declared=True))
    made.append(_page("ru", "windows-1251", declared=False))
    made.append(
        Made(
            "tk-cyrl.docx",
            DOCX,
            "",
            "Иш хакы",
            (TURKMEN_CYRILLIC,),
            lambda: files.docx("Иш хакы", [TURKMEN_CYRILLIC]),
        )
    )
    return made


def _of(language: str) -> list[Made]:
    titles, said = TITLES[language], PARAGRAPHS[language]
    sheets: list[tuple[str, Sequence[Sequence[str | int]]]] = [
        (titles[1], list(enumerate(said[1:3], 1))),
        (titles[4], [[titles[4], said[4]]]),
    ]
    return [
        Made(
            f"{language}-before.pdf",
            PDF,
            language,
            titles[0],
            (said[0], said[1]),
            lambda: files.pdf(
                [(titles[0], said[:1]), (titles[1], said[1:2])], language=language, title=titles[0]
            ),
        ),
        Made(
            f"{language}-hotline.docx",
            DOCX,
            language,
            titles[2],
            ("\n".join(said[2:4]),),
            lambda: files.docx(titles[2], said[2:4], table=[[titles[2], "000 55 10"]]),
        ),
        Made(
            f"{language}-return.pptx",
            PPTX,
            language,
            titles[4],
            (said[4], said[5]),
            lambda: files.pptx([(titles[4], said[4:5]), (titles[5], said[5:6])]),
        ),
        Made(
            f"{language}-table.xlsx",
            XLSX,
            language,
            titles[1],
            ("\n".join(said[1:3]), said[4]),
            lambda: files.xlsx(sheets),
        ),
        Made(
            f"{language}-volunteers.html",
            HTML,
            language,
            titles[5],
            ("\n".join((said[5], said[0])),),
            lambda: files.html(titles[5], [said[5], said[0]], language=language),
        ),
    ]


def _page(language: str, encoding: str, *, declared: bool) -> Made:
    title, said = TITLES[language][3], PARAGRAPHS[language][3:5]
    return Made(
        f"{language}-{encoding}{'' if declared else '-undeclared'}.html",
        HTML,
        language,
        title,
        ("\n".join(said),),
        lambda: files.html(title, said, language=language, encoding=encoding, declared=declared),
    )


def scans() -> list[Made]:
    """The two degraded scans of each language, as JPEG."""
    return [
        Made(
            f"{language}-scan-{how}.jpg",
            JPEG,
            language,
            TITLES[language][0 if how == made_scans.FAIR else 2],
            (made_scans.text_of_scan(language, how),),
            partial(made_scans.scan, language, how),
            scanned=True,
        )
        for language in LANGUAGES
        for how in (made_scans.FAIR, made_scans.POOR)
    ]


def scanned_pdf(language: str) -> Made:
    """A PDF of the two scans of a language: pages without a text layer."""
    pages = tuple(made_scans.text_of_scan(language, how) for how in (0, 1))
    return Made(
        f"{language}-scanned.pdf",
        PDF,
        language,
        TITLES[language][0],
        pages,
        lambda: files.pdf_of_pictures([made_scans.scan(language, how) for how in (0, 1)]),
        scanned=True,
    )
