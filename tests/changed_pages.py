"""Which templates differ from the commit on which every test last passed, and which of them an answer of the node was drawn with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import pytest

from panah.ground.kit.jinja import SHARED, Environment
from tools import whole_runs


@lru_cache(maxsize=1)
def changed_templates() -> frozenset[str]:
    """Return the names of changed templates, but for the parts of every page, which the walks of two colleagues see."""
    green = whole_runs.last_green()
    since = green.commit if green and whole_runs.age(green) is not None else "HEAD"
    files = whole_runs.git("diff", "--name-only", since, "--", "src/panah").splitlines()
    names = {file.partition("/templates/")[2] for file in files if file.endswith(".html")}
    return frozenset(names - {"", *SHARED})


@contextmanager
def templates_drawn() -> Iterator[set[str]]:
    """Collect the names of all templates that are asked for meanwhile, also by those that extend or include them."""
    names: set[str] = set()
    get_template = Environment.get_template

    def noting(self: Environment, name: object, *args: object, **kwargs: object) -> object:
        names.add(str(name))
        return get_template(self, name, *args, **kwargs)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "get_template", noting)
        yield names
