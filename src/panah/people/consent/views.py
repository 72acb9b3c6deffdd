"""The pages of consent: what was answered, asking one thing, withdrawing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.directory import queries as directory_queries
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.dates import PartialDate
from panah.ground.kit.pages import add_message, page
from panah.ground.kit.sealed_addresses import unsealed
from panah.ground.network import queries as network_queries
from panah.ground.sign_in.middleware import vault_required
from panah.people.consent import actions, queries, subjects
from panah.people.consent.forms import AskForm, WithdrawForm
from panah.people.consent.queries import WrittenConsent
from panah.people.consent.read_aloud import read_aloud
from panah.people.consent.rules import OTHER
from panah.people.consent.subjects import ConsentSubject
from panah.people.consent.words import (
    AFTER_NO,
    STAY_BY_DEFAULT,
    WHY_NOT,
    ConsentPurpose,
    SharedField,
    field_words,
)
from panah.people.safety.queries import suggestions

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


SAME_TALK = timedelta(hours=2)


def receivers(purpose: str, *, to: Staff) -> list[tuple[str, str]]:
    """Who can be named: services of the directory and societies, as (value, name)."""
    if purpose == ConsentPurpose.KNOWN_THERE:
        return [(f"society:{s.slug}", s.name) for s in exchange_queries.reachable_societies(to=to)]
    societies = [
        (f"society:{s.slug}", s.name)
        for s in network_queries.societies()
        if s.central_asian or s.practice or s.hosted
    ]
    services = [
        (f"service:{s.id}", f"{s.name}, {s.organization}")
        for s in directory_queries.search_services(directory_queries.Search(), at=timezone.now())
    ]
    return societies + services if purpose == ConsentPurpose.CROSS_BORDER else services + societies


@require_GET
@vault_required
def answers(request: StaffRequest, number: str) -> HttpResponse:
    """Everything that was asked and answered, the last word first."""
    subject = subjects.load(number, to=request.staff, keys=request.keys)
    every = queries.answers(keys=request.keys, file=subject.file)
    last = {a.sealed.ref for a in queries.latest(keys=request.keys, file=subject.file)}
    today = timezone.localdate()
    rows = [
        _row(a, is_last=a.sealed.ref in last, today=today)
        | {"why_not": WHY_NOT.get(_lacks(request, subject, a))}
        for a in reversed(every)
    ]
    # Where nobody else is told, "ask again" stands at the answer; a partner is another one each time.
    answered = {r["answer"].consent.purpose for r in rows if r["last"] and not r["receiver"]}
    return page(
        request,
        "consent/answers.html",
        subject=subject,
        now=[r for r in rows if r["last"]],
        earlier=[r for r in rows if not r["last"]],
        purposes=[(p.value, p.label) for p in ConsentPurpose if p.value not in answered],
    )


def _row(answer: WrittenConsent, *, is_last: bool, today: date) -> dict[str, Any]:
    consent = answer.consent
    ended = consent.until is not None and consent.until < today
    return {
        "answer": answer,
        "last": is_last,
        "purpose": ConsentPurpose(consent.purpose).label,
        "receiver": answer.kept.get("receiver_name", ""),
        "withdrawn": consent.withdrawn_on,
        "ended": ended,
        "fields": [field_words(f) for f in sorted(consent.fields)],
        "paper": answer.kept.get("paper"),
        "paper_on": date.fromisoformat(answer.kept["paper"]["on"]) if "paper" in answer.kept else None,
        "in_no_list": answer.kept.get("receiver") == OTHER,
    }


@require_http_methods(["GET", "POST"])
@vault_required
def ask(request: StaffRequest, number: str, purpose: str) -> HttpResponse:
    """Ask for one purpose: read aloud, answer, keep; then back to where the colleague came from."""
    subject = subjects.load(number, to=request.staff, keys=request.keys)
    if purpose not in ConsentPurpose.values:
        raise Http404
    choices = receivers(purpose, to=request.staff)
    receiver, who = _whom(request, dict(choices))
    no_notes = queries.notes_refused(keys=request.keys, file=subject.file)
    aloud = read_aloud(purpose, who=who, society=request.staff.society, on=timezone.localdate())
    told = aloud.told - {"interview"} if no_notes else aloud.told
    form = _form(request, purpose, choices, subject, told=told)
    back = _back(request, subject)
    risk = queries.authority_risk(receiver, who, at=timezone.now())
    unread = risk is not None and _is_unread_yes(request, receiver or who)
    if not unread and form.submit(
        lambda **_data: actions.write_answer(
            keys=request.keys, subject=subject, answer=form.answer(dict(choices)), at=timezone.now()
        )
    ):
        add_message(request, _kept(request, subject, form.result))
        return redirect(back)
    return page(
        request,
        "consent/ask.html",
        status=422 if unread else None,
        subject=subject,
        form=form,
        purpose=ConsentPurpose(purpose),
        aloud=aloud,
        no_notes=no_notes,
        who=who,
        risk=risk,
        risk_of=receiver or who,
        unread=unread,
        back=back,
        after_no=AFTER_NO[ConsentPurpose(purpose)],
        exceptions=exceptions_of(request.staff),
        involved=subject.age_group != "adult"
        and subjects.guardian_may_be_involved(keys=request.keys, file=subject.file),
        stay=[f.label for f in SharedField if f in STAY_BY_DEFAULT],
    )


def _kept(request: StaffRequest, subject: ConsentSubject, ref: UUID) -> str:
    """That it is kept, and what a yes still lacks before it counts."""
    answer = queries.one(keys=request.keys, file=subject.file, ref=ref)
    lacks = _lacks(request, subject, answer) if answer else ""
    if not lacks:
        return _("Written down.")
    return _("Written down. The yes does not count yet: %(why)s") % {"why": WHY_NOT[lacks]}


def _lacks(request: StaffRequest, subject: ConsentSubject, answer: WrittenConsent) -> str:
    return queries.lacks(
        keys=request.keys,
        file=subject.file,
        answer=answer.consent,
        on=timezone.localdate(),
        age_group=subject.age_group,
    )


def _is_unread_yes(request: StaffRequest, receiver: str) -> bool:
    """Say whether a yes came from a page without the risk of this authority: what was read aloud left it out."""
    return request.POST.get("said") == "yes" and request.POST.get("risk_read") != receiver


def _whom(request: StaffRequest, names: dict[str, str]) -> tuple[str, str]:
    """The receiver and its name, as far as they are known when the page is read."""
    receiver = request.POST.get("receiver") or unsealed(request.GET.get("to", ""))
    if receiver in names:
        return receiver, names[receiver]
    return "", request.POST.get("receiver_other", "").strip()


def _back(request: StaffRequest, subject: ConsentSubject) -> str:
    """The page of the same case that the colleague came from; else the list of answers."""
    answers_page = reverse("consent:answers", args=[subject.number])
    of_the_case = answers_page.removesuffix("consent/")
    back = request.GET.get("back", "")
    # A browser takes a backslash for a slash and %2e for a dot.
    plain = unquote(back)
    safe = back.startswith(of_the_case) and ".." not in plain and "\\" not in plain and plain.isprintable()
    return back if safe else answers_page


def _form(
    request: StaffRequest,
    purpose: str,
    choices: list[tuple[str, str]],
    subject: ConsentSubject,
    *,
    told: frozenset[str],
) -> AskForm:
    today = timezone.localdate()
    later = PartialDate(today.year + 1, today.month, min(today.day, 28))
    initial = {"language": subject.language or get_language(), "until": later}
    initial |= _same_talk(request, subject)
    # Somebody who is not in the list was named elsewhere: the question begins with the name filled in.
    named = request.POST.get("step") == "name" and "receiver_other" in request.POST
    if named:
        initial |= {"receiver": OTHER, "receiver_other": request.POST["receiver_other"]}
    form = AskForm(
        None if named else request.POST or None,
        purpose=purpose,
        receivers=choices,
        age_group=subject.age_group,
        told=told,
        initial=initial,
    )
    receiver = unsealed(request.GET.get("to", ""))
    if receiver in dict(choices) and "receiver" in form.fields:
        form.for_receiver(receiver)
        form.fields["fields_agreed"].initial = _agreed_already(request, subject, purpose, receiver)
    form.suggest("interpreter_name", suggestions(to=request.staff, language=subject.language))
    if subject.age_group != "adult" and subjects.guardian_may_be_involved(
        keys=request.keys, file=subject.file
    ):
        form.without_the_guardian()
    return form


def _agreed_already(request: StaffRequest, subject: ConsentSubject, purpose: str, receiver: str) -> list[str]:
    """What the person chose for this receiver in the same talk, where that still stands."""
    for one in queries.latest(keys=request.keys, file=subject.file):
        consent = one.consent
        if (consent.purpose, consent.receiver) != (purpose, receiver):
            continue
        ended = consent.until is not None and consent.until < timezone.localdate()
        stands = consent.said == "yes" and not consent.withdrawn_on and not ended
        return sorted(consent.fields) if stands and _is_of_this_talk(request, one) else []
    return []


def _is_of_this_talk(request: StaffRequest, one: WrittenConsent) -> bool:
    return one.sealed.by == request.staff.pk and one.sealed.at >= timezone.now() - SAME_TALK


def _same_talk(request: StaffRequest, subject: ConsentSubject) -> dict[str, object]:
    """How the colleague asked a moment ago: the next purpose is asked in the same way, of the same people."""
    mine = [
        answer
        for answer in queries.answers(keys=request.keys, file=subject.file)
        if _is_of_this_talk(request, answer) and not answer.consent.withdrawn_on
    ]
    if not mine:
        return {}
    # Whether a guardian agrees is an answer of its own each time; who that is, is not.
    names = ("way", "language", "interpreter", "interpreter_name", "guardian_note")
    return {name: mine[-1].kept[name] for name in names if mine[-1].kept.get(name)}


def exceptions_of(staff: Staff) -> list[network_queries.RuleValue]:
    # No promise that the country's rule sheet does not back: the exceptions are said, checked or not.
    today = timezone.localdate()
    found = [
        network_queries.rule(society=staff.society, key=key, on=today)
        for key in ("exception_life", "exception_child", "exception_order")
    ]
    return [rule for rule in found if rule is not None]


@require_http_methods(["GET", "POST"])
@vault_required
def withdraw(request: StaffRequest, number: str, ref: UUID) -> HttpResponse:
    """Show what a withdrawal stops, then do it."""
    subject = subjects.load(number, to=request.staff, keys=request.keys)
    answer = queries.one(keys=request.keys, file=subject.file, ref=ref)
    if answer is None:
        raise Http404
    now, today = timezone.now(), timezone.localdate()
    form = WithdrawForm(request.POST or None, initial={"on": PartialDate(today.year, today.month, today.day)})
    if form.submit(
        lambda on, words: actions.withdraw(
            keys=request.keys, subject=subject, answer=answer, on=_whole(on), words=words, at=now
        )
    ):
        add_message(request, _("Withdrawn. What has not left stays here. Help goes on as before."))
        return redirect("consent:answers", number)
    stops = actions.what_stops(keys=request.keys, subject=subject, answer=answer, at=now)
    return page(
        request,
        "consent/withdraw.html",
        subject=subject,
        form=form,
        stops=stops,
        row=_row(answer, is_last=True, today=today),
    )


def _whole(found: PartialDate) -> date:
    if not (found.month and found.day):
        return timezone.localdate()
    return date(found.year, found.month, found.day)
