"""The pages of a referral for whoever holds the case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases.queries import by_number_or_404
from panah.consent import queries as consent
from panah.consent.words import Field
from panah.foundation.errors import Refusal
from panah.kit.pages import page, said
from panah.network import queries as network
from panah.referrals import actions, queries, rules
from panah.referrals.actions import once
from panah.referrals.forms import (
    PURPOSES,
    AnswerForm,
    FindForm,
    MeetingForm,
    MetForm,
    OutcomeForm,
    PacketForm,
    SendForm,
)
from panah.referrals.words import Declined, Outcome, State, Way
from panah.vault import actions as vault
from panah.vault import queries as sealed
from panah.vault.doors import vault_must_be_open
from panah.vault.words import Purpose


@require_GET
@vault_must_be_open
def listing(request: Any, number: str) -> HttpResponse:
    """The referrals of a case."""
    case = by_number_or_404(number, to=request.staff)
    return page(request, "referrals/list.html", case=case, rows=queries.of_case(case=case, keys=request.keys))


@require_http_methods(["GET", "POST"])
@vault_must_be_open
def find(request: Any, number: str) -> HttpResponse:
    """Find who could help: services of the register, the one to try first on top; or a society, or another."""
    case = by_number_or_404(number, to=request.staff)
    iso2 = request.staff.society.iso2
    form = FindForm(request.POST or None, regions=list(network.region_choices(iso2)))
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    search = network.Search(
        need=wanted.get("need", ""),
        iso2=iso2,
        region=wanted.get("region", ""),
        language=case.language,
        admits=wanted.get("admits", ""),
        open_now=wanted.get("open_now", False),
    )
    agreed = [
        a
        for a in consent.latest(keys=request.keys, file=case.file_id)
        if a.consent.purpose in dict(PURPOSES) and a.consent.said == "yes" and not a.consent.withdrawn_on
    ]
    return page(
        request,
        "referrals/find.html",
        case=case,
        form=form,
        agreed=agreed,
        services=network.search_services(search, at=timezone.now()),
        societies=[s for s in network.societies() if s.central_asian or s.practice],
    )


@require_http_methods(["GET", "POST"])
@vault_must_be_open
def new(request: Any, number: str, purpose: str, receiver: str) -> HttpResponse:
    """Prepare the packet for one receiver: only what the person agreed to can be filled in."""
    case = by_number_or_404(number, to=request.staff)
    name = _receiver_name(request, case, receiver)
    if purpose not in dict(PURPOSES) or not name:
        raise Http404
    answer = _answer(request, case, purpose, receiver)
    agreed = set(answer.consent.fields) if answer else set()
    form = _packet_form(request, case, agreed)
    if request.method == "POST" and form.is_valid():
        content = {
            "purpose": purpose,
            "receiver": receiver,
            "receiver_name": name,
            "need": form.cleaned_data["need"],
            "note": form.cleaned_data["note"],
            "values": form.values(),
        }
        row = actions.prepare(keys=request.keys, case=case, content=content, at=timezone.now())
        return redirect("referrals:one", number, row.pk)
    return page(
        request,
        "referrals/new.html",
        case=case,
        form=form,
        name=name,
        purpose=purpose,
        receiver=receiver,
        verdict=actions.coverage(
            keys=request.keys, case=case, purpose=purpose, receiver=receiver, fields=(), at=timezone.now()
        ),
        stays=[f.label for f in Field if f.value not in agreed],
    )


def _answer(request: Any, case: Any, purpose: str, receiver: str) -> Any:
    every = consent.latest(keys=request.keys, file=case.file_id)
    return next((a for a in every if (a.consent.purpose, a.consent.receiver) == (purpose, receiver)), None)


def _receiver_name(request: Any, case: Any, receiver: str) -> str:
    kept = [
        a.kept.get("receiver_name", "")
        for a in consent.latest(keys=request.keys, file=case.file_id)
        if a.consent.receiver == receiver
    ]
    try:
        return queries.receiver_name(receiver, other=kept[0] if kept else "", at=timezone.now())
    except ValueError:
        raise Http404 from None


def _packet_form(request: Any, case: Any, agreed: set[str]) -> PacketForm:
    if request.method == "POST":
        return PacketForm(request.POST, agreed=agreed)
    shown = vault.reveal(keys=request.keys, file=case.file_id, purpose=Purpose.REFER, at=timezone.now())
    known = queries.known_values(
        identity=shown.value if shown else {},
        case=case,
        language=get_language() or "en",
        codes=sealed.value_of(keys=request.keys, file=case.file_id, part="codes"),
    )
    return PacketForm(agreed=agreed, initial={f"tell_{n}": t for n, t in known.items() if n in agreed})


@require_http_methods(["GET", "POST"])
@vault_must_be_open
def one(request: Any, number: str, referral: UUID) -> HttpResponse:
    """A referral: the packet as it leaves, what stays, and what comes next."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    form = _next_form(opened.row.state, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            return _take_step(request, case, opened, form)
        except Refusal as refusal:
            form.refuse(refusal)
    return _show(request, case, opened, form)


