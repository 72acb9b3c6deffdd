"""What ends by itself: holds, old sheets, what an erased case leaves behind; and a colleague who leaves."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.accounts.roles import Permission, may
from panah.ground.audit import actions as audit
from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.vault import actions as vault
from panah.ground.vault import later
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions.offboarding import HandoverResult
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType
from panah.people.shelter import events
from panah.people.shelter.actions.bed_assignment import let_go
from panah.people.shelter.actions.bed_requests import let_in
from panah.people.shelter.actions.places import name_runner
from panah.people.shelter.actions.workflow import HOLD_ENDED, about, house_side
from panah.people.shelter.models import Night, Place, Stay
from panah.people.shelter.permissions import may_run
from panah.people.shelter.queries.cases import stays_of_file
from panah.people.shelter.queries.places import unrun
from panah.people.shelter.queries.stays import opened
from panah.people.shelter.words import NOT_ENDED, PLACE_ROOM, PlaceState, StayState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


NOBODY_RUNS = DueType(PLACE_ROOM, "unrun", DueKind.DECIDE)
FORGET = "forget"


@transaction.atomic
def release_holds(*, at: datetime) -> int:
    """Free the beds that were held until now; returns how many. Their requests are to be decided again."""
    gone = let_go(at=at)
    for stay in gone:
        work.cancel_for(subject=stay.pk, at=at)
        audit.record(event=events.HOLD_ENDED, by=None, society=stay.society_id, at=at, about=stay.file_id)
        follows = [stay.follows] if stay.follows is not None else []
        people = {one.pk: one for one in [*house_side(stay.place), *follows]}
        for one in people.values():
            work.due(HOLD_ENDED, about(stay), owner=one, at=at)
    return len(gone)


def forget_with_case(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """For the vault's registry: a case is erased, and with it what houses knew of the person.

    The stays are found by the marks that only this case's key makes. What is done to them the node does later, so that
    no transaction and no time says that the two belong together; each erasure writes as much here.
    """
    stays = stays_of_file(keys=keys, file=file)
    # Each at a time of its own: two of one person are not joined with each other either.
    values = [{"file": str(file), "stays": [str(stay.pk)]} for stay in stays]
    later.add(society=keys.staff.society_id, what=FORGET, values=values, at=at)


def forget_waiting(*, at: datetime) -> int:
    """Forget the stays of erased cases whose time has come; returns of how many cases."""
    society = tenancy.current_tenant()
    if society is None:
        return 0
    due = later.due(society=society, what=FORGET, at=at)
    for one in due:
        # What did not come to be erased after all is kept.
        if vault_queries.is_erased(UUID(one.value["file"])):
            _forget(one.value["stays"], at)
    later.settle(society=society, done=[one.id for one in due])
    return len(due)


@transaction.atomic
def _forget(ids: list[str], at: datetime) -> None:
    """The halves of the sheets go now; the rows follow on a day of their own."""
    stays = list(Stay.objects.filter(pk__in=ids))
    for stay in stays:
        state = stay.state if stay.state not in NOT_ENDED else StayState.LEFT
        days = 1 + secrets.randbelow(retention.STAY_OF_ERASED_CASE.days)
        work.cancel_for(subject=stay.pk, at=at)
        Night.objects.filter(stay=stay, night__gt=at.date()).delete()
        # The mark and who followed stay until the rows go: whoever compares two copies sees a date change, as often.
        Stay.objects.filter(pk=stay.pk).update(
            state=state if stay.bed_id or state != StayState.LEFT else StayState.TAKEN_BACK,
            sheet_until=at.date() + timedelta(days=days),
        )
    transaction.on_commit(partial(vault.shred, files=[stay.file_id for stay in stays]))


def forget_old_sheets(*, at: datetime) -> int:
    """Erase the sheets of stays that ended long ago, or went with a case; returns how many. Needs no key."""
    due = list(Stay.objects.filter(sheet_until__lte=at.date()).exclude(state__in=NOT_ENDED))
    # By what was kept of it: its row alone destroys nothing.
    rows = [one for one in due if load_trusted(one) and one.sheet_until and one.sheet_until <= at.date()]
    for stay in rows:
        vault.erase_unopened(file=stay.file_id, society=stay.society_id, at=at)
        with transaction.atomic():
            Stay.objects.filter(pk=stay.pk).update(sheet_until=None, follows=None, mark=None)
            audit.record(event=events.FORGOTTEN, by=None, society=stay.society_id, at=at, about=stay.file_id)
    return len(rows)


@transaction.atomic
def find_a_runner(*, at: datetime) -> int:
    """Put places that nobody runs any more on the focal points' lists; returns how many are."""
    society = tenancy.current_tenant()
    if society is None:
        return 0
    places = unrun(society)
    for place in places:
        work.due_for_focal_points(NOBODY_RUNS, DueSubject(society, place.pk), at=at)
    return len(places)


@transaction.atomic
def hand_over_all(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """For the registry of leaving: places the leaver runs by name, and stays she follows, go to ``to``.

    Where ``to`` does not do such work, the focal point who hands over takes it.
    """
    for place in Place.objects.filter(runners__staff=staff).exclude(state=PlaceState.ENDED):
        name_runner(keys=keys, place=place, staff=to if may_run(to) else keys.staff, at=at)
        work.cancel_for(subject=place.pk, purpose=NOBODY_RUNS.purpose, at=at)
        place.runners.filter(staff=staff).delete()
    follows = to if may(to, Permission.SHELTER_FOLLOW) else keys.staff
    rows = Stay.objects.filter(follows=staff, state__in=NOT_ENDED)
    for stay in rows.select_related("place", "bed__room", "follows"):
        let_in(keys=keys, opened=opened(stay, keys), staff=follows, at=at)
    return HandoverResult(0, 0)
