"""Reading referrals of a case, and what could be told from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.directory import queries as directory_queries
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.words import MessageKind, SendingState
from panah.ground.kit.languages import language_name
from panah.ground.network import queries as network_queries
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import queries as work_queries
from panah.ground.work.words import NameByLanguage, Sentence
from panah.people.cases import queries as cases_queries
from panah.people.cases.queries import StillOpen
from panah.people.cases.queries.consent import standing_yes
from panah.people.cases.words.codes import book, say_value
from panah.people.cases.words.terms import NameKind, PaperKind, PhoneSafe
from panah.people.consent import queries as consent_queries
from panah.people.consent.words import SharedField
from panah.people.inbox import queries as inbox_queries
from panah.people.referrals import rules
from panah.people.referrals.models import Programme, ProgrammeWork, Referral
from panah.people.referrals.words import PROGRAMME_ANSWER, ReferralDirection, ReferralState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.queries import ConversationMessage
    from panah.people.cases.models import Case
    from panah.people.inbox.models import Arrival

PART = "referral"


@dataclass(frozen=True)
class OpenedReferral:
    """A referral with its sealed half."""

    row: Referral
    sealed: dict[str, Any]
    version: int

    @property
    def called(self) -> Sentence:
        """The other side for a sentence of what is due: a society by its name in each reader's language."""
        peer = self.row.peer
        return NameByLanguage(peer.theirs.name_in) if peer else consent_queries.receiver_said(self.sealed)

    @property
    def state_said(self) -> str:
        """The state in words: a meeting is *proposed* until both agreed to it."""
        if self.row.state != ReferralState.MEETING:
            return str(self.row.get_state_display())
        confirmed = self.sealed.get("meeting", {}).get("confirmed")
        return _("meeting agreed") if confirmed else _("meeting proposed")


def of_case(*, case: Case, keys: Keyring | None) -> list[OpenedReferral]:
    """Return the referrals of a case that the asker was let in to, newest first: two queries and the file's."""
    rows = list(Referral.objects.filter(case=case).select_related("peer__theirs").order_by("-made_at"))
    parts = {s.ref: s for s in vault_queries.read_all(keys=keys, file=case.file_id, part=PART)}
    return [_opened(r, parts[r.pk], case) for r in rows if r.pk in parts]


def _opened(row: Referral, part: vault_queries.DecryptedPart, case: Case) -> OpenedReferral:
    # Who stands in no list is found by the name: a yes for one such receiver is none for another.
    receiver = consent_queries.receiver_of(part.value, file=case.file_id)
    sealed = {**consent_queries.with_name_now(part.value), "receiver": receiver}
    if row.peer is not None:
        sealed["receiver_name"] = row.peer.theirs.name_in(get_language() or "en")
    return OpenedReferral(row, sealed, part.version)


# What waits for nobody any more. A draft has left nothing behind either, but is still to be decided about.
ENDED = ("done", "declined", "withdrawn", "not_needed")


def safety_unconfirmed(row: Referral) -> bool:
    """Say whether somebody here still has to say whether the person is safe, after a referral was taken back."""
    on = row.alarm_at is not None or row.read_by is not None
    return row.safe_by is not None or (row.state in rules.CUT_SHORT and on)


def must_not_be_erased(*, file: UUID) -> bool:
    """Say whether a case of this file has somebody on the way, or whose safety nobody has written down."""
    rows = Referral.objects.filter(case__file_id=file)
    return any(
        safety_unconfirmed(r) or rules.may_be_on_the_way(r.state, alarm_at=r.alarm_at, read_by=r.read_by)
        for r in rows
    )


def still_open(*, case: Case, keys: Keyring, at: object) -> list[StillOpen]:
    """Return the referrals of a case that have not ended. One that was sent stops closing: someone may be waiting.

    One that was taken back stops it too, while nobody here has said whether the person is safe who was on the way.
    """
    rows = [
        row
        for row in Referral.objects.filter(case=case).order_by("-made_at")
        if row.state not in ENDED or safety_unconfirmed(row)
    ]
    return [StillOpen(_why_open(row), "referrals:one", row.state != "draft", (row.pk,)) for row in rows]


