"""What colleagues see of the public door: where it is, who can be written to, which languages nobody has checked."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.jinja import url
from panah.ground.kit.languages import DOOR, INTERFACE
from panah.ground.kit.page_words import unchecked
from panah.ground.kit.pages import page
from panah.people.public.queries import doors_for


@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    read = dict(INTERFACE)
    return page(
        request,
        "public/overview.html",
        languages=[(tag, name, f"{url('public:first')}?in={tag}") for tag, name in DOOR],
        unchecked=unchecked(*(tag for tag, _name in DOOR if tag not in read)),
        doors=doors_for(on=timezone.localdate()),
    )
