"""White space that no reader sees is left out once, when a template is compiled.

Templates are laid out for whoever edits them, an element a line; a page that carried their indentation would be a
third longer on a thin line. A run of white space becomes one space, and nothing where a browser shows nothing: at the
edges of blocks and before the end of a tag. Values of attributes, sentences and what rows bring are never touched, nor
what stands inside ``pre``, ``textarea``, ``script`` and ``style``.
"""

import re
from dataclasses import dataclass, field, replace

from jinja2 import nodes

# Beside and inside these a browser shows no white space, as long as no style makes them stand in a line of text.
BLOCKS = frozenset(
    """
    !doctype address article aside blockquote body br caption col colgroup datalist dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li link main meta nav ol optgroup option
    p pre script section style summary table tbody td template tfoot th thead title tr ul
    circle defs g line marker path polygon polyline rect text use
    """.split()  # noqa: SIM905  sixty names in four lines
)
# These stand in a line, so that a space beside them is seen; what is inside them begins a line of its own.
BOXES = frozenset(["button", "select", "svg"])
RAW = frozenset(["pre", "textarea", "script", "style"])
SPACE = "[ \t\r\n\f]"  # not \s: a space that may not be broken is a letter
IN_TEXT = re.compile(rf"(?P<space>{SPACE}+)|<(?P<close>/?)(?P<name>!?[a-zA-Z][\w:-]*)|[^ \t\r\n\f<]+|<")
IN_TAG = re.compile(rf"""(?P<space>{SPACE}+)|(?P<end>/?>)|(?P<quote>["'])|[^ \t\r\n\f>"'/]+|/""")


@dataclass(frozen=True)
class Place:
    """Where in the HTML we are. ``edge``: white space here is not seen."""

    inside: str = "text"  # text, tag, value or raw
    element: str = ""
    closing: bool = False
    quote: str = ""
    edge: bool = False


@dataclass
class Owed:
    """A space that was read and stands only if something follows that needs it.

    ``on_all``: whichever way the template went. ``bodies``: or on these ways alone, to whose ends it is added.
    """

    on_all: bool = False
    bodies: list[list[nodes.Node]] = field(default_factory=list)


def squeeze(template: nodes.Template) -> nodes.Template:
    """Return the tree without the white space that no reader sees."""
    Squeezing().alone(template.body, Place())
    return template


