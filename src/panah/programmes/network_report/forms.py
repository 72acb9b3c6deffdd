"""To whom figures are sent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, many_of


class SendForm(Form):
    societies = many_of(
        _("Send to"), hint=_("Whoever has these figures already keeps them once."), required=True
    )

    def __init__(self, *args: object, societies: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("societies", societies)
