"""What two people decide: who asks for what, approving it, stopping it, carrying it out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.accounts.queries import pseudonyms, staff_by_id
from panah.ground.approvals import actions as approvals
from panah.ground.approvals import queries as approvals_queries
from panah.ground.approvals.acts import Act
from panah.ground.approvals.notifications import LINK, read_token
from panah.ground.approvals.words import Standing, State
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in import actions, forms
from panah.ground.sign_in.actions.working_mode import WORKING_MODE
from panah.ground.sign_in.middleware import vault_required
from panah.ground.sign_in.views import execute_approved
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import two_people as acts

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.approvals.models import Request


def ask(request: StaffRequest, act: Act, staff: Staff) -> HttpResponse:
    """Ask for an act about a colleague, tell who can stop it, and lead to its page. The words were typed."""
    made = vault.ask(keys=request.keys, act=act, staff=staff, at=timezone.now(), address=_address_of_links())
    add_message(request, _("Asked. Everybody who can stop it was told."))
    return to_request(made)


def to_request(made: Request) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("sign_in:approval", args=[made.pk]))


def _address_of_links() -> str:
    # As the node is set up, never by the name that the asker's browser sent: the link is for those who can stop her.
    return settings.PANAH_ADDRESS + reverse("sign_in:stop-by-mail", args=[LINK])


def waits_already(act: Act, staff: Staff) -> Request | None:
    """Return the request that waits for this act about a colleague, or None."""
    return approvals_queries.waiting(
        society=staff.society_id, act=act.name, subject=staff.pk, at=timezone.now()
    )


@require_GET
def everything(request: StaffRequest) -> HttpResponse:
    """What this colleague was told of: what waits first, then what became of the rest."""
    rows = approvals_queries.visible(to=request.staff)
    names = pseudonyms({row.subject for row in rows})
    shown = [(row, approvals_queries.act_of(row), names.get(row.subject, "")) for row in rows[:100]]
    return page(
        request,
        "sign_in/approvals.html",
        waiting=[one for one in shown if is_waiting(one[0])],
        ended=[one for one in shown if not is_waiting(one[0])],
    )


def is_waiting(row: Request) -> bool:
    return bool(row.state == State.WAITING and row.expires_at > timezone.now())


@require_GET
def one(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One request: who asks, for whom, what it opens, what is to be compared, how far it is."""
    row = approvals_queries.request_or_404(pk, to=request.staff)
    if row.act == WORKING_MODE.name:
        return HttpResponseRedirect(reverse("sign_in:working-mode"))
    if own_page := approvals_queries.act_of(row).page:
        return HttpResponseRedirect(reverse(own_page, args=[row.pk]))
    return _shown(request, row, forms.Approve())


def _shown(request: StaffRequest, row: Request, form: forms.Approve) -> HttpResponse:
    at, staff = timezone.now(), staff_by_id(row.subject)
    if staff is None:
        raise Http404
    waits = is_waiting(row)
    needs = approvals_queries.standing(row, at=at) if waits else None
    leads = vault_queries.leads_with_keys(request.staff)
    state = vault_queries.key_state(staff)
    return page(
        request,
        "sign_in/approval.html",
        one=row,
        act=approvals_queries.act_of(row),
        colleague=staff,
        oneself=staff.pk == request.staff.pk,
        votes=approvals_queries.kept_votes(row),
        waits=waits,
        needs=needs,
        ready=needs == Standing.READY,
        form=form if approvals_queries.may_approve(request.staff, row, at=at) else None,
        carries_out=leads and needs == Standing.READY and staff.pk != request.staff.pk,
        compare=state.words.split() if row.act != acts.NEW_KEY.name else [],
        short=row.pk.hex[:8],
    )


@require_POST
@vault_required
def approve(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The second vote, with this colleague's own six words. What is ready then is carried out at once."""
    row, at = _about_a_colleague(request, pk), timezone.now()
    form = forms.Approve(request.POST)
    if not approvals_queries.may_approve(request.staff, row, at=at):
        raise Refusal(
            _("You cannot approve this."),
            next_step=_("The page says what it still needs, and who can approve it."),
            code="not-yours-to-decide",
        )

    def vote(*, passphrase: str, **_compared: bool) -> None:
        actions.confirm_words(staff=request.staff, passphrase=passphrase, at=at)
        vault.approve(keys=request.keys, request=row, at=at)

    if not form.submit(vote):
        return _shown(request, row, form)
    if approvals_queries.standing(row, at=at) == Standing.READY:
        return _carry_out(request, row)
    add_message(request, _("Approved. It can be carried out when the waiting time is over."))
    return to_request(row)


@require_POST
def stop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One press by anybody who was told, without words and with a locked vault: stopping is always safe."""
    row = approvals_queries.request_or_404(pk, to=request.staff)
    approvals.stop(request=row, by=request.staff, at=timezone.now())
    add_message(request, _("It is stopped. Tell the other focal point by telephone what you know."))
    return to_request(row)


@login_not_required
@require_http_methods(["GET", "POST"])
def stop_by_mail(request: StaffRequest, token: str) -> HttpResponse:
    """The link in an e-mail. Opening it does nothing, since mail scanners open links; the button stops."""
    link, row, stopped = read_token(token), None, False
    if link is not None:
        with tenancy.tenant_context(link.society):
            row = (
                approvals.stop_by_link(link=link, at=timezone.now())
                if request.method == "POST"
                else approvals_queries.by_link(link)
            )
            stopped = row is not None and row.state == State.STOPPED
    status = 200 if row is not None else 410
    return page(
        request,
        "sign_in/stop_by_mail.html",
        status=status,
        one=row,
        stopped=stopped,
        waits=row is not None and is_waiting(row),
        token=token,
    )


@require_POST
@vault_required
def carry_out(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Do what two people decided and nobody stopped."""
    return _carry_out(request, _about_a_colleague(request, pk))


def _about_a_colleague(request: StaffRequest, pk: UUID) -> Request:
    row = approvals_queries.request_or_404(pk, to=request.staff)
    if row.act not in execute_approved.DOES:
        raise Http404
    return row


def _carry_out(request: StaffRequest, row: Request) -> HttpResponse:
    staff = staff_by_id(row.subject)
    if staff is None:
        raise Http404
    return execute_approved.DOES[row.act](request, staff)
