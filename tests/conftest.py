"""The standing cast: two practice societies and the people who work there, with open vaults.

Amina (caseworker, North, Arna), Bakyt and Saule (focal points, North), Cholpon (caseworker, North, another
branch), Elena (hotline operator, North), Gulnar (shelter manager, North), Nurlan (data officer, North), Zarina
(data protection officer, North), Timur (administrator, North), Daler (caseworker, South), Rustam and Malika
(focal points, South), and Farid, who is nobody here.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate
from django.test import Client
from django.utils import timezone
from whitenoise.middleware import WhiteNoiseMiddleware

from panah.ground.accounts.models import RoleHeld, Staff
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import cards
from panah.ground.exchange.models import OwnCard, Peer
from panah.ground.foundation import rls_policies
from panah.ground.network.models import Branch, Society
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import second_factor
from panah.ground.sign_in.actions.sessions import CheckedPassphrase, keyring_for
from panah.ground.vault import actions as vault
from panah.ground.vault import host_secrets, shred_store
from panah.ground.vault.cards_when_committed import stored_at_once
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.models import StaffKey
from panah.ground.vault.seals import Private
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.item_rooms import item_room
from panah.ground.work.models import DueItem
from tests import delivered, gate, lacking, only_database
from tests.committed_rows import what_panah_wrote_is_committed
from tests.practice_node import built, practised
from tests.rows_again import RowsAgain, forget_all, forget_old, forget_stories, once
from tests.timing import pytest_runtest_makereport, pytest_terminal_summary
from tests.two_people import ADMIT, decide

PASSPHRASE = "acid adapt adjust admit adult advance"
CODE = "0011-2233-4455-6677-8899-aabb-ccdd-eeff"
LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")

CAST = {
    "amina": ("north", "arna", ["caseworker"]),
    "bakyt": ("north", None, ["focal_point"]),
    "saule": ("north", None, ["focal_point"]),
    "cholpon": ("north", "besh", ["caseworker"]),
    "elena": ("north", "arna", ["hotline_operator"]),
    "gulnar": ("north", "arna", ["shelter_manager"]),
    "nurlan": ("north", None, ["data_officer"]),
    "zarina": ("north", None, ["data_protection_officer"]),
    "timur": ("north", None, ["administrator"]),
    "ibrat": ("north", "arna", ["branch_coordinator"]),
    "daler": ("south", "sora", ["caseworker"]),
    "rustam": ("south", None, ["focal_point"]),
    "malika": ("south", None, ["focal_point"]),
}


# Where making the world leaves rows.
ROOMS_OF_THE_WORLD = ("network", "accounts", "audit", "approvals", "vault", "sign_in")


TESTS = Path(__file__).parent
# Files of minutes, the longest first: begun last, one of them would keep one process busy while the others have
# nothing left to do.
LONG = [
    "browser/test_every_page.py",
    "browser/test_journey.py",
    "browser/test_two_nodes.py",
    "exchange/test_two_nodes.py",
    "guard/test_access_matrix.py",
    "guard/test_references.py",
    "practice/test_every_link.py",
    # Shorter, but of one practice node: a process that comes to the next of them soon need not build it anew.
    "guard/test_isolation.py",
    "practice/test_handbook.py",
    "practice/test_everything_is_shown.py",
    "practice/test_practice.py",
    "practice/test_public_door.py",
    "practice/test_volunteers.py",
    "vault/test_tables.py",
    "guard/test_queries.py",
    "guard/test_injection.py",
    "guard/test_stolen_disk.py",
    "node/test_search_beside.py",
    "node/test_serving.py",
    "guard/test_fuzzing.py",
    "vault/test_backup.py",
    "vault/test_kills_of_keys.py",
    "browser/test_locking.py",
    "browser/test_hotline.py",
    "browser/test_cases.py",
    "browser/test_network.py",
    "browser/test_shelter.py",
    "referrals/test_travelling.py",
    "exchange/test_delivery_properties.py",
    "exchange/test_faults.py",
    "foundation/test_sqlite.py",
    "cases/test_strangers.py",
    "node/test_first_day.py",
    "exchange/test_nothing_plain_on_postgres.py",
]


def turn_of(item: Any) -> int:
    """Say when a test's file is begun: the long ones in their order, then all others as they were found."""
    name = item.path.relative_to(TESTS).as_posix()
    return LONG.index(name) if name in LONG else len(LONG)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    """Let every test that uses the database use the shred store too; its transactions roll back alike."""
    changing = [item.nodeid for item in items if " at 0x" in item.nodeid]
    if changing:
        # Workers compare what they collected; alone, such a test would pass and only the whole suite would fail.
        raise pytest.UsageError(f"Named by an address in memory, another in each process: {changing[0]}")
    lacking.leave_out(config, items)
    only_database.leave_out(config, items)
    gate.leave_out(config, items, only_database=only_database.ASKED_FOR)
    items.sort(key=turn_of)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & {"db", "transactional_db", "live_server", "world", "client", "house", "built"}:
            mark = item.get_closest_marker("django_db")
            kwargs = dict(mark.kwargs) if mark else {}
            kwargs["databases"] = "__all__"
            if fixtures & {"transactional_db", "live_server"}:
                kwargs["transaction"] = True
            item.add_marker(pytest.mark.django_db(**kwargs), append=False)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look through it hundreds of times."""
    gc.collect()
    gc.freeze()
    # Each file of tests collects at its end; more often costs more than the memory is worth.
    gc.set_threshold(50_000, 20, 50)
    list_static_files_once()


def list_static_files_once() -> None:
    """Every new client loads the middleware, of which nine tenths are a walk through all folders of static files."""
    listed: dict[tuple[Any, ...], dict[str, Any]] = {}
    walk_through_folders = WhiteNoiseMiddleware.add_files_from_finders

    def add_files_from_finders(self: WhiteNoiseMiddleware) -> None:
        given = (self.static_prefix, self.max_age, self.charset, settings.STATIC_URL)
        if given not in listed:
            walk_through_folders(self)
            listed[given] = dict(self.files)
        self.files.update(listed[given])

    WhiteNoiseMiddleware.add_files_from_finders = add_files_from_finders


@pytest.fixture(scope="module", autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Lets a file fail by itself for a process, socket or loop that it left open.

    Otherwise whoever next makes many objects at once, say by reading all our sources as syntax trees, sets the collector
    going and fails for it.
    """
    yield
    forget_stories()
    gc.collect()
    # What is left is caches and what tests have loaded: the next file need not look through it again.
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """On PostgreSQL the test database gets its wall, as `init` builds it on a node; see tests/postgres."""
    # Nobody asks for Django's own permissions; each test that commits would leave them to be written anew.
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)
    with django_db_blocker.unblock():
        # Nothing is migrated here, and the wall is asked about this table too.
        MigrationRecorder(connection).ensure_schema()
        rls_policies.build()


