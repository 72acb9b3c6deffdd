"""A table of volunteers: brought, its headings confirmed, read and checked, let in, stopped.

What takes long the worker does, piece by piece: each piece comes in whole, with the count of pieces, or not at all, so
that after a kill it goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import host_seal, retention, tenancy
from panah.ground.foundation.bulk_insert import insert
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.leases import Lease, LeaseLost, Queue
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.workbooks import as_heading
from panah.ground.vault import actions as vault
from panah.programmes.volunteers import events, permissions, sealed_details
from panah.programmes.volunteers.actions.doubles import look_for_doubles
from panah.programmes.volunteers.importing import headings, storage, words
from panah.programmes.volunteers.importing.reading import Piece, known_rows, open_for, pieces, setting_for
from panah.programmes.volunteers.importing.rows import Person
from panah.programmes.volunteers.importing.words import ImportState
from panah.programmes.volunteers.models import ImportedRow, Membership, TableImport, Volunteer
from panah.programmes.volunteers.queries.imports import about_of, my_table
from panah.programmes.volunteers.queries.listing import name_key
from panah.programmes.volunteers.words import ROOM, Happened, VolunteerRole, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.queries.imports import About
    from panah.programmes.volunteers.sealed_details import Details, Guardian

LEASE = timedelta(minutes=3)
# A worker that is asked to stop does so between two pieces; nobody waits longer for it.
AT_ONCE = timedelta(seconds=8)
HOW_TO_REACH: tuple[Literal["phone", "email", "address", "other"], ...] = (
    "phone",
    "email",
    "address",
    "other",
)
LEFT_OUT = b"-"
VOLUNTEER = (
    *("id", "society_id", "branch_id", "name", "name_key", "sex", "born_year", "languages", "details"),
    *("phone_mark", "may_be_contacted", "code_signed_on", "state", "joined_on", "left_on"),
)
MEMBERSHIP = ("id", "society_id", "volunteer_id", "branch_id", "role", "since", "until")
MARK = ("id", "society_id", "mark", "volunteer_id")


class NotATable(Refusal):
    """The file cannot be read; the sentence says why and what to do."""


def bring_table(*, by: Staff, body: bytes, branch: UUID | None, at: datetime) -> TableImport:
    """Keep a table sealed and read its headings; raises NotATable. Her earlier one is put away first."""
    if not permissions.keeps_volunteers(by):
        raise Refusal(_("You do not keep the register of volunteers."), code="not-yours")
    try:
        opened = open_for(body)
    except Unreadable as problem:
        raise NotATable(words.say_unreadable(problem.code, problem.more), code=problem.code) from None
    drop_table(by=by, at=at)
    home = branch if permissions.keeps_all_branches(by) else by.branch_id
    day = timezone.localtime(at).date()
    before = remembered(society=by.society_id, asked=opened.headings)
    guess = {key: before.get(key, "" if key.startswith("?") else key) for key in opened.headings}
    about: About = {"headings": opened.headings, "guess": guess, "notes": opened.notes[:50]}
    table = TableImport(society_id=by.society_id, by=by, branch_id=home, brought_on=day)
    table.about = seal_about(table, about)
    storage.put_file(table, body)
    with transaction.atomic():
        table.save()
        audit.record(event=events.TABLE_BROUGHT, by=by, at=at, about=table.pk)
    return table


@transaction.atomic
def choose_columns(*, by: Staff, chosen: Mapping[str, str], at: datetime) -> None:
    """Say what each heading means ("" leaves it out) and remember it; from then on the worker reads and checks."""
    table = my_table(of=by, locked=True)
    if table is None or table.state != ImportState.ASKED:
        return
    if not headings.fit(list(chosen.values())):
        raise Refusal(
            _("No heading says the name, or two headings say the same."),
            next_step=_("Choose a column for the name, and each column once."),
            code="columns-do-not-fit",
        )
    about = about_of(table)
    for key, text in about["headings"].items():
        sealed = chosen.get(key, "").encode() or LEFT_OUT
        vault.store_blob(
            kind="import_mark", key=_mark(table.society_id, text), sealed=sealed, society=table.society_id
        )
    about["chosen"] = {key: column for key, column in chosen.items() if column}
    TableImport.objects.filter(pk=table.pk).update(
        about=seal_about(table, about), state=ImportState.READING, leased_until=None
    )


def remembered(*, society: UUID, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what was chosen before for headings, by their keys; "" is one that was left out."""
    marks = {key: _mark(society, text) for key, text in asked.items()}
    kept = vault.load_blobs(kind="import_mark", keys=marks.values())
    found = {key: kept[mark] for key, mark in marks.items() if mark in kept}
    return {key: "" if column == LEFT_OUT else column.decode() for key, column in found.items()}


