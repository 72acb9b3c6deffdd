"""Withdrawal: what a withdrawn consent stops on both sides, and what the receiver does with what it received."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import LazySentence
from panah.people.cases import actions as cases
from panah.people.cases.queries import visible
from panah.people.consent.queries import Consent
from panah.people.consent.words import ConsentPurpose
from panah.people.referrals import events, received_content
from panah.people.referrals.actions.one_time_page import destroy_pages
from panah.people.referrals.actions.outgoing_messages import send_message, stop_messages
from panah.people.referrals.actions.own_programmes import take_back_from_programme
from panah.people.referrals.actions.travel_watch import keep_watching
from panah.people.referrals.actions.withdrawal_redaction import carry_out, must_be_decided, texts_left
from panah.people.referrals.actions.workflow import (
    ERASE,
    TELL_WITHDRAWN,
    WAS_ERASED,
    WHAT_IS_ERASED,
    require_transition,
    step,
    transition,
    travels,
    write,
)
from panah.people.referrals.queries import (
    OpenedReferral,
    of_case,
    offer_may_have_arrived,
    one_or_404,
    safety_unconfirmed,
)
from panah.people.referrals.words import (
    AfterWithdrawal,
    ReferralDirection,
    ReferralState,
    TextDecision,
    WithdrawalReason,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.people.cases.models import Case


THEY_ANSWER_WITHIN, TELL_WITHIN = timedelta(days=3), timedelta(hours=1)
GOES_ON = _(
    "Somebody may be on the way: the watching goes on. The alarm of both sides stays, and both are asked at once"
    " whether the person is safe."
)
# A referral that ended well is withdrawn too: the receiver still has what was told.
OVER = (ReferralState.DECLINED, ReferralState.WITHDRAWN)


@transaction.atomic
def withdraw_referral(
    *, keys: Keyring, case: Case, opened: OpenedReferral, why: str, note: str, at: datetime
) -> None:
    """Withdraw a referral. By the person or since it was a mistake: what has left is taken back, like a consent.

    Not needed any more: both sides stop, and nothing is to be erased for it, since the consent holds. Whoever is on the
    way is watched over as before.
    """
    not_needed = why == WithdrawalReason.NOT_NEEDED and opened.row.state != ReferralState.DRAFT
    state = ReferralState.NOT_NEEDED if not_needed else ReferralState.WITHDRAWN
    require_transition(opened, state)
    transition(keys, case, opened, state, step(state, at, keys, why=why, note=note), at)
    if not_needed:
        _cancel(keys, case, opened, at)
        audit.record(event=events.NOT_NEEDED, by=keys.staff, at=at, about=case.file_id)
    else:
        _recall(keys, case, opened, at)
        audit.record(event=events.GIVEN_UP, by=keys.staff, at=at, about=case.file_id)


def _cancel(keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> None:
    """Stop what has not left, and tell the other side that it is not needed any more."""
    row = opened.row
    destroy_pages(referral=row, at=at)
    take_back_from_programme(keys=keys, opened=opened, at=at)
    stop_messages(row, at=at)
    send_message(keys=keys, case=case, opened=opened, kind=MessageKind.NOT_NEEDED, content={}, at=at)
    keep_watching(keys=keys, case=case, opened=opened, at=at)


def _recall(keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> None:
    """Stop what has not left this node, and tell the other side in any case: it may overtake the offer."""
    row = opened.row
    destroy_pages(referral=row, at=at)
    take_back_from_programme(keys=keys, opened=opened, at=at)
    if row.conversation is None:
        if row.sent_at is not None:
            who = opened.called
            ask = LazySentence(
                _("Tell %(who)s that the consent is withdrawn and ask them to delete it"), who=who
            )
            by = at if travels(row) else at + TELL_WITHIN
            work.due(
                TELL_WITHDRAWN, cases.on_case(case, opened.row.pk), keys=keys, due_at=by, sentence=ask, at=at
            )
        keep_watching(keys=keys, case=case, opened=opened, at=at)
        return
    stop_messages(row, at=at)
    was_there = offer_may_have_arrived(society=row.society_id, conversation=row.conversation)
    send_message(
        keys=keys, case=case, opened=opened, kind=MessageKind.WITHDRAWN, content={}, at=at, urgency="now"
    )
    if row.direction == ReferralDirection.IN:
        work.due(WHAT_IS_ERASED, cases.on_case(case, opened.row.pk), keys=keys, at=at)
    elif was_there:
        work.due(
            WAS_ERASED,
            cases.on_case(case, opened.row.pk),
            keys=keys,
            due_at=at + THEY_ANSWER_WITHIN,
            sentence=LazySentence(_("%(who)s has not said yet what was erased: ask"), who=opened.called),
            at=at,
        )
    keep_watching(keys=keys, case=case, opened=opened, at=at)


# -- what a withdrawn consent stops ------------------------------------------------------------


def _affected(keys: Keyring, file: UUID, given: Consent) -> list[OpenedReferral]:
    case = visible(to=keys.staff).filter(file_id=file).first()
    if case is None:
        return []
    return [o for o in of_case(case=case, keys=keys) if o.row.state not in OVER and _covers(given, o)]


def _covers(given: Consent, opened: OpenedReferral) -> bool:
    """Say whether this consent carries the referral: to whom it went, or, where it came to, help from us."""
    if opened.row.direction == ReferralDirection.IN:
        return given.purpose == ConsentPurpose.ASSISTANCE
    return (opened.sealed["purpose"], opened.sealed["receiver"]) == (given.purpose, given.receiver)


def preview_stop(*, keys: Keyring, file: UUID, consent: Consent, at: datetime) -> list[str]:
    """Say what a withdrawal stops here."""
    del at
    touched = _affected(keys, file, consent)
    stopped = [str(_stopped(opened)) % {"who": opened.sealed["receiver_name"]} for opened in touched]
    return stopped + [str(GOES_ON) for opened in touched if travels(opened.row)][:1]


def _stopped(opened: OpenedReferral) -> StrOrPromise:
    if opened.row.state == ReferralState.DRAFT:
        return _("The referral to %(who)s has not left: it stays here.")
    if opened.row.direction == ReferralDirection.IN:
        return _("%(who)s referred the person here: they are told at once, and what came is to be erased.")
    if opened.row.conversation is None:
        return _("%(who)s has it already: you are asked to tell them to delete it.")
    if offer_may_have_arrived(society=opened.row.society_id, conversation=opened.row.conversation):
        return _("%(who)s has it already: they are told at once, and asked what they have erased.")
    return _("The offer to %(who)s is still on its way: it is stopped.")


def stop(*, keys: Keyring, file: UUID, consent: Consent, at: datetime) -> None:
    """Stop what has not left; tell whoever has it, or put telling them on the list."""
    for opened in _affected(keys, file, consent):
        case = opened.row.case
        transition(keys, case, opened, ReferralState.WITHDRAWN, step("consent_withdrawn", at, keys), at)
        _recall(keys, case, opened, at)
        audit.record(event=events.STOPPED, by=keys.staff, at=at, about=file)


# -- at the receiver ---------------------------------------------------------------------------


@transaction.atomic
def settle_withdrawal(
    *, keys: Keyring, case: Case, opened: OpenedReferral, how: str, ground: str, at: datetime,
    texts: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Erase what came with a referral that was taken back, or keep it on a ground of our own; the sender is told.

    ``texts``: what a person decided about each text of ours that still tells it, by key. The sender learns which fields
    were erased and which are kept; never the ground. What the person told us here stays.
    """
    if (
        opened.row.state != ReferralState.WITHDRAWN
        or opened.row.direction != ReferralDirection.IN
        or not opened.sealed.get("offer")
    ):
        raise Refusal(_("Nothing that came from there has to be decided about."), code="nothing-withdrawn")
    decided = dict(texts or {})
    keeps = how != AfterWithdrawal.ERASED or TextDecision.KEEP in decided.values()
    if keeps and not ground.strip():
        raise Refusal(
            _("What is kept needs a ground of our own."),
            next_step=_("Write when the person agreed to it here, or which law or court demands it."),
            code="no-ground",
        )
    told = received_content.fields_of(opened.sealed["offer"])
    kept = _erase_all(keys, case, opened, decided, at) if how == AfterWithdrawal.ERASED else told
    opened = one_or_404(case=case, keys=keys, referral=opened.row.pk)
    erased = sorted(told - kept)
    happened = step(
        "after_withdrawal", at, keys, how=how, ground=ground.strip(), fields=erased, kept=sorted(kept)
    )
    value = {**opened.sealed, "steps": [*opened.sealed["steps"], happened]}
    if how == AfterWithdrawal.ERASED:
        value |= {"erased": erased, "kept": sorted(kept)}
    write(keys, case, opened, value, at)
    _report_erased(keys, case, opened, erased, sorted(kept), at)
    work.complete_for(subject=opened.row.pk, purpose=ERASE, by=keys.staff, at=at)
    audit.record(event=events.CAME_ERASED, by=keys.staff, at=at, about=case.file_id, facts={"how": how})


