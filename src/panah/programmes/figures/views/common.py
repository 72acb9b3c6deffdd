"""What pages of the register share."""

from __future__ import annotations

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.programmes.figures import permissions, queries
from panah.programmes.figures.models import Figure
from panah.programmes.figures.words import State


def must_write(request: StaffRequest) -> None:
    if not permissions.writes(request.staff):
        raise Http404


def standing_figure(request: StaffRequest, number: str) -> Figure:
    """Return a figure that stands, for whoever may change it; for others it does not exist here."""
    must_write(request)
    row = queries.figure_or_404(number, to=request.staff)
    if row.state != State.STANDS:
        raise Http404
    return row


def numbered(request: StaffRequest, number: str) -> Figure:
    """Return the figure whose number somebody typed, or refuse."""
    row = queries.numbered(number, to=request.staff)
    if row is None:
        raise Refusal(
            _("There is no figure with this number."),
            next_step=_("Copy it from the page of that figure."),
            code="no-such-number",
        )
    return row


def to_figure(figure: Figure) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("figures:figure", args=[figure.number]))