def _mark(society: UUID, heading: str) -> UUID:
    return vault.mark_of(society=society, bits=("heading of volunteers", as_heading(heading)))


@transaction.atomic
def let_in(*, by: Staff, at: datetime) -> None:
    """Say that the good rows come in; the worker does it. Pressed twice, it is done once."""
    table = my_table(of=by, locked=True)
    if table is not None and table.state == ImportState.READY and table.good:
        TableImport.objects.filter(pk=table.pk).update(state=ImportState.COMING, leased_until=None)
        audit.record(event=events.TABLE_LET_IN, by=by, at=at, about=table.pk, facts={"rows": table.good})


def drop_table(*, by: Staff, at: datetime) -> None:
    """Stop and destroy her table and its report; who has come in stays."""
    with transaction.atomic():
        table = my_table(of=by, locked=True)
        if table is None:
            return
        # Whoever works on it notices at the next piece.
        TableImport.objects.filter(pk=table.pk).update(state=ImportState.DROPPED, leased_until=None)
        if table.state not in (ImportState.DONE, ImportState.UNREADABLE, ImportState.DROPPED):
            audit.record(event=events.TABLE_STOPPED, by=by, at=at, about=table.pk)
    _destroy(table)


def _destroy(table: TableImport) -> None:
    """The pieces first: interrupted, the row still says that there is something to destroy."""
    storage.destroy_table(table, faults=True)
    TableImport.objects.filter(pk=table.pk).delete()


# -- what the worker does ---------------------------------------------------------------------------


def work_on_tables(*, at: datetime, patience: timedelta = AT_ONCE) -> int:
    """Work on the tables of the society inside whose walls this runs, for some seconds; returns how many pieces."""
    return QUEUE.work(_go_on, at=at, patience=patience)


def _go_on(lease: Lease[TableImport]) -> Generator[None]:
    """Do what the table's state asks for."""
    try:
        yield from WORK[ImportState(lease.row.state)](lease)
    except host_seal.Unreadable:
        # Tried again it would not open either. Who has come in stays.
        _give_up(lease, {"headings": {}, "guess": {}, "notes": []}, words.DOES_NOT_OPEN)


def _read(lease: Lease[TableImport]) -> Generator[None]:
    """Read and check all rows, in one turn. Interrupted, it goes on behind the pieces that are there."""
    table, about = lease.row, about_of(lease.row)
    body = storage.get_file(table)
    if body is None:
        return _give_up(lease, about, "broken-workbook")
    setting = setting_for(table, today=table.brought_on)
    try:
        for number, piece in pieces(table, body, about["chosen"], setting, after=table.pieces):
            _piece_read(lease, number, piece)
    except Unreadable as problem:
        return _give_up(lease, about, problem.code, **problem.more)
    counted = [(note, str(number)) for note, number in sorted(setting.counts.items())]
    about["notes"] = [*about["notes"], *counted]
    lease.release(state=ImportState.READY, about=seal_about(table, about))
    storage.destroy(table, [storage.FILE])
    yield


def _piece_read(lease: Lease[TableImport], number: int, piece: Piece) -> None:
    names = (storage.rows_of(number), storage.faults_of(number))
    storage.put_json(lease.row, dict(zip(names, (piece.good, piece.faulty), strict=True)))
    try:
        lease.renew(
            pieces=number + 1,
            rows=F("rows") + piece.rows,
            good=F("good") + len(piece.good),
            known=F("known") + piece.known,
            faulty=F("faulty") + len(piece.faulty),
        )
    except LeaseLost:
        if not TableImport.objects.filter(pk=lease.row.pk).exists():
            # What was destroyed meanwhile does not come back.
            storage.destroy(lease.row, names)
        raise


def _give_up(lease: Lease[TableImport], about: About, code: str, **more: object) -> None:
    about["cannot"], about["more"] = code, more
    lease.release(state=ImportState.UNREADABLE, about=seal_about(lease.row, about))
    storage.destroy_table(lease.row, faults=True)


def _let_in(lease: Lease[TableImport]) -> Generator[None]:
    """Let one piece after the other in."""
    for piece in range(lease.row.pieces_in, lease.row.pieces):
        _piece_in(lease, piece)
        yield
    lease.release(state=ImportState.COMPARING)


