"""Rules about the house itself, so that a review can talk about people instead."""

import ast
import importlib
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import translation

from panah.ground.audit.events import REGISTER
from panah.ground.kit import catalogues
from panah.rooms import HOUSES, folder_of, folders, package_of, room_of
from tests.declared_privacy import declared
from tests.house.sources import HOUSE, saying
from tests.house.url_patterns import PUBLIC, every_pattern
from tools import sizes, tracked

ROOT = Path(__file__).parents[2]
ROOMS = [folder.name for folder in folders()]

WRITES = {
    "save", "delete", "create", "bulk_create", "bulk_update", "update", "get_or_create",
    "update_or_create", "adelete", "asave", "acreate", "aupdate",
}  # fmt: skip
# Calls by these names that write nothing of ours: a dictionary of a page, a session, a response.
NO_ROWS = {"context", "headers", "session", "initial", "params", "query"}


# ---- pages ---------------------------------------------------------------------------------


def test_every_page_asks_for_a_login_unless_named_here_with_a_reason():
    open_pages = {name for name, view in every_pattern() if not getattr(view, "login_required", True)}
    assert open_pages == set(PUBLIC), "an open page stands in PUBLIC with its reason, or asks for a login"


def test_every_address_has_a_name_by_which_pages_and_tests_call_it():
    assert [view for name, view in every_pattern() if name.endswith("None")] == []


def pages() -> list[Path]:
    return sorted([*HOUSE.glob("**/views.py"), *HOUSE.glob("**/views/*.py")])