def _why_open(row: Referral) -> str:
    if safety_unconfirmed(row):
        return _("nobody has written down whether the person is safe who was on the way")
    if rules.may_be_on_the_way(row.state, alarm_at=row.alarm_at, read_by=row.read_by):
        return _("somebody is on the way, a referral is open: %(state)s") % {"state": row.get_state_display()}
    return _("a referral is open: %(state)s") % {"state": row.get_state_display()}


def one_or_404(*, case: Case, keys: Keyring | None, referral: UUID) -> OpenedReferral:
    """Return one referral of this case, or 404."""
    row = Referral.objects.filter(case=case, pk=referral).select_related("peer__theirs").first()
    sealed = vault_queries.read(keys=keys, file=case.file_id, part=PART, ref=referral) if row else None
    if row is None or sealed is None:
        raise Http404
    return _opened(row, sealed, case)


def receiver_name(receiver: str, *, other: str = "", at: datetime) -> str:
    """Return the name of a receiver ``service:<id>`` or ``society:<slug>``, or what was typed for another."""
    kind, _, key = receiver.partition(":")
    if kind == "service":
        sheet = directory_queries.service_or_none(UUID(key), at=at)
        return f"{sheet.card.name}, {sheet.card.organization}" if sheet else ""
    if kind == "society":
        return network_queries.society_name(key, get_language() or "en")
    return other


def known_values(
    *, identity: dict[str, Any], codes: dict[str, object], case: Case, language: str
) -> dict[str, str]:
    """Return what the case knows for the fields of a packet, as text a caseworker looks over before it leaves."""
    names, papers = identity.get("names") or (), identity.get("papers") or ()
    values = {
        SharedField.CALLED: next((n["text"] for n in names if n.get("kind") == NameKind.CALLED), ""),
        # What the person wishes to be called is agreed to by itself, the other names by themselves.
        SharedField.NAMES: _texts(n for n in names if n.get("kind") != NameKind.CALLED),
        SharedField.PHONE: "; ".join(
            _phone(p) for p in identity.get("phones") or () if p.get("safe") != "no"
        ),
        SharedField.LANGUAGE: language_name(case.language, language) if case.language else "",
        SharedField.AGE: str(case.get_age_group_display()) if case.age_group != "unknown" else "",
        SharedField.SEX: _coded(codes, "prs_Gender"),
        SharedField.CITIZENSHIP: _coded(codes, "prs_Citizenship"),
        SharedField.DOCUMENTS: "; ".join(
            str(PaperKind(p["kind"]).label) for p in papers if p.get("kind") in PaperKind.values
        ),
    }
    return {str(name): text for name, text in values.items() if text}


def _phone(phone: dict[str, Any]) -> str:
    """A number is never told alone unless calls and messages there are known to be safe."""
    safe = {PhoneSafe.YES.value: "", PhoneSafe.CALLS.value: str(PhoneSafe.CALLS.label)}.get(
        phone.get("safe", ""), _("not known whether it is safe to call")
    )
    return ", ".join(x for x in (phone.get("number", ""), phone.get("note", ""), safe) if x)


def _texts(names: Iterable[dict[str, Any]]) -> str:
    return "; ".join(n["text"] for n in names if n.get("text"))


def _coded(codes: dict[str, Any], name: str) -> str:
    answer = codes.get(name) or {}
    if answer.get("answer") != "yes":
        return ""
    return ", ".join(say_value(book().fields[name], value) for value in answer.get("values") or ())


def case_number(referral: UUID) -> str:
    """Return the number of the case a referral belongs to; the page behind it checks who asks."""
    return str(Referral.objects.values_list("case__number", flat=True).get(pk=referral))


def may_open(referral: UUID, *, staff: Staff) -> bool:
    """For alarms: say whether whoever is paged can open this referral, which is whether she can open its case."""
    return bool(cases_queries.of_visible(Referral.objects.filter(pk=referral), to=staff).exists())


def holders_by_id(referral: UUID) -> list[Staff]:
    """For alarms: the colleagues who can open the case of this referral, by name."""
    return cases_queries.holders_by_id(Referral.objects.values_list("case_id", flat=True).get(pk=referral))


def agreed_fields(*, keys: Keyring | None, case: Case, content: dict[str, Any]) -> set[str]:
    """Return the fields that the person agreed to for this receiver: as they left, or as the last yes says."""
    left = (content.get("offer") or {}).get("consent") or {}
    if left:
        return set(left.get("fields", ()))
    answer = standing_yes(keys=keys, case=case, purpose=content["purpose"], receiver=content["receiver"])
    return set(answer.consent.fields) if answer else set()


