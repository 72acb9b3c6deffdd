"""Blocking, ending, messages that are stuck, and the way by file."""

import base64
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.exchange import actions, files, forms, presenters
from panah.ground.exchange.http_client import CONTENT
from panah.ground.exchange.models import Outgoing
from panah.ground.exchange.views.peers import leads_or_404, peer_or_404
from panah.ground.exchange.words import SAY_ONLY_THAT
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault.sealed_state import open_state, seal_state

ANSWER = "receipt file"


def _back(pk: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("exchange:peer", args=[pk]))


@require_http_methods(["GET", "POST"])
def block(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let nothing in and nothing out for now; a GET asks why and says what follows."""
    one = peer_or_404(request, pk)
    form = forms.BlockForm(request.POST if request.method == "POST" else None)
    if form.submit(actions.block, peer=one.peer, by=request.staff, at=timezone.now()):
        add_message(request, _("Blocked. Tell them by telephone why nothing gets through."))
        return _back(pk)
    return page(request, "exchange/block.html", one=one, form=form)


@require_POST
@vault_required
def unblock(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let a blocked peer in again."""
    one = peer_or_404(request, pk)
    actions.unblock(keys=request.keys, peer=one.peer, at=timezone.now())
    add_message(request, _("Let in again. What waited leaves now."))
    return _back(pk)


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End the pairing; a GET asks why, and says what is stopped."""
    one = peer_or_404(request, pk)
    withdrawals = presenters.withdrawals_wait(one.peer)
    form = forms.EndPairingForm(request.POST if request.method == "POST" else None, withdrawals=withdrawals)
    if form.submit(
        lambda *, why, **_told: actions.end_pairing(
            peer=one.peer, why=why, by=request.staff, at=timezone.now()
        )
    ):
        words = [_("The pairing is ended.")]
        if stopped := form.result:
            words.append(
                ngettext("%(num)s message was stopped.", "%(num)s messages were stopped.", stopped)
                % {"num": stopped}
            )
        add_message(request, " ".join(words))
        return _back(pk)
    return page(
        request,
        "exchange/end.html",
        one=one,
        form=form,
        waiting=presenters.waiting_by_kind(one.peer),
        withdrawals=withdrawals,
    )


def _row_or_404(request: StaffRequest, pk: UUID, row: UUID) -> Outgoing:
    one = peer_or_404(request, pk)
    return get_object_or_404(Outgoing.objects.visible(to=request.staff), peer=one.peer, pk=row)


@require_POST
def retry(request: StaffRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Let a message that was not taken leave once more."""
    actions.try_again(row=_row_or_404(request, pk, row), by=request.staff, at=timezone.now())
    add_message(request, _("It leaves again."))
    return _back(pk)


@require_http_methods(["GET", "POST"])
def give_up(request: StaffRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Let a message be that did not arrive; a GET says what that means, since it is destroyed."""
    one, message = peer_or_404(request, pk), _row_or_404(request, pk, row)
    if request.method == "GET":
        return page(request, "exchange/give_up.html", one=one, message=message, silent=SAY_ONLY_THAT)
    actions.give_up(row=message, by=request.staff, at=timezone.now())
    add_message(request, _("It is off the list. Whoever sent it sees that it did not arrive."))
    return _back(pk)


# -- by file -----------------------------------------------------------------------------------


@require_POST
def write_file(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What waits for a peer, as a file to be carried."""
    one = peer_or_404(request, pk)
    body = actions.write_file(peer=one.peer, by=request.staff, at=timezone.now())
    return _file(body, f"{one.peer.theirs.slug}.messages")


@require_http_methods(["GET", "POST"])
def read_file(request: StaffRequest) -> HttpResponse:
    """Read a file that was carried here; the receipt to be carried back is in the answer."""
    leads_or_404(request)
    posted = request.method == "POST"
    form = forms.ReadFile(request.POST if posted else None, request.FILES if posted else None)
    form.submit(lambda *, file: actions.read_file(raw=file.read(), by=request.staff, at=timezone.now()))
    found = form.result
    return page(
        request,
        "exchange/read_file.html",
        form=form if found is None else forms.ReadFile(),
        found=found,
        receipt=found is not None and found.what == files.RECEIPT,
        answer=_carried_answer(request, found.answer) if found is not None and found.answer else "",
    )


def _carried_answer(request: StaffRequest, answer: bytes) -> str:
    state = {"answer": base64.b64encode(answer).decode()}
    return seal_state(state, what=ANSWER, whose=str(request.staff.pk), at=timezone.now())


@require_POST
def answer_file(request: StaffRequest) -> HttpResponse:
    """The receipt that a file was answered with, as a file."""
    leads_or_404(request)
    state = open_state(
        request.POST.get("answer", ""), what=ANSWER, whose=str(request.staff.pk), at=timezone.now()
    )
    if state is None:
        raise Refusal(
            _("This receipt was made more than an hour ago, or not here."),
            next_step=_(
                "Read the file once more: nothing in it counts twice, and the receipt is made again."
            ),
            code="receipt-over",
        )
    return _file(base64.b64decode(state["answer"]), "receipt.messages")


def _file(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=CONTENT)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
