"""What a node does by itself for the ground: paging, keys, the wire, and what focal points are told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.channels import actions as channels
from panah.ground.directory.queries import want_deciding
from panah.ground.exchange import actions as exchange
from panah.ground.foundation import dialled_numbers, tenancy
from panah.ground.foundation.jobs import APART, LONG, PAGING, Job
from panah.ground.network.queries import hosted_ids
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency

TIDY = DueType("vault", "tidy", DueKind.DEADLINE, urgency=Urgency.NOW)
SET_BACK = DueType("vault", "set-back", DueKind.DEADLINE, urgency=Urgency.NOW)
JOURNAL = DueType("journal", "journal", DueKind.DEADLINE, urgency=Urgency.NOW)
NUMBERS = DueType("numbers", "numbers", DueKind.DEADLINE, urgency=Urgency.NOW)
AGREEMENTS = DueType("network", "agreements", DueKind.DECIDE, within=timedelta(days=7), urgency=Urgency.WEEK)


def say_overdue(*, at: datetime) -> int:
    """Put erasures that are ten days old and not finished on their focal points' lists; returns for how many societies.

    Four days are left to the promise of fourteen.
    """
    return _say_where(vault.overdue, TIDY, at=at)


def say_set_back(*, at: datetime) -> int:
    """Put files that were set back to an older state on the focal points' lists; returns for how many societies."""
    return _say_where(vault.look_for_set_back, SET_BACK, at=at)


def put_erasures_right(*, at: datetime) -> int:
    """Let files open again that only the database says are erased, and say so; returns for how many societies."""
    return _say_until_seen(vault.put_erasures_right, JOURNAL, at=at)


def say_not_as_written(*, at: datetime) -> int:
    """Follow each journal; say to its focal points where it, or something that is stored, is not as it was written."""
    return _say_until_seen(vault.watch_journal, JOURNAL, at=at)


def examine_stored(*, at: datetime) -> int:
    """Walk each journal whole, look at files and databases, say what was found; returns for how many societies."""
    return _say_until_seen(vault.examine_stored, JOURNAL, at=at)


def say_numbers_changed(*, at: datetime) -> int:
    """Say to focal points where a number that people dial was changed outside Panah; returns for how many societies."""
    return _say_where(lambda society, at: dialled_numbers.changed_of(society), NUMBERS, at=at)


def _say_where(holds: Callable[..., object], what: DueType, *, at: datetime) -> int:
    """Keep a line of a room on the lists of a society while ``holds(society=, at=)`` says that it is so.

    Inside a society's walls it looks at that one.
    """
    here = tenancy.current_tenant()
    return sum(_say(holds, what, one, at) for one in ([here] if here is not None else hosted_ids()))


def _say(holds: Callable[..., object], what: DueType, society: UUID, at: datetime) -> bool:
    if not holds(society=society, at=at):
        work.cancel_for(subject=society, purpose=what.purpose, at=at)
        return False
    work.due_for_focal_points(what, DueSubject(society, society), at=at)
    return True


def _say_until_seen(found: Callable[..., object], what: DueType, *, at: datetime) -> int:
    """Put on the lists of focal points and of the data protection officer what was found; it stays until they looked.

    That all is right again says nothing: whoever changed it may have put it back.
    """
    here = tenancy.current_tenant()
    wrong = [one for one in ([here] if here is not None else hosted_ids()) if found(society=one, at=at)]
    for society in wrong:
        subject = DueSubject(society, society)
        work.due_for_focal_points(what, subject, at=at, beside=Permission.DESK_WATCH_JOURNAL)
    return len(wrong)


def forget_kept_entries(*, at: datetime) -> int:
    """Let go of what is kept of entries of journals that decide nothing any more; returns of how many."""
    del at
    here = tenancy.current_tenant()
    societies = [here] if here is not None else hosted_ids()
    return sum(vault.forget_kept_entries(society=one) for one in societies)


