"""Small mistakes to plant in a source: each a change of one node of its tree, named so that it is found again."""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Change = Callable[[ast.AST], ast.AST | None]

# Each comparison is turned round, and moved by one where it has an edge.
OTHERS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
# Sentences are read by people, not by tests.
SPOKEN = {"_", "gettext", "gettext_lazy", "ngettext", "said"}
SAID = {"next_step", "title", "help_text", "hint", "label"}


@dataclass(frozen=True)
class Mutant:
    """One mistake: where it stands, what it was and became. ``name`` stays the same while lines move."""

    name: str
    path: Path
    line: int
    # The node's place in ast.walk, and which of its changes.
    node: int
    change: int
    owner: str
    in_constant: bool


def mutants_of(path: Path, shown: str) -> list[Mutant]:
    """Return every mistake that can be planted in the functions of a file, and in its constants."""
    tree = ast.parse(path.read_text())
    found, seen = [], Counter[str]()
    owners, constants = _owners(tree), _constants(tree)
    for number, node in enumerate(ast.walk(tree)):
        if number not in owners:
            continue
        for change, made in enumerate(changes(node)):
            before, after = _words(node), _words(made(copy.deepcopy(node)))
            name = f"{shown} {owners[number]}: {before} -> {after}"
            seen[name] += 1
            if seen[name] > 1:
                name += f" ({seen[name]})"
            line = getattr(node, "lineno", 0) or _line_inside(node)
            owner, constant = owners[number], owners[number] in constants
            found.append(Mutant(name, path, line, number, change, owner, constant))
    return found


def planted(mutant: Mutant) -> ast.Module:
    """Return the tree of the file with this one mistake in it."""
    tree = ast.parse(mutant.path.read_text())
    target = next(node for number, node in enumerate(ast.walk(tree)) if number == mutant.node)
    made = changes(target)[mutant.change](copy.deepcopy(target))
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, name, made)
            elif isinstance(value, list) and any(one is target for one in value):
                at = next(i for i, one in enumerate(value) if one is target)
                value[at] = made if made is not None else ast.Pass()
    return ast.fix_missing_locations(tree)


def _words(node: ast.AST | None) -> str:
    text = " ".join(ast.unparse(node).split()) if node is not None else "(nothing)"
    return text if len(text) <= 90 else f"{text[:60]} … {text[-27:]}"


def _line_inside(node: ast.AST) -> int:
    return min((one.lineno for one in ast.walk(node) if isinstance(one, ast.expr)), default=0)


def _constants(tree: ast.Module) -> set[str]:
    lines = [line for line in tree.body if isinstance(line, ast.Assign)]
    return {line.targets[0].id for line in lines if isinstance(line.targets[0], ast.Name)}


def _owners(tree: ast.Module) -> dict[int, str]:
    """Return the function, or the constant of the file, that each node that may change stands in."""
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    owners: dict[int, str] = {}

    def inside(node: ast.AST, owner: str) -> None:
        for child in _parts(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                name = f"{owner}.{child.name}" if owner else child.name
                for line in child.body:
                    if _is_docstring(line):
                        continue
                    if isinstance(child, ast.FunctionDef):
                        owners[numbers[id(line)]] = name
                    inside_of(line, name if isinstance(child, ast.FunctionDef) else "", name)
            else:
                if owner:
                    owners[numbers[id(child)]] = owner
                inside(child, owner)

    def inside_of(line: ast.AST, owner: str, name: str) -> None:
        if isinstance(line, ast.FunctionDef):
            inside(ast.Module([line], []), name)
        elif owner:
            inside(line, owner)

    for line in tree.body:
        if isinstance(line, ast.FunctionDef | ast.ClassDef):
            inside(ast.Module([line], []), "")
        elif isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            inside(ast.Expr(line.value), line.targets[0].id)
    return owners


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and ast.unparse(node.func) in SPOKEN:
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "args") and isinstance(node, ast.FunctionDef):
            continue
        if name == "annotation" or (isinstance(node, ast.keyword) and node.arg in SAID):
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST) and not _is_docstring(one) and not isinstance(one, ast.JoinedStr):
                yield one


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def changes(node: ast.AST) -> list[Change]:
    """Return what can be done to a node: each gets a copy of it and returns what stands in its place."""
    return [*_of_conditions(node), *_of_values(node), *_of_calls(node), *_of_statements(node)]


def _of_conditions(node: ast.AST) -> list[Change]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return [_with("ops", [other()]) for other in OTHERS[type(node.ops[0])]]
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return [_with("op", other), *(_without("values", i) for i in range(len(node.values)))]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [lambda one: one.operand]
    if isinstance(node, ast.If | ast.IfExp | ast.While) and isinstance(
        node.test, ast.Call | ast.Name | ast.Attribute
    ):
        return [_with("test", ast.UnaryOp(ast.Not(), copy.deepcopy(node.test)))]
    if isinstance(node, ast.comprehension):
        return [_without("ifs", i) for i in range(len(node.ifs))]
    return []


def _of_values(node: ast.AST) -> list[Change]:
    if isinstance(node, ast.Constant) and not isinstance(node.value, bytes | float | complex | type(...)):
        return [_with("value", _another(node.value))] if node.value is not None else []
    if isinstance(node, ast.BinOp) and type(node.op) in SUMS:
        return [_with("op", SUMS[type(node.op)]())]
    if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        return [_with("value", ast.Constant(None))]
    return []


def _another(value: object) -> object:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}~"


def _of_calls(node: ast.AST) -> list[Change]:
    if not isinstance(node, ast.Call):
        return []
    named = [i for i, one in enumerate(node.keywords) if one.arg and one.arg not in SAID]
    asks = isinstance(node.func, ast.Attribute) and node.func.attr in ("filter", "exclude")
    places = range(len(node.args)) if asks else ()
    return [*(_without("keywords", i) for i in named), *(_without("args", i) for i in places)]


def _of_statements(node: ast.AST) -> list[Change]:
    calls = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    writes = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name)
    if calls or writes or isinstance(node, ast.Raise | ast.AugAssign | ast.Delete):
        return [lambda _one: None]
    return []


def _with(field: str, value: object) -> Change:
    def change(node: ast.AST) -> ast.AST:
        setattr(node, field, value)
        return node

    return change


def _without(field: str, place: int) -> Change:
    def change(node: ast.AST) -> ast.AST:
        rest = getattr(node, field)
        del rest[place]
        # One condition alone is no list of conditions.
        return rest[0] if isinstance(node, ast.BoolOp) and len(rest) == 1 else node

    return change