def _next_form(state: str, data: Any) -> Any:
    kinds: dict[str, Any] = {
        State.DRAFT: SendForm,
        State.OFFERED: AnswerForm,
        State.MORE_ASKED: AnswerForm,
        State.ACCEPTED: MeetingForm,
        State.MEETING: MetForm,
        State.NOT_MET: MeetingForm,
        State.MET: OutcomeForm,
    }
    return kinds[state](data) if state in kinds else None


def _take_step(request: Any, case: Any, opened: Any, form: Any) -> HttpResponse:
    steps: dict[str, Callable[..., HttpResponse | None]] = {
        SendForm.__name__: _send,
        AnswerForm.__name__: _answered,
        MeetingForm.__name__: _meeting,
        MetForm.__name__: _met,
        OutcomeForm.__name__: _outcome,
    }
    at = timezone.now()
    shown = steps[type(form).__name__](request, case, opened, form.cleaned_data, at)
    if shown is not None:
        return shown
    said(request, _("Written down."))
    return redirect("referrals:one", case.number, opened.row.pk)


def _send(request: Any, case: Any, opened: Any, data: Any, at: datetime) -> HttpResponse | None:
    sent = actions.send(
        keys=request.keys, case=case, opened=opened, way=data["way"], life=data["life"], at=at
    )
    if not sent.token:
        return None
    # Shown once, on this answer itself: kept nowhere, so there is nothing to come back to.
    return page(
        request,
        "referrals/once_made.html",
        case=case,
        opened=opened,
        code=sent.code,
        address=request.build_absolute_uri(f"/r/{sent.token}/"),
    )


def _answered(request: Any, case: Any, opened: Any, data: Any, at: datetime) -> None:
    actions.write_answer(
        keys=request.keys,
        case=case,
        opened=opened,
        answer=data["answer"],
        reason=data["reason"],
        note=data["note"],
        at=at,
    )


def _meeting(request: Any, case: Any, opened: Any, data: Any, at: datetime) -> None:
    actions.agree_meeting(keys=request.keys, case=case, opened=opened, meeting=data, at=at)


def _met(request: Any, case: Any, opened: Any, data: Any, at: datetime) -> None:
    actions.write_met(
        keys=request.keys, case=case, opened=opened, met=data["met"] == "yes", note=data["note"], at=at
    )


def _outcome(request: Any, case: Any, opened: Any, data: Any, at: datetime) -> None:
    actions.write_outcome(keys=request.keys, case=case, opened=opened, at=at, **data)


