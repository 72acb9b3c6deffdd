"""What will be erased and when, keeping longer, erasing; and a word after a hard call."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.http import StaffRequest
from panah.ground.foundation.ids import read_number
from panah.ground.kit.pages import add_message, attempt, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.hotline import actions, permissions
from panah.people.hotline.call_pages import contact_or_404, redirect_to
from panah.people.hotline.forms import KeepForm
from panah.people.hotline.views.common import is_whole

SHOWN = 50


@require_http_methods(["GET", "POST"])
@vault_required
def keeping(request: StaffRequest) -> HttpResponse:
    """For the focal points: which contacts go on which day; those whose day has come go with one press."""
    if not permissions.leads(request.staff):
        raise Http404
    at = timezone.now()
    if request.method == "POST":
        gone = actions.erase_due_contacts(keys=request.keys, by=request.staff, at=at)
        add_message(
            request,
            ngettext("%(num)s contact was erased.", "%(num)s contacts were erased.", gone) % {"num": gone},
        )
        return redirect_to("keeping")
    today = timezone.localdate()
    found = list(actions.to_be_erased(to=request.staff)[:SHOWN])
    rows = [(row, actions.may_be_proof(keys=request.keys, contact=row)) for row in found]
    return page(
        request,
        "hotline/keeping.html",
        rows=rows,
        today=today,
        ripe=sum(
            1 for row, proof in rows if row.erase_on is not None and row.erase_on <= today and not proof
        ),
    )


@vault_required
def keep(request: StaffRequest, number: str) -> HttpResponse:
    """Keep a contact longer, with a reason."""
    contact = contact_or_404(request, number)
    if not is_whole(contact):
        return redirect_to("contact", number)
    form = KeepForm(request.POST or None)
    if form.submit(
        actions.keep_contact, keys=request.keys, contact=contact, by=request.staff, at=timezone.now()
    ):
        add_message(request, _("The contact is kept until that day."))
        return redirect_to("keeping") if permissions.leads(request.staff) else redirect_to("contact", number)
    return page(request, "hotline/keep.html", contact=contact, form=form)


@require_POST
@vault_required
def erase(request: StaffRequest, number: str) -> HttpResponse:
    """A focal point decides that a contact goes, also one that the clock alone does not take."""
    contact = contact_or_404(request, number)
    if not permissions.leads(request.staff):
        raise Http404
    if not is_whole(contact):
        return redirect_to("contact", number)
    # Before its day only when the person asks for it.
    may_go = contact.erase_on is not None or bool(request.POST.get("person_asks"))
    if not may_go or read_number(request.POST.get("number", "")) != contact.number:
        add_message(
            request, _("Write the number of the contact to erase it. Nothing was erased."), tone="soon"
        )
        return redirect_to("contact", number)
    said, at = _("The contact is erased. Copies are unreadable within 14 days."), timezone.now()
    given = {"keys": request.keys, "contact": contact, "by": request.staff, "at": at}
    is_gone = attempt(request, actions.erase_contact, said, **given)
    return redirect_to("keeping") if is_gone else redirect_to("contact", number)


@require_POST
@vault_required
def forget_note(request: StaffRequest, number: str) -> HttpResponse:
    """The person wants no note: what was said is erased, what was agreed stays."""
    contact = contact_or_404(request, number)
    if not is_whole(contact):
        return redirect_to("contact", number)
    said, at = _("What was noted is erased. Copies are unreadable within 14 days."), timezone.now()
    attempt(request, actions.erase_note, said, keys=request.keys, contact=contact, by=request.staff, at=at)
    return redirect_to("contact", number)


@require_POST
def hard(request: StaffRequest, number: str) -> HttpResponse:
    """After a hard call: the focal points are asked for a talk, and learn nothing about the call."""
    contact = contact_or_404(request, number)
    said = _("A focal point will talk with you. Nothing about the call was passed on.")
    attempt(request, actions.ask_for_debriefing, said, contact=contact, by=request.staff, at=timezone.now())
    return redirect_to("contact", number)


def debrief(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A colleague asked for a talk: who she is, what helps in such a talk, and *we talked*."""
    if not permissions.leads(request.staff):
        raise Http404
    colleague = get_object_or_404(colleagues(to=request.staff), pk=pk)
    if request.method == "POST":
        actions.complete_debriefing(colleague=colleague.pk, by=request.staff, at=timezone.now())
        add_message(request, _("Noted: you talked. Nothing else is kept."))
        return redirect_to("calls")
    return page(request, "hotline/debrief.html", colleague=colleague)
