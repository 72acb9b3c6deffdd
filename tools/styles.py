"""Find styles that no page uses: a class, an id or an attribute of a style sheet that stands in no template or script.

A class counts as used where it stands in a ``class`` of a template or in a short string of an expression, of Python or
of a script, since macros and widgets are handed classes. What is put together (``btn-{{ kind }}``) counts when its end
stands there. Ids and attributes are looked for as words. Lines that are too long to be read are named too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
LONGEST = 120
NAME = re.compile(r"([.#\[])(-?[a-zA-Z][\w-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SENTENCE = re.compile(r"""_\(\s*(?:"[^"]*"\s*)+|\{#.*?#\}""", re.DOTALL)
JINJA = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
CLASS = re.compile(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*)"', re.DOTALL)
STRING = re.compile(r"""(["'`])([#.a-z0-9 _-]{1,60}?)\1""")
WORD = re.compile(r"[a-zA-Z][\w-]*")
BUILT = re.compile(r"([a-z][\w-]*-)\{[{%]")


@dataclass
class Used:
    """What templates, code and scripts name: as classes, as words, and as beginnings that are put together."""

    classes: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    beginnings: set[str] = field(default_factory=set)

    def has(self, sign: str, name: str) -> bool:
        if sign != ".":
            return name in self.words
        ends = (name.removeprefix(one) for one in self.beginnings if name.startswith(one))
        return name in self.classes or any(end in self.classes for end in ends)


def used() -> Used:
    found = Used()
    for path in SRC.rglob("*.html"):
        text = SENTENCE.sub("", path.read_text())
        found.words.update(WORD.findall(text))
        found.beginnings.update(BUILT.findall(text))
        for value in CLASS.findall(text):
            found.classes.update(WORD.findall(value))
        for tag in JINJA.findall(text):
            found.classes.update(word for _, string in STRING.findall(tag) for word in string.split())
    for path in (*SRC.rglob("*.py"), *SRC.glob("panah/**/static/**/*.js")):
        for value in CLASS.findall(text := path.read_text()):
            found.classes.update(WORD.findall(value))
        for _, string in STRING.findall(text):
            found.classes.update(WORD.findall(string))
        found.words.update(WORD.findall(text))
    return found


def named_in(css: str) -> Iterator[tuple[int, str, str]]:
    """Yield what the selectors of a style sheet name: the line, ``.``, ``#`` or ``[``, and the name."""
    css = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), css)
    for rule in re.finditer(r"([^{};]+)\{", css):
        # What stands in quotes is a value; a rule that begins with @ has no selector.
        selector = "" if "@" in rule[1] else re.sub(r'"[^"]*"', lambda value: "_" * len(value[0]), rule[1])
        for name in NAME.finditer(selector):
            yield css.count("\n", 0, rule.start(1) + name.start()) + 1, name[1], name[2]


def too_long(css: str) -> Iterator[int]:
    """Yield the numbers of lines that are longer than those of templates and code may be."""
    return (number for number, line in enumerate(css.splitlines(), 1) if len(line) > LONGEST)


def complaints() -> list[str]:
    names = used()
    sheets = {
        path.relative_to(ROOT): path.read_text() for path in sorted(SRC.glob("panah/**/static/**/*.css"))
    }
    unused = (
        f"{path}:{line} no page uses {name}"
        for path, css in sheets.items()
        for line, sign, name in named_in(css)
        if not names.has(sign, name)
    )
    long = (
        f"{path}:{line} is longer than {LONGEST}" for path, css in sheets.items() for line in too_long(css)
    )
    return [*dict.fromkeys(unused), *long]
