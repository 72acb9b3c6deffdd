"""Lay the templates out alike: djangofmt for HTML, and here what it leaves: Jinja expressions longer than a line.

``complaints()`` says which are malformed, ``laid_out_otherwise()`` which ``mend()`` would lay out otherwise; run as a
module it lays them out. Breaks stand only where a reader cannot see them: between attributes, inside ``{{ }}`` and
``{% %}``, where white space stood already, or where a block begins. A long sentence becomes two literals, which Jinja
joins.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
WIDTH = 120
DJANGOFMT = str(Path(sys.executable).parent / "djangofmt")
LINT = ("--profile", "jinja", "--output-format", "concise")
LAYOUT = ("--profile", "jinja", "--line-length", str(WIDTH), "--indent-width", "2")
ROUNDS = 6  # what one of the two moves, the other may have to break anew; three have always been enough
TAG = re.compile(
    r"\{(?:(?P<print>\{)|(?P<do>%)|(?P<note>#))(?P<trim>[-+]?)(?P<inside>.*?)(?P<end>[-+]?)"
    r"(?(print)\}|(?(do)%|#))\}",
    re.DOTALL,
)
WORD = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)"""
    r"""|(?P<joint>\s(?:and|or|if|else)\s|\s~\s)""",
    re.VERBOSE,
)


# Our Jinja drops the end of a line after a block and what stands before one: a space between two blocks would go with
# a new line between them, and two attributes become one. "{%+" keeps what stands before it, "{%-" would eat it.
SPACE = re.compile(r"%\}[ \t]+\{%(?![-+])")
JINJA = r"\{\{.*?\}\}|\{%.*?%\}"
ELEMENT = re.compile(
    rf'<[a-zA-Z](?:{JINJA}|"(?:{JINJA}|[^"{{]|\{{(?![{{%]))*+"|[^>"{{]|\{{(?![{{%]))*+>', re.DOTALL
)
ATTRIBUTES = re.compile(r"(%\}\n[ ]+)\{%(?!\+)-?|(\"\n[ ]+)\{%-")


def mend(src: Path = ROOT / "src") -> str:
    """Lay out every template below ``src``; return what djangofmt could not read, empty when it read all."""
    for path in _all(src):
        path.write_text(SPACE.sub("%} {%+", path.read_text()))
    for _round in range(ROUNDS):
        if unread := _djangofmt(*LAYOUT, str(src)):
            return unread
        if not [path for path in _all(src) if _rewritten(path)]:
            break
    return ""


