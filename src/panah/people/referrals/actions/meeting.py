"""Where, when and whom: a meeting that is agreed, the journey to it, and whether they met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import LazySentence, Urgency
from panah.people.cases import actions as cases
from panah.people.referrals import events, rules
from panah.people.referrals.actions.outgoing_messages import send_message
from panah.people.referrals.actions.workflow import (
    ASK_FEEDBACK,
    ASK_FIRST_DAYS,
    ASK_OUTCOME,
    ENDED,
    MEET,
    MEETING,
    OUTCOME,
    goes_by_telephone,
    moment_of,
    require_transition,
    step,
    transition,
    write,
)
from panah.people.referrals.models import Referral
from panah.people.referrals.queries import OpenedReferral
from panah.people.referrals.words import ReferralDirection, ReferralState, TravelNews

if TYPE_CHECKING:
    from panah.people.cases.models import Case


# What crosses of a meeting only where the person agreed to that field of the packet.
NEEDS_CONSENT = {"medical": "health", "papers": "documents"}


@transaction.atomic
def agree_meeting(
    *, keys: Keyring, case: Case, opened: OpenedReferral, meeting: Mapping[str, Any], at: datetime
) -> None:
    """Keep where, when, who meets and how they recognise each other; put the alarm on the list.

    ``meeting``: when (aware datetime), where, who, sign, fallback, escort, papers, medical. It is a proposal, told
    to the other side, who confirms it or proposes another. Where they have no Panah, ``stands`` says what the call
    led to: ``agreed``, ``ours`` (they have not said yes) or ``theirs`` (we have not).
    """
    require_transition(opened, ReferralState.MEETING)
    untold, stands = not_told(opened), meeting.get("stands") or "ours"
    kept = {name: value for name, value in meeting.items() if name not in (*untold, "stands")}
    kept["when"] = meeting["when"].isoformat()
    kept |= {"confirmed": stands == "agreed", "by": "them" if stands == "theirs" else "us"}
    happened = step("meeting", at, keys, confirmed=kept["confirmed"], theirs=stands == "theirs")
    transition(keys, case, opened, ReferralState.MEETING, happened, at, {"meeting": kept})
    work.complete_for(subject=opened.row.pk, purpose=MEET, by=keys.staff, at=at)
    opened = replace(opened, sealed={**opened.sealed, "meeting": kept})
    set_alarm(keys, case, opened, at)
    content = {name: value for name, value in kept.items() if name != "by"}
    _tell_of_journey(
        keys, case, opened, MessageKind.MEETING, content, meeting["when"], at, known=stands != "ours"
    )
    audit.record(event=events.MEETING, by=keys.staff, at=at, about=case.file_id)


def not_told(opened: OpenedReferral) -> list[str]:
    """Return what may not be told of a meeting: the person did not agree to the field that it belongs to.

    Whoever has accepted tells of its own arrangements; to a partner here nothing crosses.
    """
    if not opened.sealed.get("offer") or opened.row.direction == ReferralDirection.IN:
        return []
    agreed = set((opened.sealed.get("offer") or {}).get("consent", {}).get("fields", ()))
    return [name for name, needed in NEEDS_CONSENT.items() if needed not in agreed]


@transaction.atomic
def confirm_meeting(
    *, keys: Keyring, case: Case, opened: OpenedReferral, at: datetime, note: str = ""
) -> None:
    """Say yes to the meeting that the other side proposed; without a Panah there, also write down their yes to ours."""
    meeting = opened.sealed.get("meeting") or {}
    theirs = meeting.get("by") == "them"
    open_to_us = theirs or opened.row.conversation is None
    if opened.row.state != ReferralState.MEETING or not meeting or not open_to_us or meeting.get("confirmed"):
        raise Refusal(
            _("There is no proposal to say yes to."),
            next_step=_("Look at the page again: it may have been changed or confirmed meanwhile."),
            code="nothing-proposed",
        )
    kept = {**meeting, "confirmed": True}
    happened = step("confirmed", at, keys, note=note, theirs=not theirs)
    value = {**opened.sealed, "meeting": kept, "steps": [*opened.sealed["steps"], happened]}
    write(keys, case, opened, value, at)
    set_alarm(keys, case, replace(opened, sealed=value), at)
    content, when = {"confirmed": True, "when": meeting["when"]}, moment_of(meeting["when"]) or at
    _tell_of_journey(keys, case, opened, MessageKind.MEETING, content, when, at, known=not theirs)
    audit.record(event=events.MEETING, by=keys.staff, at=at, about=case.file_id)


@transaction.atomic
def write_travel(
    *, keys: Keyring, case: Case, opened: OpenedReferral, what: str, when: datetime, note: str, at: datetime,
    known: bool = False,
) -> None:  # fmt: skip
    """Note news of the journey, move the alarm to half an hour after the arrival known now, and tell the other side.

    ``known``: without a Panah there, it was said on the telephone already.
    """
    meeting = opened.sealed.get("meeting")
    if opened.row.state != ReferralState.MEETING or not meeting:
        raise Refusal(
            _("News of a journey belongs to a meeting that is agreed."),
            next_step=_("Agree where and when they meet first."),
            code="no-meeting",
        )
    arrives = {**meeting, "arrives": when.isoformat()}
    happened = step(
        "travel", at, keys, travel=TravelNews(what).value, when=when.isoformat(), note=note, known=known
    )
    value = {**opened.sealed, "meeting": arrives, "steps": [*opened.sealed["steps"], happened]}
    write(keys, case, opened, value, at)
    set_alarm(keys, case, replace(opened, sealed=value), at)
    content = {"what": what, "when": when.isoformat(), "note": note}
    _tell_of_journey(keys, case, opened, MessageKind.TRAVEL, content, when, at, known=known)
    audit.record(event=events.TRAVEL, by=keys.staff, at=at, about=case.file_id)


def _tell_of_journey(
    keys: Keyring, case: Case, opened: OpenedReferral, kind: MessageKind, content: Mapping[str, object],
    arrival: datetime, at: datetime, *, known: bool,
) -> None:  # fmt: skip
    # Its times are sealed: how urgent it travels tells by when it must be read there.
    send_message(
        keys=keys,
        case=case,
        opened=opened,
        kind=kind,
        content=content,
        at=at,
        urgency=rules.journey_urgency(arrival, at=at),
        known=known,
    )


@transaction.atomic
def write_met(
    *, keys: Keyring, case: Case, opened: OpenedReferral, met: bool, note: str, at: datetime
) -> None:
    """Write down that they met, or that nobody came: then the alarm goes out and the fallback is on top.

    In a conversation the other side learns of it, and its alarm goes out as well.
    """
    state = ReferralState.MET if met else ReferralState.NOT_MET
    require_transition(opened, state)
    transition(keys, case, opened, state, step(state, at, keys, note=note), at)
    # What came and was not read stays to be read, when nobody was met.
    Referral.objects.filter(pk=opened.row.pk).update(alarm_at=None)
    work.complete_for(subject=opened.row.pk, purpose=MEET, by=keys.staff, at=at)
    if met:
        after_met(keys, case, opened, at)
    else:
        work.raise_alarm(
            society=case.society_id, room="referrals", subject=opened.row.pk, by=keys.staff, at=at
        )
        nobody_met(keys, case, opened, at)
    send_message(
        keys=keys,
        case=case,
        opened=opened,
        kind=MessageKind.MET if met else MessageKind.NOT_MET,
        content={"note": note},
        at=at,
        urgency=Urgency.TODAY if met else Urgency.NOW,
        known=met,
    )
    audit.record(event=events.MET if met else events.NOT_MET, by=keys.staff, at=at, about=case.file_id)


# -- what follows ------------------------------------------------------------------------------


def set_alarm(keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> None:
    """Let the alarm ring half an hour after the arrival that is known now; it stands on the list as *not met yet*.

    A meeting that is only proposed rings too: somebody may already be on the way. So does one that is read after it was
    taken back: the referral stays as it is, and the watch begins.
    """
    meeting = opened.sealed["meeting"]
    arrival = moment_of(meeting.get("arrives")) or moment_of(meeting.get("when"))
    if arrival is None:
        return
    rings = rules.alarm_at(arrival)
    row = Referral.objects.filter(pk=opened.row.pk)
    row.filter(state__in=rules.CUT_SHORT).update(alarm_at=rings)
    row.exclude(state__in=[*ENDED, ReferralState.MET]).update(state=ReferralState.MEETING, alarm_at=rings)
    said = LazySentence(_("Not met yet: %(what)s"), what=meeting.get("fallback", ""))
    work.due(MEETING, cases.on_case(case, opened.row.pk), keys=keys, due_at=rings, sentence=said, at=at)


def nobody_met(keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> None:
    """Put the recorded fallback on top of the list."""
    fallback = (opened.sealed.get("meeting") or {}).get("fallback", "")
    said = LazySentence(_("Nobody was met: %(what)s"), what=fallback)
    work.due(MEETING, cases.on_case(case, opened.row.pk), keys=keys, sentence=said, at=at)


def after_met(keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> None:
    """Ask for feedback in two weeks; where the person has come to, say how it goes on four times within a year.

    Of whoever has no Panah there it is asked by telephone, first about the first days.
    """
    who = opened.called
    if goes_by_telephone(opened):
        said = LazySentence(
            _("Ask %(who)s about the first days: a bed, health, who is with the person"), who=who
        )
        work.due(ASK_FIRST_DAYS, cases.on_case(case, opened.row.pk), keys=keys, sentence=said, at=at)
    elif opened.row.direction == ReferralDirection.OUT:
        said = LazySentence(_("Ask %(who)s and the person how it went"), who=who)
        work.due(ASK_FEEDBACK, cases.on_case(case, opened.row.pk), keys=keys, sentence=said, at=at)
        return
    work.cancel_for(subject=opened.row.pk, purpose=OUTCOME, at=at)
    for _key, when in rules.outcome_dates(at):
        said = (
            LazySentence(_("Ask %(who)s and the person how it went"), who=who)
            if opened.row.direction == ReferralDirection.OUT
            else LazySentence(_("Tell %(who)s how it went on, as far as the person agrees"), who=who)
        )
        work.due(
            ASK_OUTCOME, cases.on_case(case, opened.row.pk), keys=keys, due_at=when, sentence=said, at=at
        )
