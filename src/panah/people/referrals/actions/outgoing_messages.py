"""What goes over the wire: the offer of a draft, and every later word to the other side of a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.words import SAY_ONLY_THAT, MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import spell_out
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import Private
from panah.ground.work import actions as work
from panah.ground.work.words import AgeGroup, LazySentence, Urgency
from panah.people.cases import actions as cases
from panah.people.cases.queries import is_child, return_lacks_determination, sealed_age
from panah.people.cases.queries.consent import standing_yes
from panah.people.referrals import offer_schema, rules
from panah.people.referrals.actions.workflow import BY_PHONE, NOT_TOLD, NOT_TOLD_NO_LINE
from panah.people.referrals.models import Referral
from panah.people.referrals.queries import MUST_ARRIVE, OpenedReferral, undelivered

if TYPE_CHECKING:
    from panah.ground.exchange.models import Peer
    from panah.people.cases.models import Case

LACKS = {
    "assessment": (_("the best-interests assessment"), _("Child, best interests: write the assessment.")),
    "note": (_("the best-interests note for tonight"), _("Child, best interests: write the note.")),
    "guardian": (
        _("a guardian or representative who is known not to be involved"),
        _("Child, guardian: write down who may act for the child."),
    ),
    "determination": (
        _("a determination by several parties and a check of the family, since it is a return"),
        _("Child, best interests: write the determination."),
    ),
    "authority": (
        _("whom to call at the competent authority"),
        _("Write it in the packet, under “Whom to call at the authority”."),
    ),
}


def offer_of(
    *,
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    packet: Mapping[str, str],
    life: str = "",
    **keys_of: Any,
) -> dict[str, object]:
    """Return the content of the offer as it would leave now, by whichever way. Nothing is written."""
    content = opened.sealed
    answer = standing_yes(keys=keys, case=case, purpose=content["purpose"], receiver=content["receiver"])
    return offer_schema.compose(
        sealed=content,
        packet=packet,
        case=case,
        codes=vault_queries.value_of(keys=keys, file=case.file_id, part="codes"),
        child=vault_queries.value_of(keys=keys, file=case.file_id, part="child"),
        age_group=age_that_is_told(keys=keys, case=case),
        answer=answer,
        life=life,
        **keys_of,
    )


def age_that_is_told(*, keys: Keyring | None, case: Case) -> str:
    """Return the age group that an offer goes by: the sealed one. The plain column can only make it *child*."""
    return AgeGroup.CHILD if is_child(keys=keys, case=case) else sealed_age(keys=keys, file=case.file_id)


def child_lacks(
    *, keys: Keyring | None, case: Case, content: Mapping[str, Any], life: bool
) -> tuple[str, ...]:
    """Return the codes of what must be there before this person may be referred across a border."""
    child = vault_queries.value_of(keys=keys, file=case.file_id, part="child")
    return rules.child_lacks(
        age_group=sealed_age(keys=keys, file=case.file_id),
        child=child,
        authority=content.get("authority", ""),
        life=life,
        determination=return_lacks_determination(needs=content.get("needs", ()), child=child),
    )


def must_be_ready(*, keys: Keyring, case: Case, content: Mapping[str, object], life: str) -> None:
    """Refuse to let a child leave without what protects the child."""
    lacks = child_lacks(keys=keys, case=case, content=content, life=bool(life))
    if lacks:
        what, where = LACKS[lacks[0]]
        raise Refusal(
            _("A child, or perhaps a child, is not referred across a border without %(what)s.")
            % {"what": what},
            next_step=where,
            code=f"child-{lacks[0]}",
        )


def offer(
    *, keys: Keyring, case: Case, opened: OpenedReferral, packet: Mapping[str, str], life: str, at: datetime
) -> dict[str, Any]:
    """Seal the offer to the receiver's intake key and put it on its way; returns what the sealed referral keeps.

    ``reply_seed`` opens what they answer: it lies in this case's file, so that whoever holds the case reads it.
    """
    must_be_ready(keys=keys, case=case, content=opened.sealed, life=life)
    peer = peer_of(opened.sealed["receiver"], society=case.society_id)
    if peer is None:
        raise Refusal(
            _("This society cannot be reached through Panah now: nothing has left."),
            next_step=_("Use the telephone script or a letter, and tell a focal point."),
            code="not-reachable",
        )
    conversation, reply = uuid4(), Private.new()
    reference = spell_out(conversation)
    content = offer_of(
        keys=keys,
        case=case,
        opened=opened,
        packet=packet,
        life=life,
        reference=reference,
        reply_key=reply.public,
    )
    Referral.objects.filter(pk=opened.row.pk).update(peer=peer, conversation=conversation)
    exchange.send(
        keys=keys,
        peer=peer,
        kind=MessageKind.OFFERED,
        conversation=conversation,
        content=content,
        urgency=case.urgency,
        at=at,
    )
    kept = {name: value for name, value in content.items() if name != "reply_key"}
    return {"reply_seed": reply.seed.hex(), "offer": kept, "reference": reference}


def offer_by_hand(
    *, keys: Keyring, case: Case, opened: OpenedReferral, packet: Mapping[str, str], life: str
) -> dict[str, Any]:
    """Return what is kept of an offer to somebody without a Panah: the same content under the same rules."""
    must_be_ready(keys=keys, case=case, content=opened.sealed, life=life)
    # No conversation: two colleagues name it on the telephone by six characters all the same.
    reference = spell_out(uuid4())
    content = offer_of(keys=keys, case=case, opened=opened, packet=packet, life=life, reference=reference)
    return {"offer": {n: v for n, v in content.items() if n != "reply_key"}, "reference": reference}


def peer_of(receiver: str, *, society: UUID) -> Peer | None:
    """Return the peer behind ``society:<slug>``, or None when it cannot be reached through Panah now."""
    kind, _colon, slug = receiver.partition(":")
    return exchange_queries.paired_with(society=society, theirs=slug) if kind == "society" else None


def send_message(
    *,
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    kind: MessageKind,
    content: Mapping[str, object],
    at: datetime,
    urgency: str = Urgency.TODAY,
    known: bool = False,
) -> bool:
    """Tell the other side of the conversation, sealed to whoever holds the case there; returns whether it left.

    Whoever has no Panah is telephoned, unless it is ``known`` there already. What cannot be told through Panah (the
    pairing has ended, a key does not hold) is never a reason not to write down what happened: telephoning goes on the
    list instead.
    """
    row = opened.row
    if row.conversation is None or row.peer is None:
        if known:
            work.complete_for(subject=row.pk, purpose=BY_PHONE, by=keys.staff, at=at)
        else:
            said = LazySentence(_("Call %(who)s and tell them, from the script"), who=opened.called)
            _telephone(keys, case, opened, said, urgency, at)
        return False
    try:
        exchange.send(
            keys=keys,
            peer=row.peer,
            kind=kind,
            conversation=row.conversation,
            # What says nothing but its kind is not sealed, so that it leaves whatever is wrong with their keys.
            content={} if kind in SAY_ONLY_THAT else {"v": offer_schema.VERSION, **content},
            urgency=urgency,
            at=at,
            to_key=offer_schema.key_of(opened.sealed.get("their_key")) or None,
        )
    except Refusal:
        said = LazySentence(_("%(who)s could not be told through Panah: call them"), who=opened.called)
        _telephone(keys, case, opened, said, urgency, at)
        return False
    work.complete_for(subject=row.pk, purpose=BY_PHONE, by=keys.staff, at=at)
    if kind in MUST_ARRIVE:
        _say_if_held_up(keys, case, opened, at)
    return True


def stop_messages(row: Referral, *, at: datetime) -> None:
    """What waits to leave to the other side of a referral does not leave."""
    if row.peer is not None and row.conversation is not None:
        society, theirs = row.society_id, row.peer.theirs_id
        exchange.stop(society=society, theirs=theirs, conversation=row.conversation, at=at)


def _say_if_held_up(keys: Keyring, case: Case, opened: OpenedReferral, at: datetime) -> None:
    """Put calling them on the list at once where it is known already that it does not arrive; else a job does."""
    if undelivered(opened.row, at=at):
        who = opened.called
        said = LazySentence(_("%(who)s has NOT been told yet, there is no line: call them"), who=who)
        work.due(NOT_TOLD_NO_LINE, cases.on_case(case, opened.row.pk), keys=keys, sentence=said, at=at)


def _telephone(
    keys: Keyring, case: Case, opened: OpenedReferral, said: LazySentence, urgency: str, at: datetime
) -> None:
    by = at + (timedelta(0) if urgency == Urgency.NOW else timedelta(hours=2))
    work.due(
        NOT_TOLD,
        cases.on_case(case, opened.row.pk),
        keys=keys,
        due_at=by,
        sentence=said,
        urgency=urgency,
        at=at,
    )
