"""Rows for the benches: work facts in bulk, real seals for what is shown."""

import os
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from panah.cases import actions as cases
from panah.desk import practice
from panah.desk.practice.cast import Practice
from panah.vault import actions as vault

BATCH = 5000
SHOWN = 50


def node() -> Practice:
    """Make an empty practice node in the bench's own folder."""
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    return practice.cast.build(at=timezone.now())


def fifty_cases(made: Practice) -> None:
    """Open fifty real cases of Bakyt's, each with a sealed sentence, all due before anything else."""
    for number in range(SHOWN):
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
    """Fill the register up to ``total`` cases by the database's own bulk insert; their grants open nothing."""
    from django.apps import apps

    case_model, item_model = apps.get_model("cases.Case"), apps.get_model("work.DueItem")
    file_model, grant_model = apps.get_model("vault.File"), apps.get_model("vault.Grant")
    bakyt = made.staff["bakyt"]
    blind = os.urandom(64)
    numbers = _numbers()
    for start in range(SHOWN, total, BATCH):
        size = min(BATCH, total - start)
        ids = [uuid4() for _ in range(size)]
        due = [made.at + timedelta(minutes=start + i) for i in range(size)]
        pairs = list(zip(ids, due, strict=True))
        file_model.objects.bulk_create(
            [file_model(pk=i, society=bakyt.society, kind="case", made_at=made.at) for i in ids]
        )
        grant_model.objects.bulk_create(
            [grant_model(file_id=i, staff=bakyt, sealed=blind, since=made.at) for i in ids]
        )
        held = {"society": bakyt.society, "owner": bakyt}
        opened = {**held, "opened_at": made.at, "opened_by": bakyt, "due_kind": "meet"}
        case_model.objects.bulk_create(
            [case_model(number=next(numbers), file_id=i, due_at=d, **opened) for i, d in pairs]
        )
        item = {**held, "kind": "meet", "room": "cases", "made_at": made.at}
        item_model.objects.bulk_create([item_model(due_at=d, subject=i, **item) for i, d in pairs])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _numbers() -> Any:
    # Distinct, of the right length, and never a real number: nobody reads them.
    n = 0
    while True:
        n += 1
        yield f"{n:09d}"


def browser(made: Practice, name: str) -> Client:
    """Return a client in which the colleague is signed in with her vault open."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(made.staff[name], backend=settings.AUTHENTICATION_BACKENDS[0])
    opened = vault.Opened(made.staff[name], made.seeds[name])
    secret = vault.open_vault(opened=opened, session_key=str(client.session.session_key), at=timezone.now())
    client.cookies[settings.PANAH_VAULT_COOKIE] = secret.hex()
    return client


def line_of(made: Practice) -> UUID:
    """Make a hotline line with its key and return its id."""
    line = uuid4()
    vault.make_line_key(keys=made.keys("bakyt"), line=line, operators=[made.staff["elena"]], at=made.at)
    return line
