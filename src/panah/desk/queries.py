"""What the first page of a colleague shows: her day, her team's day, what is missing, what the journal says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from panah.desk.day_lists import WorkList, WorkListRow
from panah.desk.words import said
from panah.ground.accounts.queries import names_with_permission, on_duty_now, pseudonyms
from panah.ground.accounts.roles import Permission, may
from panah.ground.accounts.words import DutyKind, Role
from panah.ground.audit import queries as audit_queries
from panah.ground.audit.events import REGISTER
from panah.ground.audit.fact_words import UNTOLD
from panah.ground.foundation.models import noon_of
from panah.ground.kit.languages import language_name
from panah.ground.kit.nav import Count
from panah.ground.kit.rank import Rank
from panah.ground.kit.sealed_addresses import sealed, unsealed
from panah.ground.network.queries import names_of_societies
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import UNTOLD_KINDS
from panah.ground.work import queries as work_queries
from panah.ground.work.item_rooms import hours_are_sealed, item_room, labels_of, when_due
from panah.ground.work.ranked import Day, Part, day_of, ordered
from panah.ground.work.words import AgeGroup, DueKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring

SHOWN = work_queries.PAGE
QUARTER = timedelta(hours=6)


def my_day(*, staff: Staff, keys: Keyring, at: datetime, after: str = "") -> WorkList:
    """Return what is due for a colleague: hers, and what waits on the lines she answers."""
    lines, day = vault_queries.lines_held(staff), _day_shown(after, at)
    if not after:
        items = work_queries.first_items(to=staff, lines=lines, day=day)
        return _day(items, keys=keys, day=day).with_next()
    rows = work_queries.open_items(to=staff, lines=lines, day=day)
    return _day(_after(rows, after), keys=keys, day=day)


def team_day(
    *,
    staff: Staff,
    keys: Keyring,
    at: datetime,
    after: str = "",
    branch: str = "",
    kind: str = "",
    owner: str = "",
) -> WorkList:
    """Return what is due over all branches of a focal point, filtered."""
    day = _day_shown(after, at)
    rows = work_queries.team_items(to=staff, day=day)
    if branch:
        rows = rows.filter(branch=None) if branch == "none" else rows.filter(branch=branch)
    if kind:
        rows = rows.filter(kind=kind)
    if owner:
        rows = rows.filter(owner=None) if owner == "none" else rows.filter(owner=owner)
    return _day(_after(rows, after), keys=keys, day=day, with_owner=True)


def _day(items: Any, *, keys: Keyring, day: Day, with_owner: bool = False) -> WorkList:
    rows = list(items[: SHOWN + 1])
    labels = labels_of({row.file for row in rows[:SHOWN] if row.file}, keys=keys)
    due_rows = work_queries.lines_of_list(rows[:SHOWN], keys=keys)
    parts = [list[WorkListRow]() for _part in Part]
    shown = [(due, when_due(due, at=day.at)) for due in due_rows]
    # By the hour that a line shows: a call-back that waits for its hours stands where these begin.
    for due, when in sorted(shown, key=lambda pair: ordered(pair[0].item, pair[1], at=day.at)):
        line = _line(due, when, day=day, with_owner=with_owner)
        part, *_rest = ordered(due.item, when, at=day.at)
        parts[part].append(replace(line, label=labels.get(due.item.file, "") if due.item.file else ""))
    more = _mark(rows[SHOWN - 1], day) if len(rows) > SHOWN else ""
    return WorkList(parts[0], parts[1], parts[2], parts[3], more)


def _day_shown(after: str, at: datetime) -> Day:
    """The day whose list is read on: that of its first page, so that no line changes its place meanwhile."""
    try:
        return day_of(datetime.fromisoformat(unsealed(after).split("~")[0]))
    except (ValueError, OverflowError):
        return day_of(at)


def _mark(row: Any, day: Day) -> str:
    # Sealed: its rank says that somebody is in danger.
    return sealed(f"{day.at.isoformat()}~{row.part}~{row.rank}~{row.due_at.isoformat()}~{row.pk}")


def _after(rows: Any, mark: str) -> Any:
    """Go on after a line that was shown: by its place, time and id, never by counting."""
    try:
        _at, part, rank, when, pk = unsealed(mark).split("~")
        place = Part(int(part)), Rank(int(rank)), datetime.fromisoformat(when), UUID(pk)
    except ValueError:
        return rows
    return rows.after(*place)


def _line(due: Any, when: datetime, *, day: Day, with_owner: bool) -> WorkListRow:
    item = due.item
    facts = [_("speaks %(language)s") % {"language": language_name(item.language)}] if item.language else []
    if item.age_group == AgeGroup.CHILD:
        facts.append(str(_("child")))
    if item.branch:
        facts.append(item.branch.name_in(get_language() or "en"))
    if due.until is not None:
        facts.append(due.ends(day.at))
    if with_owner:
        facts.append(item.owner.name if item.owner else str(_("nobody yet")))
    if hidden := hours_are_sealed(due):
        facts.append(_("the hours that suit are sealed: open before you call"))
    danger = item.rank == Rank.DANGER
    tone = "urgent" if danger or (when <= day.at and not hidden) else "soon" if when <= day.end else ""
    return WorkListRow(
        item.pk,
        when,
        tone,
        due.say or item.get_kind_display(),
        not due.say,
        facts,
        due.href,
        item.number,
        item.owner,
        due.ends_at,
        bool(due.ends_at) and not hidden and (item.room, item.kind) == ("hotline", DueKind.CALL),
        when + QUARTER if item_room(item.room).due_by_quarter else when,
        danger,
    )


@dataclass(frozen=True)
class DutyRow:
    what: str
    people: list[tuple[str, str]]


def duty_now(*, staff: Staff, at: datetime) -> list[DutyRow]:
    """Return who answers for what now, with the languages each speaks; focal points last. Two queries."""
    now = on_duty_now(staff.society_id, at=at)
    rows = [
        DutyRow(
            str(DutyKind(what).label),
            [(p.name, ", ".join(language_name(tag) for tag in p.speaks)) for p in now[what]],
        )
        for what in DutyKind.values
        if now.get(what)
    ]
    leads = names_with_permission(staff.society_id, Permission.DESK_BEGIN)
    return [*rows, DutyRow(str(_("Focal points")), [(p.name, "") for p in leads])] if leads else rows


def arrivals(*, staff: Staff) -> tuple[int, datetime | None]:
    """Return how many sealed arrivals wait for a colleague, and since when the oldest."""
    waiting = [one(staff) for one in work_queries.SEALED_ARRIVALS]
    since = [oldest for _number, oldest in waiting if oldest]
    return sum(number for number, _oldest in waiting), min(since, default=None)


@dataclass(frozen=True)
class Missing:
    """What must happen before work can begin: ``step`` is ceremony, admission or ""; who does it."""

    step: str = ""
    words: str = ""
    focal_points: list[str] = field(default_factory=list)
    mine: bool = False


def missing(*, staff: Staff) -> Missing:
    """Return what is missing before this colleague can work. One query once all is done."""
    state = vault_queries.key_state(staff)
    if state.state == "admitted":
        return Missing()
    leads = names_with_permission(staff.society_id, Permission.DESK_BEGIN)
    ready = vault_queries.society_is_ready(staff.society_id)
    return Missing(
        step="admission" if ready else "ceremony",
        words=state.words,
        focal_points=[p.name for p in leads if p.pk != staff.pk],
        mine=may(staff, Permission.DESK_BEGIN) and not ready,
    )


# -- for the frame of every page ---------------------------------------------------------------


def described(staff: Staff) -> str:
    """Return how a colleague is described in the bar: "Caseworker, Arna"."""
    roles = [str(role.label) for role in Role if role.value in staff.role_names]
    where = [staff.branch.name_in(get_language() or "en")] if staff.branch else []
    return ", ".join([*roles[:2], *where])


def due_now(staff: Staff) -> Count | None:
    """Return the number beside *My day*: what is late, else what is open."""
    due, open_ones, presses = work_queries.counts(
        to=staff, at=timezone.now(), lines=vault_queries.lines_held(staff)
    )
    return Count(due, "urgent" if presses else "soon") if due else Count(open_ones) if open_ones else None


def waiting_keys(staff: Staff) -> Count | None:
    """Return how many colleagues wait for admission."""
    number = vault_queries.waiting_for_admission(staff.society_id)
    return Count(number, "urgent") if number else None


# -- the journal -------------------------------------------------------------------------------


def reads_journal(staff: Staff) -> bool:
    """The data protection officer and the focal points read the society's journal."""
    return may(staff, Permission.DESK_JOURNAL)