def _piece_in(lease: Lease[TableImport], piece: int) -> None:
    table, at = lease.row, lease.now()
    today = timezone.localtime(at).date()
    good = storage.good_rows(table, piece)
    # What is costly, sealing and folding names, comes before the database is kept from others.
    ready = [_ready(table.society_id, bytes.fromhex(mark), person, today) for mark, person in good]
    with transaction.atomic():
        known = known_rows(table.society_id, (one.mark for one in ready))
        new = [one for one in ready if one.mark not in known]
        insert(Volunteer, VOLUNTEER, (one.volunteer for one in new))
        insert(Membership, MEMBERSHIP, (one.membership for one in new))
        insert(ImportedRow, MARK, ((uuid4(), table.society_id, one.mark, one.volunteer[0]) for one in new))
        lease.renew(pieces_in=piece + 1, came_in=F("came_in") + len(new))
        audit.record(
            event=events.TABLE_CAME_IN,
            by=None,
            who=table.by_id,
            at=at,
            about=table.pk,
            facts={"rows": len(new)},
            society=table.society_id,
        )


class _Ready:
    """A volunteer as the tables take her."""

    __slots__ = ("mark", "membership", "volunteer")

    def __init__(self, mark: bytes, volunteer: tuple[object, ...], membership: tuple[object, ...]) -> None:
        self.mark, self.volunteer, self.membership = mark, volunteer, membership


def _ready(society: UUID, mark: bytes, person: Person, today: date) -> _Ready:
    pk, branch, name = uuid4(), UUID(person["branch"]), person["name"]
    born, joined, left = person.get("born", ""), _day(person, "joined_on"), _day(person, "left_on")
    state = person.get("state", VolunteerState.ACTIVE.value)
    kept: Details = {}
    for key in HOW_TO_REACH:
        if key in person:
            kept[key] = person[key]
    if guardian := _guardian(person):
        kept["guardian"] = guardian
    since = joined or left or today
    kept["history"] = [{"on": since.isoformat(), "what": Happened.JOINED.value, "text": ""}]
    if state == VolunteerState.LEFT and left:
        kept["history"].append({"on": left.isoformat(), "what": Happened.LEFT.value, "text": ""})
    signed, year = _day(person, "code_signed_on"), int(born[:4]) if born else None
    kept["standing"] = sealed_details.as_standing({"born_year": year, "code_signed_on": signed})
    volunteer = (
        *(pk, society, branch, name, name_key(name), person.get("sex", ""), year),
        *(person.get("languages", []), sealed_details.seal(pk, kept)),
        *(sealed_details.phone_mark(person.get("phone", "")), person.get("may_be_contacted", False)),
        *(signed, state, joined, left),
    )
    role = person.get("role", VolunteerRole.MEMBER.value)
    return _Ready(mark, volunteer, (uuid4(), society, pk, branch, role, since, left))


def _guardian(person: Person) -> Guardian:
    told: Guardian = {}
    if "guardian" in person:
        told["name"] = person["guardian"]
    if "guardian_phone" in person:
        told["phone"] = person["guardian_phone"]
    return told


def _day(person: Person, name: Literal["joined_on", "left_on", "code_signed_on"]) -> date | None:
    return date.fromisoformat(person[name]) if name in person else None


def _compare(lease: Lease[TableImport]) -> Generator[None]:
    """Look for people who stand in the register twice now, and be done."""
    table = lease.row
    storage.destroy_table(table, faults=False)
    if table.came_in:
        look_for_doubles(society=table.society_id, at=lease.now())
    lease.release(state=ImportState.DONE)
    yield


WORK: dict[ImportState, Callable[[Lease[TableImport]], Generator[None]]] = {
    ImportState.READING: _read,
    ImportState.COMING: _let_in,
    ImportState.COMPARING: _compare,
}
QUEUE: Queue[TableImport] = Queue(
    TableImport.objects.filter(state__in=WORK).select_related("society", "by").order_by("brought_on", "pk"),
    length=LEASE,
)


def tidy_tables(*, at: datetime) -> int:
    """Destroy tables that nobody went on with for a month, and their reports; returns how many."""
    before = timezone.localtime(at).date() - retention.VOLUNTEERS_TABLE.period
    dropped = Q(state=ImportState.DROPPED)
    rows = TableImport.objects.filter(dropped | Q(brought_on__lt=before) & ~Q(state=ImportState.COMING))
    society = tenancy.current_tenant()
    old = list(rows if society is None else rows.filter(society_id=society))
    for table in old:
        TableImport.objects.filter(pk=table.pk).update(state=ImportState.DROPPED, leased_until=None)
        _destroy(table)
    return len(old)


def seal_about(table: TableImport, about: Mapping[str, object]) -> bytes:
    return host_seal.seal(about, what=f"about table {table.pk}", room=ROOM)
