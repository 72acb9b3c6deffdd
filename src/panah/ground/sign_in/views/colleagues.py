"""Colleagues, for the focal points: invite, admit, give and take duty keys, change roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.guests import is_guest
from panah.ground.accounts.permissions import is_staff_manager
from panah.ground.accounts.queries import all_colleagues, colleagues, who_signs_in
from panah.ground.accounts.roles import Permission, may
from panah.ground.accounts.words import Role
from panah.ground.approvals import queries as approvals_queries
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network.queries import branch_names
from panah.ground.sign_in import actions, forms
from panah.ground.sign_in.middleware import vault_required
from panah.ground.sign_in.views import execute_approved
from panah.ground.sign_in.views.execute_approved import show_link
from panah.ground.sign_in.views.two_people import ask, is_waiting
from panah.ground.sign_in.words import OpeningReason
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import two_people as acts
from panah.ground.vault.protected_roles import ROLES
from panah.ground.vault.words import FileKind, KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Branch

GIVEN = (KeyKind.INTAKE, KeyKind.SEARCH, KeyKind.FACTS)


@dataclass(frozen=True)
class Colleague:
    """One colleague as the list shows her: roles in words, how far her key is, what duty keys she holds."""

    staff: Staff
    roles: list[object]
    key: vault_queries.KeyState
    held: list[object]
    lacks_keys: bool = False


def keeper_or_404(request: StaffRequest) -> None:
    if not is_staff_manager(request.staff):
        raise Http404


def colleague_or_404(request: StaffRequest, pk: UUID) -> Staff:
    keeper_or_404(request)
    found: Staff = get_object_or_404(who_signs_in(to=request.staff), pk=pk)
    return found


def _described(request: StaffRequest, people: list[Staff]) -> list[Colleague]:
    states = vault_queries.key_states([p.pk for p in people])
    keys = vault_queries.duty_keys(request.staff.society_id)
    ready = vault_queries.society_is_ready(request.staff.society_id)
    signing = vault_queries.focal_points_with_keys(request.staff.society_id)
    return [
        Colleague(
            p,
            [Role(r).label for r in sorted(p.role_names)],
            states.get(p.pk, vault_queries.KeyState("none")),
            [KeyKind(kind).label for kind, _line in keys.get(p.pk, [])],
            ready and may(p, Permission.VAULT_LEAD) and p.pk not in signing,
        )
        for p in people
    ]


@require_GET
def everyone(request: StaffRequest) -> HttpResponse:
    """All colleagues of the society, those who wait for admission first."""
    keeper_or_404(request)
    people = _described(request, list(all_colleagues(to=request.staff)))
    society = request.staff.society_id
    return page(
        request,
        "sign_in/colleagues.html",
        waiting=[
            p for p in people if p.key.state == "waiting" and p.staff.is_active and not is_guest(p.staff)
        ],
        working=[p for p in people if p.staff.is_active],
        left=[p for p in people if not p.staff.is_active],
        ready=vault_queries.society_is_ready(request.staff.society_id),
        to_reseal=vault.files_to_reseal(society),
        behind=sum(vault.behind_recovery(society)),
        leavers=[
            (FileKind(kind).label, number) for kind, number in vault.files_with_leavers(society).items()
        ],
        signing=vault_queries.waiting_signing_key(society),
        me=str(request.staff.pk),
        without_keys=[p for p in people if p.lacks_keys],
        untidy=vault.maintenance_needs(keys=request.keys, society=society) if request.keys else None,
    )


def _branches(request: StaffRequest) -> list[tuple[str, str]]:
    return branch_names(request.staff.society_id)


def _branch(request: StaffRequest, chosen: str) -> Branch | None:
    return request.staff.society.branches.filter(pk=chosen).first() if chosen else None


@require_http_methods(["GET", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    """Add a colleague and show the one-time link, once."""
    keeper_or_404(request)
    form, at = (
        forms.Invite(
            request.POST if request.method == "POST" else None,
            branches=_branches(request),
            left_out=_by_two(request),
        ),
        timezone.now(),
    )

    def invited(*, roles: list[str], branch: str, **given: Any) -> HttpResponse:
        society = request.staff.society
        vault.must_be_plain(society.pk, roles)
        staff = accounts.add_colleague(
            society=society, roles=roles, branch=_branch(request, branch), by=request.staff, at=at, **given
        )
        return show_link(request, staff, actions.invite(staff=staff, at=at))

    if form.submit(invited):
        return form.result
    return page(request, "sign_in/invite.html", form=form)


def _by_two(request: StaffRequest) -> list[Role]:
    """The roles that two focal points give, once the society has its keys."""
    return [Role(one) for one in ROLES] if vault_queries.society_is_ready(request.staff.society_id) else []


@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One colleague: roles, key, duty keys, and the ways back in."""
    staff = colleague_or_404(request, pk)
    return (
        _change(request, staff) if request.method == "POST" else _shown(request, staff, _form(request, staff))
    )


