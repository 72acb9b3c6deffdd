"""Dialogues with authorities: begun, written in, closed; what was asked of whom, and what came of it, on one page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.accounts.queries import pseudonyms
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, download, page, posted
from panah.ground.network.queries import rule
from panah.ground.network.words import RuleKey
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy import permissions
from panah.programmes.diplomacy import queries as diplomacy_queries
from panah.programmes.diplomacy.forms.others import AboutForm, EntryForm, EraseForm
from panah.programmes.diplomacy.instruments import provisions
from panah.programmes.diplomacy.steps import DIALOGUE_STEPS
from panah.programmes.diplomacy.words import Confidence, DialogueKind, DialogueState, EntryKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.programmes.diplomacy.models import Dialogue


@require_http_methods(["GET", "POST"])
@vault_required
def listed(request: StaffRequest) -> HttpResponse:
    """What did we ask, whom, when, and what came of it? A word that is looked for stands in no address."""
    word = request.POST.get("word", "")
    return page(
        request,
        "diplomacy/dialogues.html",
        groups=diplomacy_queries.memory(to=request.staff, keys=request.keys, word=word),
        word=word,
        keeps=permissions.keeps(request.staff),
        known=provisions(),
        kinds=dict(DialogueKind.choices),
        says=dict(EntryKind.choices),
        State=DialogueState,
    )


@require_http_methods(["GET", "POST"])
@vault_required
def begin(request: StaffRequest) -> HttpResponse:
    if not permissions.keeps(request.staff):
        raise Http404
    form = AboutForm(posted(request), initial={"provisions": request.GET.getlist("provision")})
    if form.submit(_begin, by=request.staff, keys=request.keys, at=timezone.now()):
        add_message(request, _("Saved and protected."))
        return redirect("diplomacy:dialogue", form.result.number)
    back = reverse("diplomacy:dialogues")
    heading = _("A dialogue with an authority")
    return form_page(request, "commitments", form, heading, back, back_text=_("Back"))


def _begin(*, keys: Keyring, pk: UUID, by: object, at: datetime, **about: object) -> Dialogue:
    del by
    return diplomacy.begin_dialogue(keys=keys, about=about, pk=pk, at=at)


@require_http_methods(["GET", "POST"])
@vault_required
def dialogue(request: StaffRequest, number: str) -> HttpResponse:
    """One dialogue: what it is about, all that happened, and what happens next."""
    row = diplomacy_queries.dialogue_or_404(number, to=request.staff)
    is_open = row.state == DialogueState.OPEN and vault_queries.opens(keys=request.keys, file=row.file_id)
    if request.method == "POST" and not is_open:
        raise Http404
    form = None
    if is_open:
        form = EntryForm(posted(request), request.FILES or None, initial={"on": timezone.localdate()})
        if form.submit(_write, keys=request.keys, dialogue=row, at=timezone.now()):
            add_message(request, _("Saved and protected."))
            return redirect("diplomacy:dialogue", number)
    found = diplomacy_queries.opened(row, keys=request.keys)
    known = provisions()
    return page(
        request,
        "diplomacy/dialogue.html",
        row=row,
        found=found,
        names=pseudonyms(entry.by for entry in found.entries if entry.by),
        form=form,
        steps=DIALOGUE_STEPS.offered(row, to=request.staff),
        provisions=[known[key] for key in found.about.get("provisions", ()) if key in known],
        kinds=dict(DialogueKind.choices),
        confidences=dict(Confidence.choices),
        says=dict(EntryKind.choices),
        State=DialogueState,
        kept_until=diplomacy_queries.kept_until(row, keys=request.keys)
        if row.state == DialogueState.CLOSED
        else None,
        today=timezone.localdate(),
        term=legal_term(request.staff, timezone.localdate()),
    )


def legal_term(staff: Staff, sent_on: date) -> date | None:
    """Return the day on which an answer to a letter is due by the rule sheet, None where it says nothing."""
    found = rule(society=staff.society, key=RuleKey.AUTHORITY_ANSWER_DAYS, on=sent_on)
    days = found.value if found else None
    return sent_on + timedelta(days=int(days)) if days else None


def _write(
    *,
    keys: Keyring,
    dialogue: Dialogue,
    at: datetime,
    scan: object,
    answer_by: date | None,
    next_on: date | None,
    on: date,
    **said: object,
) -> None:
    if said["kind"] == EntryKind.SENT and answer_by is None:
        answer_by = legal_term(keys.staff, on)
    entry = {**said, "on": on.isoformat(), "answer_by": answer_by.isoformat() if answer_by else ""}
    body = scan.read() if hasattr(scan, "read") else b""
    diplomacy.write_entry(
        keys=keys, dialogue=dialogue, entry=entry, scan=body, answer_by=answer_by, next_on=next_on, at=at
    )


@require_safe
@vault_required
def scan(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """A scan as it came."""
    row = diplomacy_queries.dialogue_or_404(number, to=request.staff)
    found = diplomacy_queries.opened(row, keys=request.keys)
    kept = next((value for ref, value in found.scans.values() if ref == pk), None)
    if kept is None:
        raise Http404
    body = diplomacy.show_scan(keys=request.keys, dialogue=row, attachment=pk, at=timezone.now())
    return download(body, name=f"scan.{kept['ending']}", kind="application/octet-stream")


@require_http_methods(["GET", "POST"])
@vault_required
def erase(request: StaffRequest, number: str) -> HttpResponse:
    row = diplomacy_queries.dialogue_or_404(number, to=request.staff)
    if row.state != DialogueState.CLOSED:
        raise Http404
    form = EraseForm(posted(request))
    if form.submit(diplomacy.erase_dialogue, keys=request.keys, dialogue=row, at=timezone.now()):
        add_message(request, _("Erased for good."))
        return redirect("diplomacy:dialogues")
    back = reverse("diplomacy:dialogue", args=[row.number])
    return form_page(request, "commitments", form, _("Erase it for good"), back, back_text=_("Back"))
