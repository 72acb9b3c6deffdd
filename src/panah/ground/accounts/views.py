"""My settings, my sign-ins, and the roster."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.accounts import actions, devices, forms, permissions, queries, roster_checks
from panah.ground.accounts import roster as duties
from panah.ground.accounts.reauthentication import confirm_words
from panah.ground.accounts.words import WHAT_A_ROLE_DOES, Role
from panah.ground.foundation import retention
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, page


@require_http_methods(["GET", "POST"])
def settings(request: StaffRequest) -> HttpResponse:
    """How Panah looks and speaks for me, where I am signed in, and what I may do here."""
    staff, reached = request.staff, request.staff.addresses
    form = forms.SettingsForm(
        request.POST if request.method == "POST" else None,
        initial={
            "language": staff.language,
            "theme": staff.theme,
            "shortcuts": staff.shortcuts,
            "speaks": staff.speaks,
            # As she wrote them: what somebody put there past Panah is not saved as hers.
            "email": reached.email,
            "duty_phone": reached.duty_phone,
        },
    )

    def change(passphrase: str, **given: Any) -> None:
        if form.reached_elsewhere:
            confirm_words(staff=staff, passphrase=passphrase, at=timezone.now())
        actions.change_settings(**given, by=staff, at=timezone.now())

    if form.submit(change):
        with translation.override(form.cleaned_data["language"]):
            add_message(request, _("Saved."))
        return HttpResponseRedirect(reverse("accounts:settings"))
    return page(
        request,
        "accounts/settings.html",
        form=form,
        known_device_days=retention.KNOWN_DEVICE.days,
        devices=queries.own_devices(staff, mark=devices.mark_of(request, staff.username), at=timezone.now()),
        sessions=queries.own_sessions(staff, current=request.session.session_key or ""),
        roles=[(role.label, WHAT_A_ROLE_DOES[role]) for role in Role if role.value in staff.role_names],
    )


def _again() -> str:
    return _("No browser is called any more: subscribe again those that you use.")


@require_POST
def end_others(request: StaffRequest) -> HttpResponse:
    """End every other sign-in of mine."""
    actions.end_other_sessions(by=request.staff, keep=request.session.session_key or "", at=timezone.now())
    add_message(request, _("Every other sign-in of yours has ended.") + " " + _again())
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
    add_message(request, _("This device is forgotten.") + " " + _again())
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


def _mondays() -> list[date]:
    today = timezone.localdate()
    return [today - timedelta(days=today.weekday()) + timedelta(days=7 * weeks) for weeks in range(3)]


def _roster(request: StaffRequest, form: Form | None = None) -> HttpResponse:
    at = timezone.now()
    starts = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    keeper, days = permissions.is_staff_manager(request.staff), 14 if request.GET.get("days") == "14" else 3
    fresh = {"starts_at": starts, "ends_at": starts + timedelta(hours=8)}
    lines = duties.roster(to=request.staff, at=at, days=days)
    if keeper:
        people = queries.colleagues(to=request.staff)
        lines = roster_checks.checked(lines, staff=people, at=at)
    if form is not None and not form.has_error(NON_FIELD_ERRORS, actions.WARNS):
        del form.fields["anyway"]
    return page(
        request,
        "accounts/roster.html",
        roster=duties.by_day(lines),
        limits=duties.limits(request.staff.society, at=at),
        days=days,
        keeper=keeper,
        cover_sentences=[said for each in duties.COVERED for said in each(to=request.staff, at=at)],
        leads_to=list(duties.FROM_THE_ROSTER) if keeper else [],
        form=form or (_fresh(request, fresh) if keeper else None),
        week=forms.WeekForm(mondays=_mondays()) if keeper else None,
        gaps=queries.uncovered(to=request.staff, at=at) if keeper else [],
        coming=roster_checks.gaps(society=request.staff.society_id, at=at) if keeper else [],
    )


def _fresh(request: StaffRequest, initial: dict[str, datetime]) -> forms.DutyForm:
    form = forms.DutyForm(people=_people(request), initial=initial)
    del form.fields["anyway"]
    return form


@require_POST
def put_on_duty(request: StaffRequest) -> HttpResponse:
    """Put a colleague on the roster; a long duty or a short rest is said, and done only when it is said again."""
    form = forms.DutyForm(request.POST, people=_people(request))
    permissions.require_staff_manager(request.staff, request.staff.society)

    def put(staff: str, **given: Any) -> None:
        who = get_object_or_404(queries.colleagues(to=request.staff), pk=staff)
        actions.put_on_duty(staff=who, by=request.staff, at=timezone.now(), **given)

    if not form.submit(put):
        return _roster(request, form)
    add_message(request, _("On the roster."))
    return HttpResponseRedirect(reverse("accounts:roster"))


@require_POST
def copy_week(request: StaffRequest) -> HttpResponse:
    """Put the duties of one week on the next."""
    permissions.require_staff_manager(request.staff, request.staff.society)
    form = forms.WeekForm(request.POST, mondays=_mondays())
    if not form.submit(actions.copy_week, by=request.staff, at=timezone.now()):
        return _roster(request)
    copied, left_out = form.result
    said = [ngettext("%(num)s duty was copied.", "%(num)s duties were copied.", copied) % {"num": copied}]
    if left_out:
        left = ngettext(
            "%(num)s was left out: its colleague does not fit any more, or is on it then already.",
            "%(num)s were left out: their colleagues do not fit any more, or are on them then already.",
            left_out,
        )
        said.append(left % {"num": left_out})
    add_message(request, " ".join(said), tone="soon" if left_out else "")
    return HttpResponseRedirect(reverse("accounts:roster") + "?days=14")


@require_POST
def take_off_duty(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a duty off the roster."""
    permissions.require_staff_manager(request.staff, request.staff.society)
    actions.take_off_duty(duty=queries.duty_or_404(pk, to=request.staff), by=request.staff, at=timezone.now())
    add_message(request, _("Off the roster."))
    return HttpResponseRedirect(reverse("accounts:roster"))
