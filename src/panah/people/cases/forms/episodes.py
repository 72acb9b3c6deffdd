"""Codes by section, and episodes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import AnswerField, PartialDateField, many_of, one_line, paragraph, picked
from panah.ground.kit.languages import spoken
from panah.people.cases.forms.common import ConflictCheckedForm, country, filled
from panah.people.cases.words import codes

NOT_ASKED, UNKNOWN, NONE = "", "unknown", "no"
SPECIAL = [(NOT_ASKED, _("Not asked")), (UNKNOWN, _("Unknown")), (NONE, _("None of these"))]
COUNTRIES = 3
# Labels below this many characters stand beside one another: eighteen names of sites are no ladder on a telephone.
SHORT = 20


class CodesForm(ConflictCheckedForm):
    """One section of the book of codes. Not asked, unknown and none stay apart."""

    def __init__(self, *args: object, section: str, value: dict[str, Any], **kwargs: Any) -> None:
        self.section = codes.book().of(section)
        # Never fewer lines than countries that are kept: a table brings in as many as it has.
        self.lines = {
            f.field: max(COUNTRIES, len(value.get(f.field, {}).get("values", ()))) for f in self.section
        }
        kwargs.setdefault("initial", {})
        for field in self.section:
            kwargs["initial"].update(_initial(field, value.get(field.field, {})))
        super().__init__(*args, **kwargs)
        for field in self.section:
            for name, made in _fields_of(field, self.lines[field.field]).items():
                self.keep_quiet(made.widget)
                self.fields[name] = made

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        for field in self.section:
            if field.kind == "many" and data.get(f"{field.field}_answer") and data.get(field.field):
                self.add_error(field.field, _("Either choose some, or say that it is unknown or none."))
        return data

    def answers(self) -> dict[str, object]:
        """``{field: {"answer", "values"}}`` for every field of the section; *none* where it was not asked."""
        return {f.field: _answer(f, self.cleaned_data, self.lines[f.field]) for f in self.section}


def _fields_of(field: codes.CodeField, lines: int) -> dict[str, forms.Field]:
    listed = [(c.value, c.label) for c in field.codes]
    if field.kind == "flag":
        return {field.field: AnswerField(label=field.label)}
    if field.kind == "one":
        return {field.field: picked(field.label, [*SPECIAL[:2], *listed], hint=field.hint)}
    if field.kind == "language":
        return {field.field: picked(field.label, [*SPECIAL[:2], *spoken()])}
    if field.kind == "number":
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        return {
            field.field: forms.RegexField(
                r"^(\d{1,2}|\?)$",
                label=field.label,
                required=False,
                widget=widget,
                help_text=_("A number; ? for unknown."),
                error_messages={"invalid": _("Write a number, or ? for unknown.")},
            )
        }
    if field.kind == "countries":
        listed = codes.country_choices(practice=True)[1:]
        return {
            f"{field.field}_{i}": picked(
                field.label if i == 0 else _("and"), [*(SPECIAL[:2] if i == 0 else [("", "–")]), *listed]
            )
            for i in range(lines)
        }
    beside = all(len(text) < SHORT for _value, text in listed)
    return {
        field.field: many_of(field.label, listed, hint=field.hint, line=beside),
        f"{field.field}_answer": picked(_("If none is chosen"), SPECIAL),
    }


def _initial(field: codes.CodeField, answer: dict[str, Any]) -> dict[str, object]:
    said, values = answer.get("answer", "none"), answer.get("values", [])
    if field.kind == "flag":
        return {field.field: said}
    if field.kind == "many":
        return {field.field: values, f"{field.field}_answer": said if said in (UNKNOWN, NONE) else ""}
    if field.kind == "countries":
        kept = [UNKNOWN] if said == UNKNOWN else values
        return {f"{field.field}_{i}": value for i, value in enumerate(kept)}
    if said == UNKNOWN:
        return {field.field: "?" if field.kind == "number" else UNKNOWN}
    return {field.field: values[0] if values else ""}


def _answer(field: codes.CodeField, data: dict[str, object], lines: int) -> dict[str, object]:
    if field.kind == "flag":
        return {"answer": data[field.field]}
    if field.kind == "many":
        chosen = data[field.field]
        return (
            {"answer": "yes", "values": chosen}
            if chosen
            else {"answer": data[f"{field.field}_answer"] or "none"}
        )
    if field.kind == "countries":
        chosen = [c for i in range(lines) if (c := data.get(f"{field.field}_{i}"))]
        if UNKNOWN in chosen:
            return {"answer": "unknown"}
        return {"answer": "yes", "values": list(dict.fromkeys(chosen))} if chosen else {"answer": "none"}
    said = data[field.field]
    if said in (UNKNOWN, "?"):
        return {"answer": "unknown"}
    return {"answer": "yes", "values": [said]} if said else {"answer": "none"}


class EpisodeForm(ConflictCheckedForm):
    """One time in which it happened. A person can have more than one."""

    story = paragraph(
        _("What happened, as told"),
        hint=_("Only what was told by itself. Nothing needs to be asked twice."),
        rows=8,
    )
    began = PartialDateField(label=_("When it began"), required=False, past=True)
    ended = PartialDateField(
        label=_("When it ended"),
        required=False,
        past=True,
        help_text=_("Empty if it goes on or is not known."),
    )
    recruited_in = country(_("Where the person was recruited"))
    through = one_line(_("Through which places"), hint=_("In order, as told."))
    countries = country(_("Where it happened"))
    place = one_line(_("Place"), hint=_("As the person describes it."))
    types = many_of(_("What it was"), lambda: codes.choices_of("exploitation"))
    industry = picked(_("Kind of work"), lambda: [("", "–"), *codes.choices_of("industry")])
    recruitment = many_of(_("How the person was recruited"), lambda: codes.choices_of("recruitment"))
    relationship = picked(
        _("Who the recruiter was to the person"), lambda: [("", "–"), *codes.choices_of("relationship")]
    )
    control = many_of(_("How the person was held"), lambda: codes.choices_of("control"))
    others = one_line(_("Were others there?"), hint=_("How many, children among them, are they still there."))
    people = paragraph(
        _("Who did it"),
        hint=_(
            "What the person wants to tell. It never leaves with a referral unless the person chooses it."
        ),
    )

    def value(self) -> dict[str, object]:
        """What is sealed."""
        data = {k: str(v) if k in ("began", "ended") and v else v for k, v in self.cleaned_data.items()}
        return filled(data)
