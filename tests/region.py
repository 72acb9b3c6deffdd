"""What a page says in a language of the region, and what of it is still English or in another script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from panah.ground.kit.languages import DESTINATIONS, REGION

TAGS = [tag for tag, _name in REGION]
DOOR_TAGS = [*TAGS, *(tag for tag, _name in DESTINATIONS)]
LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")
EITHER = re.compile(r"[A-Za-z\u0400-\u04ff]")
STRANGE = {tag: CYRILLIC if tag in ("uz", "tk") else LATIN for tag in TAGS} | {
    "tr": CYRILLIC,
    "ar": EITHER,
    "ko": EITHER,
}
# What stands in Latin letters everywhere: names of things, examples of what is typed, made-up people and places.
AS_THEY_ARE = re.compile(
    r"\{num\}|PINs?\b|PDF|\bMB|\bTor\b|\bShift\b|Wi-Fi|cookie|KGS|\bPanah\b|QR|\S+@\S+|https?://\S+|\bPractice [A-Z]\w*|\bArna\b|\bNorth\w*|Учебн\w+ [А-Я]\w*"
)
SPOKEN_IN = ("aria-label", "placeholder", "title", "alt")
UNSAID = {"script", "style", "svg", "option-name"}
ALONE = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "use"}


class Said(HTMLParser):
    """The sentences of a page; what is marked as another language's is left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.open: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        quiet = self.is_quiet or tag in UNSAID or ("lang" in given and tag != "html")
        if tag not in ALONE:
            self.open.append(quiet)
        if not quiet:
            told = [value for name, value in attrs if name in SPOKEN_IN or name.startswith("data-")]
            # A script is told sentences; what else it is told is no word of a reader.
            self.found |= {one.strip() for one in told if one and " " in one.strip()}

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALONE and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self.is_quiet:
            self.found.add(text)

    @property
    def is_quiet(self) -> bool:
        return bool(self.open) and self.open[-1]


def sentences(page: str, data: Iterable[str] = ()) -> set[str]:
    found = Said(page).found
    for one in data:
        found = {text.replace(one, "") for text in found}
    return {said for text in found if re.search(r"[^\W\d_]", said := AS_THEY_ARE.sub("", text))}


def not_said(tag: str, page: str, english: str, *, data: Iterable[str] = ()) -> set[str]:
    """What a page in this language says as the English one does, or in letters of another script.

    ``data``: what people typed or chose, which is never translated.
    """
    said, data = sentences(page, data), list(data)
    same = said & sentences(english, data) if tag in ("uz", "tk", "tr") else set()
    return same | {one for one in said if STRANGE[tag].search(one)}