def reason_without_consent(content: dict[str, Any]) -> str:
    """Return why a referral left without consent, or "": whoever receives it is never told that the person agreed."""
    return next((str(step.get("life", "")) for step in content["steps"] if step["what"] == "sent"), "")


def waits_for_call(row: Referral) -> bool:
    """Say whether the other side waits to be told something by telephone."""
    return bool(work_queries.items_of(row.pk, purpose="by_phone"))


# What the other side must know while a person is on the way, or was expected.
MUST_ARRIVE = (
    *(MessageKind.MEETING, MessageKind.TRAVEL, MessageKind.MET, MessageKind.NOT_MET, MessageKind.DECLINED),
    MessageKind.SAFETY_ASKED,
)
JOURNEY = (MessageKind.MEETING, MessageKind.TRAVEL)
# What stays until somebody has read it while a person may be on the way, whatever is taken back.
OF_SAFETY = (*JOURNEY, MessageKind.MET, MessageKind.NOT_MET)


def undelivered(row: Referral, *, at: datetime) -> list[ConversationMessage]:
    """Return our messages of a conversation that the other side has not got and will not get just now, oldest first."""
    if row.conversation is None:
        return []
    held_up = exchange_queries.held_up(
        society=row.society_id, kinds=MUST_ARRIVE, at=at, conversation=row.conversation
    )
    return list(held_up.get((row.society_id, row.conversation), []))


def must_be_called(row: Referral, *, at: datetime) -> bool:
    """Say whether the other side of a conversation has to be called: something did not leave, or does not arrive."""
    return row.conversation is not None and (waits_for_call(row) or bool(undelivered(row, at=at)))


def undelivered_and_not_phoned(opened: OpenedReferral, *, at: datetime) -> list[ConversationMessage]:
    """Return of these what nobody has written down since as told by telephone."""
    phoned = [step["at"] for step in opened.sealed["steps"] if step["what"] == "told_by_phone"]
    since = max(map(datetime.fromisoformat, phoned), default=None)
    return [message for message in undelivered(opened.row, at=at) if since is None or message.at > since]


# -- across borders ----------------------------------------------------------------------------


def subjects(*, to: Staff) -> QuerySet[Referral, object]:
    """Return the ids of the referrals whose messages a colleague may see: those of her cases (a queryset)."""
    return cases_queries.of_visible(Referral.objects.all(), to=to).values("pk")


def numbers_for(subjects: Iterable[UUID], *, to: Staff) -> dict[UUID, str]:
    """Return the numbers of the cases that referrals belong to, as far as a colleague may open them; one query."""
    rows = cases_queries.of_visible(Referral.objects.filter(pk__in=list(subjects)), to=to)
    return dict(rows.values_list("pk", "case__number"))


def unread(row: Referral) -> list[Arrival]:
    """Return what came in this conversation and nobody has taken over into the case yet, as it was written.

    What came damaged is not among it: its line in the inbox says so, and the other side sends it again.
    """
    return sorted((news for news in _waiting(row) if news.damaged_at is None), key=inbox_queries.written_at)


def damaged(row: Referral, kinds: Iterable[str]) -> list[Arrival]:
    """Return what of these kinds came damaged in this conversation and was neither settled nor closed."""
    return [news for news in _waiting(row) if news.damaged_at is not None and news.kind in kinds]


def _waiting(row: Referral) -> list[Arrival]:
    if row.conversation is None:
        return []
    every = inbox_queries.of_conversation(society=row.society_id, conversation=row.conversation)
    return [news for news in every if news.subject == row.pk and news.room == "referrals" and news.waits]


def of_conversation(arrival: Arrival) -> list[Arrival]:
    """Return everything that came in the conversation of an arrival, itself too, oldest first."""
    every = inbox_queries.of_conversation(
        society=arrival.society_id, conversation=inbox_queries.conversation_of(arrival)
    )
    return [message for message in every if message.sender_id == arrival.sender_id]


