"""Cases that may be one person's: a focal point looks and asks, the holders answer, she goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.queries import by_number_or_404
from panah.people.finding import actions
from panah.people.finding.forms import PairAnswerForm, PairForm, UndoPairForm
from panah.people.finding.permissions import may_compare
from panah.people.finding.words import PairAnswer, PairOutcome, PairState

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# The button that was pressed: what it does, and what is said when it is done.
STEPS: dict[str, tuple[Callable[..., None], StrPromise]] = {
    "ask": (actions.ask_first, gettext_lazy("Whoever holds the newer case is asked.")),
    "go_on": (actions.ask_second, gettext_lazy("Whoever holds the other case is asked.")),
    "apart": (actions.mark_two_people, gettext_lazy("Kept as two people. The pair is not shown again.")),
    "link": (actions.link_pair, gettext_lazy("Linked as two episodes of one person.")),
}


@require_http_methods(["GET", "POST"])
@vault_required
def doubles(request: StaffRequest) -> HttpResponse:
    """Pairs that were looked at, and, on request, those that nobody has looked at yet."""
    if not may_compare(request.staff):
        raise Http404
    form, found, refusal = PairForm(), None, None
    try:
        if request.method == "POST":
            if "look" in request.POST:
                found = actions.look_for_pairs(keys=request.keys, at=timezone.now())
            else:
                form = _form(request)
                if _do(request, form):
                    return redirect("finding:doubles")
        rows = actions.pairs_now(keys=request.keys)
    except Refusal as problem:
        refusal, rows = problem, []
    return page(
        request,
        "finding/doubles.html",
        status=refusal.status if refusal else 422 if form.errors else 200,
        rows=rows,
        found=found,
        form=form,
        undo=form if isinstance(form, UndoPairForm) else UndoPairForm(),
        refusal=refusal,
        states=dict(PairState.choices),
        answers=dict(PairAnswer.choices),
    )


def _form(request: StaffRequest) -> PairForm:
    return (UndoPairForm if "undo" in request.POST else PairForm)(request.POST)


def _do(request: StaffRequest, form: PairForm) -> bool:
    how: dict[str, object] = {"keys": request.keys, "at": timezone.now()}
    joins = request.POST.get("join", "")
    step, said = STEPS.get(request.POST.get("step", ""), (None, ""))
    if "undo" in request.POST:
        step, said = actions.undo_pair, _("It is undone: two people again.")
    elif joins:
        step, said = actions.join_pair, _("One case goes on; the other is closed and can be read beside it.")
        how["goes_on"] = joins
    if step is None:
        # Sent by no button of the page: what is missing is said, and nothing is done.
        form.is_valid()
        return False
    done = form.submit(lambda one, other, **data: step(numbers=frozenset((one, other)), **data, **how))
    if done:
        add_message(request, said)
    return done


@require_http_methods(["GET", "POST"])
@vault_required
def double(request: StaffRequest, number: str, ref: UUID) -> HttpResponse:
    """A focal point asks whoever holds this case whether another one is about the same person."""
    case = by_number_or_404(number, to=request.staff)
    laid = next(
        (pair for pair in actions.laid_pairs(keys=request.keys, case=case) if pair.part.ref == ref), None
    )
    if laid is None:
        raise Http404
    form = PairAnswerForm(posted(request))
    if form.submit(actions.answer, keys=request.keys, case=case, ref=ref, at=timezone.now()):
        add_message(
            request, _("Written down. The focal point goes on with it; what comes of it, you find here.")
        )
        return redirect("finding:there", case.number)
    return page(
        request,
        "finding/double.html",
        case=case,
        asked=laid.part.value,
        outcome=dict(PairOutcome.choices).get(laid.outcome, ""),
        form=form,
        answers=dict(PairAnswer.choices),
    )
