"""What a node does by itself, again and again. No job holds a key; each failure is noted and the next one runs.

A job runs once for each society that works here, inside its walls; a job that looks at no society's rows, or goes
from wall to wall itself, runs once for the whole node.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from panah.ground.accounts import actions as accounts
from panah.ground.audit import actions as audit
from panah.ground.channels import actions as channels
from panah.ground.directory.queries import want_deciding
from panah.ground.exchange import actions as exchange
from panah.ground.foundation import dialled_numbers, tenancy
from panah.ground.network.queries import hosted_ids
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, Urgency
from panah.people.cases import actions as cases
from panah.people.finding import actions as finding
from panah.people.hotline import actions as hotline
from panah.people.inbox import actions as inbox
from panah.people.intake import actions as intake
from panah.people.referrals import actions as referrals
from panah.people.reporters import actions as reporters
from panah.people.shelter import actions as shelter
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.figures import actions as figures
from panah.programmes.library import actions as library
from panah.programmes.network_report import actions as network_report
from panah.programmes.training import actions as training
from panah.programmes.volunteers import actions as volunteers

log = logging.getLogger(__name__)

MAIN, APART, PAGING, LONG = "main", "apart", "paging", "long"
TIDY, SET_BACK, JOURNAL, NUMBERS = "tidy", "set-back", "journal", "numbers"
AGREEMENTS = "agreements"


@dataclass(frozen=True)
class Job:
    """One job: its name in the log, how often, what it does (``run(at=)``), and whether once for the whole node.

    ``lane``: what waits for other nodes runs beside the others, and what pages runs beside both: nobody is paged later
    because a line hangs or a job takes long. What works for minutes at a time has a lane of its own.
    """

    name: str
    every: timedelta
    run: Callable[..., object]
    of_node: bool = False
    lane: str = MAIN


def jobs() -> list[Job]:
    """Return what a node does, the most pressing first."""
    return [*_of_paging(), *_of_people(), *_of_keys(), *_of_the_wire(), *_of_what_is_over()]


def _of_people() -> list[Job]:
    return [
        Job("silent-calls", timedelta(minutes=1), hotline.close_silent_calls),
        Job("chats-that-wait", timedelta(minutes=1), hotline.call_second_for_chats),
        Job("meetings-overdue", timedelta(minutes=1), referrals.raise_due_alarms),
        Job("news-without-a-line", timedelta(minutes=1), referrals.say_held_up),
        Job("unopened-arrivals", timedelta(minutes=1), inbox.expire_and_remind),
        Job("reminders", timedelta(minutes=5), work.remind, lane=APART),
        Job("mail-of-the-week", timedelta(hours=1), work.send_week_mail),
        Job("commitments-that-are-late", timedelta(hours=6), diplomacy.escalate_late),
        Job("beds-held-too-long", timedelta(minutes=1), shelter.release_holds),
        Job("files-that-go-along", timedelta(minutes=20), cases.move_files_along),
        Job("places-without-anyone", timedelta(hours=6), shelter.find_a_runner),
        Job("courses-that-are-over", timedelta(hours=6), training.settle_due),
        Job("figures-of-the-quarter", timedelta(hours=6), network_report.remind_of_quarter),
        Job("briefs-to-clear", timedelta(minutes=20), figures.look_after_briefs),
        Job("delivered-figures", timedelta(hours=6), figures.bring_delivered_here),
    ]


def _of_keys() -> list[Job]:
    return [
        Job("journal-by-day", timedelta(minutes=20), vault.write_journal_by_day),
        Job("finish-erasures", timedelta(minutes=5), vault.finish_erasures),
        Job("logs-of-databases", timedelta(minutes=5), vault.truncate_logs, of_node=True),
        Job("rows-in-no-order", timedelta(minutes=20), vault.mix_rows, lane=LONG),
        Job("store-keys", timedelta(hours=1), vault.replace_store_keys, of_node=True),
        Job("waiting-facts", timedelta(hours=6), vault.shuffle_facts, of_node=True),
        Job("overdue-segments", timedelta(hours=1), vault.drop_overdue_segments, of_node=True),
        Job("overdue-erasures", timedelta(hours=1), say_overdue),
        Job("journal-kept", timedelta(seconds=15), say_not_as_written),
        Job("stored-as-written", timedelta(days=1), examine_stored),
        Job("files-set-back", timedelta(hours=1), say_set_back),
        Job("numbers-changed", timedelta(minutes=10), say_numbers_changed),
        Job("agreements-that-end", timedelta(hours=12), say_agreements),
        Job("orphan-halves", timedelta(hours=6), vault.sweep_orphans, of_node=True),
        Job("vault-sessions", timedelta(minutes=1), sign_in.sweep_sessions, of_node=True),
        Job("unfinished-ceremonies", timedelta(hours=1), sign_in.sweep_ceremonies, of_node=True),
        Job("sign-ins", timedelta(hours=1), accounts.sweep_sessions, of_node=True),
    ]


def _of_paging() -> list[Job]:
    return [
        Job("escalate", timedelta(seconds=5), work.escalate, lane=PAGING),
        Job("undecided-danger", timedelta(seconds=15), work.page_undecided, lane=PAGING),
        Job("left-by-the-door", timedelta(seconds=1), audit.take_up, lane=PAGING),
        Job("pages", timedelta(seconds=1), channels.send_due, lane=PAGING),
        Job("told-to-the-door", timedelta(seconds=5), tell_the_door),
        Job("channels-that-work", timedelta(hours=1), work.watch_channels),
        Job("rosters", timedelta(days=1), work.check_rosters),
        Job("old-pages", timedelta(hours=6), channels.forget_old),
    ]


def _of_the_wire() -> list[Job]:
    return [
        Job("deliver", timedelta(seconds=10), exchange.deliver_due, lane=APART),
        Job("undelivered", timedelta(minutes=5), exchange.tell_focal_points),
        Job("old-messages", timedelta(hours=6), exchange.sweep),
        Job("new-keys", timedelta(minutes=10), exchange.announce_intake),
        Job("directory-told", timedelta(hours=1), exchange.send_directory),
        Job("entries-told", timedelta(minutes=10), cooperation.tell_all),
        Job("journal-heads", timedelta(hours=1), exchange.send_heads),
        Job("words-to-compare", timedelta(hours=1), exchange.check_peers),
    ]


def _of_what_is_over() -> list[Job]:
    return [
        Job("bodies-of-arrivals", timedelta(minutes=5), inbox.sweep_bodies),
        Job("piles-put-aside", timedelta(hours=1), intake.let_go_of_piles),
        Job("reports-of-the-door", timedelta(hours=6), reporters.erase_old),
        Job("silent-chats", timedelta(minutes=5), reporters.end_silent_chats),
        Job("numbers-of-the-door", timedelta(hours=6), reporters.forget_tallies),
        Job("numbers-of-the-node", timedelta(hours=6), reporters.forget_tallies_here, of_node=True),
        Job("pages-that-open-once", timedelta(minutes=5), referrals.tidy_pages),
        Job("questions-answered", timedelta(minutes=10), finding.sweep),
        Job("asked-no-more", timedelta(minutes=20), finding.end_asked),
        Job("contacts-to-erase", timedelta(hours=12), hotline.announce_erasing),
        Job("old-rehearsals", timedelta(hours=12), hotline.erase_old_rehearsals),
        Job("stays-of-erased-cases", timedelta(minutes=20), shelter.forget_waiting),
        Job("told-of-erased-cases", timedelta(minutes=20), referrals.forget_told_waiting),
        Job("volunteers-who-were-rung", timedelta(minutes=20), volunteers.end_lines_of_rung),
        Job("volunteers", timedelta(hours=12), volunteers.look_after_register),
        Job("tables-of-volunteers", timedelta(seconds=1), volunteers.work_on_tables, lane=LONG),
        Job("old-tables-of-volunteers", timedelta(hours=1), volunteers.tidy_tables, lane=LONG),
        Job("names-of-old-courses", timedelta(hours=12), training.erase_old_names),
        Job("volunteers-twice", timedelta(hours=12), volunteers.compare_registers, lane=LONG),
        Job("documents-read", timedelta(seconds=1), library.read_waiting, lane=LONG),
        Job("documents-indexed", timedelta(seconds=2), library.index_waiting, lane=LONG),
        Job("documents-read-later", timedelta(minutes=5), library.look_again, lane=LONG),
        Job("documents-that-never-came", timedelta(hours=6), library.forget_uploads),
        Job("tables-that-nobody-looked-at", timedelta(hours=6), figures.forget_unseen),
        Job("tables-of-figures", timedelta(seconds=1), figures.read_tables, lane=LONG),
        Job("sheets-of-those-who-left", timedelta(hours=6), shelter.forget_old_sheets),
    ]


def tell_the_door(*, at: datetime) -> int:
    """Tell a machine of the door's own what it may not look up itself; a node in a file has none. Returns how much."""
    if connection.vendor == "sqlite":
        return 0
    here = tenancy.current_tenant()
    societies = [here] if here is not None else hosted_ids()
    return sum(inbox.post_for_the_door(society=one, at=at) for one in societies)


