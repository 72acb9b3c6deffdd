"""Reports of threats: everything starts at ``visible``, what was sealed to the asker, whatever her role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from panah.ground.accounts.queries import pseudonyms, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.audit import queries as audit_queries
from panah.ground.audit.events import REGISTER
from panah.ground.foundation.compiled_queries import Viewer, prepared
from panah.ground.kit.nav import Count
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.safety import rules
from panah.people.safety.models import Threat
from panah.people.safety.words import CONCERNS, STEP, TOLD, ThreatSource, ThreatState, What, Where

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff

SHOWN = 100
COUNTED = 1000


def threats(*, to: Staff | Viewer, state: str = ThreatState.OPEN) -> QuerySet[Threat]:
    """Return the reports that this colleague reads, the one to look at first first."""
    rows = Threat.objects.visible(to=to).filter(state=state)
    return rows.order_by("review_at" if state == ThreatState.OPEN else "-closed_at")


def threat_or_404(file: UUID, *, to: Staff) -> Threat:
    found: Threat = get_object_or_404(Threat.objects.visible(to=to), file=file)
    return found


def may_open(subject: UUID, *, staff: Staff) -> bool:
    """For the registry of alarms: can this colleague open the report?"""
    return bool(Threat.objects.visible(to=staff).filter(file=subject).exists())


def waiting(staff: Staff) -> Count | None:
    """The number beside *Staff safety*: what is open for this colleague. Nothing for everybody else. One query."""
    at = timezone.now()
    late = [one <= at for (one,) in _open_to(staff=staff.pk, society=staff.society_id)]
    return Count(len(late), "urgent" if any(late) else "") if late else None


@prepared
def _open_to(staff: UUID, society: UUID) -> QuerySet[Threat, tuple[datetime]]:
    return threats(to=Viewer(staff, society)).values_list("review_at")[:SHOWN]


def readers(society: UUID, *, concerned: Collection[UUID] = ()) -> list[Staff]:
    """Return the focal points to whom a report goes: all whom it does not concern."""
    leads = {one.pk: one for one in with_permission(society, Permission.SAFETY_LEAD)}
    return [leads[pk] for pk in leads if pk in rules.readers(leads=leads, concerned=concerned)]


def second(society: UUID, *, concerned: Collection[UUID]) -> list[Staff]:
    """Return who reads a report beside a focal point who would be alone with it: the data protection officers."""
    people = [
        one for one in with_permission(society, Permission.SAFETY_SECOND) if one.pk not in set(concerned)
    ]
    return _with_keys(people)


def _with_keys(people: list[Staff]) -> list[Staff]:
    states = vault_queries.key_states([person.pk for person in people])
    return [person for person in people if person.pk in states and states[person.pk].state == "admitted"]


def could_read(threat: Threat, *, keys: Keyring) -> list[Staff]:
    """Return who could be let in: whom it does not concern, and who cannot open it yet.

    Focal points; where there is none and one alone can open it, a data protection officer.
    """
    concerned = {
        UUID(pk)
        for pk in vault_queries.value_of(keys=keys, file=threat.file_id, part=CONCERNS).get("who", ())
    }
    able = vault_queries.able_to_open([threat.file_id]).get(threat.file_id, set())
    leads = [reader for reader in readers(threat.society_id, concerned=concerned) if reader.pk not in able]
    found = _with_keys(leads)
    if not found and len(able) < rules.READERS:
        found = [one for one in second(threat.society_id, concerned=concerned) if one.pk not in able]
    return found


def only_for(staff: Staff) -> set[UUID]:
    """Return the files of reports that nobody but this colleague opens: they are lost to all when she leaves."""
    files = list(Threat.objects.visible(to=staff).values_list("file_id", flat=True))
    able = vault_queries.able_to_open(files)
    return {file for file in files if able.get(file) == {staff.pk}}


@dataclass(frozen=True)
class WrittenStep:
    """A step with who wrote it, under the pseudonym that others see."""

    at: datetime
    by: str
    v: dict[str, object]


@dataclass(frozen=True)
class OpenedThreat:
    """A report with all that was told and done; empty while it does not open."""

    told: dict[str, object]
    reported_by: str
    concerns: list[str]
    steps: list[WrittenStep]
    readers: list[str]
    journal: list[tuple[datetime, str]] = field(default_factory=list)


def opened(threat: Threat, *, keys: Keyring) -> OpenedThreat:
    """Return everything that is known of a report (the caller has been let in to it)."""
    parts = vault_queries.read_parts(keys=keys, file=threat.file_id, names=[TOLD, CONCERNS, STEP])
    first = parts[TOLD][0] if parts.get(TOLD) else None
    concerned = [pk for one in parts.get(CONCERNS, []) for pk in one.value["who"]]
    entries = audit_queries.entries_about(threat.file_id)
    steps = parts.get(STEP, [])
    ids = [*(UUID(pk) for pk in concerned), *(step.by for step in steps), *(e.who for e in entries)]
    names = pseudonyms({*ids, first.by if first else None})
    return OpenedThreat(
        told=dict(first.value) if first else {},
        reported_by=names.get(first.by, "") if first else "",
        concerns=[names.get(UUID(pk), "") for pk in concerned],
        steps=[WrittenStep(step.at, names.get(step.by, ""), dict(step.value)) for step in reversed(steps)],
        readers=[holder.name for holder in vault_queries.holders(threat.file_id) if holder.is_active],
        journal=[
            (e.at, str(REGISTER[e.event].sentence) % {"who": names.get(e.who, _("The node"))})
            for e in entries
            if e.event in REGISTER
        ],
    )


def figures(*, to: Staff, keys: Keyring) -> list[tuple[str, list[tuple[str, int]]]]:
    """Count what this colleague can open, without names: by year, kind, from whom, where, and what goes on."""
    rows = list(Threat.objects.visible(to=to).order_by("-reported_at")[:COUNTED])
    told = vault_queries.read_whole(keys=keys, files=[row.file_id for row in rows], part=TOLD)
    values = [told[row.file_id].value for row in rows if row.file_id in told]
    years = Counter(str(timezone.localtime(row.reported_at).year) for row in rows)
    what = Counter(code for v in values for code in v.get("what", ()))
    return [
        (_("By year"), sorted(years.items(), reverse=True)),
        (_("What it was"), _named(What.choices, what)),
        (_("From whom"), _named(ThreatSource.choices, Counter(v.get("source", "unknown") for v in values))),
        (_("Where"), _named(Where.choices, Counter(v.get("where", "unknown") for v in values))),
        (
            _("Also"),
            [
                (pgettext("a report", "open"), sum(row.state == ThreatState.OPEN for row in rows)),
                (_("was going on when it was reported"), sum(v.get("now") == "yes" for v in values)),
                (_("touches a case"), sum(v.get("of_case") == "yes" for v in values)),
            ],
        ),
    ]


def _named(choices: Iterable[tuple[str, StrOrPromise]], counted: Counter[str]) -> list[tuple[str, int]]:
    return [(str(label), counted[code]) for code, label in choices if counted[code]]
