"""Do what a node does by itself: page the second on duty, finish erasures, replace store keys, tidy up."""

import os
import sys
import threading
from datetime import datetime

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections
from django.utils import timezone

from panah.ground.foundation import rls_policies
from panah.node import jobs, serving

PAUSES = {jobs.MAIN: 15, jobs.APART: 5, jobs.PAGING: 1, jobs.LONG: 2}


class Command(BaseCommand):
    help = "do a node's own work in the background: paging, erasing, store keys, tidying"
    requires_system_checks = ()  # The databases may not be there yet.

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do every job once and stop; exit code 1 if one failed"
        )

    def handle(self, *args: object, **options: object) -> None:
        if options["once"]:
            failed = jobs.run_due({}, at=timezone.now())
            if not jobs.finish(at=timezone.now()) or failed:
                raise SystemExit(1)
            return
        serving.be_ready()
        for sentence in [*rls_policies.problems(), *serving.not_as_written()]:
            sys.stderr.write(f"{sentence}\n")
        stopped: list[bool] = []
        serving.on_stop(lambda *_: stopped.append(True))
        parent = os.getppid()
        # What waits for other nodes must not keep anybody from being paged, nor must a long job.
        beside = [
            threading.Thread(target=_go_on, args=(parent, stopped, lane), daemon=True)
            for lane in (jobs.APART, jobs.PAGING, jobs.LONG)
        ]
        for one in beside:
            one.start()
        _go_on(parent, stopped, jobs.MAIN)
        for one in beside:
            one.join(timeout=10)


def _go_on(parent: int, stopped: list[bool], lane: str) -> None:
    last: dict[str, datetime] = {}
    while not stopped and not serving.orphaned(parent):
        close_old_connections()
        jobs.run_due(last, at=timezone.now(), lane=lane)
        serving.wait(PAUSES[lane], parent=parent, stopped=stopped)
    if lane == jobs.PAGING:
        jobs.finish(at=timezone.now())
    connections.close_all()
