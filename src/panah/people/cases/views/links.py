"""Links between cases, events and households, a group in one night."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.on_paper import ask_of_paper, told_of_paper
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.people.cases import actions, queries
from panah.people.cases.forms import links as forms
from panah.people.cases.models import Case, CaseGroup
from panah.people.cases.queries import case_groups as reading_gatherings
from panah.people.cases.queries import lists
from panah.people.cases.queries import page as reading
from panah.people.cases.queries.bulk import BULK
from panah.people.cases.views.case import date_text
from panah.people.cases.views.common import back_to, from_paper, of_case, show
from panah.people.cases.views.lists import case_colleagues, case_people_only, find_branch
from panah.people.cases.words import CasePart, terms

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@require_http_methods(["GET", "POST"])
@of_case
def links(request: StaffRequest, case: Case) -> HttpResponse:
    """Cases that belong together, and the form that links one more."""
    form = forms.LinkForm(posted(request))
    other = named_case(request, form)
    if other and form.submit(
        lambda number, **data: actions.link_cases(
            keys=request.keys, case=case, other=other, at=timezone.now(), **data
        )
    ):
        add_message(request, _("Linked, in both cases."))
        return back_to("cases:links", case)
    found = reading.links(case, keys=request.keys)
    known = {
        str(c.pk): c
        for c in queries.visible(to=request.staff).filter(pk__in=[f.v["to"] for f in found if "to" in f.v])
    }
    return show(request, "cases/links.html", case, "links", form=form, found=found, known=known, terms=terms)


def named_case(request: StaffRequest, form: Form) -> Case | None:
    """The case whose number was written; the form says so where she can open none with it."""
    if not form.is_bound or not form.is_valid():
        return None
    found = queries.by_number(form.cleaned_data["number"], to=request.staff)
    if found is None:
        form.add_error("number", _("There is no case with this number that you can open."))
    return found


@require_POST
@of_case
def unlink(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    actions.unlink(keys=request.keys, case=case, ref=ref, at=timezone.now())
    add_message(request, _("The link is undone on both sides."))
    return back_to("cases:links", case)


def load(request: StaffRequest, number: str) -> CaseGroup:
    found = reading_gatherings.case_group_by_number(number, to=request.staff)
    if found is None:
        raise Http404
    return found


@require_GET
@vault_required
def gatherings(request: StaffRequest) -> HttpResponse:
    """Events and households that she can open, with their few words."""
    case_people_only(request)
    rows = list(reading_gatherings.case_groups(to=request.staff)[:100])
    about = vault_queries.read_whole(keys=request.keys, files=[g.file_id for g in rows], part=CasePart.ABOUT)
    return page(
        request,
        "cases/gatherings.html",
        rows=[(g, about[g.file_id].value if g.file_id in about else {}) for g in rows],
    )


@require_http_methods(["GET", "POST"])
@vault_required
def gathering_new(request: StaffRequest) -> HttpResponse:
    case_people_only(request)
    form = forms.CaseGroupForm(posted(request))
    if form.submit(
        lambda kind, **_data: actions.open_case_group(
            keys=request.keys, kind=kind, about=form.value(), at=timezone.now()
        )
    ):
        return HttpResponseRedirect(reverse("cases:gathering", args=[form.result.number]))
    return page(
        request,
        "cases/gathering_form.html",
        form=form,
        heading=_("Open an event or a household"),
        button=_("Open the file"),
    )


@require_GET
@vault_required
def gathering(request: StaffRequest, number: str) -> HttpResponse:
    return gathering_page(request, load(request, number), forms.JoinGroupForm())


def gathering_page(request: StaffRequest, found: CaseGroup, form: forms.JoinGroupForm) -> HttpResponse:
    mine, others = reading_gatherings.members(found, keys=request.keys, to=request.staff)
    about = vault_queries.value_of(keys=request.keys, file=found.file_id, part=CasePart.ABOUT)
    labels = [
        (field.name, field.label)
        for field in forms.AboutForm().visible_fields()
        if field.name not in ("title", "informer", "on")
    ]
    return page(
        request,
        "cases/gathering.html",
        gathering=found,
        about=about,
        members=mine,
        others=others,
        form=form,
        labels=labels,
        said_date=date_text,
        bulk=BULK.items(),
        names=lists.working_labels([one.case for one in mine], keys=request.keys),
    )


@require_http_methods(["GET", "POST"])
@vault_required
def gathering_change(request: StaffRequest, number: str) -> HttpResponse:
    found = load(request, number)
    about = vault_queries.value_of(keys=request.keys, file=found.file_id, part=CasePart.ABOUT)
    form = forms.AboutForm(posted(request), initial=about)
    if form.submit(
        lambda **_data: actions.write_case_group(
            keys=request.keys, gathering=found, about=form.value(), at=timezone.now()
        )
    ):
        add_message(request, _("Kept."))
        return HttpResponseRedirect(reverse("cases:gathering", args=[found.number]))
    return page(
        request,
        "cases/gathering_form.html",
        form=form,
        heading=_("What is known"),
        button=_("Keep what is known"),
    )


@require_POST
@vault_required
def gathering_join(request: StaffRequest, number: str) -> HttpResponse:
    found, form = load(request, number), forms.JoinGroupForm(request.POST)
    case = named_case(request, form)
    if case is None or not form.submit(
        lambda **_data: actions.join_case_group(
            keys=request.keys, gathering=found, case=case, at=timezone.now()
        )
    ):
        return gathering_page(request, found, form)
    add_message(request, _("The case belongs to it now."))
    return HttpResponseRedirect(reverse("cases:gathering", args=[found.number]))


@require_POST
@vault_required
def gathering_heard(request: StaffRequest, number: str, ref: UUID) -> HttpResponse:
    found, form = load(request, number), forms.HeardForm(request.POST)
    if form.is_valid():
        actions.mark_heard(
            keys=request.keys, gathering=found, ref=ref, answer=form.cleaned_data["alone"], at=timezone.now()
        )
        add_message(request, _("Kept."))
    return HttpResponseRedirect(reverse("cases:gathering", args=[found.number]))


@require_http_methods(["GET", "POST"])
@vault_required
def group(request: StaffRequest) -> HttpResponse:
    """Thirty people in one night: one page, a case for each, each heard alone later."""
    case_people_only(request)
    holders = case_colleagues(request.staff)
    form = forms.GroupForm(posted(request), holders=holders, initial={"owner": str(request.staff.pk)})
    if from_paper(request):
        ask_of_paper(form, leave=form.unnumbered())
    if form.submit(lambda **_data: open_group(request, form, holders)):
        return cast(HttpResponse, form.result)
    return page(request, "cases/group.html", form=form)


def open_group(request: StaffRequest, form: forms.GroupForm, holders: list[Staff]) -> HttpResponse:
    owner = next((s for s in holders if str(s.pk) == form.cleaned_data.get("owner")), request.staff)
    made, cases = actions.take_in_group(
        keys=request.keys,
        about=form.about(),
        people=form.people(),
        at=timezone.now(),
        owner=owner,
        branch=find_branch(request.staff, str(owner.branch_id or "")),
        language=form.cleaned_data["language"],
        sent=form.sent(),
        on_paper=told_of_paper(form.cleaned_data),
    )
    add_message(
        request,
        _("This was sent twice; nothing was opened a second time.")
        if not cases
        else ngettext("%(num)s case is opened.", "%(num)s cases are opened.", len(cases))
        % {"num": len(cases)},
    )
    return HttpResponseRedirect(reverse("cases:gathering", args=[made.number]))
