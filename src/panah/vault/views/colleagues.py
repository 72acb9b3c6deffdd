"""Colleagues, for the focal points: invite, admit, give and take duty keys, change roles, end access."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.accounts import actions as accounts
from panah.accounts.permissions import is_keeper
from panah.accounts.queries import all_colleagues, colleagues
from panah.accounts.words import WHAT_A_ROLE_DOES, Role
from panah.foundation.errors import Refusal
from panah.kit.pages import page, said
from panah.network.queries import branch_names
from panah.vault import actions as vault
from panah.vault import forms, queries
from panah.vault.doors import vault_must_be_open
from panah.vault.words import KeyKind

GIVEN = (KeyKind.INTAKE, KeyKind.SEARCH, KeyKind.FACTS)

HOLDERS = {Role.CASEWORKER.value, Role.FOCAL_POINT.value}


@dataclass(frozen=True)
class Colleague:
    """One colleague as the list shows her: roles in words, how far her key is, what duty keys she holds."""

    staff: Any
    roles: list[Any]
    key: queries.KeyState
    held: list[Any]


def _keeper_or_404(request: Any) -> None:
    if not is_keeper(request.staff):
        raise Http404


def _colleague_or_404(request: Any, pk: UUID) -> Any:
    _keeper_or_404(request)
    return get_object_or_404(colleagues(to=request.staff), pk=pk)


def _described(request: Any, people: list[Any]) -> list[Colleague]:
    states = queries.key_states([p.pk for p in people])
    keys = queries.duty_keys(request.staff.society_id)
    return [
        Colleague(
            p,
            [Role(r).label for r in sorted(p.role_names)],
            states.get(p.pk, queries.KeyState("none")),
            [KeyKind(kind).label for kind, _line in keys.get(p.pk, [])],
        )
        for p in people
    ]


@require_GET
def everyone(request: Any) -> HttpResponse:
    """All colleagues of the society, those who wait for admission first."""
    _keeper_or_404(request)
    people = _described(request, list(all_colleagues(to=request.staff)))
    return page(
        request,
        "vault/colleagues.html",
        waiting=[p for p in people if p.key.state == "waiting" and p.staff.is_active],
        working=[p for p in people if p.staff.is_active],
        left=[p for p in people if not p.staff.is_active],
        ready=queries.society_is_ready(request.staff.society_id),
        to_reseal=vault.files_to_reseal(request.staff.society_id),
    )


def _branches(request: Any) -> list[tuple[str, str]]:
    return branch_names(request.staff.society_id)


def _branch(request: Any, chosen: str) -> Any:
    return request.staff.society.branches.filter(pk=chosen).first() if chosen else None


@require_http_methods(["GET", "POST"])
def invite(request: Any) -> HttpResponse:
    """Add a colleague and show the one-time link, once."""
    _keeper_or_404(request)
    form, at = (
        forms.Invite(request.POST if request.method == "POST" else None, branches=_branches(request)),
        timezone.now(),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            staff = accounts.add_colleague(
                society=request.staff.society,
                username=given["username"],
                name=given["name"],
                roles=given["roles"],
                branch=_branch(request, given["branch"]),
                language=given["language"],
                by=request.staff,
                at=at,
            )
            return _link(request, staff, vault.invite(staff=staff, at=at))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(request, "vault/invite.html", form=form)


def _link(request: Any, staff: Any, token: str) -> HttpResponse:
    # Shown in the answer itself: a one-time link must not lie in an address or a cookie.
    link = request.build_absolute_uri(reverse("vault:invitation", args=[token]))
    return page(request, "vault/invited.html", colleague=staff, link=link)


@require_http_methods(["GET", "POST"])
def one(request: Any, pk: UUID) -> HttpResponse:
    """One colleague: roles, key, duty keys, and the ways back in."""
    staff = _colleague_or_404(request, pk)
    form = forms.Roles(
        request.POST if request.method == "POST" else None,
        branches=_branches(request),
        initial={"roles": sorted(staff.role_names), "branch": str(staff.branch_id or "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_roles(
                staff=staff,
                roles=form.cleaned_data["roles"],
                branch=_branch(request, form.cleaned_data["branch"]),
                by=request.staff,
                at=timezone.now(),
            )
            said(request, _("The roles are changed. Duty keys are given and taken below."))
            return HttpResponseRedirect(reverse("vault:colleague", args=[pk]))
        except Refusal as refusal:
            form.refuse(refusal)
    held = {kind for kind, _line in queries.duty_keys(staff.society_id).get(staff.pk, [])}
    return page(
        request,
        "vault/colleague.html",
        colleague=_described(request, [staff])[0],
        form=form,
        keys_of=[(kind.value, kind.label, kind.value in held) for kind in GIVEN],
        roles=[(Role(r).label, WHAT_A_ROLE_DOES[Role(r)]) for r in sorted(staff.role_names)],
        oneself=staff.pk == request.staff.pk,
    )


@require_POST
@vault_must_be_open
def admit(request: Any, pk: UUID) -> HttpResponse:
    """Sign the key whose six words were compared by telephone."""
    staff = _colleague_or_404(request, pk)
    state = queries.key_state(staff)
    if request.POST.get("words") != state.words or not request.POST.get("compared"):
        raise Refusal(
            _("The words were not compared."),
            next_step=_("Call the colleague, let the six words be read to you, tick the box, then admit."),
            code="not-compared",
        )
    vault.admit(keys=request.keys, staff=staff, at=timezone.now(), compared=state.public)
    said(request, _("The key is admitted. The colleague can be given cases and duty keys now."))
    return HttpResponseRedirect(reverse("vault:colleague", args=[pk]))


@require_POST
@vault_must_be_open
def duty_key(request: Any, pk: UUID) -> HttpResponse:
    """Give or take one duty key."""
    staff = _colleague_or_404(request, pk)
    kind = next((k for k in GIVEN if k.value == request.POST.get("kind")), None)
    if kind is None:
        raise Http404
    if request.POST.get("do") == "give":
        vault.give_key(keys=request.keys, kind=kind, to=staff, at=timezone.now())
        said(request, _("The key is given."))
    else:
        vault.take_key(keys=request.keys, kind=kind, staff=staff, at=timezone.now())
        said(request, _("The key is taken back."))
    return HttpResponseRedirect(reverse("vault:colleague", args=[pk]))


@require_POST
@vault_must_be_open
def way_back(request: Any, pk: UUID) -> HttpResponse:
    """A new link: for someone who never came, who lost the code app, or who lost passphrase and printed code."""
    staff, at = _colleague_or_404(request, pk), timezone.now()
    if request.POST.get("lost") == "everything":
        token = vault.begin_again(keys=request.keys, staff=staff, at=at)
    elif queries.has_key(staff):
        token = vault.invite_again(keys=request.keys, staff=staff, at=at)
    else:
        token = vault.invite(staff=staff, at=at)
    return _link(request, staff, token)


@require_http_methods(["GET", "POST"])
@vault_must_be_open
def end_access(request: Any, pk: UUID) -> HttpResponse:
    """End a colleague's access at once; a GET asks and says what follows."""
    staff = _colleague_or_404(request, pk)
    if request.method == "GET":
        return page(request, "vault/end_access.html", colleague=staff)
    vault.end_access(keys=request.keys, staff=staff, at=timezone.now())
    said(request, _("The access is ended. The duty keys of this colleague have a new generation."))
    return HttpResponseRedirect(reverse("vault:colleagues"))


