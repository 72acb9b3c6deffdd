"""Many people at once, told of on a call: numbered places, sealed for the caseworker who takes them over."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import page
from panah.ground.sign_in.middleware import vault_required
from panah.people.hotline import actions
from panah.people.hotline.call_pages import contact_or_404, keep_open, redirect_to
from panah.people.hotline.forms import PeopleForm
from panah.people.hotline.views.call_outcomes import owners_of
from panah.people.hotline.views.common import is_whole
from panah.people.hotline.views.contacts import signed_steps
from panah.people.hotline.words import ContactState
from panah.people.hotline.words.parts import PLACES_MADE


@vault_required
def people(request: StaffRequest, number: str) -> HttpResponse:
    """The police ring: twelve people were found. A numbered place for each, in the hands of a caseworker."""
    contact = contact_or_404(request, number)
    if not is_whole(contact):
        return redirect_to("contact", number)
    keep_open(request, contact)
    owners = owners_of(contact)
    form = PeopleForm(request.POST or None, owners=owners, initial={"language": contact.language})
    is_open = contact.state == ContactState.OPEN
    if form.submit(
        lambda owner, **_data: actions.begin_group_of_people(
            keys=request.keys,
            contact=contact,
            about=form.about(),
            people=form.people(),
            owner=next(one for one in owners if str(one.pk) == owner),
            sent=form.sent(),
            by=request.staff,
            at=timezone.now(),
        )
    ):
        # The number stands in the answer itself, never in the cookie that carries a sentence to the next page.
        taken = form.result
        return page(request, "hotline/people_taken.html", taken=taken, contact=contact, is_open=is_open)
    made = signed_steps(request, contact, only=PLACES_MADE)
    return page(request, "hotline/people.html", form=form, contact=contact, is_open=is_open, made=made)
