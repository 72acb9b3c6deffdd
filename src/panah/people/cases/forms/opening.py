"""Opening a case, and who this is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.age_question import adult_or_child, could_be_a_child, settle_age
from panah.ground.kit.forms import (
    Form,
    PartialDateField,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
)
from panah.ground.work.told_parts import OF_ANOTHER
from panah.people.cases.forms.common import colleague, country, filled
from panah.people.cases.rules import script_of
from panah.people.cases.words import Urgency
from panah.people.cases.words.terms import NameKind, PaperKind, PhoneSafe

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.cases.queries import Caseload


def label_field() -> forms.CharField:
    return one_line(
        _("Working label"),
        hint=_("How you tell this case from others in a list: “site 7, blue jacket”. Protected; no name."),
        # Room for what a group's page makes of the place, the number and MOST_OF_LOOKS characters.
        most=120,
    )


class OpenForm(Form):
    """Only what is needed tonight. Everything can stay empty except how urgent it is."""

    called = one_line(
        _("How does the person wish to be called?"), hint=_("A name that is safe to say. It may stay empty.")
    )
    phone = one_line(_("Telephone"), hint=_("Only if the person gives it."))
    phone_safe = picked(_("Is it safe to call there?"), PhoneSafe.choices, initial="unknown")
    language = spoken_language(_("Language to speak"))
    age_group = adult_or_child(initial="unknown")
    doubt = could_be_a_child()
    urgency = one_of(_("How urgent is it?"), Urgency.choices, initial="today", line=True)
    working_label = label_field()
    note = paragraph(
        _("What do you know?"), hint=_("In the person’s words where you can. Only the team reads it."), rows=5
    )
    said = one_line(_("First step"), hint=_("What is done first, and where. Empty: a first meeting."))

    def __init__(
        self,
        *args: object,
        holders: Sequence[Staff] = (),
        branches: Iterable[tuple[str, str]] = (),
        load: Caseload | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        if holders:
            self.fields["owner"] = colleague(_("Who holds the case?"), holders, required=False)
        if holders and load is not None and load.most is not None:
            self.offer("owner", [("", "–"), *((str(s.pk), f"{s.name} ({load.told(s.pk)})") for s in holders)])
            self.fields["beyond"] = one_line(_("Why beyond the ceiling, if it is"))
        if branches:
            self.fields["branch"] = picked(_("Branch"), [("", "–"), *branches])

    def clean(self) -> None:
        super().clean()
        settle_age(self)

    def identity(self) -> dict[str, object]:
        data = self.cleaned_data
        names = [{"text": data["called"], "kind": NameKind.CALLED.value, "script": script_of(data["called"])}]
        phones = [{"number": data["phone"], "safe": data["phone_safe"] or "unknown", "note": ""}]
        return filled({"names": names if data["called"] else [], "phones": phones if data["phone"] else []})


ROWS = {
    "name": ("text", "kind"),
    "phone": ("number", "safe", "note"),
    "paper": ("kind", "number", "country", "until", "held_by"),
    "address": ("text", "country", "note"),
}
KEPT_AS = {"name": "names", "phone": "phones", "paper": "papers", "address": "addresses"}
# More than anybody has; a number that no page ever sent makes no million lines.
MOST_LINES = 300


class IdentityForm(Form):
    """Names as written, birth as far as known, telephones, papers, addresses: one empty line more than is filled."""

    born = PartialDateField(
        label=_("Born"), required=False, past=True, help_text=_("As far as it is known: a year is enough.")
    )
    born_in = country(_("Country of birth"))
    pronoun = one_line(_("How do we speak of the person?"), hint=_("She, he, or as the person wishes."))
    contact = paragraph(
        _("How to get in touch safely"),
        hint=_("Hours, who may answer, the word to say first, what to say to others."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: object, value: dict[str, Any] | None = None, **kwargs: Any) -> None:
        value = value or {}
        kwargs.setdefault("initial", {}).update(_initial(value))
        super().__init__(*args, **kwargs)
        self.kept = value
        self.safe = {row["number"]: row.get("safe", "") for row in value.get("phones", [])}
        self.rows: dict[str, list[list[str]]] = {}
        for kind in ROWS:
            number = self._how_many(kind, len(value.get(KEPT_AS[kind], [])))
            self.rows[kind] = [self._add_row(kind, i) for i in range(number)]

    def _how_many(self, kind: str, kept: int) -> int:
        if not self.is_bound:
            return kept + 1
        return _lines(self.data, kind)

    def _add_row(self, kind: str, i: int) -> list[str]:
        made = {
            "name": lambda: {
                "text": one_line(_("Name, as written")),
                # Only the first is what the person wishes to be called: that one is told to partners.
                "kind": picked(_("What kind of name"), NameKind.choices, initial="full" if i else "called"),
            },
            "phone": lambda: {
                "number": one_line(_("Telephone")),
                "safe": picked(_("Safe?"), PhoneSafe.choices, initial="unknown"),
                "note": one_line(_("When, who answers")),
            },
            "paper": lambda: {
                "kind": picked(_("Paper"), [("", "–"), *PaperKind.choices]),
                "number": one_line(_("Number")),
                "country": country(_("Issued by")),
                "until": PartialDateField(label=_("Valid until"), required=False),
                "held_by": one_line(_("Who has it now?")),
            },
            "address": lambda: {
                "text": one_line(_("Address")),
                "country": country(_("Country")),
                "note": one_line(_("Who else lives there")),
            },
        }[kind]()
        names = []
        for part, field in made.items():
            name = f"{kind}_{i}_{part}"
            self.keep_quiet(field.widget)
            self.fields[name] = field
            names.append(name)
        if kind == "phone" and self.is_bound:
            # If the answer is missing, take what is stored for this very number, never for another one in the same row.
            self.initial[f"phone_{i}_safe"] = self._kept_of(str(self.data.get(f"phone_{i}_number", "")))
        return names

    def with_theirs(self, value: dict[str, Any], version: int, refusal: Refusal) -> IdentityForm:
        """The same form, after a colleague wrote meanwhile; the next saving has seen both.

        Rows of theirs are added to what was typed, other answers of theirs stand at their fields.
        """
        data = cast(QueryDict, self.data).copy()
        rows = {kind: value.get(KEPT_AS[kind], []) for kind in ROWS}
        added = [name for kind in ROWS for name in _add_rows(data, kind, rows[kind])]
        data["version"] = str(version)
        form = IdentityForm(data, value=value)
        form.refuse(refusal)
        for name in added:
            form.add_error(name, _("A colleague wrote this in the meantime."))
        for name in ("born", "born_in", "pronoun", "contact"):
            theirs = str(value.get(name, ""))
            if str(form.cleaned_data.get(name) or "") != theirs:
                form.add_error(name, _("What is there now: %(text)s") % {"text": theirs or "–"})
        return form

    def _kept_of(self, number: str) -> str:
        kept = self.safe.get(number.strip(), "")
        return kept if kept in PhoneSafe.values else PhoneSafe.UNKNOWN.value

    def identity(self) -> dict[str, object]:
        """The value to seal."""
        data = self.cleaned_data
        out: dict[str, Any] = {
            "born": str(data["born"] or ""),
            "born_in": data["born_in"],
            "pronoun": data["pronoun"],
            "contact": data["contact"],
        }
        for kind, parts in ROWS.items():
            rows = [
                {p: _plain(data.get(f"{kind}_{i}_{p}")) for p in parts} for i in range(len(self.rows[kind]))
            ]
            key = next(p for p in parts if p in ("text", "number"))
            out[KEPT_AS[kind]] = [
                {**self._more_of(kind, r[key]), **r}
                for r in rows
                if r[key] or (kind == "paper" and (r["kind"] or r["held_by"]))
            ]
        for phone in out["phones"]:
            phone["safe"] = phone["safe"] or self._kept_of(phone["number"])
        for name in out["names"]:
            name["script"] = script_of(name["text"])
        if self.kept.get("email") and self.kept["email"] in out["contact"]:
            out["email"] = self.kept["email"]
        return filled(out)

    def _more_of(self, kind: str, text: str) -> dict[str, object]:
        """What a table brought with a name, a telephone or an address beside what the page shows; it goes out again."""
        rows = self.kept.get(KEPT_AS[kind], [])
        found: dict[str, object] = next((row for row in rows if text and row.get(_first(kind)) == text), {})
        return {name: found[name] for name in ("parts", "of", OF_ANOTHER) if name in found}


def _first(kind: str) -> str:
    return next(part for part in ROWS[kind] if part in ("text", "number"))


def _lines(data: Mapping[str, object], kind: str) -> int:
    """How many lines of this kind were sent."""
    sent = (re.match(rf"{kind}_(\d{{1,4}})_", name) for name in data)
    return max((i + 1 for one in sent if one and (i := int(one[1])) < MOST_LINES), default=0)


def _add_rows(data: QueryDict, kind: str, rows: list[dict[str, Any]]) -> list[str]:
    """Put rows that were not typed into empty lines, or new ones; returns the names of their first fields."""
    first, sent = _first(kind), _lines(data, kind)
    typed = [data.get(f"{kind}_{i}_{first}", "").strip() for i in range(sent)]
    new = [row for row in rows if row.get(first) and row[first] not in typed]
    empty = [*(i for i, text in enumerate(typed) if not text), *range(sent, sent + len(new))]
    for i, row in zip(empty, new, strict=False):
        for part in ROWS[kind]:
            data[f"{kind}_{i}_{part}"] = row.get(part, "")
        for part, digits in zip(("year", "month", "day"), row.get("until", "").split("-"), strict=False):
            data[f"{kind}_{i}_until_{part}"] = digits
    return [f"{kind}_{i}_{first}" for i, _row in zip(empty, new, strict=False)]


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _initial(value: dict[str, Any]) -> dict[str, object]:
    initial = {k: value.get(k, "") for k in ("born", "born_in", "pronoun", "contact")}
    for kind, parts in ROWS.items():
        for i, row in enumerate(value.get(KEPT_AS[kind], [])):
            initial.update({f"{kind}_{i}_{p}": row.get(p, "") for p in parts})
    return initial


class FactsForm(Form):
    """The work facts that lists show."""

    urgency = one_of(_("How urgent is it?"), Urgency.choices, line=True)
    language = spoken_language(_("Language to speak"))
    working_label = label_field()

    def __init__(self, *args: object, branches: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if branches:
            self.fields["branch"] = picked(_("Branch"), [("", "–"), *branches])