def say_overdue(*, at: datetime) -> int:
    """Put erasures that are ten days old and not finished on their focal points' lists; returns for how many societies.

    Four days are left to the promise of fourteen.
    """
    return _say_where(vault.overdue, room="vault", purpose=TIDY, at=at)


def say_set_back(*, at: datetime) -> int:
    """Put files that were set back to an older state on the focal points' lists; returns for how many societies."""
    return _say_where(vault.look_for_set_back, room="vault", purpose=SET_BACK, at=at)


def say_not_as_written(*, at: datetime) -> int:
    """Follow each journal; say to its focal points where it, or something that is stored, is not as it was written."""
    return _say_where(vault.watch_journal, room=JOURNAL, purpose=JOURNAL, at=at)


def examine_stored(*, at: datetime) -> int:
    """Walk each journal whole, look at files and databases, say what was found; returns for how many societies."""
    return _say_where(vault.examine_stored, room=JOURNAL, purpose=JOURNAL, at=at)


def say_numbers_changed(*, at: datetime) -> int:
    """Say to focal points where a number that people dial was changed outside Panah; returns for how many societies."""
    return _say_where(
        lambda society, at: dialled_numbers.changed_of(society), room=NUMBERS, purpose=NUMBERS, at=at
    )


def _say_where(holds: Callable[..., object], *, room: str, purpose: str, at: datetime) -> int:
    """Keep a line of a room on the lists of a society while ``holds(society=, at=)`` says that it is so.

    Inside a society's walls it looks at that one.
    """
    here = tenancy.current_tenant()
    return sum(_say(holds, room, purpose, one, at) for one in ([here] if here is not None else hosted_ids()))


