"""What is kept about a person, gathered at the case: to read aloud, or to print."""

from django.http import HttpResponse
from django.utils import timezone

from panah.cases.queries import by_number_or_404
from panah.complaints import actions, permissions, queries
from panah.complaints.forms import GatherForm
from panah.foundation.errors import Refusal
from panah.foundation.http import StaffRequest
from panah.kit.pages import page
from panah.vault.middleware import vault_required


@vault_required
def kept(request: StaffRequest, number: str) -> HttpResponse:
    """First who asks and how it is told; then everything, once. It is written in the journal before it is shown."""
    case = by_number_or_404(number, to=request.staff)
    form = GatherForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        on_paper = form.cleaned_data["how"] == "paper"
        try:
            actions.note_gathering(
                keys=request.keys,
                case=case,
                on_paper=on_paper,
                knows=form.cleaned_data["knows"],
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            found = queries.gathered(case=case, keys=request.keys)
            template = "complaints/kept_paper.html" if on_paper else "complaints/kept_aloud.html"
            return page(request, template, case=case, found=found, now=timezone.now())
    return page(
        request,
        "complaints/kept.html",
        case=case,
        form=form,
        may=permissions.may_gather(request.staff, case),
        leads=permissions.leads(request.staff),
    )
