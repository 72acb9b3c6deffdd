"""A node on which a journey is played, and how it stood before each step: three databases, kept in memory."""

from __future__ import annotations

import pickle
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from benchmarks import seed
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.changed_rows import changed_in
from panah.ground.jobs import examine_stored, say_not_as_written, say_set_back
from panah.ground.network.queries import society_or_none
from panah.ground.work import queries as work_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.practice.cast import Practice

# Who writes past Panah: he keeps the accounts of the society, opens his vault, and reads nobody's file.
HE = "timur"
IN_MEMORY = (
    "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY"
)
TOLD = ("rows", "journal", "numbers", "set-back")


class StoppedError(Exception):
    """A step did not come to its end, and whoever took it saw that."""


@dataclass(frozen=True)
class Sitting:
    """The one browser of a stage, with the cookies of whoever sits at it."""

    stage: Stage
    name: str

    def get(self, address: str) -> HttpResponse:
        return cast("HttpResponse", self._as_hers().get(address))

    def post(self, address: str, form: Mapping[str, object] | None = None) -> HttpResponse:
        return cast("HttpResponse", self._as_hers().post(address, dict(form or {})))

    def _as_hers(self) -> Client:
        browser = self.stage.browser
        browser.cookies.clear()
        browser.cookies.load(self.stage.cookies[self.name])
        return browser


class Stage:
    """Colleagues by name with open vaults; ``kept`` is what a journey remembers from step to step, without rows."""

    def __init__(self) -> None:
        files, made = a_node()
        _put_back(files)
        self.made: Practice = pickle.loads(made)  # noqa: S301  its own bytes
        self.at = self.made.at - timedelta(days=2)
        self._staff = pickle.dumps(self.made.staff)
        self.societies = {name: society_or_none(f"practice-{name}") for name in ("north", "south")}
        self.kept: dict[str, Any] = {}
        self.browser = Client(HTTP_HOST="localhost", raise_request_exception=False)
        self.cookies: dict[str, dict[str, str]] = {"": {}}

    @property
    def staff(self) -> dict[str, Staff]:
        return self.made.staff

    def keys(self, name: str) -> Keyring:
        return self.made.keys(name)

    def all_sign_in(self) -> None:
        """Everybody opens her vault, in the browser that she goes on with."""
        for name in self.staff:
            self.cookies[name] = {
                one: value.value for one, value in seed.browser(self.made, name).cookies.items()
            }

    def client(self, name: str | None, **_more: object) -> Sitting:
        """A colleague at her browser, as she left it when she had just signed in; without a name a stranger."""
        return Sitting(self, name or "")

    def reads(self, name: str, address: str) -> str:
        """Return what a colleague sees there, or nothing."""
        answer = self.client(name).get(address)
        return answer.text if answer.status_code == 200 else ""

    def presses(self, name: str, address: str, form: Mapping[str, object] | None = None) -> HttpResponse:
        """A colleague sends a form; raises StoppedError where it was not taken."""
        answer = self.client(name).post(address, form)
        if answer.status_code not in (200, 302):
            raise StoppedError(f"{name} at {address.split('/')[1]}: {answer.status_code}")
        return answer

    def finds(self, name: str, words: str, known: str, listing: str, to: str) -> str:
        """Return where she sees these words: at the known address, or where her list leads; StoppedError: nowhere."""
        if known and words in self.reads(name, known):
            return known
        for one in self.links(name, listing, to):
            if words in self.reads(name, one):
                return one
        raise StoppedError(f"{name} does not find it")

    def links(self, name: str, listing: str, to: str) -> list[str]:
        """Return the addresses that begin like this, to which a page leads her."""
        return sorted(set(re.findall(rf'href="({to}[^"?#]+)"', self.reads(name, listing))))

    def who_sees(self, words: Mapping[str, str], *addresses: str) -> dict[str, frozenset[str]]:
        """Return, by what the words are called, which colleagues of both societies see them there."""
        seen = {n: "".join(self.reads(n, one) for one in filter(None, addresses)) for n in self.staff}
        return {
            key: frozenset(n for n, text in seen.items() if text and one in text)
            for key, one in words.items()
        }

    def stands(self) -> bytes:
        """Return how everything stands now."""
        return pickle.dumps((_files(), self.kept, self.cookies))

    def stands_again(self, as_it_stood: bytes) -> None:
        """Put everything back to how it stood."""
        files, self.kept, self.cookies = pickle.loads(as_it_stood)  # noqa: S301  its own bytes
        self.made.staff = pickle.loads(self._staff)  # noqa: S301  its own bytes
        mail.outbox = []
        _put_back(files)


@cache
def a_node() -> tuple[dict[str, bytes], bytes]:
    """Make the node of the bench once: its databases, and who works there."""
    for alias in settings.DATABASES:
        connections[alias].settings_dict["OPTIONS"]["init_command"] = IN_MEMORY
    made = seed.node()
    return _files(), pickle.dumps(made)


def _files() -> dict[str, bytes]:
    return {alias: raw(alias).serialize() for alias in settings.DATABASES}


def _put_back(files: Mapping[str, bytes]) -> None:
    for alias, image in files.items():
        vars(connections[alias]).pop("panah_protected_rows", None)
        was = in_memory(image)
        was.backup(raw(alias))
        was.close()


def in_memory(image: bytes) -> sqlite3.Connection:
    """Return a database of its own from the bytes of one."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(image)
    return connection


def databases_of(as_it_stood: bytes) -> sqlite3.Connection:
    """Return the main database as it stood."""
    return in_memory(pickle.loads(as_it_stood)[0]["default"])  # noqa: S301  its own bytes


def raw(alias: str) -> sqlite3.Connection:
    """Return SQLite's own connection to a database of the node."""
    connections[alias].ensure_connection()
    result: sqlite3.Connection = connections[alias].connection
    return result


def noticed(society: UUID) -> list[str]:
    """Return what focal points are told, by what a node does within a day, was changed past Panah."""
    now = timezone.now()
    found = [f"{model._meta.db_table}" for model, _subject in changed_in(society)]
    found += ["a number" for _one in dialled_numbers.changed_of(society)]
    for look in (say_not_as_written, say_set_back, examine_stored):
        look(at=now)
    found += [one.purpose for purpose in TOLD for one in work_queries.items_of(society, purpose=purpose)]
    return sorted(set(found))
