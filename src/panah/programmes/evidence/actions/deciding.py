"""A second person reads and decides; what was published can be withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, require
from panah.ground.approvals.permissions import must_decide
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.work import actions as work
from panah.programmes.evidence import events, queries, rules, sealed_counts
from panah.programmes.evidence.actions.journalled import (
    Walked,
    journal_must_hold,
    must_be_as_begun,
    must_be_as_journalled,
    not_as_journalled,
    package_changed,
)
from panah.programmes.evidence.actions.packing import keep_package, tell_everybody, tell_withdrawn
from panah.programmes.evidence.models import Release
from panah.programmes.evidence.permissions import RELEASE, must_count
from panah.programmes.evidence.words import READ, Decision, ReleaseState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

BECOMES = {
    Decision.PUBLISH: ReleaseState.PUBLISHED,
    Decision.CHANGES: ReleaseState.CHANGES,
    Decision.NO: ReleaseState.REFUSED,
}


def _locked(release: Release, by: Staff, wanted: ReleaseState) -> Release:
    row: Release = Release.objects.select_for_update().get(pk=release.pk, society=by.society_id)
    withdrawing = wanted == ReleaseState.WITHDRAWN
    # What left is withdrawn, whatever its row says of itself by now.
    if not (queries.may_be_withdrawn(row) if withdrawing else rules.may_follow(row.state, wanted)):
        raise Refusal(
            _("Meanwhile somebody went on with this release."),
            next_step=_("Look at how far it is."),
            code="release-moved",
        )
    if not withdrawing and row.pk in queries.states_by_journal(by.society_id):
        # It is neither decided once more nor given up: its exact counts are still needed.
        raise not_as_journalled()
    return row


def _must_be_second(row: Release, by: Staff) -> None:
    hands, asked_at = queries.hands_of(row), queries.asked_at(row)
    if asked_at is None:
        raise Refusal(_("Nothing has been prepared."), next_step=_("Prepare it first."), code="not-prepared")
    must_decide(RELEASE, by, asked_at=asked_at, exclude={*hands}, asked_by=hands)


@transaction.atomic
def read(*, release: Release, seen: str, by: Staff, at: datetime) -> None:
    """Say that the report and all earlier releases were read, as they are now (``queries.fingerprint``)."""
    row = _locked(release, by, ReleaseState.READ)
    _must_be_second(row, by)
    _must_be_as_read(row, seen, by)
    row.state, row.read_by, row.read_what = ReleaseState.READ, by, seen
    row.save(update_fields=["state", "read_by", "read_what"])
    audit.record(event=events.READ, by=by, at=at, about=row.pk)


def _must_be_as_read(row: Release, seen: str, by: Staff) -> None:
    if queries.fingerprint(row, to=by) != seen:
        raise Refusal(
            _(
                "Something has changed since you opened this page: the release, its report, or another release."
            ),
            next_step=_("Read once more what stands here now."),
            code="changed-since-read",
        )


def decide(*, release: Release, decision: str, remark: str, by: Staff, at: datetime) -> Release:
    """Publish, ask for changes, or say no. Only whoever has read it, and what withstood every attack."""
    walked = journal_must_hold(by) if decision == Decision.PUBLISH else None
    return _decide(release, Decision(decision), remark, walked, by, at)


@transaction.atomic
def _decide(
    release: Release, decision: Decision, remark: str, walked: Walked | None, by: Staff, at: datetime
) -> Release:
    wanted = BECOMES[decision]
    # One decision at a time: what another one lets out must be seen by this one.
    list(Release.objects.select_for_update().filter(society=by.society_id).order_by("pk").values_list("pk"))
    row = _locked(release, by, wanted)
    _must_be_second(row, by)
    if row.read_by_id != by.pk:
        raise Refusal(
            _("Read the report and all earlier releases first."),
            next_step=_("Then say here that you have."),
            code="not-read",
        )
    _must_be_as_read(row, row.read_what, by)
    if walked is not None:
        _must_be_safe(row, must_be_as_journalled(by, walked), by)
    elif not remark.strip():
        raise Refusal(
            _("Say what is to be changed, or why not."), next_step=_("Write a sentence."), code="no-remark"
        )
    row.state, row.decided_by, row.remark = wanted, by, remark
    row.decided_on = timezone.localtime(at).date()
    row.save()
    if wanted == ReleaseState.PUBLISHED:
        # The same data once more: what was read before says of itself that it is not published.
        tell_everybody(row, keep_package(row, by=by, at=at))
    elif wanted == ReleaseState.REFUSED:
        sealed_counts.forget_counts(row)
    work.complete_for(subject=row.pk, purpose=READ, by=by, at=at)
    audit.record(event=events.DECIDED, by=by, at=at, about=row.pk, facts={"decision": str(decision)})
    return row


def _must_be_safe(row: Release, left: list[Release], by: Staff) -> None:
    must_be_as_begun(row)
    if not row.passed:
        raise Refusal(
            _("An attack on this release succeeded: it cannot be published, by nobody."),
            next_step=_("The report says what it learnt. Say no, and begin a release with less in it."),
            code="attack-succeeded",
        )
    attacked = set(queries.made_of(row).get("beside", ()))
    if any(str(one.pk) not in attacked for one in queries.laid_beside(row, left)):
        raise Refusal(
            _(
                "Another release left since this one was attacked: what both tell together was never looked at."
            ),
            next_step=_("Say no, and begin it anew: then it is attacked beside that one."),
            code="left-meanwhile",
        )
    if queries.tells_few_beside_figures(row, to=by):
        raise Refusal(
            _(
                "The register of figures says a whole that differs by one to four people from the one in here."
            ),
            next_step=_("Say no: side by side the two would point to those few."),
            code="beside-figures",
        )
    if not queries.is_as_written(row):
        raise package_changed()


@transaction.atomic
def give_up(*, release: Release, by: Staff, at: datetime) -> None:
    """Let a release end that was neither published nor refused: it never leaves, and what it cost stays spent."""
    must_count(by)
    row = _locked(release, by, ReleaseState.REFUSED)
    row.state = ReleaseState.REFUSED
    row.save(update_fields=["state"])
    sealed_counts.forget_counts(row)
    work.complete_for(subject=row.pk, purpose=READ, by=by, at=at)
    audit.record(event=events.GIVEN_UP, by=by, at=at, about=row.pk)


@transaction.atomic
def withdraw(*, release: Release, reason: str, by: Staff, at: datetime) -> None:
    """Say that a release must not be used any more. One focal point alone: what is wrong must be said quickly."""
    require(by, Permission.EVIDENCE_DECIDE, _("A focal point withdraws a release."), _("Tell one of them."))
    row = _locked(release, by, ReleaseState.WITHDRAWN)
    row.state, row.reason, row.withdrawn_by = ReleaseState.WITHDRAWN, reason, by
    row.withdrawn_on = today = timezone.localtime(at).date()
    row.save()
    tell_withdrawn(row, today=today)
    audit.record(event=events.WITHDRAWN, by=by, at=at, about=row.pk)


@transaction.atomic
def record_taken(*, release: Release, by: Staff, at: datetime) -> None:
    """Write down that the file was taken out."""
    must_count(by)
    audit.record(event=events.TAKEN, by=by, at=at, about=release.pk)
