"""What a node does by itself, again and again. No job holds a key; each failure is noted and the next one runs.

A job runs once for each society that works here, inside its walls; a job that looks at no society's rows, or goes
from wall to wall itself, runs once for the whole node.
"""

import logging
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from uuid import UUID

from django.conf import settings

from panah.ground.channels import actions as channels
from panah.ground.foundation import tenancy
from panah.ground.foundation.jobs import APART as APART
from panah.ground.foundation.jobs import LONG as LONG
from panah.ground.foundation.jobs import MAIN as MAIN
from panah.ground.foundation.jobs import PAGING as PAGING
from panah.ground.foundation.jobs import Job
from panah.ground.network.queries import hosted_ids

log = logging.getLogger(__name__)


@cache
def jobs() -> tuple[Job, ...]:
    """Return what a node does, those of people first; each house says its own."""
    houses = sorted(settings.PANAH_HOUSES, key=lambda house: house != "people")
    return tuple(job for house in houses for job in import_module(f"panah.{house}.jobs").JOBS)


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
