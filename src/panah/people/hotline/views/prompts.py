"""The operator's prompts: one press from the call, kept sealed with the contact, never a list to get through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.hotline.call_pages import contact_or_404, keep_open, redirect_to
from panah.people.hotline.forms import PromptsForm
from panah.people.hotline.models import Contact
from panah.people.hotline.views.common import is_whole
from panah.people.hotline.words import ContactState
from panah.people.screening import actions, queries, result_text
from panah.people.screening.actions import AnsweredElsewhere
from panah.people.screening.schema import Answer, Depth

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.people.screening.queries import StoredMeeting
    from panah.people.screening.schema import Profile


def _open_meeting(request: StaffRequest, contact: Contact) -> StoredMeeting | None:
    """The open meeting of the prompts in this contact, or None before the first answer."""
    held = queries.meetings(keys=request.keys, file=contact.file_id)
    return next((h for h in held if h.is_open and h.meeting.depth is Depth.PROMPTS), None)


def _profile() -> Profile:
    return next(iter(queries.sets().of(Depth.PROMPTS)))


def prompted(request: StaffRequest, contact: Contact) -> int:
    """How many prompts have an answer."""
    held = _open_meeting(request, contact)
    return held.answered if held else 0


def answered_prompts(request: StaffRequest, contact: Contact) -> Sequence[tuple[str, StrOrPromise]]:
    """(prompt, answer in words) of what was told."""
    rows = []
    for held in queries.meetings(keys=request.keys, file=contact.file_id):
        rows += [
            (result_text.label_of(code), result_text.ANSWERS[answer])
            for code, answer in held.meeting.answers.items()
            if answer.was_asked
        ]
    return rows


@vault_required
def prompts(request: StaffRequest, number: str) -> HttpResponse:
    """Twelve prompts on one page; whatever is saved leads back to the call."""
    contact = contact_or_404(request, number)
    if not is_whole(contact):
        return redirect_to("contact", number)
    keep_open(request, contact)
    held, profile = _open_meeting(request, contact), _profile()
    told = held.meeting.answers if held else {}
    form = PromptsForm(
        request.POST or None,
        questions=[
            (q.code, result_text.said(q.label), result_text.to_say(q.say) if q.say else "")
            for q in profile.questions()
        ],
        initial={
            "seen": held.version if held else 0,
            **{code.replace(".", "-"): answer.value for code, answer in told.items()},
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, contact, held, profile, form)
        except AnsweredElsewhere as refusal:
            form.refuse(refusal)
            form.show_theirs(
                {c: str(result_text.ANSWERS[a]) for c, a in refusal.codes.items()}, refusal.version
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            add_message(request, _("Saved and protected with the contact."))
            return redirect_to("call" if contact.state == ContactState.OPEN else "contact", number)
    return page(
        request,
        "hotline/prompts.html",
        contact=contact,
        form=form,
        is_open=contact.state == ContactState.OPEN,
        hint=result_text.said(profile.dimensions[0].hint),
        provenance=result_text.said(profile.provenance),
    )


def _save(
    request: StaffRequest, contact: Contact, held: StoredMeeting | None, profile: Profile, form: PromptsForm
) -> None:
    at = timezone.now()
    answers = {code: Answer(one) for code, one in form.answers().items()}
    if held is None and not any(answer.was_asked for answer in answers.values()):
        return
    meeting = (
        held.id
        if held
        else actions.begin(
            keys=request.keys,
            file=contact.file_id,
            profile=profile,
            age=contact.age_group,
            by=request.staff,
            at=at,
            held_at=at,
        )
    )
    actions.answer(
        keys=request.keys,
        file=contact.file_id,
        meeting_id=meeting,
        profile=profile,
        answers=answers,
        seen=form.cleaned_data.get("seen") or (0 if held else 1),
        by=request.staff,
        at=at,
    )
