"""Looking for a person, and a question of a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.queries import by_number
from panah.people.finding import actions, queries
from panah.people.finding.forms import FindForm
from panah.people.finding.permissions import may_find

if TYPE_CHECKING:
    from panah.people.finding.models import Question


def _only_finders(request: StaffRequest) -> None:
    if not may_find(request.staff):
        raise Http404


@require_http_methods(["GET", "POST"])
@vault_required
def find(request: StaffRequest) -> HttpResponse:
    """A case number leads to the case; anything else in the bar is a name, and is looked for at once."""
    _only_finders(request)
    typed = request.POST.get("q", "").strip()
    case = by_number(typed, to=request.staff) if typed else None
    if case is not None:
        return redirect("cases:case", case.number)
    form = FindForm({"name": typed} if typed else request.POST or None)
    asks = "ask" in request.POST
    done = form.submit(lambda **_given: _asked_or_found(request, form.sought(), asks=asks))
    if done and asks:
        add_message(request, _("The focal point looks. If someone can answer, a colleague tells you."))
        return redirect("finding:find")
    return page(
        request,
        "finding/find.html",
        form=form,
        found=form.result,
        # Looked for again by itself, it takes nobody from where she types.
        again="again" in request.POST,
        unlocking=actions.unlocking(keys=request.keys, at=timezone.now()) if form.result is None else None,
        by_name_alone=done and form.sought().by_name_alone,
        own=_asked(request),
    )


def _asked_or_found(request: StaffRequest, sought: actions.Sought, *, asks: bool) -> object:
    at = timezone.now()
    if asks:
        return actions.ask(keys=request.keys, sought=sought, at=at)
    # The page asks again by itself, or she presses the button: then it waits until all cards are unlocked.
    patience = actions.LONGER if "again" in request.POST else actions.SOON
    return actions.search_locally(keys=request.keys, sought=sought, at=at, patience=patience)


def _asked(request: StaffRequest) -> list[Question]:
    return list(queries.visible(to=request.staff)[:10])


@require_http_methods(["GET", "POST"])
@vault_required
def question(request: StaffRequest, question: UUID) -> HttpResponse:
    """A focal point looks into a colleague's question and passes a match to the holder of that case, or does not."""
    row = get_object_or_404(queries.visible(to=request.staff), pk=question, looked_at=None)
    sought = actions.sought_in(keys=request.keys, question=row)
    if sought is None:
        raise Http404
    if request.method == "POST":
        passed = [UUID(one) for one in request.POST.getlist("case") if _is_uuid(one)]
        actions.close_question(keys=request.keys, question=row, pass_to=passed, at=timezone.now())
        add_message(request, _("Done. Whoever asked learns only that it was looked at."))
        return redirect("finding:find")
    found = actions.search_locally(
        keys=request.keys, sought=sought, at=timezone.now(), patience=actions.LONGER
    )
    return page(request, "finding/question.html", row=row, sought=sought, found=found)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
