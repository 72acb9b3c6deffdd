"""What a document is linked with."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, one_line, picked
from panah.programmes.diplomacy.instruments import provisions
from panah.programmes.library.words import LinkKind

OF_DOCUMENTS = (LinkKind.TRANSLATION, LinkKind.SAME_MATTER, LinkKind.REPLACES)


class LinkForm(Form):
    """One of three: a provision, a practice, another document by its number."""

    provision = picked(_("A provision"))
    practice = picked(_("A good practice"))
    kind = picked(_("Another document: what this one is to it"))
    number = one_line(_("Number of the other document"), most=20)

    def __init__(self, *args: object, practices: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (key, f"{one.title}, {key.partition('/')[2]}: {each.text[:100]}")
            for key, (one, each) in provisions().items()
        ]
        self.offer("provision", [("", "–"), *choices])
        self.offer("kind", [("", "–"), *((one.value, one.label) for one in OF_DOCUMENTS)])
        if practices:
            self.offer("practice", [("", "–"), *practices.items()])
        else:
            del self.fields["practice"]

    def clean(self) -> dict[str, object]:
        """Return ``kind``, ``key`` and ``number`` of the one that was chosen."""
        data = super().clean() or {}
        if data.get("provision"):
            return {"kind": LinkKind.PROVISION, "key": data["provision"], "number": ""}
        if data.get("practice"):
            return {"kind": LinkKind.PRACTICE, "key": data["practice"], "number": ""}
        if not (data.get("kind") and data.get("number")):
            self.add_error(
                None, _("Choose a provision or a practice, or say what it is to which other document.")
            )
        return {"kind": data.get("kind", ""), "key": "", "number": data.get("number", "")}
