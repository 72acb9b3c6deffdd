"""My settings, my sign-ins, and the roster."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.accounts import actions, devices, forms, permissions, queries
from panah.accounts import roster as duties
from panah.accounts.words import WHAT_A_ROLE_DOES, Role
from panah.foundation.http import StaffRequest
from panah.kit.pages import add_message, page


@require_http_methods(["GET", "POST"])
def settings(request: StaffRequest) -> HttpResponse:
    """How Panah looks and speaks for me, where I am signed in, and what I may do here."""
    staff = request.staff
    form = forms.SettingsForm(
        request.POST if request.method == "POST" else None,
        initial={
            "language": staff.language,
            "theme": staff.theme,
            "shortcuts": staff.shortcuts,
            "speaks": staff.speaks,
            "email": staff.email,
            "duty_phone": staff.duty_phone,
        },
    )
    if form.submit(actions.change_settings, by=staff, at=timezone.now()):
        with translation.override(form.cleaned_data["language"]):
            add_message(request, _("Saved."))
        return HttpResponseRedirect(reverse("accounts:settings"))
    return page(
        request,
        "accounts/settings.html",
        form=form,
        devices=queries.own_devices(staff, mark=devices.mark_of(request, staff.username), at=timezone.now()),
        sessions=queries.own_sessions(staff, current=request.session.session_key or ""),
        roles=[(role.label, WHAT_A_ROLE_DOES[role]) for role in Role if role.value in staff.role_names],
    )


@require_POST
def end_others(request: StaffRequest) -> HttpResponse:
    """End every other sign-in of mine."""
    actions.end_other_sessions(by=request.staff, keep=request.session.session_key or "", at=timezone.now())
    add_message(request, _("Every other sign-in of yours has ended."))
    return HttpResponseRedirect(reverse("accounts:settings"))


@require_POST
def end_one(request: StaffRequest, key: str) -> HttpResponse:
    """End one sign-in of mine."""
    actions.end_session(by=request.staff, session=key, at=timezone.now())
    add_message(request, _("That sign-in has ended."))
    return HttpResponseRedirect(reverse("accounts:settings"))


@require_POST
def forget_device(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Forget one device of mine; this browser loses its mark with it."""
    staff, at = request.staff, timezone.now()
    device = queries.own_device_or_404(pk, to=staff)
    here = queries.known_device(staff, mark=devices.mark_of(request, staff.username), at=at)
    actions.forget_device(by=staff, device=device.pk, at=at)
    add_message(request, _("This device is forgotten."))
    response = HttpResponseRedirect(reverse("accounts:settings"))
    if here is not None and here.pk == pk:
        devices.drop_mark(response, staff.username)
    return response


@require_GET
def roster(request: StaffRequest) -> HttpResponse:
    """Who is on duty now and in the next days."""
    return _roster(request)


def _people(request: StaffRequest) -> list[tuple[str, str]]:
    return [(str(p.pk), p.name) for p in queries.colleagues(to=request.staff)]


def _roster(request: StaffRequest, form: Any = None) -> HttpResponse:
    at = timezone.now()
    starts = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    keeper, days = permissions.is_staff_manager(request.staff), 14 if request.GET.get("days") == "14" else 3
    fresh = {"starts_at": starts, "ends_at": starts + timedelta(hours=8)}
    return page(
        request,
        "accounts/roster.html",
        roster=duties.by_day(duties.roster(to=request.staff, at=at, days=days)),
        limits=duties.limits(request.staff.society, at=at),
        days=days,
        keeper=keeper,
        form=form or (forms.DutyForm(people=_people(request), initial=fresh) if keeper else None),
        gaps=queries.uncovered(to=request.staff, at=at) if keeper else [],
    )


@require_POST
def put_on_duty(request: StaffRequest) -> HttpResponse:
    """Put a colleague on the roster; a long duty or a short rest is said, never forbidden."""
    form = forms.DutyForm(request.POST, people=_people(request))
    permissions.require_staff_manager(request.staff, request.staff.society)
    if not form.is_valid():
        return _roster(request, form)
    given = form.cleaned_data
    staff = get_object_or_404(queries.colleagues(to=request.staff), pk=given["staff"])
    hours = {name: given[name] for name in ("starts_at", "ends_at")}
    actions.put_on_duty(staff=staff, what=given["what"], by=request.staff, at=timezone.now(), **hours)
    warned = duties.broken_limits(staff=staff, what=given["what"], at=timezone.now(), **hours)
    add_message(
        request, " ".join([_("On the roster."), *warned.said()]), tone="soon" if warned.said() else ""
    )
    return HttpResponseRedirect(reverse("accounts:roster"))


@require_POST
def take_off_duty(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a duty off the roster."""
    permissions.require_staff_manager(request.staff, request.staff.society)
    actions.take_off_duty(duty=queries.duty_or_404(pk, to=request.staff), by=request.staff, at=timezone.now())
    add_message(request, _("Off the roster."))
    return HttpResponseRedirect(reverse("accounts:roster"))
