"""Ends of a contact: a service's number, attempts to call back, a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.directory import queries as directory_queries
from panah.ground.directory.queries import HotlineCard, ServiceCard
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import add_message, page
from panah.ground.network import queries as network_queries
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import RevealPurpose
from panah.ground.work.words import Sentence, in_each_language, read_text
from panah.people.hotline import actions, permissions, queries
from panah.people.hotline.call_pages import contact_or_404, keep_open, redirect_to
from panah.people.hotline.forms import AttemptForm, ServiceForm, typed_from
from panah.people.hotline.models import Contact
from panah.people.hotline.rules import too_early
from panah.people.hotline.views.common import is_whole
from panah.people.hotline.views.contacts import signed_handovers
from panah.people.hotline.views.labels import question_and_answer
from panah.people.hotline.words import AttemptOutcome, ContactState
from panah.people.hotline.words.parts import BACK

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@vault_required
def services(request: StaffRequest, number: str) -> HttpResponse:
    """Find a service and note which number was given."""
    contact = contact_or_404(request, number)
    if not is_whole(contact):
        return redirect_to("contact", number)
    keep_open(request, contact)
    now = timezone.now()
    if request.method == "POST" and _given(request, contact, now):
        add_message(request, _("Noted and protected: which number was given."))
        return redirect_to("services", number)
    answers = queries.answers_of(keys=request.keys, contact=contact)
    where = answers.get("country") or request.staff.society.iso2
    form = ServiceForm(request.POST or None, initial={"country": where})
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    search = directory_queries.Search(
        need=wanted.get("need", ""),
        iso2=wanted.get("country") or where,
        language=wanted.get("language", ""),
        open_now=bool(wanted.get("open_now")),
    )
    lines = [one for one in directory_queries.hotlines(at=now, iso2=search.iso2) if one.number]
    return page(
        request,
        "hotline/services.html",
        contact=contact,
        form=form,
        is_open=contact.state == ContactState.OPEN,
        services=directory_queries.search_services(search, at=now)[:30],
        lines=lines,
        ask="" if lines else network_queries.whom_to_ask(search.iso2),
        given=[read_text(one.value["name"]) for one in queries.given_of(keys=request.keys, contact=contact)],
    )


def _given(request: StaffRequest, contact: Contact, now: datetime) -> bool:
    """Note the service or the hotline whose number was given; False when something is looked for."""
    keys, by = request.keys, request.staff
    service = _found(_service, request.POST.get("service", ""), now)
    if service is not None:
        called = _called(lambda: _service(service.id, now))
        actions.give_service(keys=keys, contact=contact, service=service, name=called, by=by, at=now)
    number = _found(_number, request.POST.get("number", ""), now)
    if number is not None:
        called = _called(lambda: _number(number.id, now))
        actions.give_number(keys=keys, contact=contact, number=number, name=called, by=by, at=now)
    return service is not None or number is not None


def _service(pk: UUID, now: datetime) -> ServiceCard | None:
    found = directory_queries.service_or_none(pk, at=now)
    return found.card if found else None


def _number(pk: UUID, now: datetime) -> HotlineCard | None:
    found = directory_queries.hotline_or_none(pk, at=now)
    return found[0] if found else None


def _found[Card](ask: Callable[[UUID, datetime], Card | None], text: str, now: datetime) -> Card | None:
    try:
        return ask(UUID(text), now)
    except ValueError:
        return None


def _called(ask: Callable[[], ServiceCard | HotlineCard | None]) -> Sentence:
    """Return what it is called in the directory, in each language: whoever reads it may speak another one."""

    def name() -> str:
        found = ask()
        return found.name if found else ""

    return in_each_language(name)


@vault_required
def back(request: StaffRequest, number: str) -> HttpResponse:
    """Before, during and after an attempt to call back."""
    contact = contact_or_404(request, number)
    if not is_whole(contact):
        return redirect_to("contact", number)
    plan = vault_queries.value_of(keys=request.keys, file=contact.file_id, part=BACK)
    form = AttemptForm(request.POST or None, initial={"seen": plan.get("tried", 0)})
    if form.submit(
        actions.note_attempt, keys=request.keys, contact=contact, by=request.staff, at=timezone.now()
    ):
        waits = actions.is_undecided(contact)
        _say_tried(request, form.result, form.cleaned_data["outcome"], waits=waits)
        return redirect_to("next" if waits else "contact", number)
    if form.refusals:
        # Now it has been seen: sent again, it is another one.
        plan = vault_queries.value_of(keys=request.keys, file=contact.file_id, part=BACK)
        form.data = {**request.POST.dict(), "seen": str(plan.get("tried", 0))}
    now, answers = timezone.now(), queries.answers_of(keys=request.keys, contact=contact)
    is_early = too_early(str(answers.get("back_hours", "")), now=timezone.localtime(now))
    return page(
        request,
        "hotline/back.html",
        contact=contact,
        form=form,
        answers=answers,
        too_early=is_early,
        plan=plan,
        language=language_name(contact.language) if contact.language else "",
        outcomes=dict(AttemptOutcome.choices),
        handed=signed_handovers(request, contact),
        tried=queries.attempts_of(keys=request.keys, contact=contact),
        shown="" if is_early else _number_to_ring(request, contact),
        now=now,
    )


def _number_to_ring(request: StaffRequest, contact: Contact) -> str:
    """Whoever rings needs the number beside the agreed words: shown for that, and journalled like every showing."""
    found = actions.show_identity(
        keys=request.keys, contact=contact, purpose=RevealPurpose.CALL_BACK, at=timezone.now()
    )
    return str(found.get("phone", ""))


def _say_tried(request: StaffRequest, over: bool, outcome: str, *, waits: bool) -> None:
    if over:
        add_message(
            request,
            _("As many tries were made as agreed. Decide with a colleague before you ring again."),
            tone="soon",
        )
    elif waits:
        add_message(request, _("Noted. Now say what happens next."))
    elif outcome == AttemptOutcome.REACHED:
        add_message(request, _("Noted. The call-back is done."))
    else:
        add_message(request, _("Noted. The next try is on the list."))


@require_POST
@vault_required
def case(request: StaffRequest, number: str) -> HttpResponse:
    """Make a case of the contact."""
    contact = contact_or_404(request, number)
    if not is_whole(contact):
        return redirect_to("contact", number)
    owner = next((o for o in owners_of(contact) if str(o.pk) == request.POST.get("owner", "")), None)
    if owner is None:
        add_message(request, _("Choose who will hold the case."), tone="soon")
        return redirect_to("contact", number)
    return become_case(request, contact, owner)


def owners_of(contact: Contact) -> list[Staff]:
    """Who may hold a case that is made of a contact."""
    return with_permission(contact.society_id, Permission.CASES_WORK)


def become_case(request: StaffRequest, contact: Contact, owner: Staff) -> HttpResponse:
    """Make a case of a contact, and go to it where the asker may open it."""
    actions.merge_waiting(
        keys=request.keys, contact=contact, read=typed_from, by=request.staff, at=timezone.now()
    )
    made = actions.convert_to_case(
        keys=request.keys,
        contact=contact,
        owner=owner,
        by=request.staff,
        at=timezone.now(),
        say=question_and_answer,
    )
    # Only who holds the case may open it: an operator reads its number aloud to the one who does. The number stands in
    # the answer itself, never in the cookie that carries a sentence to the next page.
    if owner != request.staff and not permissions.leads(request.staff):
        return page(request, "hotline/became_case.html", contact=contact, made=made, owner=owner)
    add_message(
        request,
        _("A case was opened from this contact. What was said is in the case now, and no longer here."),
    )
    return HttpResponseRedirect(reverse("cases:case", args=[made]))