def say_agreements(*, at: datetime) -> int:
    """Put agreements that end within 60 days, or ended lately, on their focal points' lists; for how many societies.

    One line a society; it goes by itself once a newer agreement is written down, or nothing can be done any more.
    """
    here = tenancy.current_tenant()
    return sum(_say_agreements(one, at) for one in ([here] if here is not None else hosted_ids()))


def _say_agreements(society: UUID, at: datetime) -> bool:
    if not want_deciding(society, on=at.date()):
        work.cancel_for(subject=society, purpose=AGREEMENTS.purpose, at=at)
        return False
    said = work_queries.items_of(society, purpose=AGREEMENTS.purpose, still_open=False)
    # Whoever has ticked it off is left in peace for a month.
    if not any(not one.dropped and one.due_at > at - timedelta(days=23) for one in said):
        work.due_for_focal_points(AGREEMENTS, DueSubject(society, society), at=at)
    return True


JOBS = [
    Job("escalate", timedelta(seconds=5), work.escalate, lane=PAGING),
    Job("undecided-danger", timedelta(seconds=15), work.page_undecided, lane=PAGING),
    Job("left-by-the-door", timedelta(seconds=1), audit.take_up, lane=PAGING),
    Job("pages", timedelta(seconds=1), channels.send_due, lane=PAGING),
    Job("channels-that-work", timedelta(hours=1), work.watch_channels),
    Job("rosters", timedelta(days=1), work.check_rosters),
    Job("old-pages", timedelta(hours=6), channels.forget_old),
    Job("reminders", timedelta(minutes=5), work.remind, lane=APART),
    Job("mail-of-the-week", timedelta(hours=1), work.send_week_mail),
    Job("journal-by-day", timedelta(minutes=20), vault.write_journal_by_day),
    Job("finish-erasures", timedelta(minutes=5), vault.finish_erasures),
    Job("logs-of-databases", timedelta(minutes=5), vault.truncate_logs, of_node=True),
    Job("rows-in-no-order", timedelta(minutes=20), vault.mix_rows, lane=LONG),
    Job("store-keys", timedelta(hours=1), vault.replace_store_keys, of_node=True),
    Job("waiting-facts", timedelta(hours=6), vault.shuffle_facts, of_node=True),
    Job("overdue-segments", timedelta(hours=1), vault.drop_overdue_segments, of_node=True),
    Job("overdue-erasures", timedelta(hours=1), say_overdue),
    Job("erased-by-a-row", timedelta(hours=1), put_erasures_right),
    Job("journal-kept", timedelta(seconds=15), say_not_as_written),
    Job("stored-as-written", timedelta(days=1), examine_stored),
    Job("kept-entries-forgotten", timedelta(days=1), forget_kept_entries),
    Job("files-set-back", timedelta(hours=1), say_set_back),
    Job("rows-put-right", timedelta(seconds=15), work.put_rows_right),
    Job("node-rows-put-right", timedelta(seconds=15), work.put_node_rows_right, of_node=True),
    Job("all-rows-put-right", timedelta(minutes=10), work.put_all_rows_right),
    Job("numbers-changed", timedelta(minutes=10), say_numbers_changed),
    Job("agreements-that-end", timedelta(hours=12), say_agreements),
    Job("orphan-halves", timedelta(hours=6), vault.sweep_orphans, of_node=True),
    Job("vault-sessions", timedelta(minutes=1), sign_in.sweep_sessions, of_node=True),
    Job("unfinished-ceremonies", timedelta(hours=1), sign_in.sweep_ceremonies, of_node=True),
    Job("sign-ins", timedelta(hours=1), accounts.sweep_sessions, of_node=True),
    Job("deliver", timedelta(seconds=10), exchange.deliver_due, lane=APART),
    Job("undelivered", timedelta(minutes=5), exchange.tell_focal_points),
    Job("old-messages", timedelta(hours=6), exchange.sweep),
    Job("new-keys", timedelta(minutes=10), exchange.announce_intake),
    Job("directory-told", timedelta(hours=1), exchange.send_directory),
    Job("journal-heads", timedelta(hours=1), exchange.send_heads),
    Job("words-to-compare", timedelta(hours=1), exchange.check_peers),
]