@pytest.mark.parametrize("page", pages(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_pages_call_actions_and_do_not_write(page: Path):
    writes = [
        node.lineno
        for node in ast.walk(ast.parse(page.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and ast.unparse(node.func.value).split(".")[-1] not in NO_ROWS
    ]
    assert not writes, f"move the write to actions.py (lines {writes})"


# Reads what says who somebody is, without a showing in the journal, each with its reason.
READS_IDENTITY = {
    "cases/actions/children.py": "works out when a child comes of age",
    "cases/views/case.py": "keeps what a form of the identity does not show, when it is saved",
    "finding/actions/outgoing_inquiries.py": "compares what is asked with what stands in the case",
    "hotline/actions/convert_to_case.py": "compares a contact with a case",
    "hotline/actions/drafts.py": "keeps what was typed during a call",
    "hotline/actions/note_erasure.py": "copies what stays of an erased note",
    "hotline/queries/joined.py": "finds the contacts of one number or word by keyed marks",
    "hotline/views/call_screen.py": "says which of name and telephone are kept, not what they are",
    "hotline/views/contacts.py": "says which of name and telephone are kept, not what they are",
    "hotline/views/earlier.py": "says whether there is a number or a word to look for, not what it is",
    "practice/across.py": "finds an invented case",
    "practice/doubles.py": "finds two invented cases",
    "practice/every_case.py": "finds invented cases",
    "referrals/actions/withdrawal.py": "erases what came with a referral",
}


def reads_identity(call: ast.AST) -> bool:
    """Say whether a call reads the part that says who somebody is with anything but ``reveal``."""
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
        return False
    if ast.unparse(call.func.value) != "vault_queries":
        return False
    named = [ast.unparse(word.value) for word in call.keywords if word.arg in ("part", "names")]
    return any("IDENTITY" in text or "'identity'" in text for text in named)


def test_who_somebody_is_is_read_without_a_showing_only_where_it_is_compared_copied_or_erased():
    reading = {
        path for path, tree in saying("vault_queries") if any(reads_identity(node) for node in ast.walk(tree))
    }
    assert reading == set(READS_IDENTITY), "show it with vault.reveal, or say here why it is only read"


# ---- rooms ---------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "config"])
def test_every_room_says_what_it_is_for(room: str):
    readme = folder_of(room) / "README.md"
    assert readme.exists(), "what is it for, its words, who may enter, what may leave?"
    assert readme.read_text().startswith(f"# {room}: ")


def page_of(house: str) -> str:
    """Return the page on which a house stands; "": that of the lot, with the rooms that compose the houses."""
    return (ROOT / "docs" / (f"house-{house}.md" if house else "architecture.md")).read_text()


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_stands_on_the_page_of_its_house_and_on_no_other(room: str):
    telling = [house for house in ("", *HOUSES) if f"\n| `{room}` | " in page_of(house)]
    assert telling == [floors()[room][0]]


def test_a_module_is_of_a_room_only_where_there_is_such_a_room():
    assert [room_of(name) for name in ("panah.people.cases.rules", "panah.desk.urls", "panah.config.urls")] == [
        "cases", "desk", "config",
    ]  # fmt: skip
    assert not any(
        map(room_of, ("panah", "panah.rooms", "panah.people", "panah.people.house", "django.urls", ""))
    )


@pytest.mark.parametrize("house", HOUSES)
def test_the_picture_of_a_house_draws_the_floors_of_its_contract(house: str):
    drawn = [line.split("│")[1].split() for line in page_of(house).splitlines() if line.startswith("│")]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one.get("containers") == [f"panah.{house}"])
    assert drawn == [[room.strip() for room in line.split("|")] for line in layers]


@cache
def flaws() -> list[catalogues.Problem]:
    return list(catalogues.problems(["ru"]))


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_of_a_room_can_be_read_in_russian(room: str):
    assert [str(flaw) for flaw in flaws() if flaw.room == room] == []


def test_every_room_has_a_floor():
    assert set(ROOMS) <= set(floors())


SIGNALS = ("django.db.models.signals", "django.dispatch")


def test_no_room_hears_signals():
    listening = [
        path
        for path, tree in saying(*SIGNALS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SIGNALS)
    ]
    assert not listening, "signals hide the path: offer a registry that config fills"


# What can open a connection, and who may: each with its reason.
OPENERS = {
    "http.client",
    "urllib.request",
    "socket",
    "socketserver",
    "ssl",
    "ftplib",
    "smtplib",
    "asyncio",
    "http.server",
}
MAY_OPEN = {
    "foundation/outgoing.py": "opens a connection for the two that follow, and cuts it in time",
    "exchange/http_client.py": "one node speaks to another",
    "channels/gateways.py": "a colleague is called by the gateways that the society or the host has named",
    "node/serving.py": "looks whether the port is free before it serves, and opens the socket of the process for strangers",
    "node/gateway/bodies.py": "waits for what strangers and colleagues send",
    "node/gateway/gateway.py": "waits for its own threads and for the process for strangers",
    "node/gateway/public.py": "a gateway speaks to the process for strangers, on this machine alone",
    "config/public_process.py": "listens on the socket that `serve` has handed down",
    "config/process_of_search.py": "so does this",
    "vault/search_client.py": "a web process speaks to the process that holds cards unlocked, on this machine alone",
    "vault/search_process.py": "the other end of it",
}


def opens(node: ast.ImportFrom) -> bool:
    named = {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return bool(OPENERS & named)


def test_few_modules_open_connections():
    opening = {
        path
        for path, tree in saying(*(name.partition(".")[0] for name in OPENERS))
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and OPENERS & {one.name for one in node.names})
        or (isinstance(node, ast.ImportFrom) and opens(node))
    }
    assert opening == set(MAY_OPEN), "ask the room that owns the wire"


def test_files_and_functions_are_short_enough_to_read_at_night():
    assert sizes.complaints() == []


def test_nothing_of_a_machine_or_registry_is_committed():
    assert tracked.complaints() == []


# ---- rows ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def our_models() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.startswith("panah.")]


by_label = pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)


@by_label
def test_every_field_says_how_private_it_is(model):
    assert sorted(declared(model)) == sorted(field.name for field in model._meta.local_fields)


@by_label
def test_what_identifies_or_harms_a_person_is_kept_in_the_vault_alone(model):
    assert not declared(model, "identifying", "sensitive") or model._meta.app_label == "vault"


@by_label
def test_what_identifies_or_harms_a_person_is_kept_as_ciphertext(model):
    kept = {field.name: field.get_internal_type() for field in model._meta.local_fields}
    for name in declared(model, "identifying", "sensitive"):
        assert kept[name] == "BinaryField", name


def floors() -> dict[str, tuple[str, int]]:
    """Return the house of each room and its height in it, as the import contracts draw them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    drawn = {
        one["containers"][0].removeprefix("panah").removeprefix("."): one["layers"]
        for one in contracts
        if one["type"] == "layers" and one.get("exhaustive")
    }
    return {
        room.strip(" ()"): (house, -height)
        for house, layers in drawn.items()
        for height, line in enumerate(layers)
        for room in line.split("|")
    }


@by_label
def test_foreign_keys_point_downstairs(model):
    """String references ("network.Branch") are invisible to import-linter, so check them here."""
    floor, here = floors(), model._meta.app_label
    for field in model._meta.local_fields:
        if field.related_model and field.related_model.__module__.startswith("panah."):
            there = field.related_model._meta.app_label
            house, height = floor[there]
            below = house == "ground" if house != floor[here][0] else height < floor[here][1]
            assert here == there or below, f"{field.name} points up or across to {there}"


@by_label
def test_constraints_are_named_for_what_they_say(model):
    for constraint in model._meta.constraints:
        assert "_" in constraint.name
        assert not constraint.name.endswith(("_uniq", "_check", "_ck"))


# ---- the journal ---------------------------------------------------------------------------


def every_event() -> list[Any]:
    for room in ROOMS:
        if find_spec(f"{package_of(room)}.events"):
            importlib.import_module(f"{package_of(room)}.events")
    return list(REGISTER)


def test_every_journal_event_can_be_read_in_english_and_russian():
    unread = []
    for event in every_event():
        with translation.override("en"):
            english = str(event.sentence)
        with translation.override("ru"):
            russian = translation.gettext(english)
        if english == russian or ("%(who)s" in english) != ("%(who)s" in russian):
            unread.append(f"{event.name}: {russian}")
    assert unread == []


def test_every_journal_event_belongs_to_a_room_and_can_forget():
    for event in every_event():
        assert event.name.split(":")[0] in ROOMS
        assert event.retention in ("with the file", "names no one")