def watches_journal(staff: Staff) -> bool:
    """The data protection officer reads it as a work of its own; a focal point when there is a reason."""
    return may(staff, Permission.DESK_WATCH_JOURNAL)


@dataclass(frozen=True)
class JournalSentence:
    """One entry of the journal as a sentence."""

    number: int
    at: datetime
    text: str
    event: str
    details: list[str]
    by_day: bool


def sentences(entries: Iterable[Any]) -> list[JournalSentence]:
    """Turn entries into sentences in the reader's language, with pseudonyms: two queries."""
    rows = list(entries)
    names = pseudonyms({row.who for row in rows})
    societies = names_of_societies(str(row.facts.get("society", "")) for row in rows)
    return [
        JournalSentence(
            row.number,
            row.at,
            _say(row, names),
            row.event,
            said(
                {
                    name: societies.get(str(value), value) if name == "society" else value
                    for name, value in row.facts.items()
                    if not _is_id(value)
                }
            ),
            row.at == noon_of(row.at),
        )
        for row in rows
    ]


def _say(row: Any, names: dict[Any, str]) -> str:
    event = REGISTER.get(row.event)
    if event is None:
        return row.event
    who = names.get(row.who, _("A colleague")) if row.who else _("The node")
    return str(_(str(event.sentence))) % {"who": who}


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def written_about_me(staff: Staff, *, before: int | None) -> tuple[list[JournalSentence], int | None]:
    """Return what the journal says of a colleague's own acts, newest first, and where to go on."""
    return _paged(audit_queries.page(society=staff.society_id, who=staff.pk, before=before, limit=SHOWN + 1))


