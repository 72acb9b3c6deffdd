"""The page of a contact: what was said, by whom typed, what is due; and what can still be done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panah.ground.accounts.queries import pseudonyms, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, attempt, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import RevealPurpose
from panah.ground.work import queries as work_queries
from panah.ground.work.words import read_text
from panah.people.cases import queries as cases_queries
from panah.people.cases.queries.detention import ended_of, facts_of, is_held
from panah.people.hotline import actions, permissions, queries
from panah.people.hotline.call_pages import contact_or_404, redirect_to
from panah.people.hotline.forms import typed_from
from panah.people.hotline.rules import too_early
from panah.people.hotline.views.chats import panel
from panah.people.hotline.views.common import is_whole, joined_rows
from panah.people.hotline.views.labels import answer_text, labels, question_and_answer, spoken
from panah.people.hotline.views.presenters import ContactPage
from panah.people.hotline.views.prompts import answered_prompts
from panah.people.hotline.words import ContactState
from panah.people.hotline.words.parts import AGREED, BACK, IDENTITY, KEPT, NEXT_STEP, PAPER, TO_CALL
from panah.people.inbox import queries as inbox_queries

if TYPE_CHECKING:
    from panah.people.hotline.models import Contact

PURPOSES = (RevealPurpose.CALL_BACK, RevealPurpose.SAFETY, RevealPurpose.PERSON_ASKS)


@require_safe
def opened(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where alarms and work lists lead: the call while it is open, else what is to be decided, else its page."""
    contact = get_object_or_404(queries.visible(to=request.staff), pk=pk)
    if contact.state == ContactState.OPEN:
        return redirect_to("call", contact.number)
    return redirect_to("next" if actions.is_undecided(contact) else "contact", contact.number)


@require_safe
@vault_required
def contact(request: StaffRequest, number: str) -> HttpResponse:
    """What was typed by whom when, attempts, what is due."""
    one = contact_or_404(request, number)
    if not is_whole(one):
        return _gone(request, one)
    actions.merge_waiting(
        keys=request.keys, contact=one, read=typed_from, by=request.staff, at=timezone.now()
    )
    actions.keep_chat(keys=request.keys, contact=one, at=timezone.now())
    return page(request, "hotline/contact.html", **_page(request, one))


def _gone(request: StaffRequest, one: Contact) -> HttpResponse:
    """Work facts of a contact whose file went on into a case, or was erased. Nothing tells who holds that case."""
    at = timezone.now()
    actions.finish_conversion(keys=request.keys, contacts=queries.visible(to=request.staff), at=at)
    late = actions.take_late_drafts(
        keys=request.keys, contact=one, read=typed_from, say=question_and_answer, at=at
    )
    if late:
        add_message(request, _("What was typed without a line is in the case now."))
    case = cases_queries.by_id(one.became_case, to=request.staff) if one.became_case else None
    return page(request, "hotline/gone.html", contact=one, State=ContactState, case=case)


def _page(request: StaffRequest, one: Contact, shown: dict[str, object] | None = None) -> dict[str, Any]:
    parts = vault_queries.read_parts(keys=request.keys, file=one.file_id, names=[IDENTITY, BACK, PAPER])
    identity = parts[IDENTITY][0].value if parts.get(IDENTITY) else {}
    answers = queries.answers_of(keys=request.keys, contact=one)
    notes, prompts = signed_notes(request, one), answered_prompts(request, one)
    history = [(m, answer_text(m.field, m.value)) for m in queries.history_of(keys=request.keys, contact=one)]
    held, chat = _held(request, one), panel(request, one)
    seen = ContactPage(
        contact=one,
        answers=answers,
        kept=[name for name in ("called", "phone") if identity.get(name)],
        back=parts[BACK][0].value if parts.get(BACK) else {},
        undecided=actions.is_undecided(one),
        noted=bool(notes or prompts or any(held.values()) or _noted(answers) or (chat and chat.lines)),
        leads=permissions.leads(request.staff),
    )
    return {
        "contact": one,
        "seen": seen,
        "State": ContactState,
        "shown": shown,
        "too_early": too_early(str(answers.get("back_hours", "")), now=timezone.localtime()),
        "now": timezone.now(),
        "kept": seen.kept,
        "back": seen.back,
        **held,
        "author": parts[PAPER][0].value["author"] if parts.get(PAPER) else "",
        "notes": notes,
        "said_rows": spoken(answers),
        "answers": answers,
        "history": history,
        "labels": labels(),
        "purposes": [(p.value, p.label) for p in PURPOSES],
        "due": work_queries.with_sentences(work_queries.items_of(one.pk), keys=request.keys),
        "came": work_queries.outcomes_of_file(one.file_id, keys=request.keys),
        "owners": with_permission(one.society_id, Permission.CASES_WORK),
        **_beside(request, one, answers),
        "prompts": prompts,
        "chat": chat,
        "reports": inbox_queries.reports_behind(room="hotline", subject=one.pk, to=request.staff),
    }


