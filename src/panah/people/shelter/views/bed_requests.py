"""A case and its bed: the tab of the case, and asking a place."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases import actions as cases
from panah.people.cases.queries import by_number_or_404
from panah.people.shelter import actions, queries
from panah.people.shelter.forms import AskForm
from panah.people.shelter.queries.board import bed_name
from panah.people.shelter.views.common import go
from panah.people.shelter.words import NOT_ENDED, YesNo

if TYPE_CHECKING:
    from panah.people.cases.models import Case
    from panah.people.shelter.models import Place


@require_http_methods(["GET", "POST"])
@vault_required
def of_case(request: StaffRequest, number: str) -> HttpResponse:
    """The beds of a case, the places that can be asked, and whether each house knows of a danger that became high."""
    case = by_number_or_404(number, to=request.staff)
    at = timezone.now()
    untold = queries.not_told_of_high_risk(keys=request.keys, case=case)
    if request.method == "POST":
        for one in untold:
            if str(one.row.pk) == request.POST.get("stay"):
                actions.tell_high_risk(keys=request.keys, opened=one, at=at)
        return go("case", case.number)
    return page(
        request,
        "shelter/case.html",
        case=case,
        stays=queries.of_case(case=case, keys=request.keys),
        cards=queries.open_to_ask(to=request.staff, at=at) if case.is_open else [],
        untold={one.row.pk for one in untold},
        bed_name=bed_name,
        NOT_ENDED=NOT_ENDED,
    )


@require_http_methods(["GET", "POST"])
@vault_required
def ask(request: StaffRequest, number: str, place: UUID) -> HttpResponse:
    """Ask a place for a bed, with the person's own answer. A no stays in the case, as a note; nothing is sent."""
    case = by_number_or_404(number, to=request.staff)
    house = queries.one_or_404(place, to=request.staff, to_ask=True)
    tonight = queries.tonight(timezone.now())
    initial = {
        "from_day": tonight,
        "to_day": tonight + timedelta(days=7),
        "language": case.language,
        "spoken": case.language,
        "age": case.age_group,
    }
    form = AskForm(posted(request), initial=initial)
    if form.submit(lambda **data: _sent(request, case, house, form, data)):
        return cast(HttpResponse, form.result)
    return page(
        request,
        "shelter/ask.html",
        case=case,
        place=house,
        region=queries.region_name(house),
        form=form,
        high_risk=queries.is_at_high_risk(keys=request.keys, case=case),
    )


def _sent(
    request: StaffRequest, case: Case, house: Place, form: AskForm, data: dict[str, Any]
) -> HttpResponse:
    at = timezone.now()
    if data["said"] != YesNo.YES:
        text = _("A safe bed was offered. The answer: %(said)s.") % {"said": YesNo(data["said"]).label}
        words = [text, data["words"]]
        cases.add_note(keys=request.keys, case=case, text="\n".join(filter(None, words)), at=at)
        add_message(request, _("Nothing was sent. The answer is a note of the case; help goes on."))
        return go("case", case.number)
    stay = actions.ask(
        keys=request.keys,
        place=house,
        case=case,
        sheet=form.sheet(),
        from_day=data["from_day"],
        to_day=data["to_day"],
        at=at,
    )
    add_message(request, _("Asked. Who runs the place has it on the list; telephone if it is for tonight."))
    return go("stay", stay.pk)
