"""Paging: the society's channels with their tests, and the browsers in which a colleague is called."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.accounts.permissions import is_staff_manager
from panah.ground.accounts.reauthentication import confirm_words, leads_with_keys, vault_required
from panah.ground.channels import actions, forms, queries
from panah.ground.channels.models import Channel
from panah.ground.channels.words import ChannelKind, Failure
from panah.ground.foundation.host_seal import Unreadable
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page


def _must_lead(request: StaffRequest) -> None:
    """Nobody changes or tests how colleagues are called whom only the table of roles calls a focal point."""
    if not leads_with_keys(request.staff):
        raise Http404


def _back(name: str = "channels") -> HttpResponse:
    return HttpResponseRedirect(reverse(f"channels:{name}"))


@require_safe
def channels(request: StaffRequest) -> HttpResponse:
    """Every way this society calls its colleagues, whether it works, and a test of each."""
    if not is_staff_manager(request.staff):
        raise Http404
    found = queries.ways(request.staff.society_id)
    return page(
        request,
        "channels/channels.html",
        ways=found,
        works=any(one.works for one in found),
        kinds=[(kind.value, kind.label) for kind in ChannelKind],
        leads=leads_with_keys(request.staff),
    )


@require_http_methods(["GET", "POST"])
@vault_required
def add(request: StaffRequest, kind: str) -> HttpResponse:
    _must_lead(request)
    if kind not in ChannelKind.values:
        raise Http404
    return _edit(request, kind, None)


@require_http_methods(["GET", "POST"])
@vault_required
def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    _must_lead(request)
    channel = queries.channel_or_404(pk, to=request.staff)
    return _edit(request, channel.kind, channel)


def _edit(request: StaffRequest, kind: str, channel: Channel | None) -> HttpResponse:
    try:
        kept = queries.opened(channel) if channel else {}
    except Unreadable:
        kept = {}
    named = {"name": channel.name} if channel else {}
    form = forms.FORMS[kind](request.POST if request.method == "POST" else None, kept=kept | named)

    def save(name: str, passphrase: str, **_given: object) -> Channel:
        confirm_words(staff=request.staff, passphrase=passphrase, at=timezone.now())
        return actions.save_channel(
            channel=channel, kind=kind, name=name, given=form.given(), by=request.staff, at=timezone.now()
        )

    if form.submit(save):
        add_message(request, _("Saved. Test it now: it counts as working once a test was taken."))
        return _back()
    return page(
        request,
        "channels/channel_form.html",
        form=form,
        channel=channel,
        kind=ChannelKind(kind).label,
        secret=kept.get("secret", "") if kind == ChannelKind.WEBHOOK else "",
    )


@require_POST
@vault_required
def test(request: StaffRequest, pk: UUID) -> HttpResponse:
    _must_lead(request)
    return _tested(request, queries.channel_or_404(pk, to=request.staff))


@require_POST
@vault_required
def test_host(request: StaffRequest) -> HttpResponse:
    """Test the mail of the host, where the society has no channel of its own for it."""
    _must_lead(request)
    if not any(way.pk is None for way in queries.ways(request.staff.society_id)):
        raise Http404
    return _tested(request, None)


def _tested(request: StaffRequest, channel: Channel | None) -> HttpResponse:
    failure = actions.test_way(channel=channel, by=request.staff, at=timezone.now())
    if failure:
        add_message(
            request, _("The test was not taken. %(why)s") % {"why": Failure(failure).label}, tone="urgent"
        )
    else:
        add_message(request, _("The gateway took the test. Look whether it reached you."), tone="good")
    return _back()


@require_http_methods(["GET", "POST"])
@vault_required
def remove(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Asks for her six words, and says so where nobody could be called any more."""
    _must_lead(request)
    channel = queries.channel_or_404(pk, to=request.staff)
    form = forms.RemoveForm(request.POST if "passphrase" in request.POST else None)

    def gone(passphrase: str) -> None:
        confirm_words(staff=request.staff, passphrase=passphrase, at=timezone.now())
        actions.remove_channel(channel=channel, by=request.staff, at=timezone.now())

    if form.submit(gone):
        add_message(request, _("This way of paging is removed."))
        return _back()
    last = queries.last_that_works(channel)
    return page(request, "channels/remove.html", form=form, channel=channel, last=last)


@require_http_methods(["GET", "POST"])
def browser(request: StaffRequest) -> HttpResponse:
    """Be called in this browser: a script asks it, and hands its address over."""
    key = queries.push_key(request.staff.society_id)
    form = forms.SubscriptionForm(request.POST if request.method == "POST" else None)

    def subscribe(passphrase: str, **given: str) -> None:
        confirm_words(staff=request.staff, passphrase=passphrase, at=timezone.now())
        actions.subscribe(**given, by=request.staff, at=timezone.now())

    if key and form.submit(subscribe):
        add_message(request, _("You are called in this browser from now on."))
        return _back("browser")
    return page(
        request,
        "channels/browser.html",
        form=form,
        key=key,
        browsers=[one.made_at for one in queries.browsers_of(request.staff)],
        reached=queries.reached_by(request.staff),
    )


@require_POST
def forget_browsers(request: StaffRequest) -> HttpResponse:
    actions.unsubscribe(by=request.staff, at=timezone.now())
    add_message(request, _("You are not called in any browser any more."))
    return _back("browser")
