"""The forms about somebody who is held, for the pages of this room and of rooms above it."""

from panah.ground.foundation.http import StaffRequest
from panah.people.cases.forms.detention import DetentionEndForm, HeldForm, begins_with
from panah.people.cases.queries.detention import DetentionValue


def held_form(request: StaffRequest, kept: DetentionValue) -> HeldForm:
    """Where the person is held and until when, beginning with what is kept; its ``value()`` is what an action takes."""
    return HeldForm(request.POST if request.method == "POST" else None, initial=begins_with(kept))


def held_end_form(request: StaffRequest) -> DetentionEndForm:
    """How and when it ended."""
    return DetentionEndForm(request.POST if request.method == "POST" else None)
