"""Something that is taken down, perhaps on paper first."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateTimeField, Form, one_line


class Written(Form):
    """Something taken down, perhaps on paper first: then with the time and the author that stand there."""

    written_at = DateTimeField(label=_("When it was written"), required=False, past=True)
    author = one_line(_("Who wrote it"), hint=_("As it stands on the paper."), most=120)
    # A fresh id of the page: pressed twice, it is one request.
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    from_paper = ("written_at", "author")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", uuid4())

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or {}
        aside = (*self.from_paper, "once")
        if not any(value not in ("", "none") for name, value in data.items() if name not in aside):
            self.add_error(None, _("Nothing is written down yet."))
        return data

    def typed(self) -> dict[str, object]:
        """What is sealed; when it was written stands beside it."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("written_at", "once")
        }

    def on_paper(self) -> list[forms.BoundField]:
        """The two fields of paper, as bound fields."""
        return [self[name] for name in self.from_paper]

    def asked(self) -> list[forms.BoundField]:
        """All others."""
        return [one for one in self if one.name not in self.from_paper]

    def paper_touched(self) -> bool:
        return self.is_bound and any(one.errors or self.data.get("author") for one in self.on_paper())
