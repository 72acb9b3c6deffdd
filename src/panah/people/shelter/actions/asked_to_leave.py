"""The end of a stay; and that nobody is sent away by one press: a reason, a way on, and a second person."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import staff_by_id, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals.permissions import may_decide, must_decide
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import Urgency
from panah.people.shelter import events, rules
from panah.people.shelter.actions.bed_requests import close_way
from panah.people.shelter.actions.workflow import (
    ASK_A_SECOND,
    SECOND,
    STAY_CHANGED,
    STAY_ENDED,
    about,
    house_side,
    journal,
    step,
    transition,
    wrong_step,
)
from panah.people.shelter.models import Night, Stay
from panah.people.shelter.permissions import SEND_AWAY, policy
from panah.people.shelter.queries import stays
from panah.people.shelter.queries.stays import OpenedStay, tonight
from panah.people.shelter.words import LEAVING, LeftHow, LeftTo, StayState

ASKED, REFUSED, LEFT = LEAVING


def end_stay(*, keys: Keyring, opened: OpenedStay, said: Mapping[str, str], at: datetime) -> Stay:
    """End a stay as it was said: ``to``, ``how`` and the rest of the form."""
    day = tonight(at)
    before = opened.row.state
    stay = transition(
        opened,
        StayState.LEFT,
        to_day=max(min(day, opened.row.to_day), opened.row.from_day),
        sheet_until=day + retention.STAY_SHEET.period,
    )
    Night.objects.filter(stay=stay, night__gte=day).delete()
    step(LEFT, keys=keys, stay=stay, at=at, **said)
    journal(events.LEFT, keys=keys, stay=stay, at=at)
    work.cancel_for(subject=stay.pk, at=at)
    _tell_follower(
        keys,
        stay,
        at,
        urgent=before == StayState.MISSING
        or said["how"] in (LeftHow.TAKEN, LeftHow.NOT_BACK, LeftHow.ASKED_TO),
    )
    close_way(by=keys.staff, stay=stay, at=at)
    return stay


def _tell_follower(keys: Keyring, stay: Stay, at: datetime, *, urgent: bool) -> None:
    if stay.follows is None or stay.follows == keys.staff:
        return
    work.due(
        STAY_ENDED, about(stay), keys=keys, owner=stay.follows, urgency=Urgency.NOW if urgent else "", at=at
    )


def send_away(*, keys: Keyring, opened: OpenedStay, said: Mapping[str, str], at: datetime) -> Stay:
    """End the stay of who is asked to leave, or ask a second person about it first."""
    if not said["why"].strip() or not said["onward"].strip() or said["to"] == LeftTo.UNKNOWN:
        raise Refusal(
            _("Nobody is asked to leave without a reason and a way on."),
            next_step=_("Write down why, and where the person goes from here. Until then the bed stays."),
            code="no-way-on",
        )
    if opened.leaving_asked is not None:
        raise Refusal(
            _("A second person is asked about this already."),
            next_step=_("Until it is decided the person stays."),
            code="asked-already",
        )
    high_risk = opened.sheet.get("high_risk") == "yes"
    if not rules.second_decides(child=opened.with_child, high_risk=high_risk, danger=said["danger"]):
        return end_stay(keys=keys, opened=opened, said=said, at=at)
    stay = opened.row
    step(ASKED, keys=keys, stay=stay, at=at, **said)
    journal(events.LEAVING_ASKED, keys=keys, stay=stay, at=at)
    follows = [stay.follows] if stay.follows is not None else []
    people = {
        colleague.pk: colleague
        for colleague in [
            *follows,
            *house_side(stay.place),
            *with_permission(stay.society_id, Permission.SHELTER_LEAD),
        ]
    }
    mine = {keys.staff.pk}
    owners = [
        colleague
        for colleague in people.values()
        if may_decide(SEND_AWAY, colleague, asked_at=at, exclude=set(), asked_by=mine)
    ]
    for one in owners:
        work.due(ASK_A_SECOND, about(stay), keys=keys, owner=one, at=at)
    return stay


@transaction.atomic
def decide_leaving(*, keys: Keyring, opened: OpenedStay, agrees: bool, why: str, at: datetime) -> Stay:
    """The second person's word. Whoever asked can only take it back; nor does her second account agree."""
    row = Stay.objects.select_for_update().get(pk=opened.row.pk)
    row = Stay.objects.select_related("place__society", "bed__room", "follows").get(pk=row.pk)
    if not policy.stays(keys.staff).filter(pk=row.pk).exists():
        raise wrong_step()
    # As it is now: a colleague may have decided while this one read.
    opened = stays.opened(row, keys)
    leaving = opened.leaving_asked
    if leaving is None or leaving.staff is None:
        raise wrong_step()
    if agrees or keys.staff.pk != leaving.staff:
        must_decide(SEND_AWAY, keys.staff, asked_at=leaving.at, exclude=set(), asked_by={leaving.staff})
    if agrees:
        stay = end_stay(keys=keys, opened=opened, said=leaving.more | {"second": why}, at=at)
    else:
        stay = row
        step(REFUSED, keys=keys, stay=stay, at=at, note=why)
        journal(events.LEAVING_REFUSED, keys=keys, stay=stay, at=at)
        work.complete_for(subject=stay.pk, purpose=SECOND, by=keys.staff, at=at)
    who = staff_by_id(leaving.staff)
    if who is not None and who.pk not in (keys.staff.pk, stay.follows_id) and who.is_active:
        work.due(STAY_CHANGED, about(stay), keys=keys, owner=who, at=at)
    return stay
