"""A good practice from its draft over the review by another society to its publication, and its versions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import staff_by_id
from panah.ground.approvals.second_person import must_be_second
from panah.ground.audit import actions as audit
from panah.ground.audit.queries import hands_in, hands_since_approval
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.kit import row_locks
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.network.queries import hosted_ids
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.programmes.cooperation import events
from panah.programmes.cooperation.actions.telling import tell_review, tell_review_wanted
from panah.programmes.cooperation.models import Practice, ReceivedEntry
from panah.programmes.cooperation.permissions import decides, must_decide, must_keep
from panah.programmes.cooperation.rules import Message, seems_one
from panah.programmes.cooperation.words import PRACTICES, PUBLISH, REVIEW, WRITTEN, PracticeState, Verdict

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.models import Peer

PUBLISH_IT = DueType(PRACTICES, PUBLISH, DueKind.DECIDE, urgency=Urgency.WEEK)


def locked(practice: Practice, *states: PracticeState) -> Practice:
    """Return the row for a change; refuse when it has gone on meanwhile."""
    row = row_locks.locked(practice)
    again = _("Open the page of the practice again: a colleague has gone on with it.")
    row_locks.must_fit(row.state in states, next_step=again)
    return row


@transaction.atomic
def write_practice(
    *, language: str, pk: UUID | None = None, by: Staff, at: datetime, **texts: object
) -> Practice:
    """Begin a good practice; nobody but those who write it reads a draft."""
    must_keep(by)
    row: Practice = Practice.objects.create(
        pk=pk or uuid4(), society_id=by.society_id, language=language, edited_at=at, changed_by=by, **texts
    )
    audit.record(event=events.WRITTEN, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def change_practice(
    *, practice: Practice, seen: str | None = None, by: Staff, at: datetime, **texts: object
) -> None:
    """Change a draft. What another society reviewed, or what is published, is changed as a new version only."""
    must_keep(by)
    row = locked(practice, PracticeState.DRAFT)
    refuse_if_changed(row, seen=seen)
    for name, value in texts.items():
        setattr(row, name, value)
    row.edited_at, row.changed_by = at, by
    row.save()
    work.complete_for(subject=row.pk, purpose=PUBLISH, by=by, at=at)
    audit.record(event=events.WRITTEN, by=by, at=at, about=row.pk)


@transaction.atomic
def ask_review(*, practice: Practice, society: str, by: Staff, at: datetime) -> None:
    """Send a draft to another society, by its slug, which says whether it can be published."""
    must_decide(by)
    row = locked(practice, PracticeState.DRAFT)
    peer = exchange_queries.paired_with(society=row.society_id, theirs=society, at=at)
    if peer is None:
        raise Refusal(
            _("Your society and this one are not paired now. Nothing was sent."),
            next_step=_("Choose another one. A focal point compares the six words with the other side."),
            code="not-paired",
        )
    row.state, row.reviewer, row.review, row.reviewed_on = PracticeState.ASKED, peer.theirs, "", None
    row.save()
    tell_review_wanted(row, peer, at)
    work.complete_for(subject=row.pk, purpose=PUBLISH, by=by, at=at)
    audit.record(event=events.ASKED, by=by, at=at, about=row.pk)


@transaction.atomic
def call_back(*, practice: Practice, by: Staff, at: datetime) -> None:
    """Take a practice back into a draft before it is published: to change it, or because no answer comes."""
    must_decide(by)
    row = locked(practice, PracticeState.ASKED, PracticeState.REVIEWED)
    row.state, row.reviewer, row.reviewed_on = PracticeState.DRAFT, None, None
    row.save()
    work.cancel_for(subject=row.pk, purpose=PUBLISH, at=at)
    audit.record(event=events.CALLED_BACK, by=by, at=at, about=row.pk)


@transaction.atomic
def review_told(*, told: ReceivedEntry, verdict: str, words: str, by: Staff, at: datetime) -> None:
    """Say to the society whose it is whether its practice can be published."""
    must_decide(by)
    row: ReceivedEntry = ReceivedEntry.objects.select_for_update().select_related("teller").get(pk=told.pk)
    if not row.for_review or row.verdict or row.ended:
        raise Refusal(
            _("Nobody asks for a review of this any more."),
            next_step=_("Open the list of good practices again."),
            code="no-review-wanted",
        )
    if verdict == Verdict.QUESTIONS and not words:
        raise Refusal(
            _("Write which questions there are."),
            next_step=_("They go to the society whose practice it is."),
            code="questions-needed",
        )
    _must_be_another_than_who_wrote(row, by)
    peer = exchange_queries.paired_with(society=row.society_id, theirs=row.teller_id, at=at)
    if peer is None:
        raise Refusal(
            _("Your society and this one are not paired now. Nothing was sent."),
            next_step=_("A focal point compares the six words with the other side."),
            code="not-paired",
        )
    row.verdict, row.reviewed_by = verdict, by
    row.save(update_fields=["verdict", "reviewed_by"])
    tell_review(row, peer, words, at)
    work.complete_for(subject=row.pk, purpose=REVIEW, by=by, at=at)
    audit.record(event=events.REVIEWED, by=by, at=at, about=row.pk)


def _must_be_another_than_who_wrote(told: ReceivedEntry, by: Staff) -> None:
    """Refuse whoever wrote it with an account of the other society, where both societies work on this node.

    Who admitted whom tells nothing across societies: a name or an e-mail address that is the same does.
    """
    if told.teller_id not in hosted_ids():
        return
    with tenancy.tenant_context(told.teller_id):
        versions = Practice.objects.filter(society=told.teller_id, family=told.entry)
        hands = {hand for pk in versions.values_list("pk", flat=True) for hand in hands_in(pk)}
        wrote = [(author.name, author.email) for author in map(staff_by_id, hands) if author is not None]
    if any(seems_one((by.name, by.email), author) for author in wrote):
        raise Refusal(
            _("It seems that you wrote this yourself, with an account of that society."),
            next_step=_("Another focal point of your society reviews it."),
            code="own-practice",
            status=403,
        )


def take_review(*, message: Message, peer: Peer, at: datetime) -> None:
    """Take in what the society that was asked says; a review of another text, or by others, counts for nothing."""
    review = message.said
    rows = Practice.objects.select_for_update().filter(
        society=peer.society_id,
        family=message.entry,
        version=int(str(review["version"])),
        reviewer=peer.theirs_id,
    )
    row = rows.filter(state=PracticeState.ASKED).first()
    if row is None or review["state"] != row.edited_at.isoformat():
        return
    good = review["verdict"] == Verdict.GOOD
    row.state = PracticeState.REVIEWED if good else PracticeState.DRAFT
    row.review, row.reviewed_on = str(review["words"]), timezone.localtime(at).date() if good else None
    row.save()
    put_up(row, at)
    audit.record(event=events.REVIEW_CAME, by=None, society=row.society_id, at=at, about=row.pk)


def put_up(row: Practice, at: datetime) -> None:
    work.due_for_focal_points(PUBLISH_IT, row, not_to=hands_since_approval(row.pk), at=at)


@transaction.atomic
def publish(*, practice: Practice, by: Staff, at: datetime) -> None:
    """Publish what another society found good; a second person does it. A translation needs no review of its own."""
    must_decide(by)
    row = locked(practice, PracticeState.REVIEWED, PracticeState.DRAFT)
    if row.state == PracticeState.DRAFT and row.translates_id is None:
        raise Refusal(
            _("Another society reviews it first."),
            next_step=_("Ask one of the paired societies."),
            code="not-reviewed",
        )
    must_be_second(row.pk, by=by, may=decides)
    older = Practice.objects.filter(society=row.society_id, family=row.family, state=PracticeState.PUBLISHED)
    older.update(state=PracticeState.REPLACED)
    row.state, row.published_by, row.published_on = PracticeState.PUBLISHED, by, timezone.localtime(at).date()
    row.edited_at = at
    row.save()
    work.complete_for(subject=row.pk, purpose=PUBLISH, by=by, at=at)
    audit.record(event=events.PUBLISHED, by=by, at=at, about=row.pk)


@transaction.atomic
def next_version(*, practice: Practice, by: Staff, at: datetime) -> Practice:
    """Begin the next version of a published practice, or return the one that is begun; the published one stays."""
    must_keep(by)
    old = locked(practice, PracticeState.PUBLISHED)
    rows = Practice.objects.filter(society=old.society_id, family=old.family, version__gt=old.version)
    begun: Practice | None = rows.first()
    if begun is not None:
        return begun
    return _copied(old, by, at, family=old.family, version=old.version + 1, translates=old.translates)


@transaction.atomic
def translate(*, practice: Practice, language: str, by: Staff, at: datetime) -> Practice:
    """Begin a translation of a published practice, or the next one where it has become older than the practice."""
    must_keep(by)
    of = locked(practice, PracticeState.PUBLISHED)
    if of.translates_id is not None or language == of.language:
        raise Refusal(
            _("A translation is made from the original, into another language."),
            next_step=_("Open the original, and choose another language."),
            code="not-the-original",
        )
    made = Practice.objects.filter(
        society=of.society_id, language=language, translates__family=of.family
    ).order_by("-version")
    last = made.first()
    if last is not None and last.state != PracticeState.PUBLISHED:
        return last
    if last is None:
        return _copied(of, by, at, language=language, translates=of)
    return _copied(
        last, by, at, language=language, translates=of, family=last.family, version=last.version + 1
    )


def _copied(of: Practice, by: Staff, at: datetime, **more: object) -> Practice:
    fields = (
        {name: getattr(of, name) for name in WRITTEN} | {"language": of.language, "shared": of.shared} | more
    )
    try:
        with transaction.atomic():
            row: Practice = Practice.objects.create(
                society_id=of.society_id, edited_at=at, changed_by=by, **fields
            )
    except IntegrityError:
        raise Refusal(
            _("A colleague has begun it at this moment."),
            next_step=_("Open the list of good practices again."),
            code="begun-already",
        ) from None
    audit.record(event=events.WRITTEN, by=by, at=at, about=row.pk)
    return row
