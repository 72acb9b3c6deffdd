"""Figures of a quarter: prepared, looked at, signed off, sent; those of others taken in. Numbers about nobody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, require
from panah.ground.audit import actions as audit
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.words import MessageKind, ReceiptCode
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network.queries import hosted_ids
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.network_report import events, permissions, queries, rules
from panah.programmes.network_report.models import Contribution
from panah.programmes.network_report.words import QUARTER, ROOM, ContributionState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.envelope import Envelope
    from panah.ground.exchange.models import Peer
    from panah.programmes.network_report.rules import Quarter

SEND_QUARTER = DueType(ROOM, QUARTER, DueKind.DEADLINE, urgency=Urgency.WEEK)


@transaction.atomic
def prepare(*, quarter: Quarter, by: Staff, at: datetime) -> Contribution:
    """Count a quarter that is over. What is signed already stays; then this is a newer version of it."""
    if not permissions.prepares(by):
        raise Refusal(
            _("The data officer or a focal point prepares the figures."), code="prepares-no-figures"
        )
    if quarter.last >= timezone.localtime(at).date():
        raise Refusal(
            _("This quarter is not over."),
            next_step=_("Prepare its figures once it is over."),
            code="quarter-not-over",
        )
    rows = list(Contribution.objects.select_for_update().own(of=by).filter(quarter=str(quarter)))
    row = max(rows, key=lambda one: one.version, default=None)
    told = [one.figures for one in rows if one.state != ContributionState.PREPARED]
    figures = rules.without_small_changes(queries.counted(quarter, to=by), earlier=told)
    if row is None or row.state != ContributionState.PREPARED:
        if row is not None and row.figures == figures:
            raise Refusal(
                _("Nothing has changed since these figures were signed off."),
                next_step=_("Correct the sessions, courses or campaigns first."),
                code="nothing-changed",
            )
        row = Contribution(
            society_id=by.society_id,
            told_by_id=by.society_id,
            quarter=str(quarter),
            version=row.version + 1 if row else 1,
        )
    row.figures = figures
    row.save()
    audit.record(event=events.PREPARED, by=by, at=at, about=row.pk)
    return row


def fingerprint(figures: rules.Figures) -> str:
    """Return what a page gives back to show which numbers were looked at."""
    return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def sign_off(*, contribution: Contribution, looked_at: str, by: Staff, at: datetime) -> None:
    """Sign the figures that were looked at (their ``fingerprint``); an older version is replaced and stays readable."""
    _must_sign(by)
    row = Contribution.objects.select_for_update().own(of=by).get(pk=contribution.pk)
    if row.state != ContributionState.PREPARED:
        return  # Pressed twice.
    if fingerprint(row.figures) != looked_at:
        raise Refusal(
            _("A colleague counted again while you looked."),
            next_step=_("Look at the numbers once more, then sign them off."),
            code="figures-changed",
        )
    older = Contribution.objects.own(of=by).filter(quarter=row.quarter, state=ContributionState.SIGNED)
    older.update(state=ContributionState.SUPERSEDED)
    row.state, row.signed_on, row.signed_by = ContributionState.SIGNED, timezone.localtime(at).date(), by
    row.save()
    audit.record(event=events.SIGNED, by=by, at=at, about=row.pk)


def _must_sign(by: Staff) -> None:
    require(
        by,
        Permission.REPORT_SIGN,
        _("A focal point signs the figures off and sends them."),
        _("Ask a focal point of your society."),
    )


@transaction.atomic
def send(*, contribution: Contribution, societies: Iterable[str], by: Staff, at: datetime) -> None:
    """Send signed figures to paired societies (their slugs); again, where they did not arrive: it is the same there."""
    _must_sign(by)
    row = Contribution.objects.select_for_update().own(of=by).get(pk=contribution.pk)
    quarter = rules.quarter_named(row.quarter)
    if row.state != ContributionState.SIGNED or row.signed_on is None or quarter is None:
        raise Refusal(
            _("Only the newest figures that were signed off are sent."),
            next_step=_("Look which version that is."),
            code="not-signed",
        )
    if not rules.may_leave(row.figures):
        raise Refusal(
            _("These figures hold something that must not leave the society. Nothing was sent."),
            next_step=_("Prepare them again, and tell whoever keeps this node."),
            code="must-not-leave",
        )
    content = rules.Told(quarter, row.version, row.signed_on, row.figures).packed()
    chosen = sorted(set(societies))
    for slug in chosen:
        peer = exchange_queries.paired_with(society=row.society_id, theirs=slug, at=at)
        if peer is None:
            raise Refusal(
                _("Your society and one of those chosen are not paired now. Nothing was sent."),
                next_step=_("Choose again. A focal point compares the six words with the other side."),
                code="not-paired",
            )
        exchange.send_of_node(
            peer=peer, kind=MessageKind.FIGURES, content=content, at=at, conversation=row.pk
        )
    row.sent_on = row.sent_on or timezone.localtime(at).date()
    row.sent_to = sorted({*row.sent_to, *chosen})
    row.save(update_fields=["sent_on", "sent_to"])
    work.complete_for(subject=_subject(row.society_id, row.quarter), purpose=QUARTER, by=by, at=at)
    audit.record(event=events.SENT, by=by, at=at, about=row.pk, facts={"societies": len(chosen)})


def take_figures(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Keep what a paired society tells of a quarter; the code is for the sender. The newest version counts."""
    content = exchange.open_envelope(envelope)
    if not content:
        return ReceiptCode.OLD_KEY
    told = rules.read(content, today=timezone.localtime(at).date())
    if told is None:
        return ReceiptCode.UNKNOWN_VERSION
    rows = Contribution.objects.select_for_update().filter(
        society=peer.society_id, told_by=peer.theirs_id, quarter=str(told.quarter)
    )
    kept = {row.version: row for row in rows}
    if same := kept.get(told.version):
        # A version that was told is not told in another way: they make a newer one.
        return ReceiptCode.TAKEN if same.figures == told.figures else ReceiptCode.UNKNOWN_VERSION
    newest = told.version > max(kept, default=0)
    if newest:
        rows.update(state=ContributionState.SUPERSEDED)
    row = Contribution.objects.create(
        society_id=peer.society_id,
        told_by_id=peer.theirs_id,
        quarter=str(told.quarter),
        version=told.version,
        figures=told.figures,
        state=ContributionState.SIGNED if newest else ContributionState.SUPERSEDED,
        signed_on=told.signed_on,
        received_on=timezone.localtime(at).date(),
    )
    audit.record(event=events.RECEIVED, by=None, society=peer.society_id, at=at, about=row.pk)
    return ReceiptCode.TAKEN


# -- what is due -------------------------------------------------------------------------------


def _subject(society: UUID, quarter: str) -> UUID:
    """A quarter has no row before it is prepared: what is due hangs on this."""
    return uuid5(society, quarter)


def remind_of_quarter(*, at: datetime) -> int:
    """Put the last quarter on the focal points' lists until it is sent; returns for how many societies.

    Only where a society had somebody to send it to before the quarter was over. Within a society's walls it looks at
    that one.
    """
    here = tenancy.current_tenant()
    return sum(_remind(one, at) for one in ([here] if here is not None else hosted_ids()))


def _remind(society: UUID, at: datetime) -> bool:
    quarter = rules.last_ended(timezone.localtime(at).date())
    row = queries.newest_signed(society, quarter)
    paired_on = queries.paired_since(society, at).get(society)
    if (row is not None and row.sent_on) or not rules.is_expected(quarter, paired_on=paired_on):
        return False
    work.due_for_focal_points(
        SEND_QUARTER,
        DueSubject(society, _subject(society, str(quarter))),
        due_at=datetime.combine(quarter.due_on, time(12), UTC),
        at=at,
    )
    return True