@pytest.fixture(scope="session", autouse=True)
def host_keys() -> None:
    """The host file and the folders of this test run."""
    path = Path(settings.PANAH_HOST_FILE)
    if not path.exists():
        host_secrets.make(path)
    (Path(settings.HOME) / "copy").mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def cards_at_once() -> Iterator[None]:
    """A test is one transaction that never stands, and looks for the cards that it wrote."""
    with stored_at_once():
        yield


@pytest.fixture(autouse=True)
def undecided_endings() -> Iterator[set[tuple[str, str]]]:
    """Fails whatever puts something on a list for which its room does not decide in ``hooks.py`` how it ends."""
    found: set[tuple[str, str]] = set()

    def look(item: DueItem) -> None:
        room, purpose = work_queries.room_and_purpose(item)
        # Tests that need just something due give it no purpose.
        if item.purpose and purpose not in item_room(room).purposes:
            found.add((room, purpose))

    with work.ON_CHANGE.temporarily("undecided endings", look):
        yield found
    assert not found, "decide in the hooks.py of the room how these end"


@dataclass
class World:
    """Two societies with their keys; ``staff`` by name, ``keys`` as if each had just opened her vault."""

    at: datetime
    societies: dict[str, Society] = field(default_factory=dict)
    branches: dict[str, Branch] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    seeds: dict[str, bytes] = field(default_factory=dict)
    shares: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def keys(self, name: str) -> Keyring:
        """A fresh keyring of a colleague, as a new request would have it."""
        return Keyring(staff=self.staff[name], private=Private(self.seeds[name]))

    def client(self, name: str | None, *, open_vault: bool = True) -> Client:
        """A browser in which the colleague is signed in, with her vault open unless asked otherwise."""
        client = Client()
        if name is None:
            return client
        client.force_login(self.staff[name], backend=settings.AUTHENTICATION_BACKENDS[0])
        if open_vault:
            opened = CheckedPassphrase(self.staff[name], self.seeds[name])
            secret = sign_in.open_vault(
                opened=opened, session_key=client.session.session_key, at=timezone.now()
            )
            client.cookies[settings.PANAH_VAULT_COOKIE] = secret.hex()
        return client


