"""The page that opens once, for a receiver without Panah. Neutral title, no login, nothing kept in the browser."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import page
from panah.people.referrals import actions, offer_schema
from panah.people.referrals.forms import OnceAnswerForm, OnceForm
from panah.people.referrals.views.presenters import field_rows


@login_not_required
@require_http_methods(["GET", "POST"])
def once(request: StaffRequest, token: str) -> HttpResponse:
    """Ask for the code; show the packet; take an answer."""
    form = OnceForm(request.POST or None)
    reply = OnceAnswerForm(request.POST if "answer" in request.POST else None)
    if request.method == "GET" or not form.is_valid():
        return page(request, "referrals/once.html", form=form, token=token)
    code, at = form.cleaned_data["code"], timezone.now()
    try:
        packet = actions.open_page(token=token, code=code, at=at)
        answered = reply.is_bound and reply.is_valid()
        if answered:
            actions.answer_page(
                token=token,
                code=code,
                answer=reply.cleaned_data["answer"],
                note=reply.cleaned_data["note"],
                at=at,
            )
    except Refusal as refusal:
        form.refuse(refusal)
        return page(request, "referrals/once.html", form=form, token=token, status=refusal.status)
    told = field_rows(packet["values"])
    return page(
        request,
        "referrals/once_open.html",
        packet=packet,
        told=told,
        offer=offer_schema.offer_rows(offer_schema.read(packet["offer"])) if packet.get("offer") else None,
        reply=reply,
        answered=answered,
        code=code,
        token=token,
    )