class Squeezing:
    """Goes through a template in the order of the page."""

    def __init__(self) -> None:
        self.place, self.owed = Place(), Owed()

    def alone(self, body: list[nodes.Node], place: Place, *, edge: bool = False) -> None:
        """What is drawn by itself, or again and again: what stands before it is not known."""
        outside, owed = self.place, self.owed
        self.place, self.owed = replace(place, edge=edge), Owed()
        self.through(body)
        if not edge:
            self.settle(body)
        self.place, self.owed = replace(outside, edge=outside.edge and self.place.edge), owed

    def through(self, body: list[nodes.Node]) -> None:
        for node in list(body):
            if isinstance(node, nodes.Output):
                node.nodes = self.printed(node.nodes)
            elif isinstance(node, nodes.If):
                self.ways(node)
            elif isinstance(node, (nodes.With, nodes.Scope)):
                self.through(node.body)
            elif isinstance(node, (nodes.Macro, nodes.AssignBlock)):
                self.elsewhere(node.body)
            elif isinstance(node, nodes.For) and self.place.inside == "tag":
                self.attributes(node)
            elif isinstance(
                node, (nodes.For, nodes.Block, nodes.CallBlock, nodes.FilterBlock, nodes.Include)
            ):
                self.settle(body, before=node)
                self.drawn(node)

    def drawn(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.For):
            self.alone(node.body, self.place)
            self.alone(node.else_, self.place)
            return
        if isinstance(node, nodes.Block):
            # Of a page, so an edge on both sides; it may stand inside a tag.
            self.alone(node.body, self.place, edge=self.place.inside == "text")
        elif isinstance(node, (nodes.CallBlock, nodes.FilterBlock)):
            self.alone(node.body, Place())
        self.place = replace(self.place, edge=False)

    def elsewhere(self, body: list[nodes.Node]) -> None:
        place = self.place
        self.alone(body, Place())
        self.place = place

    def attributes(self, node: nodes.For) -> None:
        """One space before each that the loop brings, and before what follows the loop."""
        self.pay_bodies()
        self.owed = Owed(on_all=True)
        self.through(node.body)
        self.owed = Owed(on_all=True)

    def settle(self, body: list[nodes.Node], before: nodes.Node | None = None) -> None:
        """Pay what is owed at the end of ``body``, or before one of its nodes."""
        if self.owed.on_all:
            body.insert(body.index(before) if before else len(body), _space())
        self.pay_bodies()
        self.owed = Owed()

    def pay_bodies(self) -> None:
        for body in self.owed.bodies:
            body.append(_space())

    def ways(self, node: nodes.If) -> None:
        """Every branch begins alike; what is owed on some ways only waits for what follows."""
        self.pay_bodies()
        place, owed = self.place, self.owed.on_all
        bodies = [node.body, *(other.body for other in node.elif_), node.else_]
        ends: list[Place] = []
        left: list[Owed] = []
        for body in bodies:
            self.place, self.owed = place, Owed(owed)
            self.through(body)
            ends.append(self.place)
            left.append(self.owed)
        self.place = replace(ends[0], edge=all(end.edge for end in ends))
        self.owed = Owed(on_all=all(one.on_all for one in left))
        if not self.owed.on_all:
            for body, one in zip(bodies, left, strict=True):
                self.owed.bodies += [body] if one.on_all else one.bodies

    def printed(self, parts: list[nodes.Expr]) -> list[nodes.Expr]:
        squeezed: list[nodes.Expr] = []
        for part in parts:
            text = self.text(part.data) if isinstance(part, nodes.TemplateData) else self.owed_space()
            if text:
                squeezed.append(nodes.TemplateData(text, lineno=part.lineno))
            if not isinstance(part, nodes.TemplateData):
                squeezed.append(part)
                self.place = replace(self.place, edge=False)
        return squeezed

    def owed_space(self) -> str:
        """What stands before something that is seen."""
        self.pay_bodies()
        owed, self.owed = self.owed, Owed()
        return " " if owed.on_all else ""

    def text(self, text: str) -> str:
        at, out = 0, []
        while at < len(text):
            at, piece = getattr(self, f"in_{self.place.inside}")(text, at)
            out.append(piece)
        return "".join(out)

    def in_text(self, text: str, at: int) -> tuple[int, str]:
        found = _piece(IN_TEXT, text, at)
        if found["space"]:
            return found.end(), self.space()
        name, closing = (found["name"] or "").lower(), bool(found["close"])
        unseen = name in BLOCKS or (closing and name in BOXES)
        piece = self.unowed(found[0]) if unseen else self.owed_space() + found[0]
        self.place = Place("tag", name, closing) if name else Place()
        return found.end(), piece

    def in_tag(self, text: str, at: int) -> tuple[int, str]:
        found = _piece(IN_TAG, text, at)
        name, closing = self.place.element, self.place.closing
        if found["space"]:
            return found.end(), self.space()
        if found["end"]:
            raw = name in RAW and not closing
            edge = name in BLOCKS or (name in BOXES and not closing)
            self.place = Place("raw", name) if raw else Place(edge=edge)
            return found.end(), self.unowed(found[0])
        if found["quote"]:
            self.place = replace(self.place, inside="value", quote=found["quote"])
        return found.end(), self.owed_space() + found[0]

    def in_value(self, text: str, at: int) -> tuple[int, str]:
        end = text.find(self.place.quote, at) + 1
        if end:
            self.place = replace(self.place, inside="tag", quote="")
        return end or len(text), text[at : end or len(text)]

    def in_raw(self, text: str, at: int) -> tuple[int, str]:
        end = text.lower().find(f"</{self.place.element}", at)
        if end < 0:
            return len(text), text[at:]
        # What stands before the closing tag stays too.
        self.place = Place()
        return end, text[at:end]

    def space(self) -> str:
        if not self.place.edge:
            self.owed = Owed(on_all=True)
        return ""

    def unowed(self, text: str) -> str:
        self.owed = Owed()
        return text


def _piece(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    if found := pattern.match(text, at):
        return found
    raise AssertionError(f"{pattern.pattern} leaves out {text[at]!r}")


def _space() -> nodes.Output:
    return nodes.Output([nodes.TemplateData(" ")])