def make_world(at: datetime) -> World:
    world = World(at)
    for slug, name, iso2, iso3 in (
        ("north", "Practice Society North", "XA", "XAA"),
        ("south", "Practice Society South", "XB", "XBB"),
    ):
        world.societies[slug], _ = Society.objects.get_or_create(
            slug=f"practice-{slug}",
            defaults={"name_en": name, "iso2": iso2, "iso3": iso3, "practice": True, "hosted": True},
        )
    for slug, society, name in (
        ("arna", "north", "Arna"),
        ("besh", "north", "Besh"),
        ("sora", "south", "Sora"),
    ):
        world.branches[slug], _ = Branch.objects.get_or_create(
            slug=slug, society=world.societies[society], defaults={"name_en": name}
        )
    for name, (society, branch, roles) in CAST.items():
        _hire(world, name, society, branch, roles)
    for society, leaders, line in (
        ("north", ("bakyt", "saule"), LINE_NORTH),
        ("south", ("rustam", "malika"), None),
    ):
        _found(world, society, leaders, line)
    return world


def _hire(world: World, name: str, society: str, branch: str | None, roles: list[str]) -> None:
    staff = Staff.objects.create(
        username=name,
        name=name.title(),
        society=world.societies[society],
        joined_at=world.at,
        branch=world.branches[branch] if branch else None,
    )
    RoleHeld.objects.bulk_create(RoleHeld(staff=staff, role=r, since=world.at) for r in roles)
    vault.make_staff_key(staff=staff, passphrase=PASSPHRASE, code=CODE, at=world.at)
    opened = sign_in.check_passphrase(username=name, passphrase=CODE, at=world.at, with_code=True)
    world.staff[name], world.seeds[name] = staff, opened.seed


def _found(world: World, society: str, leaders: tuple[str, ...], line: UUID | None) -> None:
    shares = vault.hold_ceremony(
        keys=world.keys(leaders[0]), focal_points=[world.staff[n] for n in leaders], at=world.at
    )
    world.shares[society] = shares.words
    keys = world.keys(leaders[0])
    for name, (where, _, roles) in CAST.items():
        if where != society or name in leaders:
            continue
        if "data_protection_officer" in roles:
            decide(world, ADMIT, name, at=world.at, by=leaders[0], second=leaders[1])
        vault.admit(keys=keys, staff=world.staff[name], at=world.at)
        if "data_protection_officer" not in roles:
            vault.confirm_known(staff=world.staff[name], by=world.staff[leaders[1]], at=world.at)
        if "data_officer" in roles:
            vault.give_key(keys=keys, kind="F", to=world.staff[name], at=world.at)
    if line is not None:
        operators = [
            world.staff[n] for n, (w, _, r) in CAST.items() if w == society and "hotline_operator" in r
        ]
        vault.make_line_key(keys=keys, line=line, operators=operators, at=world.at)