def journal(
    staff: Staff, *, before: int | None, event: str = "", who: UUID | None = None
) -> tuple[list[JournalSentence], int | None]:
    """Return the society's journal, newest first, filtered; nothing for whoever may not read it."""
    if not reads_journal(staff):
        return [], None
    # Whom a complaint, a threat or a report concerns may read the journal: nobody finds any there.
    untold = (
        vault_queries.files_of_kind(staff.society_id, *UNTOLD_KINDS),
        *(past_intake(staff.society_id) for past_intake in UNTOLD),
    )
    return _paged(
        audit_queries.page(
            society=staff.society_id, who=who, before=before, event=event, without=untold, limit=SHOWN + 1
        )
    )


def _paged(rows: list[Any]) -> tuple[list[JournalSentence], int | None]:
    return sentences(rows[:SHOWN]), rows[SHOWN - 1].number if len(rows) > SHOWN else None


def kinds_of_event() -> list[tuple[str, str]]:
    """Return what the journal can be filtered by: the rooms that write in it."""
    rooms = {name.split(":")[0] for name in REGISTER.names()}
    words = {
        "accounts": _("Colleagues and duty"),
        "approvals": _("Two people decide"),
        "cases": _("Cases"),
        "channels": _("Paging"),
        "complaints": _("Complaints: who reads them"),
        "consent": _("Consent"),
        "cooperation": _("Together: what societies share, guests"),
        "diplomacy": _("Commitments and dialogues"),
        "evidence": pgettext("the menu", "Evidence"),
        "exchange": _("Paired societies"),
        "figures": _("Figures, charts and briefs"),
        "finding": _("Finding a person"),
        "hotline": _("Calls"),
        "inbox": _("Sealed inbox"),
        "intake": _("Reports: look-alikes and marked pictures"),
        "library": _("Library"),
        "materials": _("Materials"),
        "model": _("Operational model"),
        "network": _("Partners and services"),
        "network_report": _("Network report"),
        "page_texts": _("Texts of the public door"),
        "prevention": _("Prevention"),
        "reporters": _("Messages of the public door"),
        "referrals": _("Referrals"),
        "safety": _("Safety of staff, interpreters"),
        "screening": _("Screening"),
        "shelter": _("Shelter"),
        "training": _("Trainings"),
        "vault": _("Keys, sign-ins and identities"),
        "volunteers": _("Volunteers"),
        "work": _("Work lists and alarms"),
    }
    return sorted(((room, words.get(room, room)) for room in rooms), key=lambda pair: pair[1])
