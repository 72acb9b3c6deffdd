"""Asking a paired society whether it knows the person of a case: for whoever holds the case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network import queries as network_queries
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import actions as vault
from panah.ground.vault.words import RevealPurpose
from panah.people.cases.queries import by_number_or_404
from panah.people.finding import actions, queries
from panah.people.finding.forms import AskSocietyForm
from panah.people.finding.message_schema import InquiryMessage
from panah.people.finding.words import InquiryAnswer, PairOutcome

if TYPE_CHECKING:
    from panah.ground.network.models import Society
    from panah.ground.vault.keyring import Keyring
    from panah.people.cases.models import Case


@require_GET
@vault_required
def outgoing_list(request: StaffRequest, number: str) -> HttpResponse:
    """What was asked elsewhere about the person of a case; what others ask about somebody who may be this person."""
    case, now = by_number_or_404(number, to=request.staff), timezone.now()
    return page(
        request,
        "finding/there.html",
        case=case,
        asked=queries.outgoing_of(case=case, keys=request.keys),
        here=[(one, one.over(now)) for one in queries.incoming_for_case(case=case, keys=request.keys)],
        doubles=actions.laid_pairs(keys=request.keys, case=case),
        outcomes=dict(PairOutcome.choices),
        societies=queries.reachable(to=request.staff),
        answers=dict(InquiryAnswer.choices),
    )


def _theirs(request: StaffRequest, slug: str) -> Society:
    society = network_queries.society_or_none(slug)
    if society is None or slug not in {one.slug for one in queries.reachable(to=request.staff)}:
        raise Http404
    return society


@require_http_methods(["GET", "POST"])
@vault_required
def ask_society(request: StaffRequest, number: str, society: str) -> HttpResponse:
    """Choose what a question holds, look at exactly what leaves, then send it."""
    case, now = by_number_or_404(number, to=request.staff), timezone.now()
    theirs = _theirs(request, society)
    refusal = actions.why_not_askable(keys=request.keys, case=case, theirs=theirs, asked=None, at=now)
    if refusal is not None:
        # Nothing of the identity is read before the person has agreed.
        status = refusal.status if request.method == "POST" else 200
        return page(
            request,
            "finding/ask_there.html",
            status=status,
            case=case,
            theirs=theirs,
            refusal=refusal,
            leaves=None,
        )
    known = _shown(request, case, now)
    form = AskSocietyForm(request.POST or None, known=known)
    sends = request.POST.get("step") == "send"
    act = actions.ask_society if sends else _leaves
    done = form.submit(
        lambda **_typed: act(keys=request.keys, case=case, theirs=theirs, asked=form.asked(known), at=now)
    )
    if done and sends:
        add_message(request, _("It is sealed and on its way. The answer comes to your list within days."))
        return redirect("finding:there", case.number)
    return page(
        request,
        "finding/ask_there.html",
        case=case,
        theirs=theirs,
        form=form,
        known=known,
        refusal=None,
        leaves=form.result,
        typed=[(name, one) for name in ("names", "year", "tail") for one in request.POST.getlist(name)],
    )


def _shown(request: StaffRequest, case: Case, at: datetime) -> InquiryMessage:
    """What the case knows, to choose from: a showing of the identity, so it is journalled with its purpose."""
    shown = vault.reveal(keys=request.keys, file=case.file_id, purpose=RevealPurpose.CHECK, at=at)
    return queries.could_be_told(shown.value if shown else {})


def _leaves(
    *, keys: Keyring, case: Case, theirs: Society, asked: InquiryMessage, at: datetime
) -> InquiryMessage:
    problem = actions.why_not_askable(keys=keys, case=case, theirs=theirs, asked=asked, at=at)
    if problem is not None:
        raise problem
    return asked


@require_POST
@vault_required
def take_answer(request: StaffRequest, number: str, question: UUID) -> HttpResponse:
    """Open the answer: it becomes part of the case."""
    case = by_number_or_404(number, to=request.staff)
    every = queries.outgoing_of(case=case, keys=request.keys)
    one = next((one for one in every if one.row.pk == question), None)
    if one is None:
        raise Http404
    actions.take_answer(keys=request.keys, case=case, question=one, at=timezone.now())
    add_message(request, _("The answer is part of the case now."))
    return redirect("finding:there", case.number)
