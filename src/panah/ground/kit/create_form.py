"""Forms that make something new: pressed twice, they make one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID, uuid4

from django import forms
from django.db import IntegrityError, models

from panah.ground.foundation.ids import idempotency_id
from panah.ground.kit.forms import Form


class CreateForm(Form):
    """Makes one ``makes``; ``action`` takes the ``pk`` of what it makes.

    The page carries a fresh id. What comes with it again, the same answers word for word, leads to what was made the
    first time; who goes back and changes something makes another one.
    """

    makes: ClassVar[type[models.Model]]
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", uuid4())

    def submit(self, action: Callable[..., object], **given: object) -> bool:
        """As ``Form.submit``, with ``by``; ``result`` is what was made, now or before."""
        by = given["by"]
        if not isinstance(by, models.Model):
            raise TypeError("whoever makes it is given as by=")

        def make(*, once: UUID | None = None, **said: object) -> object:
            pk = idempotency_id(by.pk, once, said)
            made = self.makes._default_manager.filter(pk=pk).first()
            return made if made is not None else action(pk=pk, **said, **given)

        try:
            return super().submit(make)
        except IntegrityError:
            # Two presses at one moment: the other one has made it, or this is said again.
            return super().submit(make)
