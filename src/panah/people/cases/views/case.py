"""The case page: strip, who this is (covered), plan in short, notes, what is due, what happened."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.dates import PartialDate
from panah.ground.kit.pages import add_message, posted
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import RevealPurpose
from panah.ground.work import queries as work_queries
from panah.people.cases import actions
from panah.people.cases.forms.common import NoteForm
from panah.people.cases.forms.opening import FactsForm, IdentityForm
from panah.people.cases.models import Case
from panah.people.cases.queries import page as reading
from panah.people.cases.views.common import back_to, no_notes, of_case, show, show_form
from panah.people.cases.views.lists import branch_choices, find_branch
from panah.people.cases.views.presenters import due_rows, need_rows, strip
from panah.people.cases.words import CasePart, terms
from panah.people.cases.words.codes import country_choices

PURPOSES = [p for p in RevealPurpose if p != RevealPurpose.PRINT]
# So many of the facts stand on top, the rest beside the case.
ON_TOP = 6
ON_PAGE = (
    CasePart.CODES,
    CasePart.NEED,
    CasePart.SERVICE,
    CasePart.RISK,
    CasePart.DETENTION,
    CasePart.SAFETY,
    CasePart.STAGE,
    CasePart.NOTE,
    CasePart.PLAN,
    CasePart.WORKING_LABEL,
    CasePart.ON_PAPER,
)


@require_GET
@of_case
def case_page(request: StaffRequest, case: Case) -> HttpResponse:
    return overview(request, case, NoteForm())


def overview(
    request: StaffRequest,
    case: Case,
    form: NoteForm,
    *,
    shown: dict[str, object] | None = None,
    purpose: str = "",
) -> HttpResponse:
    """The page; with ``shown`` the identity stands in it until it is covered again."""
    now = timezone.now()
    found = reading.opened(case, ON_PAGE, keys=request.keys)
    due = reading.due_of(case, keys=request.keys)
    more = reading.more_facts(case, keys=request.keys, at=now)
    own = strip(case, found, due=due, reader=request.staff, holders=reading.holders(case), now=now)
    tiles = [*own, *more]
    return show(
        request,
        "cases/case.html",
        case,
        "overview",
        form=form,
        cells=tiles[:ON_TOP],
        facts=tiles[ON_TOP:],
        risk=found.last(CasePart.RISK),
        safety=found.one(CasePart.SAFETY),
        notes=list(reversed(found.all(CasePart.NOTE))),
        needs=need_rows(found, now=now),
        no_notes=no_notes(request, case),
        on_paper=found.one(CasePart.ON_PAPER),
        label=found.one(CasePart.WORKING_LABEL).get("text", ""),
        identity=shown,
        purpose=purpose,
        purposes=[(p.value, p.label) for p in PURPOSES],
        due=due_rows(case, due, now=now),
        trail=reading.together(reading.trail(case, limit=40))[:8],
        terms=terms,
        said_date=date_text,
        country_name=dict(country_choices(practice=True)),
    )


def date_text(text: str) -> str:
    """A date as far as it is known, in the reader's words."""
    return PartialDate.parse(text).said() if text else ""


@require_http_methods(["GET", "POST"])
@of_case
def identity(request: StaffRequest, case: Case) -> HttpResponse:
    """Show who this is, for a purpose: the answer to the form is a page that covers itself again."""
    purpose = request.POST.get("purpose", "")
    if request.method == "GET" or purpose not in RevealPurpose:
        return back_to("cases:case", case, at="#identity")
    shown = vault.reveal(
        keys=request.keys, file=case.file_id, purpose=RevealPurpose(purpose), at=timezone.now()
    )
    return overview(
        request,
        case,
        NoteForm(),
        shown=shown.value if shown else {},
        purpose=str(RevealPurpose(purpose).label),
    )


@require_POST
@of_case
def cover(request: StaffRequest, case: Case) -> HttpResponse:
    return back_to("cases:case", case, at="#identity")


@require_http_methods(["GET", "POST"])
@of_case
def change_identity(request: StaffRequest, case: Case) -> HttpResponse:
    """Correct or complete who this is. Asking for the form shows the identity, so it is journalled like a showing."""
    if request.method == "GET":
        return back_to("cases:case", case, at="#identity")
    if "version" in request.POST:
        return save_identity(request, case)
    kept = vault.reveal(keys=request.keys, file=case.file_id, purpose=RevealPurpose.CHECK, at=timezone.now())
    form = IdentityForm(value=kept.value if kept else {}, initial={"version": kept.version if kept else 0})
    return show(request, "cases/identity.html", case, "overview", form=form)


def save_identity(request: StaffRequest, case: Case) -> HttpResponse:
    kept = vault_queries.value_of(keys=request.keys, file=case.file_id, part="identity")
    form = IdentityForm(request.POST, value=kept)
    if form.is_valid():
        identity, now = form.identity(), timezone.now()
        try:
            actions.write_identity(
                keys=request.keys, case=case, identity=identity, at=now, based_on=form.cleaned_data["version"]
            )
        except vault.StalePart as refusal:
            theirs = vault.reveal(keys=request.keys, file=case.file_id, purpose=RevealPurpose.CHECK, at=now)
            form = form.with_theirs(theirs.value, theirs.version, refusal) if theirs else form
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            add_message(request, _("Kept and covered."))
            if actions.age_from_birth(
                keys=request.keys, case=case, born=str(identity.get("born", "")), at=now
            ):
                add_message(
                    request,
                    _(
                        "Treated as a child from now on. A note for tonight and an assessment are on your list."
                    ),
                )
            return back_to("cases:case", case, at="#identity")
    return show(request, "cases/identity.html", case, "overview", form=form)


@require_POST
@of_case
def note(request: StaffRequest, case: Case) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.submit(actions.add_note, keys=request.keys, case=case, at=timezone.now()):
        return overview(request, case, form)
    add_message(request, _("The note is kept."))
    return back_to("cases:case", case, at="#notes")


@require_http_methods(["GET", "POST"])
@of_case
def facts(request: StaffRequest, case: Case) -> HttpResponse:
    """Urgency, language, branch, working label: what lists show."""
    label = vault_queries.value_of(keys=request.keys, file=case.file_id, part=CasePart.WORKING_LABEL)
    form = FactsForm(
        posted(request),
        branches=branch_choices(request.staff),
        initial={
            "urgency": case.urgency,
            "language": case.language,
            "branch": str(case.branch_id or ""),
            "working_label": label.get("text", ""),
        },
    )
    if form.submit(
        lambda branch="", **data: actions.change_facts(
            keys=request.keys, case=case, at=timezone.now(), branch=find_branch(request.staff, branch), **data
        )
    ):
        add_message(request, _("Changed."))
        return HttpResponseRedirect(reverse("cases:case", args=[case.number]))
    return show_form(
        request, case, "overview", form, heading=_("What lists show"), button=_("Keep the changes")
    )


@require_GET
@of_case
def journal(request: StaffRequest, case: Case) -> HttpResponse:
    """Everything that is in the journal about this case."""
    came = work_queries.outcomes_of_file(case.file_id, keys=request.keys)
    return show(request, "cases/journal.html", case, "team", trail=reading.trail(case, limit=500), came=came)
