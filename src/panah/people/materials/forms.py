"""Bringing a file, and saying what it is."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import many_of, one_line, one_of
from panah.ground.kit.languages import DOOR
from panah.ground.kit.versioned_form import KeptForm
from panah.people.materials.models import Content
from panah.people.materials.words import A_TITLE, Audience, What

TITLE = "title_"


class MaterialForm(KeptForm):
    """What is published. The languages that have a title are those which the file speaks."""

    file = forms.FileField(
        label=_("The file"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        help_text=_(
            "PDF, PNG, JPEG, MP3, OGG or plain text, up to 25 MB. What a camera wrote beside it is removed."
        ),
    )
    what = one_of(_("What it is"), What.choices)
    audiences = many_of(_("For whom"), Audience.choices, required=True)

    def __init__(self, *args: object, needs_file: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.needs_file = needs_file
        for tag, name in DOOR:
            line = one_line(_("Title, %(language)s") % {"language": name}, most=A_TITLE)
            line.widget.attrs["lang"] = tag
            self.keep_quiet(line.widget)
            self.fields[TITLE + tag] = line

    @staticmethod
    def first(row: Content) -> dict[str, object]:
        """What the form begins with."""
        titles = {TITLE + tag: title for tag, title in row.titles.items()}
        return {"what": row.what, "audiences": row.audiences, **titles}

    def clean(self) -> dict[str, object]:
        """Return the answers as the action takes them."""
        data = super().clean() or {}
        said = {tag: str(data.pop(TITLE + tag, "")).strip() for tag, _name in DOOR}
        titles = {tag: title for tag, title in said.items() if title}
        if not titles and not self.errors:
            self.add_error(TITLE + DOOR[0][0], _("Write the title in each language that the file speaks."))
        file = data.pop("file", None)
        if file is None and self.needs_file and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        if self.errors:
            return data
        more: dict[str, object] = {"file": file.read()} if file is not None else {}
        if self.needs_file:
            data.pop("seen", None)
        return {**data, **more, "titles": titles}
