"""The paper kit: forms to print for bad days, and typing them in later."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.consent import queries as consent_queries
from panah.people.hotline import actions, queries
from panah.people.hotline.call_pages import paper_sheet, redirect_to
from panah.people.hotline.forms import AuthorityForm, CallForm, EmergencyForm, PaperForm
from panah.people.hotline.models import Contact

SHEETS: dict[str, Any] = {
    "call": CallForm,
    "emergency": EmergencyForm,
    "authority": AuthorityForm,
    "cards": None,
}


@require_safe
def kit(request: StaffRequest) -> HttpResponse:
    """What can be printed, and where paper is typed in."""
    return page(request, "hotline/paper.html", aloud_languages=consent_queries.read_aloud_languages())


@require_safe
def sheet(request: StaffRequest, kind: str) -> HttpResponse:
    """One form to print, in the language asked for."""
    if kind not in SHEETS:
        raise Http404
    return paper_sheet(request, kind=kind, form=SHEETS[kind])


@vault_required
def type_in(request: StaffRequest) -> HttpResponse:
    """Begin a contact from paper: when it was written and by whom, then the usual form."""
    lines = queries.lines_of(request.staff)
    form = PaperForm(request.POST or None, lines=lines)

    def begin(*, line: str, **written: Any) -> Contact:
        chosen = next(one for one in lines if str(one.pk) == line)
        return actions.type_in(keys=request.keys, line=chosen, by=request.staff, at=timezone.now(), **written)

    if form.submit(begin):
        add_message(request, _("The contact is made. Type in what stands on the paper."))
        return redirect_to("call", form.result.number)
    return page(request, "hotline/type_in.html", form=form, lines=lines)
