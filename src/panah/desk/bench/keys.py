"""Saving a contact beside its bare seals, and signing in beside one bare derivation."""

import os
from collections.abc import Iterator

from django.utils import timezone
from nacl.pwhash import argon2id

from panah.desk.bench import Figure, cpu_ms, seed
from panah.foundation.errors import Refusal
from panah.vault import actions as vault
from panah.vault.actions import files
from panah.vault.attachments import content_of
from panah.vault.seals import Private, lock, pad, seal
from panah.vault.words import FileKind


def contact(quick: bool) -> Iterator[Figure]:
    """A contact begun and one note saved: database, journal and seals, beside the two seals and one lock alone."""
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
    yield Figure(
        "contact", "contact saved", cpu_ms(saved, times=times), "ms CPU", cpu_ms(bare, times=times), times
    )


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


def sign_in(quick: bool) -> Iterator[Figure]:
    """Checking a passphrase, of a colleague and of nobody, beside one Argon2id derivation."""
    made = seed.node()
    words = made.kept["people"]["amina"]["words"]
    times = 3 if quick else 10

    def known() -> None:
        vault.check_passphrase(username="amina", passphrase=words, at=timezone.now())

    def unknown() -> None:
        name = f"nobody{os.urandom(4).hex()}"
        try:
            vault.check_passphrase(username=name, passphrase=words, at=timezone.now())
        except Refusal:
            return

    def bare() -> None:
        argon2id.kdf(32, words.encode(), os.urandom(16), opslimit=3, memlimit=128 * 1024 * 1024)

    floor = cpu_ms(bare, times=times)
    yield Figure("sign-in", "a colleague", cpu_ms(known, times=times), "ms CPU", floor, times)
    yield Figure("sign-in", "an unknown name", cpu_ms(unknown, times=times), "ms CPU", floor, times)
