"""Reading a page as a browser does: its forms, what can be filled in, and every tag and text on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"input", "br", "hr", "img", "meta", "link", "wbr", "source", "path", "use"}


@dataclass
class Field:
    """One control: ``options`` are what can be chosen, the first being the one that is offered."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    id: str = ""
    limit: int = 0
    wrong: bool = False
    cut_by_browser: bool = False

    @property
    def is_text(self) -> bool:
        return self.kind in ("text", "textarea", "search", "tel", "password")

    @property
    def is_part_of_a_date(self) -> bool:
        beginning, _, end = self.name.rpartition("_")
        return bool(beginning) and end in ("day", "month", "year", "time")


@dataclass
class Form:
    """A form as it is sent: where to, how, and its controls in the order of the page."""

    action: str
    method: str
    files: bool
    fields: dict[str, Field] = field(default_factory=dict)

    def fill(self, text: Callable[[Field], str]) -> dict[str, Any]:
        """Fill every text with ``text(field)``, choose something wherever a choice is offered."""
        sent: dict[str, Any] = {}
        for one in self.fields.values():
            if one.is_text:
                sent[one.name] = text(one)
            elif one.kind == "checkbox":
                sent[one.name] = one.options
            elif one.options:
                sent[one.name] = next((o for o in one.options if o not in ("", "none")), one.options[0])
            else:
                sent[one.name] = one.value
        return sent


class Page(HTMLParser):
    """``forms``; ``tags`` as (name, attributes); ``wrong``, the ids that the summary of errors points to.

    What stands in a ``template`` is no part of the page until a script takes it out.
    """

    def __init__(self, html: str, at: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.at, self.forms, self.tags, self.texts = at, [], [], []
        self.wrong: list[str] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None
        self._in_template = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self._in_template = self._in_template or tag == "template"
        if self._in_template:
            return
        self.tags.append((tag, has))
        if tag == "form":
            self._form = Form(
                (has.get("action") or self.at).partition("#")[0] or self.at,
                has.get("method", "get").lower(),
                "multipart" in has.get("enctype", ""),
            )
            self.forms.append(self._form)
        elif tag == "a" and has.get("href", "").startswith("#id_"):
            self.wrong.append(has["href"][1:])
        elif self._form is not None and has.get("name") and has["name"] != "csrfmiddlewaretoken":
            self._control(self._form, tag, has)
        elif tag == "option" and self._select is not None:
            if "selected" in has:
                self._select.value = has.get("value", "")
            self._select.options.append(has.get("value", ""))

    def _control(self, form: Form, tag: str, has: dict[str, str]) -> None:
        kind = {"select": "select", "textarea": "textarea"}.get(tag) or has.get("type", "text")
        if tag == "button" and form.fields.get(has["name"]) is None:
            kind = "button"
        one = form.fields.setdefault(
            has["name"],
            Field(
                has["name"],
                kind,
                id=has.get("id", ""),
                limit=int(has.get("data-room", "0")),
                wrong="aria-invalid" in has,
                cut_by_browser="maxlength" in has,
            ),
        )
        if kind in ("radio", "checkbox", "button"):
            one.options.append(has.get("value", "on"))
        elif kind == "select":
            self._select = one
        elif kind == "textarea":
            self._area = one
        else:
            one.value = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._in_template = False
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._in_template:
            return
        self.texts.append(data)
        if self._area is not None:
            self._area.value += data


def page_of(response: Any, at: str = "") -> Page:
    text = response.content.decode() if "html" in response.headers.get("Content-Type", "") else ""
    return Page(text, at)