def _show(request: Any, case: Any, opened: Any, form: Any) -> HttpResponse:
    content = opened.sealed
    values = content.get("packet") or rules.leaves(set(content["values"]), content["values"])
    verdict = actions.coverage(
        keys=request.keys,
        case=case,
        purpose=content["purpose"],
        receiver=content["receiver"],
        fields=values,
        at=timezone.now(),
    )
    return page(
        request,
        "referrals/one.html",
        case=case,
        opened=opened,
        form=form,
        verdict=verdict,
        packet=_told(values),
        stays=[f.label for f in Field if f.value not in values],
        steps=_steps(content["steps"]),
        typed=once.answers_of(referral=opened.row, key=content.get("page_key", "")),
        way=_way(content),
        meeting_at=_moment(content.get("meeting", {}).get("when")),
        cover=_meeting_kept(content),
        left="packet" in content,
    )


def _meeting_kept(content: dict[str, Any]) -> dict[str, str]:
    kept: dict[str, str] = content.get("meeting") or {}
    return {**dict.fromkeys(("escort", "papers", "medical"), ""), **kept} if kept else {}


def _told(values: dict[str, str]) -> list[tuple[Any, str]]:
    return [(Field(name).label, text) for name, text in values.items()]


def _way(content: dict[str, Any]) -> Any:
    return Way(content["way"]).label if content.get("way") else ""


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _steps(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    named = {
        "sent": _("Sent"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
        "more_asked": _("More is asked"),
        "offered": _("Offered again"),
        "meeting": _("Meeting agreed"),
        "met": _("They met"),
        "not_met": _("Nobody was met"),
        "done": _("Ended, with feedback"),
        "withdrawn": _("Withdrawn by us"),
        "consent_withdrawn": _("Consent withdrawn"),
    }
    return [
        {
            "what": named.get(s["what"], s["what"]),
            "at": datetime.fromisoformat(s["at"]),
            "note": s.get("note", ""),
            "reason": Declined(s["reason"]).label if s.get("reason") else "",
            "outcome": Outcome(s["outcome"]).label if s.get("outcome") else "",
            "person": s.get("person", ""),
            "partner": s.get("partner", ""),
            "life": s.get("life", ""),
        }
        for s in reversed(steps)
    ]


@require_POST
@vault_must_be_open
def give_up(request: Any, number: str, referral: UUID) -> HttpResponse:
    """Withdraw a referral that is not needed any more."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    actions.give_up(keys=request.keys, case=case, opened=opened, note="", at=timezone.now())
    said(request, _("Withdrawn."))
    return redirect("referrals:list", number)


@require_POST
@vault_must_be_open
def as_pdf(request: Any, number: str, referral: UUID) -> HttpResponse:
    """The letter as PDF, made in memory; making it is journalled."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    _must_have_left(opened)
    actions.record_print(keys=request.keys, case=case, at=timezone.now())
    content = opened.sealed
    # Drawing a letter takes 15 MB: loaded by whoever prints one, not by every worker.
    from panah.referrals.letter import letter

    body = letter(
        title=_("Referral"),
        intro=_("From %(us)s to %(who)s")
        % {"us": request.staff.society.name_in(get_language() or "en"), "who": content["receiver_name"]},
        rows=[
            (str(_("Asked for")), content["need"]),
            *((str(label), text) for label, text in _told(content["packet"])),
        ],
        closing=[
            _("The person agreed that exactly this is told to you, and nothing else. Do not pass it on."),
            _(
                "Answer by telephone to the colleague who gave you this letter. Destroy it when it is not needed."
            ),
        ],
        practice=str(_("Practice data.")) if settings.PANAH_PRACTICE else "",
    )
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return response


@require_GET
@vault_must_be_open
def script(request: Any, number: str, referral: UUID) -> HttpResponse:
    """What to say on the telephone: check who answers first, then only what was agreed."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    _must_have_left(opened)
    return page(
        request,
        "referrals/script.html",
        case=case,
        opened=opened,
        packet=_told(opened.sealed["packet"]),
        us=request.staff.society.name_in(get_language() or "en"),
    )


def _must_have_left(opened: Any) -> None:
    # A letter before the consent was checked would be a way around it.
    if "packet" not in opened.sealed or opened.row.state == State.WITHDRAWN:
        raise Refusal(
            _("There is nothing to hand over: this referral has not left, or it was withdrawn."),
            next_step=_("Send it first."),
            code="not-sent",
        )
