"""No page gives its template a name that hides a part which the template calls: it would fail only when it is opened."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import nodes

from panah.ground.kit.jinja import engine
from panah.rooms import from_room

SRC = Path(__file__).parents[2] / "src" / "panah"
Values = dict[str, list[ast.expr]]
# What answers with a template: of a colleague, and of a stranger's door.
PAGES = ("page", "public_page")


def given(source: str) -> Iterator[tuple[str, str, int]]:
    """Yield (template, name, line) of what the pages of a module give: by name, or in a dict that is made in it."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    returned = {
        each.name: [node.value for node in ast.walk(each) if isinstance(node, ast.Return) and node.value]
        for each in functions
    }
    for function in functions:
        known = returned | assigned(function)
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in PAGES:
                template = call.args[1]
                for word in call.keywords:
                    for name in [word.arg] if word.arg else keys(word.value, known):
                        yield getattr(template, "value", ""), name, call.lineno


def assigned(function: ast.FunctionDef) -> Values:
    found: Values = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def keys(value: ast.AST, known: Values) -> Iterator[str]:
    """Yield the keys of the dicts that a value is made of: its own, those of a variable or a function of the module."""
    for node in ast.walk(value):
        if isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
            yield from (word.arg for word in node.keywords if word.arg)
        elif isinstance(node, ast.Name) and node.id in known:
            rest = {name: values for name, values in known.items() if name != node.id}
            for one in known[node.id]:
                yield from keys(one, rest)


@cache
def named_in(template: str) -> tuple[set[str], set[str], set[str]]:
    """Return what one template calls by name, what it imports, and which templates it extends or includes."""
    plain = engine().pattern
    parsed = plain.parse(plain.loader.get_source(plain, template)[0])
    calls = {node.node.name for node in parsed.find_all(nodes.Call) if isinstance(node.node, nodes.Name)}
    imports = (name for node in parsed.find_all(nodes.FromImport) for name in node.names)
    others = (
        one.value
        for node in parsed.find_all((nodes.Extends, nodes.Include))
        for one in node.find_all(nodes.Const)
    )
    return (
        calls,
        {one if isinstance(one, str) else one[1] for one in imports},
        {one for one in others if str(one).endswith(".html")},
    )


@cache
def called_and_imported(template: str) -> tuple[set[str], set[str]]:
    """Return the same of a template with all that it extends and includes."""
    calls, imported, seen, waiting = set[str](), set[str](), set[str](), {template}
    while waiting:
        seen.add(one := waiting.pop())
        called, brought, others = named_in(one)
        calls, imported, waiting = calls | called, imported | brought, waiting | (others - seen)
    return calls, imported


def hidden(source: str) -> Iterator[str]:
    for template, name, line in given(source):
        calls, imported = called_and_imported(template) if template else (set(), set())
        if name in imported or (name in calls and name in engine().env.globals):
            yield f"{line}: {name} is a part that {template} calls"


def test_no_page_gives_a_name_that_hides_a_part_its_template_calls():
    found = [f"{from_room(path)}:{one}" for path in SRC.rglob("*.py") for one in hidden(path.read_text())]
    assert found == []


def test_what_pages_give_is_found_by_name_in_a_dict_and_from_a_function():
    source = """
def shown(case):
    return {"crumbs": 1, "other": 2}

def plainly(request):
    return page(request, "cases/list.html", crumbs=1)

def in_a_dict(request):
    context = {"icon": 1, **shown(2)}
    return page(request, "cases/list.html", **context)
"""
    assert {name for _template, name, _line in given(source)} == {"crumbs", "icon", "other"}
    assert [one.split(" ")[1] for one in hidden(source)] == ["icon"], "the list of cases calls no crumbs"


def test_a_name_that_a_template_imports_is_found_too():
    source = 'def one(request):\n    return page(request, "network/societies.html", places=1)\n'
    assert list(hidden(source)) == ["2: places is a part that network/societies.html calls"]
