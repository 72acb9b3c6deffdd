"""What is kept about a person, gathered at the case: to read aloud, or to print."""

from django.http import HttpResponse
from django.utils import timezone

from panah.cases.queries import by_number_or_404
from panah.complaints import actions, permissions, queries
from panah.complaints.forms import GatherForm
from panah.foundation.http import StaffRequest
from panah.kit.pages import page
from panah.sign_in.middleware import vault_required


@vault_required
def kept(request: StaffRequest, number: str) -> HttpResponse:
    """First who asks and how it is told; then everything, once. It is written in the journal before it is shown."""
    case = by_number_or_404(number, to=request.staff)
    form = GatherForm(request.POST if request.method == "POST" else None)
    if form.submit(
        lambda how, knows: actions.note_gathering(
            keys=request.keys, case=case, on_paper=how == "paper", knows=knows, at=timezone.now()
        )
    ):
        found = queries.gathered(case=case, keys=request.keys)
        template = f"complaints/kept_{form.cleaned_data['how']}.html"
        return page(request, template, case=case, found=found, now=timezone.now())
    return page(
        request,
        "complaints/kept.html",
        case=case,
        form=form,
        may=permissions.may_gather(request.staff, case),
        leads=permissions.leads(request.staff),
    )