@pytest.fixture
def at() -> datetime:
    """The time at which a test's story begins: Tuesday 24 November 2026, 09:00 UTC."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


# The world as it was made once in this process, as bytes (each test reads one of its own, quicker than a copy), and
# every row that it left.
KEPT: dict[datetime, tuple[bytes, RowsAgain]] = {}
# The keys of the shred store under which it was made.
KEPT_UNDER: list[dict[int, bytes]] = []


def forget_what_cannot_be_opened() -> None:
    """After a test that replaced the keys of the shred store: they lie in files, which nothing rolls back."""
    now = [store.keys.load() for store in shred_store.copies()]
    if now != KEPT_UNDER:
        # A world that is made anew has other ids.
        KEPT.clear()
        forget_all()
        delivered.KEPT.clear()
        KEPT_UNDER[:] = now


@pytest.fixture
def world(db: None, at: datetime) -> World:
    """Two ceremonies and a dozen keys cost a quarter of a second: made once, then written down again for each test."""
    forget_old()
    forget_what_cannot_be_opened()
    if at not in KEPT:
        made = make_world(at)
        what_panah_wrote_is_committed()
        for staff in made.staff.values():
            # Roles are read once a request, and none has begun.
            staff.__dict__.pop("role_names", None)
        models = [model for label in ROOMS_OF_THE_WORLD for model in apps.get_app_config(label).get_models()]
        rows = [row for model in models for row in model._base_manager.all()]
        KEPT[at] = pickle.dumps(made), RowsAgain(rows)
        return made
    kept, rows_again = KEPT[at]
    rows_again.write()
    made_once: World = pickle.loads(kept)  # noqa: S301  its own bytes
    return made_once


def everyone_signs_in(world: World) -> None:
    """Each colleague opens her vault once: she pins her society's key, and meets its focal points."""
    for name, staff in world.staff.items():
        opened = CheckedPassphrase(staff, world.seeds[name])
        sign_in.open_vault(opened=opened, session_key=f"first of {name}", at=timezone.now())


@dataclass
class Paired:
    """Two societies that have compared their words: ``north`` is North's row of South, ``south`` South's of North."""

    north: Peer
    south: Peer


def card_of(world: World, leader: str, at: datetime) -> str:
    """The card that a focal point's society shows, as she would paste it into a message."""
    slug = CAST[leader][0]
    row = exchange.open_card(keys=world.keys(leader), address=f"https://{slug}.example", at=at)
    return card_in(row).text()


def card_in(row: OwnCard) -> cards.PeerCard:
    return cards.read_body(bytes(row.body), bytes(row.signature))


def pair(world: World, here: str, there: str, at: datetime) -> Peer:
    """Let the focal point ``here`` take the card that ``there`` shows, and compare the words that are read to her."""
    text = card_of(world, there, at)
    peer = exchange.take_card(keys=world.keys(here), raw=text, at=at)
    words = cards.words_of(cards.read(text))
    return exchange.compare(keys=world.keys(here), peer=peer, words=words, at=at)


@pytest.fixture
def paired(world: World) -> Paired:
    """North and South, both on this node, paired both ways since just now. Everybody has signed in once before."""

    def pair_both() -> Paired:
        now = timezone.now()
        everyone_signs_in(world)
        return Paired(pair(world, "bakyt", "rustam", now), pair(world, "rustam", "bakyt", now))

    return once(("paired", world.at), pair_both)


def _member(name: str) -> Any:
    def member(world: World) -> Staff:
        return world.staff[name]

    member.__name__ = name
    return pytest.fixture(member)


amina, bakyt, saule, cholpon, elena, gulnar = (
    _member(n) for n in ("amina", "bakyt", "saule", "cholpon", "elena", "gulnar")
)
daler, rustam, malika, nurlan, zarina, timur = (
    _member(n) for n in ("daler", "rustam", "malika", "nurlan", "zarina", "timur")
)


@pytest.fixture
def farid(world: World) -> Client:
    """A stranger's browser: nobody is signed in."""
    return world.client(None)


__all__ = [
    "CODE",
    "LINE_NORTH",
    "PASSPHRASE",
    "Iterator",
    "Paired",
    "StaffKey",
    "World",
    "built",
    "card_in",
    "card_of",
    "everyone_signs_in",
    "keyring_for",
    "make_world",
    "pair",
    "practised",
    "pytest_runtest_makereport",
    "pytest_terminal_summary",
    "second_factor",
    "timedelta",
]
