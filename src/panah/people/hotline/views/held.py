"""The person of a contact is held: where and until when, and how it ended. Visits are written in the case."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.held_form import held_end_form, held_form
from panah.people.hotline import actions, queries
from panah.people.hotline.call_pages import contact_or_404, keep_open, redirect_to
from panah.people.hotline.models import Contact
from panah.people.hotline.views.common import is_whole
from panah.people.hotline.words import ContactState


@require_http_methods(["GET", "POST"])
@vault_required
def held(request: StaffRequest, number: str) -> HttpResponse:
    """Write that the person is held, or change what is known of it."""
    contact = contact_or_404(request, number)
    if request.method != "POST" and not is_whole(contact):
        return redirect_to("contact", number)
    keep_open(request, contact)
    form = held_form(request, queries.held_of(keys=request.keys, contact=contact))
    if form.submit(
        lambda **_data: actions.write_held(
            keys=request.keys, contact=contact, held=form.value(), by=request.staff, at=timezone.now()
        )
    ):
        return _kept(request, contact)
    return _show(request, contact, form, _("The person is held"))


@require_http_methods(["GET", "POST"])
@vault_required
def held_end(request: StaffRequest, number: str) -> HttpResponse:
    """Write how it ended."""
    contact = contact_or_404(request, number)
    if request.method != "POST" and not is_whole(contact):
        return redirect_to("contact", number)
    keep_open(request, contact)
    form = held_end_form(request)
    if form.submit(actions.end_held, keys=request.keys, contact=contact, by=request.staff, at=timezone.now()):
        return _kept(request, contact)
    return _show(request, contact, form, _("No longer held there"))


def _kept(request: StaffRequest, contact: Contact) -> HttpResponse:
    add_message(request, _("Kept."))
    return redirect_to(_way_back(contact), contact.number)


def _way_back(contact: Contact) -> str:
    return "call" if contact.state == ContactState.OPEN else "contact"


def _show(request: StaffRequest, contact: Contact, form: Form, heading: str) -> HttpResponse:
    return page(
        request,
        "hotline/held.html",
        contact=contact,
        form=form,
        heading=heading,
        is_open=contact.state == ContactState.OPEN,
    )
