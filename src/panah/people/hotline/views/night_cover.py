"""Night cover: offered by one society, agreed by the other, ended by either."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.directory import queries as directory_queries
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.people.hotline import actions, permissions, queries
from panah.people.hotline.call_pages import redirect_to
from panah.people.hotline.forms import CoverForm


@require_http_methods(["GET", "POST"])
def covers(request: StaffRequest) -> HttpResponse:
    """Every cover, for every colleague; a focal point offers, agrees and ends."""
    at, leads = timezone.now(), permissions.leads(request.staff)
    offering = request.method == "POST" and request.POST.get("do", "offer") == "offer"
    if request.method == "POST" and not leads:
        raise Http404
    if request.method == "POST" and not offering:
        return _decided(request)
    ours = directory_queries.own_numbers(request.staff.society, at=at) if leads else []
    form = CoverForm(
        request.POST if offering else None,
        societies=[
            (society.slug, society.name)
            for society in exchange_queries.reachable_societies(to=request.staff, at=at)
        ],
        number=ours[0].number if ours else "",
    )
    if form.submit(actions.offer_cover, by=request.staff, at=at):
        add_message(request, _("Offered. It counts once a focal point there agrees."))
        return redirect_to("covers")
    return page(
        request,
        "hotline/night_covers.html",
        covers=queries.night_covers(to=request.staff, at=at),
        leads=leads,
        form=form if leads else None,
    )


def _decided(request: StaffRequest) -> HttpResponse:
    try:
        cover = queries.cover_or_404(UUID(request.POST.get("cover", "")), to=request.staff)
    except ValueError:
        raise Http404 from None
    if request.POST["do"] == "end":
        actions.end_cover(cover=cover, by=request.staff, at=timezone.now())
        add_message(request, _("The cover has ended. Callers are not given that number any more."))
    elif request.POST["do"] == "agree" and request.POST.get("rang") == "on":
        actions.agree_to_cover(cover=cover, by=request.staff, at=timezone.now())
        add_message(request, _("Agreed. Whoever calls in these hours can be given that number."))
    else:
        add_message(
            request, _("Ring the number first, and tick that they answered. Nothing was agreed."), tone="soon"
        )
    return redirect_to("covers")
