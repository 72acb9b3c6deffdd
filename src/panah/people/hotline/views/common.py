"""What the views share: loading a contact for whoever asks, and keeping what a locked vault would lose."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message
from panah.ground.kit.secret_fields import PASSPHRASE
from panah.ground.sign_in.middleware import session_pin, vault_required
from panah.ground.work import queries as work_queries
from panah.ground.work.paged import called_by
from panah.people.hotline import actions, permissions, queries
from panah.people.hotline.call_pages import contact_or_404, redirect_to
from panah.people.hotline.models import Contact
from panah.people.hotline.words import ContactState

View = Callable[..., HttpResponse]
NOT_TYPED = {"csrfmiddlewaretoken", "do", PASSPHRASE}
# What the two buttons of danger now send: from the call, and from the emergency questions.
CALLS_FOR_HELP = ("emergency", "start")


def for_those_on_the_line(view: View) -> View:
    """The list of calls and the log do not exist for a role that has nothing to do with calls."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: object) -> HttpResponse:
        if not permissions.works_with_calls(request.staff):
            raise Http404
        return view(request, **kwargs)

    return guarded


def draft_when_locked(view: View) -> View:
    """Like ``vault_required``, but what is sent to a locked vault is sealed to the line and waits there."""

    @wraps(view)
    def guarded(request: StaffRequest, number: str, **kwargs: object) -> HttpResponse:
        if request.keys is not None:
            return view(request, number, **kwargs)
        contact = contact_or_404(request, number)
        called = call_for_help(request, contact)
        if request.method == "POST":
            fields = [
                [name, one] for name, many in request.POST.lists() for one in many if name not in NOT_TYPED
            ]
            if not actions.keep_locked_draft(
                contact=contact,
                fields=fields,
                signing=session_pin(request),
                by=request.staff,
                at=timezone.now(),
            ):
                # Nothing may be sealed to a key that the society did not sign: it waits in the page instead.
                return vault_required(view)(request, number, **kwargs)
            add_message(
                request,
                _("The vault had locked. What you typed is protected and comes back when you open it."),
            )
        place = "hotline:emergency" if called else "hotline:call"
        back = urlencode({"next": reverse(place, args=[contact.number])})
        return HttpResponseRedirect(f"{reverse('sign_in:unlock')}?{back}")

    return guarded


def call_for_help(request: StaffRequest, contact: Contact) -> bool:
    """Page the person on duty first where that is what was pressed: before anything is saved, opened or asked.

    Needs no open vault, and does not mind what became of the contact. Says so where nobody could be paged.
    """
    if request.method != "POST" or request.POST.get("do") not in CALLS_FOR_HELP:
        return False
    alarm = actions.start_emergency(contact=contact, by=request.staff, at=timezone.now(), keys=request.keys)
    if request.keys is not None and is_whole(contact):
        # The emergency page itself says who is paged.
        return True
    add_message(request, called_by(alarm, to=request.staff).say, tone="urgent")
    return True


def is_whole(contact: Contact) -> bool:
    """Whether the contact's own file is still here: not copied into a case, not erased."""
    return contact.state != ContactState.CASE and contact.file.erasing_since is None


def keep_late(request: StaffRequest, contact: Contact) -> bool:
    """Seal what a page sent after the contact became a case: a focal point takes it into the case."""
    fields = [[name, one] for name, many in request.POST.lists() for one in many if name not in NOT_TYPED]
    if contact.state != ContactState.CASE or not any(value.strip() for _name, value in fields):
        return False
    signing = request.keys.pinned if request.keys else session_pin(request)
    return actions.keep_locked_draft(
        contact=contact, fields=fields, signing=signing, by=request.staff, at=timezone.now()
    )


def too_late(request: StaffRequest, contact: Contact) -> HttpResponse:
    """Someone typed on while a colleague made a case of the contact: nothing typed is lost, help is called in."""
    call_for_help(request, contact)
    if keep_late(request, contact):
        add_message(
            request,
            _(
                "This contact became a case in the meantime. What you typed is protected, "
                "and a focal point takes it into the case."
            ),
            tone="soon",
        )
    return redirect_to("contact", contact.number)


def redirect_after_call(request: StaffRequest, contact: Contact, answers: dict[str, Any]) -> HttpResponse:
    """After a call, go to the page of what was ticked as its outcome, else back to the list."""
    wanted = answers.get("ends", [])
    for end, place in (("family_links", "family_links:call"), ("service", "services"), ("aid", "aid")):
        if end in wanted and not (end == "service" and queries.given_of(keys=request.keys, contact=contact)):
            return redirect_to(place, *([] if end == "aid" else [contact.number]))
    # Where the person wants no note kept, that is done on the contact's page, with one press.
    stays = "case" in wanted or answers.get("c_note") == "no"
    return redirect_to("contact", contact.number) if stays else redirect_to("calls")


def joined_rows(request: StaffRequest, contact: Contact) -> list[tuple[Contact, list[work_queries.DueRow]]]:
    """The contacts that are joined with one, with what is due there: it ends once."""
    return [
        (one.contact, work_queries.with_sentences(work_queries.items_of(one.contact.pk), keys=request.keys))
        for one in queries.joined_with(keys=request.keys, contact=contact, to=request.staff)
    ]
