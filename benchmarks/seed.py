"""Rows for the benches: work facts in bulk, real seals for what is shown."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from panah.ground.foundation import rls_policies
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault.queries import WHOLE
from panah.ground.vault.seals import lock, pad, seal
from panah.people.cases import actions as cases
from panah.people.cases.words import NOTHING_DUE
from panah.practice import actions as practice
from panah.practice.cast import Practice

BATCH = 20_000
SHOWN = 50


def node() -> Practice:
    """Make an empty practice node in the bench's own folder."""
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    rls_policies.build()
    return practice.cast.build(at=timezone.now())


def serve() -> None:
    """Go on as pages are served: on PostgreSQL by the role that owns nothing, behind the wall."""
    serving = urlsplit(os.environ.get("PANAH_DATABASE_URL", ""))
    if connection.vendor == "postgresql":
        connection.close()
        connection.settings_dict |= {"USER": serving.username, "PASSWORD": serving.password}


def open_cases(made: Practice, count: int = SHOWN) -> None:
    """Open real cases of Bakyt's, each with a sealed sentence, all due before anything else."""
    for number in range(count):
        cases.open_case(
            keys=made.keys("bakyt"),
            by=made.staff["bakyt"],
            at=made.at - timedelta(days=400),
            language="uz",
            age_group="adult",
            said=f"Bench sentence {number}",
            identity={"names": [{"text": f"Bench Person {number}"}]},
        )


def many_cases(made: Practice, total: int) -> None:
    """Fill the register up to ``total`` cases, with what each leaves in the database: see ``one_of_many``.

    Grants and parts have the size of real ones, but open nothing: who asks for a page opens only her fifty.
    Bakyt, a focal point, has a grant on every case; every thousandth is Amina's.
    """
    bakyt, amina = made.staff["bakyt"], made.staff["amina"]
    recovery = apps.get_model("vault.SocietyKey").objects.get(society=bakyt.society, kind="R")
    whole = {"society": bakyt.society, "due_kind": "meet", "opened_at": made.at, "opened_by": bakyt}
    grant, sealed = apps.get_model("vault.Grant"), seal(bytes(recovery.public), os.urandom(32), "bench")
    tables = [
        Pour(apps.get_model("vault.File")(society=bakyt.society, kind="case")),
        Pour(grant(file_id=uuid4(), staff=bakyt, sealed=sealed)),
        Pour(grant(file_id=uuid4(), key=recovery, sealed=sealed)),
        Pour(_part(lock(bytes(32), pad(b"x" * 200), "bench"), made)),
        Pour(apps.get_model("cases.Case")(owner=bakyt, file_id=uuid4(), number="0", **whole)),
        Pour(_item(made)),
    ]
    cases = one_of_many(made, tables, total)
    with quick_writes({table.name for table in tables}):
        while batch := list(islice(cases, BATCH)):
            with transaction.atomic():
                for at, table in enumerate(tables):
                    table.write([rows[at] for rows in batch])
    _give(amina, sealed, made, total)
    with connection.cursor() as cursor:
        # As the server's own upkeep would have left it an hour later; within a transaction it cannot be done.
        upkeep = connection.vendor == "postgresql" and not connection.in_atomic_block
        cursor.execute("VACUUM ANALYZE" if upkeep else "ANALYZE")


def _part(sealed: bytes, made: Practice) -> Any:
    part = apps.get_model("vault.Part")
    return part(file_id=uuid4(), label=os.urandom(16), ref=uuid4(), sealed=sealed)


def _item(made: Practice) -> Any:
    bakyt = made.staff["bakyt"]
    held = {"society": bakyt.society, "owner": bakyt, "due_at": made.at}
    return apps.get_model("work.DueItem")(kind="meet", room="cases", subject=uuid4(), made_at=made.at, **held)


