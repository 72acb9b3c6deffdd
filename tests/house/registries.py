"""The registries of the house as they stand once all apps are ready; started as a program, with the apps in some order."""

import ast
import importlib
import json
import random
import sys
from collections.abc import Iterator
from typing import Any

from tests.house.sources import HOUSE, trees


def modules(*words: str) -> dict[str, ast.Module]:
    """Return every module in whose text one of the words stands, read and not run; without words all."""
    return {
        ".".join(("panah", *path.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__"): tree
        for path, tree in trees(*words or [""])
        if "migrations" not in path.parts
    }


def _is_a_registry(node: ast.stmt) -> bool:
    made = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    return isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id == "Registry"


def registries() -> Iterator[tuple[str, Any]]:
    """Yield (module and name, registry), each where it is made."""
    for module, tree in modules("Registry").items():
        for node in filter(_is_a_registry, tree.body):
            name = ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])  # type: ignore[attr-defined]
            yield f"{module}.{name}", getattr(importlib.import_module(module), name)


def contents() -> dict[str, list[list[str]]]:
    """Return what stands in each registry, in its order, with who registered it."""
    return {
        where: [[name, registry.registered_by[name]] for name in registry.names()]
        for where, registry in registries()
    }


if __name__ == "__main__":
    import django
    from django.conf import settings

    random.Random(sys.argv[1]).shuffle(settings.INSTALLED_APPS)  # noqa: S311  an order, not a secret
    django.setup()
    sys.stdout.write(json.dumps(contents()))
