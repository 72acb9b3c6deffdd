"""A file without any bytes, as a telephone sends one that it could not read."""

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal


def must_hold_something(size: int) -> None:
    if size <= 0:
        raise Refusal(
            _("There is nothing in this file: it has no bytes."),
            next_step=_("Look at it on the device it comes from, then choose it once more."),
            code="empty",
        )
