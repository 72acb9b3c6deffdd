"""What channels register: their place in the menu, and what they say of a duty: who is called must be reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.changes import BROWSERS_FORGOTTEN, REACHED_ELSEWHERE
from panah.ground.accounts.eligibility import ELIGIBLE, Unfit
from panah.ground.accounts.permissions import is_staff_manager
from panah.ground.accounts.words import DutyKind
from panah.ground.channels import actions as channels
from panah.ground.channels import queries as channels_queries
from panah.ground.channels.models import PushSubscription
from panah.ground.channels.words import MessageKind
from panah.ground.kit.nav import MENU, MenuItem, Section

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

NOT_REACHED = Unfit(
    "no-channel",
    _("No channel reaches this colleague while no page is open."),
    _("Ask for a duty telephone or an e-mail address in “My settings”."),
    refused=False,
)


def _not_reached(staff: Sequence[Staff], what: str, at: datetime) -> Mapping[UUID, Unfit]:
    if what not in (DutyKind.DANGER, DutyKind.DANGER_SECOND) or not staff:
        return {}
    return dict.fromkeys(channels_queries.cannot_be_reached(staff[0].society_id, staff), NOT_REACHED)


def _tell_her(staff: Staff, at: datetime) -> None:
    channels.queue(to=staff, message=MessageKind.CHANGED, at=at)


def _forget_browsers(staff: Staff) -> None:
    PushSubscription.objects.filter(staff=staff).delete()


BROWSERS_FORGOTTEN.register("channels", _forget_browsers)
REACHED_ELSEWHERE.register("channels", _tell_her)
ELIGIBLE.register("channels", _not_reached, order=20)
MENU.register(
    "channels",
    MenuItem("channels:channels", _("Paging"), "phone", visible=is_staff_manager, section=Section.SOCIETY),
    order=83,
)
