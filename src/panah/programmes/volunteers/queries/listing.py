"""The list: by name across scripts, by state, language and what somebody may do; by keyset, without contact data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from panah.ground.kit.languages import language_name
from panah.ground.names.find import fold_key
from panah.programmes.volunteers import rules
from panah.programmes.volunteers.models import CHECKED, Membership, Volunteer, VolunteerQuerySet
from panah.programmes.volunteers.permissions import parts_seen_by, volunteers_seen_by
from panah.programmes.volunteers.queries.register import could, first_by_name, may_do_on
from panah.programmes.volunteers.words import MayDo, VolunteerRole, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

PAGE = 50
# Whether it is true what the tables say of somebody, the seal tells: so many are looked at, one after the other.
LOOKED_AT = 20 * PAGE
HERE = (VolunteerState.ASKED, VolunteerState.ACTIVE, VolunteerState.PAUSED)
EXPIRING = "expiring"


@dataclass(frozen=True)
class VolunteerFilter:
    """What is asked of the list; "" for all. ``after``: the last volunteer of the page before."""

    name: str = ""
    state: str = ""
    language: str = ""
    may: str = ""
    branch: str = ""
    after: str = ""


@dataclass(frozen=True)
class ListedVolunteer:
    """One line: no telephone, no address, no age."""

    row: Volunteer
    speaks: list[str]
    roles: list[str]
    may: list[str]


@dataclass(frozen=True)
class VolunteersFound:
    rows: list[ListedVolunteer]
    more: UUID | None = None


def name_key(name: str) -> str:
    """Return the name brought to sounds, as the table keeps it."""
    return (fold_key(name) or name.casefold())[:120]


def listed(ask: VolunteerFilter, *, to: Staff, on: date) -> VolunteersFound:
    """Return one page of those who fit, by name."""
    parts = [_asked(part, ask, to.society_id, on) for part in _parts(ask.branch, to)]
    found: list[Volunteer] = []
    may: dict[UUID, frozenset[str]] = {}
    after, looked = _place(ask.after, to), 0
    batch = PAGE + 1
    while len(found) <= PAGE and looked < LOOKED_AT:
        some = list(first_by_name([_after(part, after).select_related("branch") for part in parts], batch))
        may |= may_do_on(some, on=on)
        found += [one for one in some if not ask.may or ask.may in may[one.pk]]
        looked += len(some)
        if len(some) < batch:
            after = None
            break
        after = (some[-1].name_key, some[-1].pk)
    shown = found[:PAGE]
    more = shown[-1].pk if len(found) > PAGE else after[1] if after else None
    return VolunteersFound(_lines(shown, may), more)


def _parts(branch: str, to: Staff) -> Sequence[VolunteerQuerySet]:
    return parts_seen_by(to, branch=UUID(branch) if branch else None)


def _place(after: str, to: Staff) -> tuple[str, UUID] | None:
    try:
        row = volunteers_seen_by(to).filter(pk=UUID(after)).values_list("name_key", "pk").first()
    except ValueError:
        return None
    return row


def _after(rows: VolunteerQuerySet, place: tuple[str, UUID] | None) -> VolunteerQuerySet:
    if place is None:
        return rows
    key, pk = place
    # The first condition leads into the index, which an "or" does not.
    return rows.filter(Q(name_key__gt=key) | Q(pk__gt=pk), name_key__gte=key)


def _asked(rows: VolunteerQuerySet, ask: VolunteerFilter, society: UUID, on: date) -> VolunteerQuerySet:
    if ask.state == EXPIRING:
        rows = rows.filter(expiring(on))
    elif ask.state in VolunteerState.values:
        rows = rows.filter(state=ask.state)
    else:
        rows = rows.filter(state__in=HERE)
    if ask.language:
        # Codes of a closed list, in a list: a text that holds it in quotation marks is that code.
        rows = rows.filter(languages__icontains=f'"{ask.language}"')
    if ask.may in MayDo.values:
        rows = rows.filter(could(ask.may, society=society, on=on))
    for word in name_key(ask.name).split() if ask.name else ():
        rows = rows.filter(_begins(word))
    return rows


def _begins(word: str) -> Q:
    """Say whether one of the words of a key begins so; a word has several readings, parted by ``|``."""
    found = Q()
    for reading in word.split("|"):
        found |= Q(name_key__startswith=reading) | Q(name_key__contains=f" {reading}")
        found |= Q(name_key__contains=f"|{reading}")
    return found


def expiring(on: date) -> Q:
    """Whose vetting, safeguarding or insurance runs out within a month, or has run out, while they are active."""
    soon = on + timedelta(days=rules.WARNED_DAYS)
    over = Q(vetted_until__lte=soon) | Q(safeguarding_until__lte=soon) | Q(insured_until__lte=soon)
    return Q(state=VolunteerState.ACTIVE) & CHECKED & over


def _lines(rows: list[Volunteer], may: dict[UUID, frozenset[str]]) -> list[ListedVolunteer]:
    roles: dict[UUID, list[str]] = {}
    held = Membership.objects.filter(volunteer__in=[row.pk for row in rows], until=None)
    for pk, role in held.order_by("since").values_list("volunteer", "role"):
        label = str(VolunteerRole(role).label)
        if label not in roles.setdefault(pk, []):
            roles[pk].append(label)
    return [
        ListedVolunteer(
            row,
            [language_name(tag) for tag in row.languages],
            roles.get(row.pk, []),
            [str(one.label) for one in MayDo if one in may[row.pk]],
        )
        for row in rows
    ]
