"""Who may do what stands in one table, ``accounts.roles``: no other module compares roles by hand."""

import ast
import re

from panah.ground.accounts.roles import Permission
from panah.ground.accounts.words import WHAT_A_ROLE_DOES, Role
from panah.rooms import folders
from tests.house.sources import HOUSE, saying

# Where a role itself is given, taken, signed for or shown, and not what it allows.
ALLOWED = {
    "accounts/actions.py": "gives and takes roles",
    "accounts/models.py": "keeps who holds which",
    "accounts/queries.py": "finds who holds which",
    "accounts/roles.py": "the table",
    "accounts/views.py": "shows a colleague her roles",
    "accounts/words.py": "says what a role does",
    "desk/queries.py": "shows a colleague her roles; which of them belong to one query",
    "foundation/compiled_queries.py": "stands for a reader, below the table",
    "foundation/managers.py": "rows that focal points alone see, below the table",
    "inbox/queries.py": "a query is compiled once for each set of roles",
    "sign_in/forms.py": "offers roles to be given",
    "sign_in/views/colleagues.py": "shows roles and gives them",
    "vault/actions/offboarding.py": "the keys that go with a role",
    "vault/actions/giving_roles.py": "gives and takes roles with their keys",
    "vault/focal_points.py": "who leads by keys and signatures",
    "vault/protected_roles.py": "roles that two people give",
}
BY_HAND = {"has_role", "with_role", "is_focal_point", "role_names", "roles__role", "staff__roles__role"}
NAMES = {role.name for role in Role}


def _by_hand(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        named = isinstance(node.value, ast.Name) and node.value.id == "Role" and node.attr in NAMES
        return named or node.attr in BY_HAND
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BY_HAND:
        return True
    return isinstance(node, ast.keyword) and (node.arg or "").removesuffix("__in") in BY_HAND


def test_no_module_but_the_table_says_what_a_role_allows():
    found = {
        path
        for path, tree in saying("Role", "role", "is_focal_point")
        if "practice/" not in path and any(map(_by_hand, ast.walk(tree)))
    }
    # A column of a spreadsheet has a role, too, in the register of figures.
    found = {path for path in found if not path.startswith("figures/")}
    assert found == set(ALLOWED), "ask accounts.roles, or stand in ALLOWED with a reason"


def test_pages_ask_by_permission_and_every_permission_is_asked_for():
    pages = "\n".join(path.read_text() for path in HOUSE.rglob("*.html"))
    assert not re.findall(r"\.(?:has_role|is_focal_point|role_names)\b", pages)
    asked = set(re.findall(r"\.may\(\"([^\"]+)\"\)", pages))
    assert asked <= set(Permission)
    modules = "\n".join(
        path.read_text()
        for path in HOUSE.rglob("*.py")
        if path.name != "roles.py" or path.parent.name != "accounts"
    )
    idle = [
        one.name
        for one in Permission
        if one not in asked and f"Permission.{one.name}" not in modules and f'"{one}"' not in modules
    ]
    assert not idle, "a permission that nobody asks for promises something"


def test_a_permission_belongs_to_a_room_and_names_each_role_once():
    rooms = {folder.name for folder in folders()}
    for one in Permission:
        assert one.partition(".")[0] in rooms, one
        assert one.roles and len(set(one.roles)) == len(one.roles), one


def test_the_table_keeps_what_each_role_is_told_about_itself():
    people = {folder.name for folder in folders() if folder.parent.name == "people"}
    held = {role: {one for one in Permission if role in one.roles} for role in Role}
    in_people = {role: {one for one in held[role] if one.partition(".")[0] in people} for role in Role}

    assert set(WHAT_A_ROLE_DOES) == set(Role)
    assert held[Role.ADMINISTRATOR] == set(), "keeps the server alive, and can read no identity"
    assert held[Role.GUEST] == {Permission.ACCOUNTS_GUEST_PAGES}, "reads what is shared, and nothing else"
    assert in_people[Role.NETWORK_COORDINATOR] == set(), "never sees a case"
    assert in_people[Role.DATA_OFFICER] == set(), "sees no identities and no case numbers"
    assert in_people[Role.BRANCH_COORDINATOR] == {Permission.MATERIALS_WRITE}, "sees no identities"
    assert (
        Permission.CASES_WORK in held[Role.CASEWORKER] and Permission.CASES_LEAD not in held[Role.CASEWORKER]
    )
    assert {role for role in Role if Permission.CASES_LEAD in held[role]} == {Role.FOCAL_POINT}