def offer_may_have_arrived(
    *, society: UUID, conversation: UUID | None, kind: str = MessageKind.OFFERED
) -> bool:
    """Say whether the offer has, or may have, reached the other side: only what was stopped has certainly not.

    ``kind`` is what the conversation begins with.
    """
    lines = exchange_queries.timeline(society=society, conversation=conversation) if conversation else []
    ours = [line.state for line in lines if line.ours and line.kind == kind]
    return any(
        state not in (SendingState.WAITING, SendingState.STOPPED, SendingState.EXPIRED) for state in ours
    )


def timeline(row: Referral) -> list[ConversationMessage]:
    """Return what both sides see of a conversation: kind, when, who; oldest first."""
    if row.conversation is None:
        return []
    return list(exchange_queries.timeline(society=row.society_id, conversation=row.conversation))


def timeline_of(arrival: Arrival) -> list[ConversationMessage]:
    """Return the same for an offer that has no case here yet."""
    return list(
        exchange_queries.timeline(
            society=arrival.society_id, conversation=inbox_queries.conversation_of(arrival)
        )
    )


def can_reach(receiver: str, *, society: UUID) -> bool:
    """Say whether this receiver is a society with a Panah of its own that something may be sealed to now."""
    kind, _colon, slug = receiver.partition(":")
    return kind == "society" and exchange_queries.paired_with(society=society, theirs=slug) is not None


def referrals_of_month(
    *, society: UUID, start: datetime, end: datetime
) -> tuple[dict[UUID | None, int], dict[UUID | None, int], dict[UUID | None, int]]:
    """Return (sent, accepted from other societies, met) in a time, by the branch of the case: plain columns alone."""
    rows = Referral.objects.filter(society=society).order_by()
    sent = rows.filter(direction=ReferralDirection.OUT, sent_at__gte=start, sent_at__lt=end)
    received = rows.filter(direction=ReferralDirection.IN, made_at__gte=start, made_at__lt=end)
    met = rows.filter(met_at__gte=start, met_at__lt=end)
    counted = [dict(one.values_list("case__branch").annotate(Count("pk"))) for one in (sent, received, met)]
    return counted[0], counted[1], counted[2]


# ---- programmes of our own ---------------------------------------------------------------------


def colleague_for(receiver: str, *, society: UUID) -> Staff | None:
    """Return who takes what is referred to this receiver, where it is a service of our own with a colleague at work."""
    kind, _colon, key = receiver.partition(":")
    if kind != "service":
        return None
    rows = Programme.objects.filter(society=society, service=UUID(key), colleague__is_active=True)
    row = rows.select_related("colleague").first()
    return row.colleague if row else None


def programmes(society: UUID) -> dict[UUID, Staff]:
    """Return who takes what is referred to which service of our own."""
    rows = Programme.objects.filter(society=society).select_related("colleague")
    return {row.service_id: row.colleague for row in rows}


def work_or_404(pk: UUID, *, to: Staff) -> ProgrammeWork:
    """Return what was told to this colleague of an own programme; 404 for another's and for none alike."""
    row = ProgrammeWork.objects.visible(to=to).filter(pk=pk, colleague=to).first()
    if row is None:
        raise Http404
    return row


def may_open_work(pk: UUID, *, staff: Staff) -> bool:
    return bool(ProgrammeWork.objects.visible(to=staff).filter(pk=pk, colleague=staff).exists())


def work_of(staff: Staff) -> list[ProgrammeWork]:
    """Return what was told to this colleague and is open."""
    return list(ProgrammeWork.objects.visible(to=staff).filter(colleague=staff, open=True))


def programme_answers(opened: OpenedReferral, *, keys: Keyring | None) -> list[dict[str, str]]:
    """Return what the colleague of an own programme has answered to a referral, oldest first."""
    file = opened.sealed.get("handed")
    if not file:
        return []
    parts = vault_queries.read_all(keys=keys, file=UUID(file), part=PROGRAMME_ANSWER)
    return [part.value for part in parts]


# Somebody there took it on: an offer alone is no referral yet.
TAKEN_ON = (ReferralState.ACCEPTED, ReferralState.MEETING, ReferralState.MET, ReferralState.DONE)


def was_referred(*, keys: Keyring, case: Case) -> dict[str, str]:
    """For the facts card of somebody who agreed to be counted: a referral was taken on, yes or nothing."""
    del keys
    rows = Referral.objects.filter(case=case, direction=ReferralDirection.OUT, state__in=TAKEN_ON)
    return {"referred": "yes"} if rows.exists() else {}