def _report_erased(
    keys: Keyring, case: Case, opened: OpenedReferral, erased: list[str], kept: list[str], at: datetime
) -> None:
    """Tell truly what was done: *erased* only when nothing is kept; a part that is kept counts as *kept*."""
    content: dict[str, object] = (
        {"how": "kept", "fields": kept} if kept else {"how": "erased", "fields": erased}
    )
    if kept and erased:
        content |= {"partly": True, "erased": erased}
    send_message(keys=keys, case=case, opened=opened, kind=MessageKind.ERASED, content=content, at=at)


def _erase_all(
    keys: Keyring, case: Case, opened: OpenedReferral, decided: Mapping[str, str], at: datetime
) -> set[str]:
    """Erase what was received, then carry out the decisions about texts; returns the fields still mentioned."""
    found = texts_left(keys=keys, case=case, opened=opened)
    must_be_decided(found, decided)
    _erase(keys, case, opened, at)
    value = received_content.referral_without(opened.sealed, watched=safety_unconfirmed(opened.row))
    write(keys, case, opened, value, at)
    kept = carry_out(keys=keys, case=case, opened=opened, found=found, decisions=decided)
    identity = vault_queries.value_of(keys=keys, file=case.file_id, part="identity")
    cases.update_search_card(keys=keys, case=case, identity=identity, at=at)
    return kept


def _erase(keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> None:
    """Take everything that still stands as it came out of the case; what was changed since is the person's own word."""
    made: Mapping[str, Any] = opened.sealed.get("made", {})
    identity = vault_queries.value_of(keys=keys, file=case.file_id, part="identity")
    left = received_content.identity_without(identity, made.get("identity", {}))
    if left != identity:
        vault.write(keys=keys, file=case.file_id, part="identity", value=left, at=at)
    codes = vault_queries.value_of(keys=keys, file=case.file_id, part="codes")
    kept = received_content.codes_without(codes, made.get("codes", {}))
    if kept != codes:
        vault.write(keys=keys, file=case.file_id, part="codes", value=kept, at=at)
    for part, refs in made.get("refs", {}).items():
        for ref in refs:
            vault.remove(keys=keys, file=case.file_id, part=part, ref=UUID(ref))
