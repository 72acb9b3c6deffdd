"""Access to places: asked for, answered, the letter that asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.kit.languages import INTERFACE
from panah.ground.kit.pages import add_message, download, page, posted
from panah.programmes.prevention import actions, forms, queries, rules
from panah.programmes.prevention.access_letter import access_letter
from panah.programmes.prevention.views.common import form_page, must_plan
from panah.programmes.prevention.words import AccessState, AskedBy

if TYPE_CHECKING:
    from panah.ground.foundation.http import StaffRequest
    from panah.programmes.prevention.models import Access


def _to_access(pk: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("prevention:access", args=[pk]))


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """Where access was asked for, where it holds, who asks for a session."""
    must_plan(request)
    found, more = queries.accesses(to=request.staff, after=request.GET.get("after", ""))
    today = timezone.localdate()
    return page(
        request,
        "prevention/accesses.html",
        found=[(one, _holds(one)) for one in found],
        more=more,
        today=today,
        State=AccessState,
    )


def _holds(one: Access) -> bool:
    return rules.access_holds(one.state, one.decided_on, one.granted_until, timezone.localdate())


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest) -> HttpResponse:
    """Write down that access was asked for, or that a place asks for a session."""
    must_plan(request)
    form = forms.AccessForm(posted(request), staff=request.staff)
    if form.submit(actions.ask_access, by=request.staff, at=timezone.now()):
        add_message(request, _("Written down. In two weeks it comes back to your list."))
        return _to_access(form.result.pk)
    return form_page(
        request, form, _("Access, or a session that is asked for"), _("Save"), reverse("prevention:accesses")
    )


@require_GET
def access(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One access: who asked, what was answered, until when it holds, the sessions under it."""
    one = queries.access_or_404(pk, to=request.staff)
    return page(
        request,
        "prevention/access.html",
        one=one,
        holds=_holds(one),
        needed=rules.needs_access(one.kind),
        sessions=list(one.sessions.order_by("-on", "pk")[:20]),
        groups=[each for each in queries.groups(to=request.staff) if each.branch_id == one.branch_id],
        languages=INTERFACE,
        State=AccessState,
        AskedBy=AskedBy,
    )


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write down the answer."""
    one = queries.access_or_404(pk, to=request.staff)
    names = ("decided_on", "decided_by", "granted_until", "conditions")
    first = {name: getattr(one, name) for name in names}
    form = forms.DecideForm(posted(request), initial=first)
    if form.submit(actions.decide_access, access=one, by=request.staff, at=timezone.now()):
        add_message(request, _("Written down."))
        return _to_access(pk)
    return form_page(
        request,
        form,
        _("The answer about access"),
        _("Save"),
        reverse("prevention:access", args=[pk]),
        back_text=one.place,
    )


@require_POST
def letter(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The letter that asks for access, as PDF, made in memory."""
    one = queries.access_or_404(pk, to=request.staff)
    actions.record_letter(access=one, by=request.staff, at=timezone.now())
    language = request.POST.get("in", "")
    with translation.override(language if language in dict(INTERFACE) else translation.get_language()):
        body = access_letter(one, us=request.staff.society)
    return download(body, name="letter.pdf", kind="application/pdf")
