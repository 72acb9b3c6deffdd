"""What a node does by itself for programmes: tables and documents that came in, what is late, what is over."""

from datetime import timedelta

from panah.ground.foundation.jobs import LONG, Job
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.figures import actions as figures
from panah.programmes.library import actions as library
from panah.programmes.network_report import actions as network_report
from panah.programmes.training import actions as training
from panah.programmes.volunteers import actions as volunteers

JOBS = [
    Job("commitments-that-are-late", timedelta(hours=6), diplomacy.escalate_late),
    Job("closed-dialogues", timedelta(hours=12), diplomacy.look_at_closed),
    Job("courses-that-are-over", timedelta(hours=6), training.settle_due),
    Job("figures-of-the-quarter", timedelta(hours=6), network_report.remind_of_quarter),
    Job("briefs-to-clear", timedelta(minutes=20), figures.look_after_briefs),
    Job("delivered-figures", timedelta(hours=6), figures.bring_delivered_here),
    Job("entries-told", timedelta(minutes=10), cooperation.tell_all),
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
]
