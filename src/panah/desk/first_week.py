"""What a new society does after its ceremony, for its focal points: what is done, and where the rest is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.accounts.queries import uncovered
from panah.ground.accounts.roles import Permission, may
from panah.ground.audit import queries as audit_queries
from panah.ground.audit.events import Event
from panah.ground.channels.queries import a_way_works
from panah.ground.directory.queries import agreements_of
from panah.ground.kit.jinja import url
from panah.ground.network.capabilities import closed_on
from panah.ground.network.queries import rule_sheet
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.events import BACKED_UP, SHEET
from panah.ground.work.first_steps import FIRST_STEPS, FirstStep

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

FIRST_WEEKS = timedelta(days=14)


def is_first_week(*, staff: Staff, at: datetime) -> bool:
    """Say whether the society's keys were made within the last fortnight, for a focal point."""
    began = vault_queries.ceremony_at(staff.society_id) if may(staff, Permission.DESK_BEGIN) else None
    return began is not None and at - began < FIRST_WEEKS


def first_week(*, staff: Staff, at: datetime) -> list[FirstStep]:
    """Return the steps in their order while one of them is not done, else nothing."""
    steps = [*_who_answers(staff, at), *_whom_to_refer_to(staff, at), *_what_must_be_ready(staff, at)]
    return steps if not all(step.done for step in steps) else []


def _who_answers(staff: Staff, at: datetime) -> list[FirstStep]:
    return [
        *(step for steps in FIRST_STEPS for step in steps(staff)),
        FirstStep(
            _("Put people on duty for calls and for danger now"),
            not uncovered(to=staff, at=at),
            url("accounts:roster"),
        ),
    ]


def _whom_to_refer_to(staff: Staff, at: datetime) -> list[FirstStep]:
    """Who leaves work to others must know to whom, before the first night."""
    if not closed_on(staff.society, at.date()):
        return []
    return [
        FirstStep(
            _("Write down with which partners you have agreed to refer people"),
            bool(agreements_of(staff.society, at=at)),
            url("directory:agreements"),
            _("At least one that gives a bed at night, and one for a child."),
        )
    ]


def _what_must_be_ready(staff: Staff, at: datetime) -> list[FirstStep]:
    society = staff.society
    rules = [one for one in rule_sheet(society=society, on=at.date()) if not one.anywhere]
    return [
        FirstStep(
            _("Check the rule sheet of your country"),
            bool(rules) and all(rule.checked for rule in rules),
            url("network:rules", society.slug),
            _("Promises and deadlines come from it: a line that nobody checked says so."),
        ),
        FirstStep(
            _("Make the recovery sheet and put it away"), _noted(SHEET, staff), url("sign_in:recovery-sheet")
        ),
        FirstStep(
            _("Let a backup be made"),
            _noted(BACKED_UP, staff),
            "",
            _(
                "On the machine: ./panah backup. Whoever keeps the machine does it, and a second copy lies elsewhere."
            ),
        ),
        FirstStep(
            _("Test the paging"),
            a_way_works(society.pk),
            url("channels:channels"),
            _("Until a test message arrives, danger reaches only open pages."),
        ),
    ]


def _noted(event: Event, staff: Staff) -> bool:
    return bool(audit_queries.page(society=staff.society_id, event=event.name, limit=1))
