"""What work lists say about rooms below them, which know no work lists: addresses and endings, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals import actions as approvals
from panah.ground.channels import actions as channels
from panah.ground.channels.words import MessageKind
from panah.ground.kit.nav import OWN_CALLS
from panah.ground.kit.rank import Rank
from panah.ground.vault import actions as vault
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.vault.actions.rows_watch import CHANGED_ROWS_SAID
from panah.ground.work import actions as work
from panah.ground.work import told
from panah.ground.work.actions import offboarding
from panah.ground.work.actions.rows_put_right import say_rows_changed
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject, plain
from panah.ground.work.paged import own_calls
from panah.ground.work.told_parts import SHEETS, in_order
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.approvals.models import Request

APPROVALS = "approvals"
ADMISSION = "admission"
ACQUAINTANCE = "acquaintance"
TOLD = DueType(APPROVALS, "told", DueKind.DECIDE)
ADMIT = DueType(ADMISSION, "admit", DueKind.DECIDE)
KNOWN = DueType(ACQUAINTANCE, "known", DueKind.DECIDE, urgency=Urgency.WEEK)
CHANGED = DueType("channels", "changed", DueKind.DECIDE)
CHANGED_ROWS_SAID.register("work", say_rows_changed)
ITEM_ROOMS.register(
    APPROVALS,
    ItemRoom(
        rank=Rank.SAFETY,
        address=by_subject("sign_in:approval"),
        ends_on={"told": by_subject("sign_in:approval")},
        owners_only=True,
        says={"told": _("Two people are needed: read what was asked, approve it or stop it")},
    ),
)
ITEM_ROOMS.register(
    "vault",
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=plain("sign_in:tidy"),
        outcome_alone=frozenset({"tidy", "set-back"}),
        focal_points_only=True,
        says={
            "tidy": _("An erasure is late: see to it that it is finished"),
            "set-back": _("Files were set back to an older state where they are stored"),
        },
    ),
)
ITEM_ROOMS.register(
    "journal",
    ItemRoom(
        rank=Rank.SAFETY,
        address=plain("desk:journal-check"),
        outcome_alone=frozenset({"journal", "rows"}),
        focal_points_only=True,
        says={
            "journal": _("The journal, or what is stored, is not as it was written: check it"),
            "rows": _(
                "Who decides, who reads, or whom danger calls was changed outside Panah, and put right: find out who "
                "writes in the database"
            ),
        },
    ),
)
ITEM_ROOMS.register(
    "numbers",
    ItemRoom(
        rank=Rank.SAFETY,
        address=plain("directory:numbers"),
        outcome_alone=frozenset({"numbers"}),
        focal_points_only=True,
        says={
            "numbers": _(
                "Numbers, or what strangers read, were changed outside Panah: look which, and write them anew"
            )
        },
    ),
)
ITEM_ROOMS.register(
    ADMISSION,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("sign_in:colleague"),
        ends_on={"admit": by_subject("sign_in:colleague")},
        focal_points_only=True,
        says={"admit": _("A colleague waits to be admitted: telephone, and compare the six words")},
    ),
)
ITEM_ROOMS.register(
    ACQUAINTANCE,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("sign_in:known"),
        ends_on={"known": by_subject("sign_in:known")},
        owners_only=True,
        says={"known": _("Only one colleague knows a new one: have you met or spoken?")},
    ),
)
ITEM_ROOMS.register(
    "channels",
    ItemRoom(
        rank=Rank.SAFETY,
        address=plain("channels:channels"),
        outcome_alone=frozenset({"channels", "changed"}),
        focal_points_only=True,
        says={
            "changed": _("Another focal point changed how colleagues are called: look whether it is right"),
            "channels": _("Colleagues cannot be called by any channel: set one up, or test those you have"),
        },
    ),
)
ITEM_ROOMS.register(
    "roster",
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=plain("accounts:roster"),
        outcome_alone=frozenset({"roster"}),
        focal_points_only=True,
        says={"roster": _("Something is missing on the roster of the coming days: look at it")},
    ),
)
ITEM_ROOMS.register(
    "network",
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=plain("directory:agreements"),
        outcome_alone=frozenset({"agreements"}),
        says={"agreements": _("An agreement with a partner ends or has ended: look at it")},
    ),
)


def _put_on_lists(request: Request, people: list[Staff]) -> None:
    for one in people:
        if one.pk == request.asked_by_id:
            continue
        work.due(replace(TOLD, purpose=f"told-{one.pk}"[:30]), request, owner=one, at=request.asked_at)
        channels.queue(to=one, message=MessageKind.ASKED, at=request.asked_at)


def _take_off_lists(request: Request, at: datetime) -> None:
    work.cancel_for(subject=request.pk, at=at)


def _waits_for_admission(staff: Staff, at: datetime) -> None:
    work.due_for_focal_points(ADMIT, staff, at=at)


def _known_to_one(staff: Staff, admitted_by: Staff, at: datetime) -> None:
    for one in with_permission(staff.society_id, Permission.VAULT_KNOW):
        if one.pk not in (staff.pk, admitted_by.pk):
            work.due(KNOWN, staff, owner=one, at=at)


def _waits_no_more(staff: Staff, at: datetime) -> None:
    for what in (ADMIT, KNOWN):
        work.cancel_for(subject=staff.pk, purpose=what.purpose, at=at)


def _say_changed(channel: UUID, focal_point: Staff, at: datetime) -> None:
    work.due(CHANGED, DueSubject(focal_point.society_id, channel), owner=focal_point, at=at)


OWN_CALLS.register("work", own_calls)
channels.FAILED.register("work", work.page_failed)
channels.NOT_AS_WRITTEN.register("work", work.put_calls_right)
channels.CHANGED.register("work", _say_changed)
vault.WAITS.register("work", _waits_for_admission)
vault.WAITS_NO_MORE.register("work", _waits_no_more)
vault.KNOWN_TO_ONE.register("work", _known_to_one)
approvals.WHEN_ASKED.register("work", _put_on_lists)
approvals.WHEN_ENDED.register("work", _take_off_lists)
OFFBOARDING.register(
    "due items",
    Offboarding(
        held=offboarding.held,
        loads=offboarding.loads,
        hand_over=offboarding.hand_over_due,
        give_back=offboarding.give_back_due,
    ),
    order=30,  # what is due in a case goes with the case
)
for about in ("case", "contact", "stay"):
    for name, part, order in in_order(about, told.SHEETS, order=400):
        SHEETS.register(name, part, order=order)
