"""What Panah is delivered with as files beside the code. A room says of which class an entry is.

What does not fit is refused with the file, the place in it and what is wrong there, before anything of it is used.
No file of anybody else is read here: those have readers of their own, which expect the worst. Plain Python.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import EnumType
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeAliasType, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

type Row = dict[str, Any]


class DeliveredWrong(ValueError):
    """A file does not say what a room reads in it."""


def read(file: Path) -> Row:
    """Return what a TOML or JSON file says."""
    read_text = tomllib.loads if file.suffix == ".toml" else json.loads
    try:
        found: Row = read_text(file.read_text("utf-8"))
    except ValueError as problem:
        raise DeliveredWrong(f"{file.name}: {problem}") from None
    return found


def load[T: DataclassInstance](cls: type[T], file: Path) -> T:
    """Return a whole file as one entry."""
    return entry(cls, read(file), file.name)


def entry[T: DataclassInstance](cls: type[T], row: object, where: str) -> T:
    """Return a table of a file as an entry: every field there that has no default, of its kind, and nothing else."""
    if not isinstance(row, Mapping):
        raise DeliveredWrong(f"{where}: not a table")
    known = {one.name: one.default is MISSING and one.default_factory is MISSING for one in fields(cls)}
    if unknown := sorted(row.keys() - known.keys()):
        raise DeliveredWrong(f"{where}: nobody reads {', '.join(unknown)}")
    if missing := [name for name, needed in known.items() if needed and name not in row]:
        raise DeliveredWrong(f"{where}: without {', '.join(missing)}")
    hints = get_type_hints(cls)
    return cls(**{name: _value(hints[name], value, f"{where}: {name}") for name, value in row.items()})


def _value(hint: object, value: object, where: str) -> object:
    if isinstance(hint, TypeAliasType):
        return _value(hint.__value__, value, where)
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return entry(hint, value, where)
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_value(inner[0], one, f"{where} {number}") for number, one in enumerate(value, 1))
    if origin is Mapping and isinstance(value, Mapping):
        return {key: _value(inner[1], one, f"{where}.{key}") for key, one in value.items()}
    if isinstance(hint, EnumType) and value in hint:
        return hint(value)
    kinds = inner if origin is UnionType else (hint,)
    if isinstance(hint, EnumType) or not any(isinstance(value, get_origin(kind) or kind) for kind in kinds):
        raise DeliveredWrong(f"{where}: {value!r:.60} does not fit")
    return value