def _form(request: StaffRequest, staff: Staff, given: object = None) -> forms.Roles:
    return forms.Roles(
        given,
        branches=_branches(request),
        needed=not staff.has_role(*ROLES),
        left_out=_by_two(request),
        initial={"roles": sorted(staff.role_names), "branch": str(staff.branch_id or "")},
    )


@vault_required
def _change(request: StaffRequest, staff: Staff) -> HttpResponse:
    form = _form(request, staff, request.POST)

    def change(*, roles: list[str], branch: str) -> vault.Changed:
        return vault.change_roles(
            keys=request.keys, staff=staff, roles=roles, branch=_branch(request, branch), at=timezone.now()
        )

    if not form.submit(change):
        return _shown(request, staff, form)
    add_message(request, _changed(form.result))
    return HttpResponseRedirect(reverse("sign_in:colleague", args=[staff.pk]))


def _changed(done: vault.Changed) -> str:
    words = [_("The roles are changed.")]
    if done.given:
        words.append(_("Given with them: %(keys)s.") % {"keys": _names(done.given)})
    if done.taken:
        words.append(_("Taken back, with a new generation: %(keys)s.") % {"keys": _names(done.taken)})
    return " ".join(words)


def _names(kinds: Iterable[KeyKind]) -> str:
    return ", ".join(str(kind.label) for kind in kinds)


def _shown(request: StaffRequest, staff: Staff, form: forms.Roles, admit: object = None) -> HttpResponse:
    held = {kind for kind, _line in vault_queries.duty_keys(staff.society_id).get(staff.pk, [])}
    leads = may(staff, Permission.VAULT_LEAD)
    return page(
        request,
        "sign_in/colleague.html",
        colleague=_described(request, [staff])[0],
        form=form,
        admit=admit or forms.OnceMore(),
        keys_of=[(kind.value, kind.label, kind.value in held) for kind in GIVEN],
        leads=leads,
        officer=may(staff, Permission.VAULT_OFFICER),
        by_two=vault.decided_by_two(staff),
        waits=[
            one
            for one in approvals_queries.visible(to=request.staff)
            if one.subject == staff.pk and is_waiting(one)
        ],
        lacks_keys=leads and not vault_queries.leads_with_keys(staff),
        ready=vault_queries.society_is_ready(staff.society_id),
        oneself=staff.pk == request.staff.pk,
        may_say_known=vault_queries.may_say_known(request.staff, staff),
        waits_until=actions.name_waits_until(staff, at=timezone.now()),
        reasons=OpeningReason.choices,
    )