def _beside(request: StaffRequest, one: Contact, answers: dict[str, object]) -> dict[str, object]:
    """What was decided and handed over, what it is joined with, why it is kept longer, whom to ring where she is."""
    country = str(answers.get("country", ""))
    return {
        "there": queries.numbers_there(society=request.staff.society, iso2=country, at=timezone.now()),
        "steps": signed_steps(request, one),
        "handed": signed_handovers(request, one),
        "joined": joined_rows(request, one),
        "kept_for": vault_queries.read_all(keys=request.keys, file=one.file_id, part=KEPT),
    }


def _held(request: StaffRequest, one: Contact) -> dict[str, object]:
    """What is written of the person being held: now, and what is over."""
    held = queries.held_of(keys=request.keys, contact=one)
    now = facts_of(held, at=timezone.now(), language=request.LANGUAGE_CODE) if is_held(held) else None
    return {"held": now, "held_before": ended_of(held)}


def _noted(answers: dict[str, object]) -> bool:
    """Whether more is kept of the answers than what was agreed and how to call back."""
    return any(
        value not in ("", "none", [], {})
        for name, value in answers.items()
        if name not in (*AGREED, *TO_CALL)
    )


def signed_notes(request: StaffRequest, one: Contact) -> list[tuple[str, datetime, str]]:
    """The notes, with whose pseudonym, when."""
    notes = queries.notes_of(keys=request.keys, contact=one)
    names = pseudonyms({note.by for note in notes})
    return [(names.get(note.by, ""), note.at, read_text(note.value["text"])) for note in notes]


def signed_steps(request: StaffRequest, one: Contact, *, only: str = "") -> list[tuple[str, datetime, str]]:
    """What was decided about the contact (``only`` one step), with whose pseudonym, when; the newest first."""
    found = queries.next_steps_of(keys=request.keys, contact=one)
    steps = [step for step in found if only in ("", step.value["step"])]
    names = pseudonyms({step.by for step in steps})
    return [(names.get(s.by, ""), s.at, answer_text(NEXT_STEP, s.value)) for s in reversed(steps)]


def signed_handovers(request: StaffRequest, one: Contact) -> list[tuple[str, datetime, str]]:
    """What was written to the next shift, with whose pseudonym, when; the newest first."""
    handed = queries.handed_over_of(keys=request.keys, contact=one)
    names = pseudonyms({word.by for word in handed})
    return [(names.get(word.by, ""), word.at, word.value["text"]) for word in reversed(handed)]


@require_POST
@vault_required
def show(request: StaffRequest, number: str) -> HttpResponse:
    """Uncover the word and the number for a purpose; journalled. A new page, which covers itself again."""
    one = contact_or_404(request, number)
    purpose = request.POST.get("purpose", "")
    if not is_whole(one) or purpose not in [p.value for p in PURPOSES]:
        return redirect_to("contact", number)
    found = actions.show_identity(keys=request.keys, contact=one, purpose=purpose, at=timezone.now())
    return page(request, "hotline/contact.html", **_page(request, one, shown=found))


@require_POST
def resume(request: StaffRequest, number: str) -> HttpResponse:
    """Go on with a call that ended."""
    one = contact_or_404(request, number)
    actions.resume_call(contact=one, by=request.staff, at=timezone.now())
    return redirect_to("call", number)


@require_POST
def close(request: StaffRequest, number: str) -> HttpResponse:
    """Nothing is left to do. Where something is, it is asked first what came of it."""
    one = contact_or_404(request, number)
    said = _("The contact is closed. It is kept as long as the rule says, and announced before it goes.")
    if attempt(request, actions.close_contact, said, contact=one, by=request.staff, at=timezone.now()):
        return redirect_to("contact", number)
    return redirect_to("call" if one.state == ContactState.OPEN else "next", number)
