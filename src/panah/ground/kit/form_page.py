"""A form on a page of its own, under its room's place in the menu."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.jinja import url
from panah.ground.kit.nav import MENU
from panah.ground.kit.pages import page


def form_page(
    request: StaffRequest,
    place: str,
    form: Form,
    heading: object,
    back: str,
    *,
    back_text: object = "",
    button: object = "",
    hint: object = "",
    grave: bool = False,
) -> HttpResponse:
    """Show ``form``; ``place`` is the room's name in the menu, ``back`` where the form hangs and what leaves it."""
    room = MENU[place]
    trail = [(url(room.url_name), room.label), *([(back, back_text)] if back_text else [])]
    return page(
        request,
        "kit/form.html",
        place=place,
        trail=trail,
        form=form,
        heading=heading,
        button=button or _("Save"),
        back=back,
        hint=hint,
        kind="grave" if grave else "main",
    )
