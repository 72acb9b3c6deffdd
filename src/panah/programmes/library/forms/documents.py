"""What is asked about a document, its file, and who finds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import DateField, Form, many_of, one_line, one_of, paragraph, picked, ticked
from panah.ground.kit.languages import language_name
from panah.ground.kit.versioned_form import KeptForm
from panah.ground.network.words import country_name
from panah.programmes.diplomacy.instruments import instruments
from panah.programmes.library.models import Collection, Document, Upload
from panah.programmes.library.queries import own_upload
from panah.programmes.library.rules import languages
from panah.programmes.library.rules.described import Facts
from panah.programmes.library.words import COUNTRIES, Kind, Visibility

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def name_of_language(tag: str) -> str:
    """Return a language in the reader's words."""
    return language_name(tag)


def language_choices(nothing: object = "–") -> list[tuple[str, str]]:
    return [("", str(nothing)), *((tag, name_of_language(tag)) for tag in languages.TAGS)]


def country_choices() -> list[tuple[str, str]]:
    reader = get_language() or "en"
    return [(code, country_name(code.upper(), reader)) for code in COUNTRIES]


def instrument_choices() -> list[tuple[str, str]]:
    return [(key, one.title) for key, one in instruments().items()]


class _Said(Form):
    """What is said of a document."""

    title = one_line(_("Title"), required=True, most=300)
    title_language = picked(
        _("Language"),
        hint=_(
            "Without it the machine recognises the language of each page. It does not know Turkmen in Cyrillic, and "
            "cannot recognise Turkmen on a picture: then choose."
        ),
    )
    kind = one_of(_("Kind"), Kind.choices, line=True)
    source = one_line(_("Source"), required=True, hint=_("Who made it, and where you have it from."))
    source_link = forms.URLField(
        label=_("Address where it can be read"), required=False, max_length=500, assume_scheme="https"
    )
    licence = one_line(_("Licence"), most=120, hint=_("May it be passed on? Write “not known” if so."))
    published_on = DateField(label=_("Published on"), required=False)
    countries = many_of(_("Countries it is about"), line=True)
    instruments = many_of(_("Instruments it is about"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("title_language", language_choices(_("recognise it")))
        self.offer("countries", country_choices())
        self.offer("instruments", instrument_choices())

    def facts(self, *, visibility: str) -> Facts:
        """Return what was said, with who finds it: that not every form asks."""
        said = self.cleaned_data
        return Facts(
            title=said["title"],
            title_language=said["title_language"],
            kind=said["kind"],
            visibility=visibility,
            source=said["source"],
            source_link=said["source_link"],
            licence=said["licence"],
            published_on=said["published_on"],
            countries=list(said["countries"]),
            instruments=list(said["instruments"]),
        )


def file_field() -> forms.FileField:
    return forms.FileField(
        label=_("The file"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        help_text=_(
            "PDF, DOCX, PPTX, XLSX, HTML, text, PNG, JPEG or TIFF, up to 250 MB; without scripts up to 25 MB. "
            "What it is, its content says and not its name."
        ),
    )


class _Brings(Form):
    """A form with a file: in one, or ``upload`` of one that came piece by piece."""

    def take(self, by: Staff) -> None:
        """Say who brings it: only her own pieces count."""
        self.by = by

    def file_of(self, data: dict[str, object]) -> object:
        """Return the file, None where none was chosen; takes both answers out of ``data``."""
        file, upload = data.pop("file", None), data.pop("upload", None)
        there: Upload | None = own_upload(upload, of=self.by) if isinstance(upload, UUID) else None
        if there is None and file is None and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return there or file


class BringForm(_Brings, CreateForm, _Said):
    """A file and what is said of it."""

    makes = Document
    about_person = one_of(
        _("Is this about a person who is helped?"),
        [("no", _("No")), ("yes", _("Yes"))],
        line=True,
        hint=_("Then it belongs to her case, and not here where many read."),
    )
    visibility = one_of(_("Who finds it"), Visibility.choices)
    named = many_of(_("Who reads it while it is confidential"), line=True)
    file = file_field()
    upload = forms.UUIDField(widget=forms.HiddenInput, required=False)
    anyway = ticked(_("Upload it although this very file is here already"))

    def __init__(self, *args: object, people: Iterable[Staff], by: Staff, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("named", [(str(person.pk), person.name) for person in people if person.pk != by.pk])
        self.take(by)
        self.order_fields(["file", "upload", "about_person", "title"])

    def clean(self) -> dict[str, object]:
        """Return the answers as the action takes them."""
        data = super().clean() or {}
        file = self.file_of(data)
        if self.errors:
            return data
        facts = replace(
            self.facts(visibility=data["visibility"]),
            named=list(data["named"]),
            about_person=data["about_person"] == "yes",
            anyway=data["anyway"],
        )
        return {"once": data.get("once"), "file": file, "facts": facts}


class ChangeForm(KeptForm, _Said):
    """What is said of a document that is here."""

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if self.errors:
            return data
        return {"facts": self.facts(visibility=self.row.visibility), "seen": data.get("seen") or None}

    @staticmethod
    def first(row: Document) -> dict[str, object]:
        """What the form begins with."""
        said = ("title", "title_language", "kind", "source", "source_link", "licence", "published_on")
        return {name: getattr(row, name) for name in (*said, "countries", "instruments")}


class VersionForm(_Brings):
    """The next file of a document."""

    file = file_field()
    upload = forms.UUIDField(widget=forms.HiddenInput, required=False)
    anyway = ticked(_("Upload it although this very file is here already"))

    def __init__(self, *args: object, by: Staff, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.take(by)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        file = self.file_of(data)
        return data if self.errors else {"file": file, "anyway": data["anyway"]}


class VisibilityForm(Form):
    visibility = one_of(_("Who finds it"), Visibility.choices)
    named = many_of(_("Who reads it while it is confidential"), line=True)

    def __init__(self, *args: object, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("named", [(str(person.pk), person.name) for person in people])


class NumberForm(Form):
    number = one_line(
        _("Number of the other document"), required=True, most=20, hint=_("It stands on its page.")
    )


class WithdrawForm(Form):
    reason = one_line(_("Why it is withdrawn"), required=True, most=300, hint=_("Every reader sees this."))


class DestroyForm(Form):
    number = one_line(_("Number of this document"), required=True, most=20)


class AgainForm(Form):
    language = picked(_("In which language"))
    draw_all = ticked(
        _("Recognise the picture of every page"), _("Also where the text in the file looks right.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", language_choices(_("recognise it")))


class LanguageForm(Form):
    language = picked(_("In which language it is"), required=True)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", language_choices())


class CollectionForm(CreateForm):
    makes = Collection
    title = one_line(_("Title"), required=True, most=200)
    about = paragraph(_("For whom, and why"), most=500)


class CollectForm(Form):
    """Into which collection a document is put."""

    collection = picked(_("Collection"), required=True)

    def __init__(self, *args: object, collections: Iterable[Collection], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("collection", [("", "–"), *((str(one.pk), one.title) for one in collections)])


class OrderForm(Form):
    """The documents of a collection: their numbers, one a line."""

    numbers = paragraph(
        _("Numbers of the documents"),
        rows=8,
        most=4000,
        hint=_("One a line, in the order in which they are read."),
    )
