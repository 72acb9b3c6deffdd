from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from panah.ground.kit.forms import Form, many_of, one_line, picked, ticked
from panah.ground.kit.languages import SPOKEN, language_name
from panah.ground.kit.versioned_form import KeptForm
from panah.ground.kit.zones import zone_choices
from panah.ground.network.models import Branch, Society
from panah.ground.network.queries import region_choices


class FindSocietyForm(Form):
    q = one_line(
        gettext_lazy("Society, country or code"), most=80, widget=forms.TextInput(attrs={"type": "search"})
    )


class AddBranchForm(KeptForm):
    """A branch as its society says it."""

    name_en = one_line(gettext_lazy("Name in English"), required=True, most=200)
    name_ru = one_line(gettext_lazy("Name in Russian"), most=200)
    region = picked(gettext_lazy("Region"))

    def __init__(self, *args: object, society: Society, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        regions = region_choices(society.iso2)
        self.fields["region"].choices = [("", _("none, or several")), *regions]  # type: ignore[attr-defined]
        self.own = [tag for tag in society.languages if tag not in ("en", "ru")]
        for tag in self.own:
            label = _("Name (%(language)s)") % {"language": language_name(tag)}
            own = one_line(label, most=200)
            self.keep_quiet(own.widget)
            self.fields[f"name_{tag}"] = own
        self.order_fields(["name_en", "name_ru", *(f"name_{t}" for t in self.own), "region"])

    def entry(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        given = self.cleaned_data
        return {
            "name_en": given["name_en"],
            "name_ru": given["name_ru"],
            "region": given["region"],
            "names": {tag: given[f"name_{tag}"] for tag in self.own},
        }


class BranchForm(AddBranchForm):
    closed = ticked(gettext_lazy("This branch has closed"))

    def __init__(self, *args: object, branch: Branch, **kwargs: object) -> None:
        initial = {
            "name_en": branch.name_en,
            "name_ru": branch.name_ru,
            "closed": branch.closed,
            "region": branch.region.code if branch.region else "",
            **{f"name_{tag}": name for tag, name in branch.names.items()},
        }
        self.other_names = dict(branch.names)
        super().__init__(*args, society=branch.society, initial=initial, **kwargs)
        self.look_at(branch)

    def entry(self) -> dict[str, Any]:
        entry = super().entry()
        # Names in languages that the form does not ask for stay as they were.
        return entry | {"names": self.other_names | entry["names"], "closed": self.cleaned_data["closed"]}


class SocietyForm(KeptForm):
    """A society's own entry. Saving says that the names have been read."""

    name_en = one_line(gettext_lazy("Name in English"), required=True, most=200)
    name_ru = one_line(gettext_lazy("Name in Russian"), most=200)
    website = forms.URLField(
        label=gettext_lazy("Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    time_zone = picked(gettext_lazy("Time zone"), required=True)
    languages = many_of(gettext_lazy("Working languages"), required=True, line=True)

    def __init__(self, *args: object, society: Society, **kwargs: object) -> None:
        tags = [*society.names, *(t for t in society.languages if t not in society.names)]
        self.own = [tag for tag in tags if tag not in ("en", "ru")]
        initial = {
            name: getattr(society, name)
            for name in ("name_en", "name_ru", "website", "time_zone", "languages")
        } | {f"name_{tag}": society.names.get(tag, "") for tag in self.own}
        super().__init__(*args, initial=initial, **kwargs)
        self.look_at(society)
        reader = get_language() or "en"
        listed = [(tag, language_name(tag, reader)) for tag in SPOKEN]
        extra = [(t, language_name(t, reader)) for t in society.languages if t not in SPOKEN]
        self.fields["languages"].choices = [*listed, *extra]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = zone_choices(society.time_zone)  # type: ignore[attr-defined]
        for tag in self.own:
            label = _("Name (%(language)s)") % {"language": language_name(tag, reader)}
            own = one_line(label, most=200)
            self.keep_quiet(own.widget)
            self.fields[f"name_{tag}"] = own
        self.order_fields(["name_en", "name_ru", *(f"name_{t}" for t in self.own)])

    def entry(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        given = self.cleaned_data
        plain = ("name_en", "name_ru", "website", "time_zone", "languages")
        return {name: given[name] for name in plain} | {
            "names": {tag: given[f"name_{tag}"] for tag in self.own}
        }
