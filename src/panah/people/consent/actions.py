"""Writing down what a person answered, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, LazySentence
from panah.people.consent import events, queries
from panah.people.consent.queries import PART, WrittenConsent
from panah.people.consent.subjects import ConsentSubject, guardian_may_be_involved
from panah.people.consent.withdrawal_registry import EFFECTS, ON_CHANGE
from panah.people.consent.words import ConsentPurpose, GuardianRole

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ASK_AGAIN = "ask_again"
ASK_BEFORE_IT_ENDS = DueType("consent", ASK_AGAIN, DueKind.ANSWER)
BEFORE_IT_ENDS = timedelta(days=14)


@transaction.atomic
def write_answer(
    *,
    keys: Keyring,
    subject: ConsentSubject,
    answer: Mapping[str, object],
    at: datetime,
    given_at: datetime | None = None,
) -> UUID:
    """Keep one answer and return its ref. A new answer never changes an old one: the last word counts.

    ``given_at``: when the person answered, where that was before it is written here.

    ``answer``: purpose, said, receiver, receiver_name, fields, seven, way, language, interpreter,
    interpreter_name, understood, guardian, guardian_note, until (ISO date or "").
    """
    if (
        answer.get("guardian") == GuardianRole.AGREES
        and subject.age_group != "adult"
        and guardian_may_be_involved(keys=keys, file=subject.file)
    ):
        raise Refusal(
            _("The parent or guardian may be involved, so they neither agree nor are told."),
            next_step=_(
                "An appointed representative agrees instead. Until then nothing leaves; help goes on."
            ),
            code="guardian-may-be-involved",
        )
    earlier = queries.answers(keys=keys, file=subject.file)
    value = {**answer, "order": len(earlier) + 1, "given_at": (given_at or at).isoformat()}
    ref = vault.add(keys=keys, file=subject.file, part=PART, value=value, at=at)
    audit.record(event=events.ASKED, by=keys.staff, at=at, about=subject.file)
    _tell(keys, subject, ref, at)
    _ask_again_in_time(keys, subject, value, at)
    return ref


@transaction.atomic
def type_in(
    *,
    keys: Keyring,
    subject: ConsentSubject,
    answers: Iterable[Mapping[str, object]],
    on: date,
    by: str,
    at: datetime,
) -> int:
    """Keep the answers of one paper with its day and its author, all or none; returns how many.

    Each as in ``write_answer``. A paper never overrules what the person said after it.
    """
    # Of a paper only the day is known: it counts from its beginning, so that nothing of that day is overruled by it.
    given_at = timezone.make_aware(datetime.combine(on, time.min))
    known = queries.latest(keys=keys, file=subject.file)
    written = 0
    for answer in answers:
        receiver = queries.receiver_of(answer, file=subject.file)
        for one in known:
            if (one.consent.purpose, one.consent.receiver) == (answer["purpose"], receiver):
                _must_be_older(one, on)
        value = {**answer, "paper": {"on": on.isoformat(), "by": by}}
        write_answer(keys=keys, subject=subject, answer=value, at=at, given_at=given_at)
        written += 1
    audit.record(event=events.TYPED_IN, by=keys.staff, at=at, about=subject.file)
    return written


def _must_be_older(answer: WrittenConsent, on: date) -> None:
    # Of a paper only the day is known: what was said on that day may have come after it.
    said_on = timezone.localtime(datetime.fromisoformat(answer.kept["given_at"])).date()
    if max(said_on, answer.consent.withdrawn_on or said_on) >= on:
        raise Refusal(
            _("After this paper the person answered again: %(purpose)s.")
            % {"purpose": ConsentPurpose(answer.consent.purpose).label},
            next_step=_("Leave that question empty: what was said last counts. Keep the rest."),
            code="answered-since",
        )


@transaction.atomic
def print_copy(*, keys: Keyring, subject: ConsentSubject, at: datetime) -> None:
    """Journal that what a person agreed to goes onto paper for the person."""
    audit.record(event=events.PRINTED, by=keys.staff, at=at, about=subject.file)


@transaction.atomic
def carry_over(*, keys: Keyring, file: UUID, answers: Iterable[Mapping[str, Any]], at: datetime) -> int:
    """Keep answers that were given on a call with their own day and asker; returns how many were new.

    Each as in ``write_answer``, with ``asked_at`` (aware) and ``asked_by`` (staff id or None) beside it. Nothing
    follows from it here: a call asks for nothing that leaves. Done twice, it is the same as done once.
    """
    there = queries.answers(keys=keys, file=file)
    known = {(a.consent.purpose, a.kept.get("given_at")) for a in there}
    new = 0
    for order, one in enumerate(sorted(answers, key=lambda a: a["asked_at"]), start=len(there) + 1):
        given_at = one["asked_at"].isoformat()
        if (one["purpose"], given_at) in known:
            continue
        value = {k: v for k, v in one.items() if k not in ("asked_at", "asked_by")}
        vault.add(
            keys=keys,
            file=file,
            part=PART,
            value={**value, "order": order, "given_at": given_at},
            at=one["asked_at"],
            by=one["asked_by"],
        )
        new += 1
    if new:
        audit.record(event=events.CARRIED, by=keys.staff, at=at, about=file)
    return new


def _tell(keys: Keyring, subject: ConsentSubject, ref: UUID, at: datetime) -> None:
    answer = queries.one(keys=keys, file=subject.file, ref=ref)
    for callback in ON_CHANGE if answer else ():
        callback(keys=keys, file=subject.file, consent=answer.consent, at=at)  # type: ignore[union-attr]


def _ask_again_in_time(
    keys: Keyring, subject: ConsentSubject, value: Mapping[str, Any], at: datetime
) -> None:
    if value["said"] == "no" or not value.get("until"):
        return
    ends = datetime.combine(date.fromisoformat(value["until"]), time(12), tzinfo=at.tzinfo)
    due = max(ends - BEFORE_IT_ENDS, at + timedelta(days=1))
    work.due(
        ASK_BEFORE_IT_ENDS,
        DueSubject(
            subject.society,
            subject.id,
            file=subject.file,
            owner=subject.owner or keys.staff,
            branch=subject.branch,
            number=subject.number,
            language=subject.language,
            age_group=subject.age_group,
        ),
        keys=keys,
        due_at=due,
        sentence=_which_one(value),
        at=at,
    )


def _which_one(value: Mapping[str, Any]) -> LazySentence:
    """The sentence of what is due, naming which consent it is about: a case has several."""
    purpose = ConsentPurpose(value["purpose"]).label
    if not value.get("receiver_name"):
        return LazySentence(_("Ask again before it ends: %(what)s"), what=purpose)
    return LazySentence(
        _("Ask again before it ends: %(what)s, %(who)s"), what=purpose, who=queries.receiver_said(value)
    )


def what_stops(
    *, keys: Keyring, subject: ConsentSubject, answer: WrittenConsent, at: datetime
) -> list[StrOrPromise]:
    """Return, as sentences, what a withdrawal of this answer stops."""
    sentences: list[StrOrPromise] = []
    for stop in EFFECTS:
        sentences += stop.preview(keys=keys, file=subject.file, consent=answer.consent, at=at)
    return sentences


@transaction.atomic
def withdraw(
    *, keys: Keyring, subject: ConsentSubject, answer: WrittenConsent, on: date, words: str, at: datetime
) -> None:
    """Take an answer back and stop what it covered, in one transaction. Help goes on."""
    if answer.consent.withdrawn_on is not None:
        raise Refusal(_("This was withdrawn already."), code="withdrawn-already")
    value = {
        **answer.sealed.value,
        "withdrawn_on": on.isoformat(),
        "withdrawn_words": words,
        "withdrawn_by": str(keys.staff.pk),
    }
    vault.write(
        keys=keys,
        file=subject.file,
        part=PART,
        ref=answer.sealed.ref,
        value=value,
        at=at,
        based_on=answer.sealed.version,
    )
    for stop in EFFECTS:
        stop.act(keys=keys, file=subject.file, consent=answer.consent, at=at)
    _tell(keys, subject, answer.sealed.ref, at)
    audit.record(event=events.WITHDRAWN, by=keys.staff, at=at, about=subject.file)
