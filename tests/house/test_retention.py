"""How long something is kept stands in one table, which rooms, pages and docs read: so no two of them can differ."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.foundation import retention
from panah.ground.network.words import RuleKey
from panah.rooms import folders
from tests.house.sources import HOUSE, trees

ROOT = Path(__file__).parents[2]
TABLE = HOUSE / "ground" / "foundation" / "retention.py"
PAGE = ROOT / "docs" / "retention.md"
BEGINS, ENDS = "<!-- the table -->\n", "<!-- end of the table -->\n"
ROOM_NAMES = {folder.name for folder in folders()}

NAMES = re.compile(r"KEPT|KEEP|FORG[EO]T|ERASE|ORPHAN|DROPPED|RETENTION")
COUNTS = re.compile(r"DAYS|WEEKS|MONTHS|YEARS|HOURS")
DELETES = {"delete", "shred", "erase", "erase_unopened", "destroy", "drop"}
UNTIL = {"kept_until", "keep_until", "erase_on", "erased_on", "sheet_until", "expires_at"}
# A period beside something that deletes, and yet no time for which anything is kept, each with its reason.
NO_RETENTION = {
    "people.cases.words.due_types:ERASE": "how long a colleague has to confirm an erasing that was asked for",
    "ground.accounts.actions:take_off_duty": "a duty that has begun is history, give or take a minute",
    "ground.exchange.actions.delivering:deliver_bundle": "the lease within which one process delivers a message",
    "ground.sign_in.actions.invitations:new_invitation": "until when an invitation can be used: a timeout",
    "ground.sign_in.actions.pending_sign_in:wait_for_second_factor": "two minutes for the second step: a timeout",
    "ground.sign_in.actions.sessions:CALL_KEEPS_OPEN": "an open call keeps the vault from locking: a timeout",
    "ground.vault.cards_when_committed:broken_off": "how long a process may still be writing a card, not how long a mark is kept",
    "people.finding.actions.local_search:close_question": "by when the holder of a case answers",
    "people.finding.actions.local_search:count_look": "how many searches within an hour; what is erased asks the table",
    "people.hotline.actions.retention:_candidates": "months differ by three days, and the announcement comes before",
}


def drawn() -> str:
    """Return the table as docs show it."""
    lines = ["| Room | What | How long | Counted from | Then | Why |", "|---|---|---|---|---|---|"]
    for row in retention.TABLE:
        lines.append(
            f"| {row.room} | {row.what} | {row.how_long} | {row.since} | {row.end.value} | {row.why} |"
        )
    return "\n".join(lines) + "\n"


def test_the_page_about_retention_shows_the_table_that_the_rooms_act_on():
    shown = PAGE.read_text().split(BEGINS)[1].split(ENDS)[0]
    assert shown == drawn(), "put this between the two marks of docs/retention.md:\n" + drawn()


def test_every_row_is_of_a_room_has_a_period_or_a_rule_and_is_read_by_somebody():
    text = "\n".join(path.read_text() for path in HOUSE.rglob("*.py") if path != TABLE)
    for name, row in vars(retention).items():
        if not isinstance(row, retention.RetentionRow):
            continue
        assert row.room in ROOM_NAMES, name
        assert bool(row.period) != bool(row.months) or (row.rule and not row.period), name
        assert not row.rule or row.rule in RuleKey.values, name
        by_rule = row.rule and (f"RuleKey.{row.rule.upper()}" in text or f'"{row.rule}"' in text)
        assert by_rule or re.search(rf"retention\.{name}\b", text), name


def test_every_retention_line_of_the_rule_sheet_is_a_row_of_the_table():
    lines = {key.value for key in RuleKey if key.value.startswith("retention_")}
    assert {row.rule for row in retention.TABLE if row.rule} == lines


def _is_period(node: ast.AST) -> bool:
    """Say whether a call makes a period of fixed length that is not nothing."""
    if not (isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "timedelta"):
        return False
    given = [*node.args, *(one.value for one in node.keywords)]
    numbers = [
        ast.unparse(one)
        for one in given
        if not any(isinstance(n, ast.Name | ast.Attribute) for n in ast.walk(one))
    ]
    return any(one not in {"0", "0.0"} for one in numbers)


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    yield from (
                        (ast.unparse(t), v) for t, v in zip(target.elts, node.value.elts, strict=False)
                    )
                else:
                    yield ast.unparse(target), node.value


def _periods(value: ast.expr) -> bool:
    return any(_is_period(node) for node in ast.walk(value))


def _ends_something(function: ast.AST) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in DELETES:
            return True
        if isinstance(node, ast.keyword) and node.arg in UNTIL:
            return True
        if isinstance(node, ast.Attribute) and node.attr in UNTIL and isinstance(node.ctx, ast.Store):
            return True
        if isinstance(node, ast.Dict) and any(
            isinstance(k, ast.Constant) and k.value in UNTIL for k in node.keys
        ):
            return True
    return False


def _said_in(tree: ast.Module, own: set[str], of_module: dict[str, set[str]]) -> set[str]:
    """Return how periods of fixed length are spelled in a module: its own constants, and those that it imports."""
    said = set(own)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                known_as = one.asname or one.name
                said |= {known_as} if one.name in of_module.get(node.module, ()) else set()
                said |= {f"{known_as}.{name}" for name in of_module.get(f"{node.module}.{one.name}", ())}
    return said


def elsewhere(sources: list[tuple[str, ast.Module]]) -> list[str]:
    """Return where a period that ends in a delete is written beside the table, as ``module:name``."""
    of_module = {
        module: {name for name, value in _constants(tree) if _periods(value)} for module, tree in sources
    }
    found = []
    for module, tree in sources:
        for name, value in _constants(tree):
            counted = isinstance(value, ast.Constant) and isinstance(value.value, int) and COUNTS.search(name)
            if NAMES.search(name) and (_periods(value) or counted):
                found.append(f"{module}:{name}")
        said = _said_in(tree, of_module[module], of_module)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and _ends_something(function):
                periods = [
                    n
                    for n in ast.walk(function)
                    if _is_period(n) or (isinstance(n, ast.Name | ast.Attribute) and ast.unparse(n) in said)
                ]
                if periods:
                    found.append(f"{module}:{function.name}")
    return found


def test_no_room_writes_down_a_period_of_its_own_after_which_something_goes():
    sources = [
        (".".join(path.relative_to(HOUSE.parent).with_suffix("").parts), tree)
        for path, tree in trees("timedelta", "KEPT", "KEEP", *DELETES, *UNTIL)
        if not {"migrations", "practice"} & set(path.parts) and path != TABLE
    ]
    found = {one.removeprefix("panah.").removesuffix(".__init__") for one in elsewhere(sources)}
    assert found == set(NO_RETENTION), "a period stands in foundation/retention.py, or here with its reason"


@pytest.mark.parametrize(
    "source",
    [
        "KEPT_FOR = timedelta(days=7)",
        "KEEP_MONTHS = 12",
        "def sweep(*, at):\n    Row.objects.filter(at__lt=at - timedelta(days=30)).delete()",
        "AGES = timedelta(days=30)\ndef sweep(*, at):\n    Row.objects.filter(at__lt=at - AGES).delete()",
        "AGES = timedelta(days=30)\ndef end(row, at):\n    row.kept_until = at + AGES",
    ],
)
def test_a_period_that_ends_in_a_delete_is_found(source):
    assert elsewhere([("panah.room.actions", ast.parse(source))])


def test_a_period_of_another_module_that_ends_in_a_delete_is_found():
    rules = ast.parse("AGES = timedelta(days=30)")
    actions = ast.parse(
        "from panah.room import rules\ndef sweep(at):\n    Row.objects.filter(at__lt=at - rules.AGES).delete()"
    )
    assert elsewhere([("panah.room.rules", rules), ("panah.room.actions", actions)]) == [
        "panah.room.actions:sweep"
    ]


def test_sentences_that_say_a_period_in_words_say_the_one_of_the_table():
    """Where a page says months or a year and not a number, the words hold as long as the row does."""
    assert retention.VOLUNTEER_REFUSED.days == 90, "volunteers/join.html says three months"
    assert retention.COURSE_NAMES.months == 12, "pages of training say a year after the course"
    assert 2 * retention.STORE_KEY.period < timedelta(days=14), (
        "pages say that copies are unreadable within 14 days"
    )
    assert retention.ERASED_CARD.period < timedelta(days=14)


def test_a_colleague_reads_of_her_devices_the_days_that_the_table_has(world):
    accounts.remember_device(by=world.staff["amina"], mark="", at=timezone.now())
    page = world.client("amina").get(reverse("accounts:settings")).content.decode()
    assert f"A device is forgotten after {retention.KNOWN_DEVICE.days} days without a sign-in." in page
