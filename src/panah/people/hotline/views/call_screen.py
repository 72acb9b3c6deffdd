"""The screen of a call, its drafts and its emergency mode."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panah.ground.accounts.queries import pseudonyms
from panah.ground.foundation.base64url import from_base64url, to_base64url
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import RevealPurpose
from panah.ground.work import queries as work_queries
from panah.ground.work.paged import called_by
from panah.ground.work.words import read_text
from panah.people.hotline import actions, queries
from panah.people.hotline.actions.drafts import note_ref
from panah.people.hotline.call_pages import contact_or_404, keep_open, redirect_to
from panah.people.hotline.forms import CallForm, EmergencyForm, typed_from
from panah.people.hotline.forms.call import initial_of
from panah.people.hotline.models import Contact
from panah.people.hotline.rules import back_due, current
from panah.people.hotline.views.chats import panel, say_line
from panah.people.hotline.views.common import (
    call_for_help,
    draft_when_locked,
    is_whole,
    joined_rows,
    keep_late,
    redirect_after_call,
    too_late,
)
from panah.people.hotline.views.prompts import prompted
from panah.people.hotline.words import ENDED, ContactState
from panah.people.hotline.words.cards import CARDS
from panah.people.hotline.words.parts import ANSWERS, BACK, BESIDE, IDENTITY, NOTE, REPLY
from panah.people.hotline.words.read_aloud import safety_texts
from panah.people.safety.queries import suggestions


@draft_when_locked
def call(request: StaffRequest, number: str) -> HttpResponse:
    """The call: one line first, then a note, the rest after. Each button saves; nothing can stop *Finish*."""
    contact = contact_or_404(request, number)
    if request.method == "POST":
        return _sent(request, contact) if is_whole(contact) else too_late(request, contact)
    if contact.state in ENDED or not is_whole(contact):
        return redirect_to("contact", contact.number)
    actions.merge_waiting(
        keys=request.keys, contact=contact, read=typed_from, by=request.staff, at=timezone.now()
    )
    keep_open(request, contact)
    return page(request, "hotline/call.html", **_screen(request, contact, CallForm))


def _screen(request: StaffRequest, contact: Contact, kind: type) -> dict[str, Any]:
    parts = vault_queries.read_parts(
        keys=request.keys, file=contact.file_id, names=[ANSWERS, NOTE, BESIDE, IDENTITY, REPLY]
    )
    answers = parts[ANSWERS][0] if parts.get(ANSWERS) else None
    values = current(answers.value["fields"]) if answers else {}
    mine = next((n for n in parts.get(NOTE, []) if n.ref == note_ref(request.staff.pk)), None)
    initial = initial_of(
        values,
        version=answers.version if answers else 0,
        note=mine.value["text"] if mine else "",
        note_version=mine.version if mine else 0,
        reply=next((n.value for n in parts.get(REPLY, []) if n.ref == note_ref(request.staff.pk)), {}),
    )
    now = timezone.now()
    form = kind(initial=initial)
    if "interpreter_name" in form.fields:
        language = str(values.get("language", "")) or contact.language
        form.suggest("interpreter_name", suggestions(to=request.staff, language=language))
    return {
        "contact": contact,
        "form": form,
        "kept": _kinds_kept(parts),
        "is_open": contact.state == ContactState.OPEN,
        "cards": CARDS,
        "now": now,
        "promise": queries.promise(society=request.staff.society, at=now),
        "night_covers": queries.covered_by(to=request.staff, at=now),
        **_paging(request, contact),
        "calling_from": request.staff.society.iso2,
        "on_danger_page": False,
        "swapped": False,
        "draft": _draft_key(request, contact),
        **_colleagues_answers(request, parts),
        **_whom_to_ring(request, str(values.get("country", ""))),
        "prompted": prompted(request, contact),
        "joined": joined_rows(request, contact),
        "chat": panel(request, contact),
    }


def _whom_to_ring(request: StaffRequest, country: str) -> dict[str, object]:
    """Emergency numbers and lines of the country where the person is (two letters, "" where nobody said)."""
    society, at = request.staff.society, timezone.now()
    return {
        "numbers": queries.emergency(society=society, iso2=country, at=at),
        "elsewhere": queries.emergency_elsewhere(society=society, iso2=country, at=at),
        "there": queries.numbers_there(society=society, iso2=country, at=at),
    }


def _number_in_danger(request: StaffRequest, contact: Contact) -> str:
    """Somebody was called in: whoever comes needs the number at once. Journalled like every showing."""
    found = actions.show_identity(
        keys=request.keys, contact=contact, purpose=RevealPurpose.SAFETY, at=timezone.now()
    )
    return str(found.get("phone", ""))


def _kinds_kept(parts: dict[str, Any]) -> list[str]:
    kept = parts[IDENTITY][0].value if parts.get(IDENTITY) else {}
    return [name for name in ("called", "phone") if kept.get(name)]


def _draft_key(request: StaffRequest, contact: Contact) -> dict[str, str]:
    """The public key of the line and what binds a draft to this contact, for a browser that has lost the line.

    A key that the society did not sign is not given away, and the call goes on without it: drafts still go up.
    """
    try:
        found = vault_queries.line_public(keys=request.keys, line=contact.line_id)
    except Refusal:
        found = None
    if found is None:
        return {}
    key, public = found
    return {
        "id": str(key),
        "public": to_base64url(public),
        "info": to_base64url(vault.draft_info(contact.file_id)),
    }


def _colleagues_answers(request: StaffRequest, parts: dict[str, Any]) -> dict[str, Any]:
    """What colleagues who type along wrote, and where two said different things."""
    own = note_ref(request.staff.pk)
    notes = [n for n in parts.get(NOTE, []) if n.ref != own and n.value.get("text")]
    beside = parts.get(BESIDE, [])
    names = pseudonyms({n.by for n in (*notes, *beside)})
    labels = {**EmergencyForm.base_fields, **CallForm.base_fields}
    return {
        "others": [(names.get(n.by, ""), n.at, read_text(n.value["text"])) for n in notes],
        "differing": [
            (
                names.get(n.by, ""),
                n.at,
                labels[n.value["field"]].label if n.value["field"] in labels else "",
                n.value["value"],
            )
            for n in beside
        ],
    }


def _save(request: StaffRequest, contact: Contact, form: CallForm | EmergencyForm) -> tuple[str, ...]:
    return actions.save_typed(
        keys=request.keys, contact=contact, typed=form.typed(), by=request.staff, at=timezone.now()
    )


def _say_undialled(request: StaffRequest, form: CallForm | EmergencyForm) -> None:
    if form.number_without_digits:
        add_message(
            request,
            _(
                "The number to call back has no digit in it. It is kept as it was typed: "
                "if that was a slip, type the number once more."
            ),
            tone="soon",
        )


def _sent(request: StaffRequest, contact: Contact) -> HttpResponse:
    form = CallForm(request.POST)
    called = call_for_help(request, contact)
    conflicts = _save(request, contact, form)
    _say_undialled(request, form)
    if conflicts:
        add_message(
            request,
            _(
                "A colleague wrote here at the same time. Both texts are kept; the earlier one stands, "
                "yours is beside the call."
            ),
            tone="soon",
        )
    do = request.POST.get("do", "save")
    if called:
        return redirect_to("emergency", contact.number)
    if do == "questions":
        # The sheet of danger now, typed in later: nobody is paged for it.
        return redirect_to("emergency", contact.number)
    if do in ("services", "call_links", "call_authority", "prompts", "earlier", "people", "held"):
        keep_open(request, contact)
        return redirect_to("family_links:call" if do == "call_links" else do, contact.number)
    if do == "complaint":
        keep_open(request, contact)
        # The number only leads back: nothing links the complaint to the call.
        return HttpResponseRedirect(f"{reverse('complaints:start')}?call={contact.number}")
    if do == "say":
        say_line(request, contact)
        keep_open(request, contact)
        return redirect_to("call", contact.number)
    if do == "finish":
        return _finish(request, contact, form)
    keep_open(request, contact)
    if not conflicts:
        add_message(request, _("Saved and protected."))
    return redirect_to("call", contact.number)


def _finish(request: StaffRequest, contact: Contact, form: CallForm) -> HttpResponse:
    now = timezone.now()
    answers = form.answers()
    wanted = answers.get("ends", [])
    exact = form.exact_time
    if "call_back" in wanted or exact or answers.get("back_when"):
        _plan(request, contact, answers, exact, now)
    actions.finish_call(keys=request.keys, contact=contact, by=request.staff, at=now)
    actions.count(keys=request.keys, contact=contact, at=now)
    add_message(
        request,
        _("The call is finished."),
        href=reverse("hotline:contact", args=[contact.number]),
        link=_("Look at it again"),
    )
    return (
        redirect_to("next", contact.number)
        if actions.is_undecided(contact)
        else redirect_after_call(request, contact, answers)
    )


def _plan(
    request: StaffRequest, contact: Contact, answers: dict[str, Any], exact: datetime | None, now: datetime
) -> None:
    asked = [answers.get("back_when", ""), answers.get("back_at", {})]
    planned = vault_queries.value_of(keys=request.keys, file=contact.file_id, part=BACK)
    # Typing on after the call is no new promise: what was planned, and perhaps made, stays as it is.
    again = contact.state != ContactState.OPEN and planned.get("asked") == asked
    due_at = exact or back_due(asked[0], now=now, time_zone=request.staff.society.time_zone)
    actions.plan_call_back(
        keys=request.keys,
        contact=contact,
        due_at=None if again else due_at,
        by=request.staff,
        at=now,
        tries=int(answers.get("back_tries") or 3),
        stop=answers.get("back_stop", ""),
        asked=asked,
    )
    if again or actions.is_undecided(contact):
        return
    if not exact and not asked[0]:
        add_message(request, _("No time given: set for one hour from now."), tone="soon")
    if "no" in (answers.get("c_back"), answers.get("safe_back")):
        add_message(
            request,
            _(
                "A call-back is on the list, but the person said no to it, or that it is not safe. "
                "Talk about it with a colleague before anybody rings."
            ),
            tone="urgent",
        )


# -- drafts ----------------------------------------------------------------------------------------


@require_POST
def draft(request: StaffRequest, number: str) -> HttpResponse:
    """What was typed so far, sent by the page after a pause: sealed before anything is stored."""
    return _draft(request, number, CallForm)


@require_POST
def emergency_draft(request: StaffRequest, number: str) -> HttpResponse:
    return _draft(request, number, EmergencyForm)


def _draft(request: StaffRequest, number: str, kind: type) -> HttpResponse:
    contact = contact_or_404(request, number)
    if request.keys is None:
        # 503 and not a redirect: the browser then seals the draft itself and sends it again later.
        return HttpResponse(status=503)
    if not is_whole(contact):
        keep_late(request, contact)
        return HttpResponse(status=204)
    _save(request, contact, kind(request.POST))
    keep_open(request, contact)
    return HttpResponse(status=204)


@require_POST
def alive(request: StaffRequest, number: str) -> HttpResponse:
    """The page of an open call is still there, also while its vault is locked: the call goes on."""
    contact = contact_or_404(request, number)
    if contact.state != ContactState.OPEN:
        return HttpResponse(status=409)
    if request.keys is None:
        actions.keep_call_alive(contact=contact, at=timezone.now())
    keep_open(request, contact)
    return HttpResponse(status=204)


@require_POST
def sealed_draft(request: StaffRequest) -> HttpResponse:
    """A draft that a browser sealed while the line was down; needs no open vault, only who is signed in."""
    number = str(request.POST.get("draft", "")).strip("/").split("/")
    found = next((one for one in number if len(one) == 9 and one.count("-") == 2), "")
    contact = get_object_or_404(queries.visible(to=request.staff), number=found)
    try:
        key = UUID(str(request.POST.get("key", "")))
        sent = str(request.POST.get("sealed", ""))
        blob = from_base64url(sent)
    except ValueError:
        return HttpResponse(status=400)
    actions.keep_waiting(contact=contact, key=key, blob=blob, by=request.staff, at=timezone.now())
    return HttpResponse(status=204)


@require_safe
@vault_required
def colleagues_answers(request: StaffRequest, number: str) -> HttpResponse:
    """What colleagues typed in the meantime, as a part of the page."""
    contact = contact_or_404(request, number)
    parts = vault_queries.read_parts(keys=request.keys, file=contact.file_id, names=[NOTE, BESIDE])
    return page(
        request,
        "hotline/beside.html",
        block="others",
        contact=contact,
        is_open=contact.state == ContactState.OPEN,
        **_paging(request, contact),
        # The page of danger shows who is called on top as well, and it must be true there too.
        on_danger_page="danger" in request.GET,
        swapped=True,
        **_colleagues_answers(request, parts),
    )


def _paging(request: StaffRequest, contact: Contact) -> dict[str, Any]:
    alarm = work_queries.newest_alarm_of(contact.pk)
    return {"alarm": alarm, "called": called_by(alarm, to=request.staff) if alarm else None}


# -- danger now --------------------------------------------------------------------------------------


@draft_when_locked
def emergency(request: StaffRequest, number: str) -> HttpResponse:
    """Danger now: yes and no, the exact place, who is there, whom to call."""
    contact = contact_or_404(request, number)
    if not is_whole(contact):
        return (
            too_late(request, contact) if request.method == "POST" else redirect_to("contact", contact.number)
        )
    if request.method != "POST":
        actions.merge_waiting(
            keys=request.keys, contact=contact, read=typed_from, by=request.staff, at=timezone.now()
        )
        keep_open(request, contact)
        screen = _screen(request, contact, EmergencyForm)
        number = _number_in_danger(request, contact) if screen["alarm"] else ""
        shown = screen | {"number": number, "on_danger_page": True, "in_other_languages": safety_texts()}
        return page(request, "hotline/emergency.html", **shown)
    do = request.POST.get("do", "save")
    called = call_for_help(request, contact)
    form = EmergencyForm(request.POST)
    _save(request, contact, form)
    _say_undialled(request, form)
    keep_open(request, contact)
    if do == "say":
        say_line(request, contact)
    if do == "call_off":
        over = actions.end_emergency(contact=contact, by=request.staff, at=timezone.now())
        still = _("The others read that you said so. They are paged until one of them answers.")
        add_message(request, _("Nobody is paged any more.") if over else still)
        called = not over
    return redirect_to("emergency" if called or do in ("save", "say") else "call", contact.number)
