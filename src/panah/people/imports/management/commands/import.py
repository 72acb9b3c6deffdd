"""Bring cases that a society has already into the node, in HTCDS 2.0 columns."""  # noqa: N999  it is the command

import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.network import queries as network_queries
from panah.ground.vault.actions import SealingOnly
from panah.people.imports import actions, queries, words

EVERY = 25


class Command(BaseCommand):
    help = "bring cases from a CSV or XLSX table in HTCDS 2.0 columns"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = (
            "Bring cases from a table in HTCDS 2.0 columns (CSV or XLSX). This command is for someone who may read "
            "everything that stands in the file: whoever runs it can. It holds no key itself: each case is sealed to "
            "the society's focal points and recovery key, and cannot be read back here. Reports name row and column, "
            "never a value. Rows that were imported before are skipped, also when their case was erased. "
            "Delete the file afterwards: the sealed cases do not protect it."
        )
        parser.add_argument("what", choices=["htcds"], help="the kind of table: HTCDS 2.0 columns")
        parser.add_argument("file", metavar="FILE", help="the table, CSV or XLSX")
        parser.add_argument(
            "--society", metavar="SLUG", help="whose cases; not needed where one society works"
        )
        parser.add_argument("--branch", metavar="SLUG", help="the branch that the cases belong to")
        parser.add_argument(
            "--source",
            metavar="NAME",
            default="file",
            help="the system the table comes from; the same name each time",
        )
        parser.add_argument(
            "--sheet",
            metavar="NAME",
            default="",
            help="sheet of a workbook (default: the first in sight that has such columns)",
        )
        parser.add_argument("--check", action="store_true", help="check every row and import nothing")
        parser.add_argument("--all-or-none", action="store_true", help="import nothing if any row is wrong")
        parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")

    def handle(self, *args: object, **options: object) -> None:
        try:
            report, notes = self.work_off(options)
        except queries.NotATable as problem:
            stop(str(problem.sentence))
        except Unreadable as problem:
            stop(str(queries.unreadable(problem).sentence))
        except OSError:
            stop(_("The file cannot be opened: it is not there, or may not be read."))
        show(report, notes, options)
        if options["all_or_none"] and report.wrong_rows:
            raise SystemExit(1)

    def work_off(self, options: dict[str, Any]) -> tuple[actions.Report, list[str]]:
        with Path(options["file"]).open("rb") as file:
            table, notes = queries.table_in(file, sheet=options["sheet"])
            work = work_for(options)
            with tenancy.tenant_context(work.society.pk):
                if options["check"] or options["all_or_none"]:
                    report = actions.check_table(table=table, work=work)
                    if options["check"] or report.wrong_rows:
                        return report, notes
                    table, _again = queries.table_in(again(file), sheet=options["sheet"])
                keys = SealingOnly(society=work.society.pk)
                report = actions.import_table(
                    keys=keys,
                    table=table,
                    work=work,
                    all_or_none=options["all_or_none"],
                    progress=say_progress,
                )
                return report, notes


def again(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def stop(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(2)


def work_for(options: dict[str, Any]) -> actions.Work:
    """Whose cases these are; refuses with what to give instead."""
    hosted = network_queries.hosted_societies()
    slugs = [one.slug for one in hosted]
    slug = options["society"] or (slugs[0] if len(slugs) == 1 else "")
    if slug not in slugs:
        listed = ", ".join(slugs) or _("none yet")
        raise Refusal(
            _("Say with --society whose cases these are."),
            next_step=_("Working here: %(who)s.") % {"who": listed},
            code="no-society",
        )
    society = network_queries.societies_by_slug()[slug]
    branch = network_queries.branch_or_none(society, options["branch"]) if options["branch"] else None
    if options["branch"] and branch is None:
        raise Refusal(
            _("The society has no branch of this name."),
            next_step=_("Look at its page for the short names."),
            code="no-branch",
        )
    return actions.Work(
        society=society,
        source=options["source"],
        owners=queries.owners(society),
        at=timezone.now(),
        branch=branch,
    )


def say_progress(report: actions.Report) -> None:
    if report.imported % EVERY == 0 and sys.stderr.isatty():
        told = _("Rows read: %(rows)s, imported: %(imported)s")
        sys.stderr.write("\r" + told % {"rows": report.rows, "imported": report.imported})
        sys.stderr.flush()


def show(report: actions.Report, notes: list[str], options: dict[str, object]) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r")
    if options["json"]:
        sys.stdout.write(json.dumps(as_json(report, notes), ensure_ascii=False) + "\n")
        return
    say = sys.stdout.write
    for note in notes:
        say(f"{note}\n")
    for row, column, code in report.wrong:
        say(f"{words.say_row(row, column, code)}\n")
    if more := report.problems - len(report.wrong):
        sentence = ngettext(
            "%(num)s more is not listed. Mend these, then check the table again.",
            "%(num)s more are not listed. Mend these, then check the table again.",
            more,
        )
        say(f"{sentence % {'num': more}}\n")
    say(
        _(
            "Rows: %(rows)s. Good: %(good)s. Imported: %(imported)s. Known already: %(known)s. Wrong: %(wrong)s."
        )
        % {
            "rows": report.rows,
            "good": report.good,
            "imported": report.imported,
            "known": report.skipped_known,
            "wrong": report.wrong_rows,
        }
        + "\n"
    )


def as_json(report: actions.Report, notes: list[str]) -> dict[str, object]:
    return {
        "rows": report.rows,
        "good": report.good,
        "imported": report.imported,
        "skipped_known": report.skipped_known,
        "wrong_rows": report.wrong_rows,
        "wrong": [
            {"row": row, "field": column, "problem": words.say_wrong(code)}
            for row, column, code in report.wrong
        ],
        "notes": notes,
    }