def _djangofmt(*arguments: str) -> str:
    """Run it and return what it says when it is not content."""
    done = subprocess.run(
        [DJANGOFMT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout.strip() if done.returncode else ""


def _rewritten(path: Path) -> bool:
    text = path.read_text()
    apart = ELEMENT.sub(lambda element: ATTRIBUTES.sub(r"\1\2{%+", element[0]), text)
    broken = with_broken_expressions(apart)
    if broken != text:
        path.write_text(broken)
    return broken != text


def complaints() -> list[str]:
    """Return what is malformed in the templates as they stand, else which are laid out otherwise."""
    mistakes = _djangofmt("check", *LINT, str(ROOT / "src"))
    return [mistakes] if mistakes else laid_out_otherwise()


def laid_out_otherwise() -> list[str]:
    """Return which templates ``mend()`` would lay out otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "src")
        for path in _all(ROOT / "src"):
            copied = copy / path.relative_to(ROOT / "src")
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copied)
        mend(copy)
        otherwise = [
            f"{path.relative_to(ROOT)} is laid out otherwise: ./panah check --mend"
            for path in _all(ROOT / "src")
            if path.read_text() != (copy / path.relative_to(ROOT / "src")).read_text()
        ]
    return [*otherwise, *too_long(ROOT / "src")]


def _all(src: Path) -> list[Path]:
    return sorted(src.rglob("*.html"))


def too_long(src: Path) -> Iterator[str]:
    for path in _all(src):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if len(line) > WIDTH:
                yield f"{path.relative_to(src.parent)}:{number} is {len(line)} long"


def with_broken_expressions(text: str) -> str:
    """Break every expression, statement and comment that stands on a line longer than ``WIDTH``."""

    def broken(tag: re.Match[str]) -> str:
        start = text.rfind("\n", 0, tag.start()) + 1
        end = text.find("\n", tag.end())
        lines = text[start : end if end >= 0 else len(text)].splitlines()
        first = tag["inside"].count("\n")
        if max(map(len, lines[: first + 1])) <= WIDTH:
            return tag[0]
        return _tag(tag, " " * (len(lines[0]) - len(lines[0].lstrip())))

    return TAG.sub(broken, text)


def _tag(tag: re.Match[str], indent: str) -> str:
    opens, closes = tag[0][: 2 + len(tag["trim"])], tag[0][-2 - len(tag["end"]) :]
    inside, inner = re.sub(r"\s*\n\s*", " ", tag["inside"].strip()), indent + "  "
    if tag["note"]:
        return f"{opens} {_words(inside, indent + '   ')} {closes}"
    return f"{opens}\n{_laid(_joined(inside), inner)}\n{indent}{closes}"


def _joined(text: str) -> str:
    """Return an expression with literals that stand side by side as one, to be broken anew."""
    texts = [word for word in WORD.finditer(text) if word["text"]]
    for one, following in reversed(list(pairwise(texts))):
        between = text[one.end() : following.start()]
        if between.isspace() and one["text"][0] == following["text"][0]:
            text = text[: one.end() - 1] + text[following.start() + 1 :]
    return text


def _words(text: str, indent: str) -> str:
    lines = [""]
    for word in text.split():
        if len(indent) + len(lines[-1]) + 1 + len(word) > WIDTH - 3:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return f"\n{indent}".join(lines)


def _laid(text: str, indent: str, room: int = 1) -> str:
    """Return an expression in lines: whole where it fits, else its longest bracket, joints or sentence broken.

    ``room``: for the comma that follows.
    """
    if len(indent) + len(text) + room <= WIDTH:
        return indent + text
    if parts := _split(text, "joint"):
        return "\n".join(_laid(part, indent, room) for part in parts)
    if bracket := _longest_bracket(text):
        opens, closes = bracket
        items = _split(text[opens + 1 : closes], "comma")
        items = items or [text[opens + 1 : closes].strip()]
        inner = f"{indent}  {', '.join(items)}"
        if len(inner) > WIDTH:
            inner = ",\n".join(_laid(item, indent + "  ") for item in items)
        return f"{indent}{text[: opens + 1]}\n{inner}\n{_laid(text[closes:], indent, room)}"
    if (sentence := WORD.fullmatch(text)) and sentence["text"]:
        return _sentence(text, indent)
    return indent + text


def _sentence(text: str, indent: str) -> str:
    mark, rest, lines = text[0], text[1:-1], []
    while len(indent) + len(rest) + 3 > WIDTH and (cut := rest.rfind(" ", 1, WIDTH - len(indent) - 3)) > 0:
        lines.append(f"{indent}{mark}{rest[: cut + 1]}{mark}")
        rest = rest[cut + 1 :]
    return "\n".join([*lines, f"{indent}{mark}{rest}{mark}"])


def _at_depth(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    depth = 0
    for word in WORD.finditer(text):
        depth -= bool(word["close"])
        yield depth, word
        depth += bool(word["open"])


def _split(text: str, kind: str) -> list[str]:
    """Return the pieces of a text between its outermost commas, or before its outermost joints; nothing without any."""
    at = [word for depth, word in _at_depth(text) if depth == 0 and word[kind]]
    if not at:
        return []
    cuts = [(word.start(), word.end()) if kind == "comma" else (word.start(), word.start()) for word in at]
    begins, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [piece for a, b in zip(begins, ends, strict=True) if (piece := text[a:b].strip())]


def _longest_bracket(text: str) -> tuple[int, int] | None:
    opens, found = 0, []
    for depth, word in _at_depth(text):
        if depth == 0 and word["open"]:
            opens = word.start()
        if depth == 0 and word["close"]:
            found.append((opens, word.start()))
    return max(found, key=lambda pair: pair[1] - pair[0], default=None)


if __name__ == "__main__":
    sys.exit(mend())
