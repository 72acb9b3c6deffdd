"""What happens next, asked once a contact has ended: who does what, until somebody writes what came of it."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault.queries import holders_of_line
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DECIDE
from panah.people.hotline import actions, queries
from panah.people.hotline.call_pages import contact_or_404, redirect_to
from panah.people.hotline.forms import NextStepForm, typed_from
from panah.people.hotline.models import Contact
from panah.people.hotline.views.call_outcomes import become_case, owners_of
from panah.people.hotline.views.common import is_whole, joined_rows, redirect_after_call
from panah.people.hotline.views.contacts import signed_handovers, signed_notes, signed_steps
from panah.people.hotline.views.labels import spoken
from panah.people.hotline.words import ContactState, NextStep


@vault_required
def next_step(request: StaffRequest, number: str) -> HttpResponse:
    """Ask whoever answers the line what happens next; also when nothing is due any more: it is decided again."""
    contact = contact_or_404(request, number)
    if contact.state == ContactState.OPEN or not is_whole(contact):
        return redirect_to("call" if contact.state == ContactState.OPEN else "contact", number)
    actions.merge_waiting(
        keys=request.keys, contact=contact, read=typed_from, by=request.staff, at=timezone.now()
    )
    found = actions.summary_of(keys=request.keys, contact=contact)
    form = NextStepForm(
        request.POST or None,
        people=holders_of_line(contact.line_id),
        owners=owners_of(contact),
        in_danger=found.danger,
        initial={"seen": _decided(request, contact), "what": NextStep.CASE.value if found.case else None},
    )
    if form.submit(lambda **sent: _write(request, contact, form, sent)):
        return form.result
    if form.refusals:
        # Now it has been read: sent again, it is another one.
        form.data = {**request.POST.dict(), "seen": str(_decided(request, contact))}
    return page(request, "hotline/next.html", form=form, found=found, **_context(request, contact))


def _decided(request: StaffRequest, contact: Contact) -> int:
    """How often it was decided already."""
    return len(queries.next_steps_of(keys=request.keys, contact=contact))


def _write(request: StaffRequest, contact: Contact, form: NextStepForm, sent: dict[str, Any]) -> HttpResponse:
    now = timezone.now()
    waits = actions.write_next_step(
        keys=request.keys,
        contact=contact,
        step=sent["what"],
        text=sent["text"],
        to=sent["to"] if sent["what"] == NextStep.COLLEAGUE else None,
        due_at=form.due_at(now=now, time_zone=contact.society.time_zone),
        seen=sent["seen"],
        hers=sent.get("hers", False),
        by=request.staff,
        at=now,
    )
    if sent["what"] == NextStep.CASE:
        return become_case(request, contact, sent["owner"])
    if waits:
        add_message(request, _("Written down and protected."))
    else:
        add_message(request, _("Written down. It stays due until a second colleague agrees."), tone="urgent")
    return redirect_after_call(request, contact, queries.answers_of(keys=request.keys, contact=contact))


def _context(request: StaffRequest, contact: Contact) -> dict[str, Any]:
    """What the one who decides reads beside the form: by when, what was said, who was paged, what others decided."""
    answers = queries.answers_of(keys=request.keys, contact=contact)
    return {
        "contact": contact,
        "now": timezone.now(),
        "answers": answers,
        "said_rows": spoken(answers),
        "item": next(iter(work_queries.items_of(contact.pk, purpose=DECIDE)), None),
        "alarm": work_queries.newest_alarm_of(contact.pk),
        "notes": signed_notes(request, contact),
        "steps": signed_steps(request, contact),
        "handed": signed_handovers(request, contact),
        "joined": joined_rows(request, contact),
    }
