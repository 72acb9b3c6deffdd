"""Saving a contact beside its bare seals, and signing in beside one bare derivation."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone
from nacl.pwhash import argon2id

from benchmarks import seed
from benchmarks.figures import Figure, beside, cpu_ms
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault.actions import files
from panah.ground.vault.attachments import content_of
from panah.ground.vault.seals import Private, lock, pad, seal
from panah.ground.vault.words import FileKind


def contact(quick: bool) -> Iterator[Figure]:
    """A contact begun and one note saved, beside what it cannot do without.

    First beside its seals alone: two grants and one lock. Then beside the seals and as many bare writes of that size in
    as many committed transactions over the three databases, through Django's cursor: journal, grants, the two halves
    in the shred store. What is above that is the mapping to objects, the reading of keys, and the chain of the journal.
    """
    made = seed.node()
    line = seed.line_of(made)
    keys = made.keys("elena")
    note = {"text": "Bench. " * 40}
    one, other, key = Private.new().public, Private.new().public, os.urandom(32)

    def saved() -> None:
        file = vault.begin_file(keys=keys, kind=FileKind.CONTACT, line=line, at=timezone.now())
        vault.write(keys=keys, file=file, part="note", value=note, at=timezone.now())

    def bare() -> None:
        seal(one, os.urandom(32), "bench")
        seal(other, os.urandom(32), "bench")
        lock(key, pad(files._json(note)), "bench")

    times = 30 if quick else 200
    value, floor = beside(saved, bare, times=times)
    yield Figure("contact", "contact saved", value, "ms CPU", floor, times)
    write = bare_writes(statements(saved))

    def seals_and_writes() -> None:
        bare()
        write()

    value, floor = beside(saved, seals_and_writes, times=times)
    yield Figure("contact", "contact saved, beside seals and bare writes", value, "ms CPU", floor, times)


def statements(work: Callable[[], object]) -> list[tuple[str, str]]:
    """Return (database, statement) of all that ``work`` asks of the databases."""
    seen: list[tuple[str, str]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((context["connection"].alias, sql))
        return execute(sql, params, many, context)

    with ExitStack() as all_of_them:
        for alias in settings.DATABASES:
            all_of_them.enter_context(connections[alias].execute_wrapper(note))
        work()
    return seen


def bare_writes(asked: list[tuple[str, str]]) -> Callable[[], None]:
    """Return work that writes as many rows in each database, in one transaction each and two in the main one."""
    writes = Counter(alias for alias, sql in asked if sql.startswith(("INSERT", "UPDATE")))
    for alias in writes:
        binary = connections[alias].data_types["BinaryField"]
        with connections[alias].cursor() as cursor:
            cursor.execute(f"CREATE TABLE bench_rows (kept {binary})")
    blob = os.urandom(1200)

    def write() -> None:
        for alias, number in [*writes.items(), ("default", 0)]:
            with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
                for _ in range(number or 1):
                    cursor.execute("INSERT INTO bench_rows (kept) VALUES (%s)", [blob])

    return write


def document(quick: bool) -> Iterator[Figure]:
    """Five megabytes sealed into a file and read back, beside AES-GCM over the same bytes alone."""
    made = seed.node()
    keys, body, key = made.keys("amina"), os.urandom(5 * 1024 * 1024), os.urandom(32)
    file = vault.begin_file(keys=keys, kind=FileKind.CASE, staff=[keys.staff], at=timezone.now())
    kept = vault.keep_attachment(keys=keys, file=file, body=body)

    def saved() -> None:
        vault.keep_attachment(keys=keys, file=file, body=body)

    def read() -> None:
        content_of(keys=keys, file=file, attachment=kept)

    def bare() -> None:
        lock(key, body, "bench")

    times = 5 if quick else 20
    floor = cpu_ms(bare, times=times)
    yield Figure("file", "5 MB saved", cpu_ms(saved, times=times), "ms CPU", floor, times)
    yield Figure("file", "5 MB read", cpu_ms(read, times=times), "ms CPU", floor, times)


def passphrase(quick: bool) -> Iterator[Figure]:
    """Checking a passphrase, of a colleague and of nobody, beside one Argon2id derivation."""
    made = seed.node()
    words = made.kept["people"]["amina"]["words"]
    times = 3 if quick else 10

    def known() -> None:
        sign_in.check_passphrase(username="amina", passphrase=words, at=timezone.now())

    def unknown() -> None:
        name = f"nobody{os.urandom(4).hex()}"
        try:
            sign_in.check_passphrase(username=name, passphrase=words, at=timezone.now())
        except Refusal:
            return

    def bare() -> None:
        argon2id.kdf(32, words.encode(), os.urandom(16), opslimit=3, memlimit=128 * 1024 * 1024)

    floor = cpu_ms(bare, times=times)
    yield Figure("sign-in", "a colleague", cpu_ms(known, times=times), "ms CPU", floor, times)
    yield Figure("sign-in", "an unknown name", cpu_ms(unknown, times=times), "ms CPU", floor, times)