@require_POST
@vault_required
def admit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Sign the key whose six words were compared by telephone."""
    staff = colleague_or_404(request, pk)
    state = vault_queries.key_state(staff)
    if request.POST.get("words") != state.words or not request.POST.get("compared"):
        raise Refusal(
            _("The words were not compared."),
            next_step=_("Call the colleague, let the six words be read to you, tick the box, then admit."),
            code="not-compared",
        )
    form, at = forms.OnceMore(request.POST), timezone.now()
    if not confirmed(request, form, at):
        return _shown(request, staff, _form(request, staff), form)
    if vault.decided_by_two(staff):
        return ask(request, acts.ADMIT, staff)
    return execute_approved.admit(request, staff, compared=state.public)


@require_http_methods(["GET", "POST"])
def known(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that one knows a colleague whom another focal point admitted. No words: nothing is opened by it."""
    staff = get_object_or_404(colleagues(to=request.staff), pk=pk)
    if not vault_queries.may_say_known(request.staff, staff):
        raise Http404
    if request.method == "POST":
        vault.confirm_known(staff=staff, by=request.staff, at=timezone.now())
        add_message(request, _("Written down: you know this colleague."))
        return HttpResponseRedirect(reverse("sign_in:colleagues") if is_staff_manager(request.staff) else "/")
    return page(
        request,
        "sign_in/known.html",
        colleague=_described(request, [staff])[0],
        admitted_by=vault_queries.admitted_by(staff),
    )


def confirmed(request: StaffRequest, form: forms.OnceMore, at: datetime) -> bool:
    """Say whether she typed her own six words: whoever found her screen open must let nobody in for good."""
    return form.submit(actions.confirm_words, staff=request.staff, at=at)


@require_POST
@vault_required
def duty_key(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give or take one duty key."""
    staff = colleague_or_404(request, pk)
    kind = next((k for k in GIVEN if k.value == request.POST.get("kind")), None)
    if kind is None:
        raise Http404
    if may(staff, Permission.VAULT_LEAD):
        raise Refusal(
            _("A focal point holds every key of the society."),
            next_step=_(
                "Whoever should not is no longer a focal point: the page of the colleague ends that."
            ),
            code="focal-point-holds-all",
        )
    if request.POST.get("do") == "give":
        vault.give_key(keys=request.keys, kind=kind, to=staff, at=timezone.now())
        add_message(request, _("The key is given."))
    else:
        vault.take_key(keys=request.keys, kind=kind, staff=staff, at=timezone.now())
        add_message(request, _("The key is taken back."))
    return HttpResponseRedirect(reverse("sign_in:colleague", args=[pk]))


@require_POST
def open_name(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let the name of a colleague sign in again after too many wrong tries. One press says why."""
    staff = colleague_or_404(request, pk)
    if request.POST.get("reason") not in OpeningReason.values:
        raise Http404
    reason = OpeningReason(request.POST["reason"])
    actions.open_name(staff=staff, reason=reason, by=request.staff, at=timezone.now())
    add_message(request, _("This name can sign in again now. It is open for a quarter of an hour."))
    return HttpResponseRedirect(reverse("sign_in:colleague", args=[pk]))


@require_POST
@vault_required
def way_back(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A new link: for someone who never came, who lost the code app, or who lost passphrase and printed code."""
    staff, at = colleague_or_404(request, pk), timezone.now()
    if request.POST.get("lost") == "everything":
        # The button on the colleague's page asks; only the page that it leads to has her words.
        form = forms.OnceMore(request.POST if "passphrase" in request.POST else None)
        by_two = vault.decided_by_two(staff)
        if not confirmed(request, form, at):
            return page(request, "sign_in/begin_again.html", colleague=staff, form=form, by_two=by_two)
        if by_two:
            return ask(request, acts.NEW_KEY, staff)
        token = actions.begin_again(keys=request.keys, staff=staff, at=at)
    elif vault_queries.has_key(staff):
        token = actions.invite_again(keys=request.keys, staff=staff, at=at)
    else:
        token = actions.invite(staff=staff, at=at)
    return show_link(request, staff, token)
