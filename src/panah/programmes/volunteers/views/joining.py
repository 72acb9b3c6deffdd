"""A branch's link to join, to show and to print; and its door for strangers."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import qr
from panah.ground.kit.languages import READERS, language_asked
from panah.ground.kit.page_words import unchecked
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.kit.public import public, public_page
from panah.programmes.volunteers import actions, forms, queries
from panah.programmes.volunteers.views.register import must_keep_volunteers


@require_GET
def links(request: StaffRequest) -> HttpResponse:
    """The branches whose links somebody keeps."""
    must_keep_volunteers(request)
    return page(request, "volunteers/links.html", branches=queries.branches_kept(by=request.staff))


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("join", args=[token]))


@require_http_methods(["GET", "POST"])
def link(request: StaffRequest, branch: UUID) -> HttpResponse:
    """One branch's link: made, renewed, switched off; and an invitation for one person, shown once."""
    queries.link_or_404(branch, to=request.staff)
    invited, at = "", timezone.now()
    what = request.POST.get("what", "") if request.method == "POST" else ""
    if what == "renew":
        actions.renew_link(by=request.staff, branch=branch, at=at)
        add_message(request, _("The link is made. An earlier one opens nothing any more."))
    elif what == "off":
        actions.end_link(by=request.staff, branch=branch, at=at)
        add_message(request, _("Switched off: link and open invitations."))
    elif what == "invite":
        invited = _address(request, actions.invite(by=request.staff, branch=branch, at=at))
    one = queries.link_or_404(branch, to=request.staff)
    address = _address(request, one.token) if one.token else ""
    shown = invited or address
    return page(
        request,
        "volunteers/link.html",
        one=one,
        address=address,
        invited=invited,
        square=qr.svg(shown, label=_("The link as a square for a camera")) if shown else "",
        several=len(queries.branches_kept(by=request.staff)) > 1,
        unchecked=unchecked(),
    )


@require_GET
def sheet(request: StaffRequest, branch: UUID) -> HttpResponse:
    """The link and its QR code to print and hang up, in a language of choice."""
    one = queries.link_or_404(branch, to=request.staff)
    if not one.token:
        raise Http404
    address, language = _address(request, one.token), language_asked(request, READERS)
    told = unchecked(language)
    with translation.override(language):
        return page(
            request,
            "volunteers/link_sheet.html",
            one=queries.link_or_404(branch, to=request.staff),
            address=address,
            square=qr.svg(address, label=_("The link as a square for a camera")),
            speaks=READERS,
            chosen=language,
            unchecked=told,
        )


@public
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The door of a branch for whoever wants to join: no account, no cookie, its own small page."""
    at = timezone.now()
    with queries.link_at(token, on=timezone.localdate(at)) as link:
        form = forms.JoinForm(posted(request), initial={"once": uuid4()})
        if link is None:
            # Whoever presses twice at an invitation has used it up by the first press.
            arrived = form.is_valid() and queries.has_asked(form.cleaned_data["once"])
            return (
                _join_page(request, ("", ""), None)
                if arrived
                else _join_page(request, None, None, status=410)
            )
        language = get_language() or "en"
        where = link.society.name_in(language), link.branch.name_in(language)
        if not form.is_bound or not form.is_valid():
            return _join_page(request, where, form)
        try:
            actions.ask_to_join(link=link, at=at, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
            return _join_page(request, where, form, status=refusal.status)
        return _join_page(request, where, None)


def _join_page(
    request: HttpRequest,
    where: tuple[str, str] | None,
    form: forms.JoinForm | None,
    *,
    status: int | None = None,
) -> HttpResponse:
    return public_page(request, "volunteers/join.html", status=status, where=where, form=form)
