"""Which templates differ from what every test last passed on, and which of them an answer of the node was drawn with.

Where no green run is on record they are compared with the last run of any colour (``whole_runs.compared_with``): a page that was broken
in that one is found by the next whole run. Style sheets and scripts concern every page; the walks of two colleagues see those.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import pytest

from panah.ground.kit.jinja import SHARED, Environment
from tools import whole_runs

# What git says of a file that is elsewhere and the same, letter by letter.
ONLY_MOVED = "R100"


@lru_cache(maxsize=1)
def changed_templates() -> frozenset[str]:
    """Return the names of changed templates, but for the parts of every page, which the walks of two colleagues see."""
    run = whole_runs.compared_with()
    since = run.commit if run else "HEAD"
    lines = whole_runs.git("diff", "--name-status", "-M", since, "--", "src/panah").splitlines()
    names = {name for line in lines if (name := changed_name(*line.split("\t")))}
    return frozenset(names.difference(SHARED))


def changed_name(status: str, *paths: str) -> str:
    """Return under which name a changed file is drawn; "" for what is no template, or only lies in another house."""
    before, now = (path.partition("/templates/")[2] for path in (paths[0], paths[-1]))
    return now if now.endswith(".html") and (status, before) != (ONLY_MOVED, now) else ""


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