def one_of_many(made: Practice, tables: list["Pour"], total: int) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of one case after another: file, two grants, one part, the case, what is due.

    One in three is closed, one in ten urgent, one in five of a child; half belong to a branch, a quarter to each of
    four colleagues; openings are spread
    over five years and due times over the next two, so that filters and orders have something to choose from.
    """
    files, grants, recovery, parts, cases, items = tables
    branches = [made.staff["amina"].branch_id, made.staff["cholpon"].branch_id, None, None]
    owners = [made.staff[name].pk for name in ("bakyt", "saule", "cholpon", "gulnar")]
    for n in range(SHOWN, total):
        case, file = uuid4(), uuid4()
        opened, due = made.at - timedelta(minutes=2 * n), made.at + timedelta(minutes=1 + n)
        shut = n % 3 == 0
        yield [
            files.row(id=file),
            grants.row(id=uuid4(), file=file),
            recovery.row(id=uuid4(), file=file),
            # As most parts have it: the one ref of all that a file has once.
            parts.row(id=uuid4(), file=file, ref=WHOLE),
            cases.row(
                id=case,
                file_id=file,
                number=f"{n:07d}",
                branch=branches[n % 4],
                owner=owners[n % len(owners)],
                due_at=NOTHING_DUE if shut else due,
                opened_at=opened,
                urgency="now" if n % 10 == 0 else "today",
                age_group="child" if n % 5 == 0 else "adult",
                state="closed" if shut else "active",
                closed_at=made.at if shut else None,
                closed_by=made.staff["bakyt"].pk if shut else None,
            ),
            items.row(
                id=uuid4(),
                owner=owners[n % len(owners)],
                due_at=due,
                subject=case,
                done_at=made.at if shut else None,
            ),
        ]


def _give(to: Any, sealed: bytes, made: Practice, total: int) -> None:
    """Give a colleague every thousandth case."""
    case, grant = apps.get_model("cases.Case"), apps.get_model("vault.Grant")
    rows = case.objects.filter(number__in=[f"{n:07d}" for n in range(SHOWN, total, 1000)])
    files = list(rows.values_list("file_id", flat=True))
    rows.update(owner=to)
    grant.objects.bulk_create([grant(file_id=f, staff=to, sealed=sealed) for f in files])


class Pour:
    """Writes many rows of one table that differ from a pattern in a few columns: prepared values, no models."""

    def __init__(self, pattern: Any) -> None:
        fields = pattern._meta.concrete_fields
        self.places = {field.name: at for at, field in enumerate(fields)}
        # The connection itself: behind Django's name for it each value would look it up anew.
        real = connections["default"]
        self.prepare = {f.name: partial(f.get_db_prep_save, connection=real) for f in fields}
        self.pattern = [self.prepare[f.name](getattr(pattern, f.attname)) for f in fields]
        self.short = not real.features.has_native_uuid_field
        self.name = pattern._meta.db_table
        columns = ", ".join(f'"{f.column}"' for f in fields)
        marks = ", ".join(["%s"] * len(fields))
        self.copy = f'COPY "{self.name}" ({columns}) FROM STDIN'
        self.sql = f'INSERT INTO "{self.name}" ({columns}) VALUES ({marks})'  # noqa: S608  our own names

    def row(self, **changed: Any) -> tuple[Any, ...]:
        values = list(self.pattern)
        for name, value in changed.items():
            quick = self.short and isinstance(value, UUID)
            values[self.places[name]] = value.hex if quick else self.prepare[name](value)
        return tuple(values)

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(self.copy) as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                cursor.executemany(self.sql, rows)


@contextmanager
def quick_writes(tables: set[str]) -> Iterator[None]:
    """Build the indexes after the rows: random ids into a dozen indexes cost more than all the rest of the filling."""
    listing = {
        "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "postgresql": "SELECT indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size=-500000")
        cursor.execute(listing[connection.vendor])
        later = [(name, sql) for name, table, sql in cursor.fetchall() if table in tables]
        for name, _sql in later:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Rows whose foreign keys are still to be checked would refuse an index.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for _name, sql in later:
            cursor.execute(sql)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size=-2000")


def browser(made: Practice, name: str) -> Client:
    """Return a client in which the colleague is signed in with her vault open."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(made.staff[name], backend=settings.AUTHENTICATION_BACKENDS[0])
    opened = sign_in.CheckedPassphrase(made.staff[name], made.seeds[name])
    secret = sign_in.open_vault(opened=opened, session_key=str(client.session.session_key), at=timezone.now())
    client.cookies[settings.PANAH_VAULT_COOKIE] = secret.hex()
    return client


def line_of(made: Practice) -> UUID:
    """Make a hotline line with its key and return its id."""
    line = uuid4()
    vault.make_line_key(keys=made.keys("bakyt"), line=line, operators=[made.staff["elena"]], at=made.at)
    return line
