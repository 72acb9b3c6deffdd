"""Leaving: hand everything over, end the access or the work as focal point. Each asks first and says what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from panah.ground.accounts.queries import all_colleagues, colleagues
from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import ChoiceLabel
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in import forms
from panah.ground.sign_in.middleware import vault_required
from panah.ground.sign_in.views import execute_approved
from panah.ground.sign_in.views.colleagues import colleague_or_404, confirmed, keeper_or_404
from panah.ground.sign_in.views.execute_approved import to_what_is_left
from panah.ground.sign_in.views.two_people import ask, to_request, waits_already
from panah.ground.vault import actions as vault
from panah.ground.vault.actions import two_people as acts

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@require_http_methods(["GET", "POST"])
@vault_required
def end_access(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a colleague's access at once; a GET asks and says what follows."""
    keeper_or_404(request)
    staff = get_object_or_404(all_colleagues(to=request.staff), pk=pk)
    if not staff.is_active:
        # Pressed twice, in two windows, or by both focal points at once.
        add_message(request, _("The access of this colleague has ended already."))
        return to_what_is_left(staff)
    by_two = vault.decided_by_two(staff)
    waits = waits_already(acts.END, staff) if by_two else None
    if waits is not None:
        return to_request(waits)
    form = forms.OnceMore(request.POST if by_two and request.method == "POST" else None)
    if by_two and confirmed(request, form, timezone.now()):
        return ask(request, acts.END, staff)
    if request.method == "GET" or by_two:
        return page(
            request,
            "sign_in/end_access.html",
            colleague=staff,
            held=vault.work_held(staff),
            leads=may(staff, Permission.VAULT_LEAD),
            form=form if by_two else None,
        )
    return execute_approved.end_access(request, staff)


@require_http_methods(["GET", "POST"])
@vault_required
def end_focal_point(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A focal point stays as a colleague: her keys are renewed, and files that are not hers close to her."""
    staff = colleague_or_404(request, pk)
    waits = waits_already(acts.NO_FOCAL_POINT, staff)
    if waits is not None:
        return to_request(waits)
    form = forms.OnceMore(request.POST if request.method == "POST" else None)
    if confirmed(request, form, timezone.now()):
        return ask(request, acts.NO_FOCAL_POINT, staff)
    return page(request, "sign_in/end_focal_point.html", colleague=staff, form=form)


@require_http_methods(["GET", "POST"])
@vault_required
def hand_over(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Everything a colleague holds goes to another: choose, press."""
    keeper_or_404(request)
    staff, at = get_object_or_404(all_colleagues(to=request.staff), pk=pk), timezone.now()
    others = [c for c in colleagues(to=request.staff) if c.pk != staff.pk and may(c, Permission.ITEMS_TAKE)]
    form = forms.HandOver(request.POST if request.method == "POST" else None, people=_with_loads(others))

    def pass_on(*, to: str) -> vault.HandoverResult:
        whom = next(other for other in others if str(other.pk) == to)
        return vault.hand_over_all(keys=request.keys, staff=staff, to=whom, at=at)

    if form.submit(pass_on):
        add_message(request, _told(form.result))
        return HttpResponseRedirect(reverse("sign_in:colleagues"))
    held = vault.work_held(staff)
    return page(request, "sign_in/hand_over.html", colleague=staff, form=form, held=held)


def _with_loads(people: list[Staff]) -> list[tuple[str, ChoiceLabel]]:
    loads = vault.loads(people)
    return [
        (
            str(person.pk),
            ChoiceLabel(person.name, "; ".join(f"{held.what}: {held.number}" for held in loads[person.pk])),
        )
        for person in people
    ]


def _told(done: vault.HandoverResult) -> str:
    cases = ngettext("%(num)s case is handed over.", "%(num)s cases are handed over.", done.cases)
    rest = ngettext(
        "%(num)s other thing that was due went with it.",
        "%(num)s other things that were due went with it.",
        done.due,
    )
    return " ".join(
        [cases % {"num": done.cases}, *([rest % {"num": done.due}] if done.due else []), *done.said]
    )
