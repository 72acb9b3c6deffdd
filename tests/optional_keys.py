"""Templates that read a key out of a stored dict, drawn with each of these keys missing.

What else a template asks for answers to everything; each branch is drawn, but one that a stored dict itself decides.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import Any

import jinja2
from jinja2 import nodes


class Anything:
    """Answers to whatever a template wants of it; an attribute of a stored dict's name is that dict."""

    def __init__(self, stored: dict[str, dict[str, Any]] | None = None) -> None:
        self._stored = stored or {}

    def __getattr__(self, name: str) -> Any:
        if name == "__html__":
            return lambda: ""
        if name.startswith("__"):
            raise AttributeError(name)
        return self._stored.get(name, self)

    def __call__(self, *given: object, **named: object) -> Any:
        builtins.str([*map(str, (*given, *named.values()))])
        return self

    def __getitem__(self, key: object) -> Any:
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter([self])

    def __str__(self) -> str:
        return ""

    def __len__(self) -> int:
        return 1

    def __contains__(self, one: object) -> bool:
        return bool(str(one)) or True

    def _itself(self, *others: object) -> Any:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __mod__ = __neg__ = _itself

    def _yes(self, other: object) -> bool:
        return True

    __lt__ = __le__ = __gt__ = __ge__ = _yes


def parser() -> jinja2.Environment:
    return jinja2.Environment(
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )


def reads(tree: nodes.Node, fields: set[str]) -> set[tuple[str, str]]:
    """Return (stored dict, key) for each key that a template reads as an attribute, or in brackets."""
    found, called = set(), {id(one.node) for one in tree.find_all(nodes.Call)}
    for one in tree.find_all((nodes.Getattr, nodes.Getitem)):
        if id(one) in called:
            continue
        key = one.attr if isinstance(one, nodes.Getattr) else getattr(one.arg, "value", None)
        base = one.node
        if isinstance(base, nodes.Getattr) and base.attr in fields and isinstance(key, str):
            found.add((base.attr, key))
    return found


def missed(source: str, fields: set[str]) -> list[str]:
    """Return what goes wrong when one key of a stored dict is missing, a sentence for each."""
    tree = parser().parse(source)
    wanted = reads(tree, fields)
    # What a template asks for by ``get`` may decide what it then reads.
    wanted |= {found for call in tree.find_all(nodes.Call) if wanted for found in _got(call, fields)}
    wrong = []
    for name, gone in sorted(wanted):
        try:
            _draw(source, fields, {(one, key) for one, key in wanted if (one, key) != (name, gone)})
        except jinja2.UndefinedError as error:
            wrong.append(f"{name}.{gone}: {error}")
    return wrong


def _got(call: nodes.Call, fields: set[str]) -> set[tuple[str, str]]:
    base = call.node.node if isinstance(call.node, nodes.Getattr) and call.node.attr == "get" else None
    key = getattr(call.args[0], "value", None) if call.args else None
    return {(base.attr, key)} if isinstance(base, nodes.Getattr) and base.attr in fields else set()


def _draw(source: str, fields: set[str], there: set[tuple[str, str]]) -> None:
    env = parser()
    stored: dict[str, dict[str, Any]] = {name: {} for name in fields}
    anything = Anything(stored)
    for name, key in there:
        stored[name][key] = Anything()
    tree = _opened(env.parse(source), fields)
    for used in tree.find_all(nodes.Filter):
        if used.name not in ("default", "d"):
            env.filters[used.name] = anything
    for used in tree.find_all(nodes.Test):
        if used.name not in ("defined", "undefined"):
            env.tests[used.name] = anything
    env.globals = {one.name: anything for one in tree.find_all(nodes.Name)}
    jinja2.Template.from_code(env, env.compile(tree), env.globals).render()


def _opened(tree: Any, fields: set[str]) -> Any:
    """Return a template in which every branch, loop and macro is gone through once."""
    for name, value in list(tree.iter_fields()):
        if isinstance(value, list):
            found: list[Any] = []
            for one in value:
                found += _open(_opened(one, fields), fields) if isinstance(one, nodes.Node) else [one]
            setattr(tree, name, found)
        elif isinstance(value, nodes.Node):
            changed = _open(_opened(value, fields), fields)
            if len(changed) == 1:
                setattr(tree, name, changed[0])
    return tree


def _decided_by_what_is_stored(test: nodes.Node, fields: set[str]) -> bool:
    both = [test] if isinstance(test, nodes.Getattr) else []
    return any(one.attr in fields for one in (*both, *test.find_all(nodes.Getattr)))


def _open(node: Any, fields: set[str]) -> list[Any]:
    if isinstance(node, (nodes.Extends, nodes.Import, nodes.FromImport, nodes.Include)):
        return []
    if isinstance(
        node, (nodes.Block, nodes.CallBlock, nodes.FilterBlock, nodes.Scope, nodes.With, nodes.Macro)
    ):
        given = getattr(node, "args", []) if isinstance(node, nodes.Macro) else []
        return [*(_made(one.name, node.lineno) for one in given), *node.body]
    if isinstance(node, nodes.If):
        node.elif_, node.else_ = [], [*node.elif_, *node.else_]
        if not _decided_by_what_is_stored(node.test, fields):
            return [_said(node.test), *node.body, *node.else_]
    if isinstance(node, nodes.CondExpr) and not _decided_by_what_is_stored(node.test, fields):
        return [
            nodes.Concat([node.test, node.expr1, *([node.expr2] if node.expr2 else [])], lineno=node.lineno)
        ]
    if isinstance(node, nodes.For):
        said = _said(node.iter)
        node.iter = nodes.List([_shaped(node.target)], lineno=node.lineno)
        return [said, node]
    return [node]


def _said(expression: Any) -> Any:
    return nodes.Output([expression], lineno=expression.lineno)


def _made(name: str, line: int) -> Any:
    return nodes.Assign(nodes.Name(name, "store"), nodes.Name("anything_given", "load"), lineno=line)


def _shaped(target: Any) -> Any:
    if isinstance(target, nodes.Tuple):
        return nodes.Tuple([_shaped(one) for one in target.items], "load", lineno=target.lineno)
    return nodes.Name("anything_given", "load", lineno=target.lineno)