def _say(holds: Callable[..., object], room: str, purpose: str, society: UUID, at: datetime) -> bool:
    if not holds(society=society, at=at):
        work.cancel_for(subject=society, purpose=purpose, at=at)
        return False
    work.add_for_focal_points(
        society=society,
        kind=DueKind.DEADLINE,
        due_at=at,
        room=room,
        subject=society,
        purpose=purpose,
        urgency=Urgency.NOW,
        at=at,
    )
    return True


def say_agreements(*, at: datetime) -> int:
    """Put agreements that end within 60 days, or ended lately, on their focal points' lists; for how many societies.

    One line a society; it goes by itself once a newer agreement is written down, or nothing can be done any more.
    """
    here = tenancy.current_tenant()
    return sum(_say_agreements(one, at) for one in ([here] if here is not None else hosted_ids()))


def _say_agreements(society: UUID, at: datetime) -> bool:
    if not want_deciding(society, on=at.date()):
        work.cancel_for(subject=society, purpose=AGREEMENTS, at=at)
        return False
    said = work_queries.items_of(society, purpose=AGREEMENTS, still_open=False)
    # Whoever has ticked it off is left in peace for a month.
    if not any(not one.dropped and one.due_at > at - timedelta(days=23) for one in said):
        work.add_for_focal_points(
            society=society,
            kind=DueKind.DECIDE,
            due_at=at + timedelta(days=7),
            room="network",
            subject=society,
            purpose=AGREEMENTS,
            urgency=Urgency.WEEK,
            at=at,
        )
    return True


def run_due(last: dict[str, datetime], *, at: datetime, lane: str = "") -> list[str]:
    """Run every job whose time has come; returns the names of those that failed. Never raises.

    ``lane``: only the jobs of one lane; "" runs all.

    A job that fails is tried again at its next time. The log gets its name and the kind of error, nothing else.
    """
    failed = []
    for job in jobs():
        if lane and job.lane != lane:
            continue
        if job.name in last and at - last[job.name] < job.every:
            continue
        last[job.name] = at
        if not _went_well(job, at):
            failed.append(job.name)
    return failed


def finish(*, at: datetime) -> bool:
    """Wait for the messages under way, write down what became of them. Never raises. For a worker that stops."""
    return _went_well(Job("pages-under-way", timedelta(0), channels.finish_sending), at)


def _went_well(job: Job, at: datetime) -> bool:
    try:
        whose = [tenancy.NO_TENANT] if job.of_node else hosted_ids()
    except Exception:
        log.exception(job.name)
        return False
    # One society's failure is not another's: every one gets its turn.
    went = [_ran_inside(society, job, at) for society in whose]
    return all(went)


def _ran_inside(society: UUID, job: Job, at: datetime) -> bool:
    try:
        with tenancy.tenant_context(society):
            job.run(at=at)
    except Exception:
        log.exception(job.name)
        return False
    return True