@require_http_methods(["GET", "POST"])
@vault_must_be_open
def hand_over(request: Any, pk: UUID) -> HttpResponse:
    """Everything a colleague holds goes to another: choose, press."""
    _keeper_or_404(request)
    staff, at = get_object_or_404(all_colleagues(to=request.staff), pk=pk), timezone.now()
    others = [c for c in colleagues(to=request.staff) if c.pk != staff.pk and c.role_names & HOLDERS]
    if request.method == "GET":
        return page(
            request, "vault/hand_over.html", colleague=staff, others=others, held=vault.cases_held(staff)
        )
    to = next((c for c in others if str(c.pk) == request.POST.get("to")), None)
    if to is None:
        raise Refusal(
            _("Choose the colleague who takes the cases."),
            next_step=_("Go back and choose one."),
            code="nobody-chosen",
        )
    done = vault.hand_over_all(keys=request.keys, staff=staff, to=to, at=at)
    said(
        request,
        ngettext("%(num)s case is handed over.", "%(num)s cases are handed over.", done) % {"num": done},
    )
    return HttpResponseRedirect(reverse("vault:colleagues"))


@require_POST
@vault_must_be_open
def reseal(request: Any) -> HttpResponse:
    """One chunk of files sealed anew to the keys that hold now; the page says how many are left."""
    _keeper_or_404(request)
    progress = vault.regrant_chunk(keys=request.keys, at=timezone.now())
    said(
        request,
        _("Sealed anew: %(done)s. Still to do: %(left)s.") % {"done": progress.done, "left": progress.left},
    )
    return HttpResponseRedirect(reverse("vault:colleagues"))
