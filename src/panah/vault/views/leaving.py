"""Leaving: hand everything over, end the access or the work as focal point. Each asks first and says what follows."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from panah.accounts.queries import all_colleagues, colleagues
from panah.accounts.words import Role
from panah.foundation.errors import Refusal
from panah.kit.forms import Explained
from panah.kit.pages import page, said
from panah.vault import actions as vault
from panah.vault import forms
from panah.vault.doors import vault_must_be_open
from panah.vault.views.colleagues import colleague_or_404, keeper_or_404

HOLDERS = {Role.CASEWORKER.value, Role.FOCAL_POINT.value}


@require_http_methods(["GET", "POST"])
@vault_must_be_open
def end_access(request: Any, pk: UUID) -> HttpResponse:
    """End a colleague's access at once; a GET asks and says what follows."""
    keeper_or_404(request)
    staff = get_object_or_404(all_colleagues(to=request.staff), pk=pk)
    if not staff.is_active:
        # Pressed twice, in two windows, or by both focal points at once.
        said(request, _("The access of this colleague has ended already."))
        return _to_what_is_left(staff)
    if request.method == "GET":
        return page(
            request,
            "vault/end_access.html",
            colleague=staff,
            held=vault.work_held(staff),
            leads=staff.has_role("focal_point"),
        )
    led = staff.has_role("focal_point")
    vault.end_access(keys=request.keys, staff=staff, at=timezone.now())
    words = [_("The access is ended. The duty keys of this colleague have a new generation.")]
    if led:
        words.append(_("The other focal point now confirms the new signing key."))
    said(request, " ".join(words))
    return _to_what_is_left(staff)


def _to_what_is_left(staff: Any) -> HttpResponse:
    to = "vault:hand-over" if vault.work_held(staff) else "vault:colleagues"
    return HttpResponseRedirect(reverse(to, args=[staff.pk] if to == "vault:hand-over" else []))


@require_http_methods(["GET", "POST"])
@vault_must_be_open
def end_focal_point(request: Any, pk: UUID) -> HttpResponse:
    """A focal point stays as a colleague: her keys are renewed, and files that are not hers close to her."""
    staff = colleague_or_404(request, pk)
    if request.method == "GET":
        return page(request, "vault/end_focal_point.html", colleague=staff)
    vault.end_focal_point(keys=request.keys, staff=staff, at=timezone.now())
    said(request, _("This colleague is no focal point any more. The other focal point confirms the new key."))
    return HttpResponseRedirect(reverse("vault:colleague", args=[pk]))


@require_http_methods(["GET", "POST"])
@vault_must_be_open
def hand_over(request: Any, pk: UUID) -> HttpResponse:
    """Everything a colleague holds goes to another: choose, press."""
    keeper_or_404(request)
    staff, at = get_object_or_404(all_colleagues(to=request.staff), pk=pk), timezone.now()
    others = [c for c in colleagues(to=request.staff) if c.pk != staff.pk and c.role_names & HOLDERS]
    form = forms.HandOver(request.POST if request.method == "POST" else None, people=_with_loads(others))
    if request.method == "POST" and form.is_valid():
        to = next(one for one in others if str(one.pk) == form.cleaned_data["to"])
        try:
            done = vault.hand_over_all(keys=request.keys, staff=staff, to=to, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            said(request, _told(done))
            return HttpResponseRedirect(reverse("vault:colleagues"))
    held = vault.work_held(staff)
    return page(request, "vault/hand_over.html", colleague=staff, form=form, held=held)


def _with_loads(people: list[Any]) -> list[tuple[str, Explained]]:
    loads = vault.loads(people)
    return [
        (str(one.pk), Explained(one.name, "; ".join(f"{held.what}: {held.number}" for held in loads[one.pk])))
        for one in people
    ]


def _told(done: vault.HandedOver) -> str:
    cases = ngettext("%(num)s case is handed over.", "%(num)s cases are handed over.", done.cases)
    rest = ngettext(
        "%(num)s other thing that was due went with it.",
        "%(num)s other things that were due went with it.",
        done.due,
    )
    return " ".join([cases % {"num": done.cases}, *([rest % {"num": done.due}] if done.due else [])])
