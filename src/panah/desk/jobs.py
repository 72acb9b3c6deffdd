"""What a node does by itself, again and again. No job holds a key; each failure is noted and the next one runs."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.apps import apps

from panah.accounts import actions as accounts
from panah.accounts.queries import with_role
from panah.network.queries import hosted_societies
from panah.vault import actions as vault
from panah.work import actions as work
from panah.work import queries as lists
from panah.work.words import Kind, Urgency

log = logging.getLogger(__name__)

TIDY = "tidy"


@dataclass(frozen=True)
class Job:
    """One job: its name in the log, how often, and what it does (``run(at=)``)."""

    name: str
    every: timedelta
    run: Callable[..., object]


def jobs() -> list[Job]:
    """Return the jobs of the rooms that are here, the most pressing first."""
    found = [
        Job("page-second", timedelta(seconds=15), work.page_second),
        Job("finish-erasures", timedelta(minutes=5), vault.finish_erasures),
        Job("store-keys", timedelta(hours=1), vault.replace_store_keys),
        Job("waiting-facts", timedelta(hours=6), vault.shuffle_facts),
        Job("overdue-segments", timedelta(hours=1), vault.drop_overdue_segments),
        Job("overdue-erasures", timedelta(hours=1), say_overdue),
        Job("orphan-halves", timedelta(hours=6), vault.sweep_orphans),
        Job("vault-sessions", timedelta(hours=1), vault.sweep_sessions),
        Job("unfinished-ceremonies", timedelta(hours=1), vault.sweep_ceremonies),
        Job("sign-ins", timedelta(hours=1), accounts.sweep_sessions),
    ]
    if apps.is_installed("panah.referrals"):
        found.append(
            Job(
                "pages-that-open-once",
                timedelta(minutes=5),
                import_module("panah.referrals.actions").tidy_pages,
            )
        )
    if apps.is_installed("panah.hotline"):
        close = import_module("panah.hotline.actions").close_silent_calls
        found.insert(1, Job("silent-calls", timedelta(minutes=1), close))
    return found


def say_overdue(*, at: datetime) -> int:
    """Put an erasure that is ten days old and not finished on its focal points' lists; returns for how many societies.

    Four days are left to the promise of fourteen. The line goes by itself once the work is done.
    """
    late = {one.society for one in vault.overdue(at=at)}
    for society in hosted_societies():
        waiting = lists.items_of(society.id, purpose=TIDY)
        if society.id not in late:
            work.drop_for(subject=society.id, purpose=TIDY, at=at)
        elif not waiting:
            for focal_point in with_role(society.id, "focal_point"):
                work.put_on_list(
                    keys=None,
                    society=society.id,
                    kind=Kind.DEADLINE,
                    due_at=at,
                    room="vault",
                    subject=society.id,
                    at=at,
                    owner=focal_point,
                    urgency=Urgency.NOW,
                    purpose=TIDY,
                )
    return len(late)


def run_due(last: dict[str, datetime], *, at: datetime) -> list[str]:
    """Run every job whose time has come; returns the names of those that failed. Never raises.

    A job that fails is tried again at its next time. The log gets its name and the kind of error, nothing else.
    """
    failed = []
    for job in jobs():
        if job.name in last and at - last[job.name] < job.every:
            continue
        last[job.name] = at
        try:
            job.run(at=at)
        except Exception:
            log.exception(job.name)
            failed.append(job.name)
    return failed
