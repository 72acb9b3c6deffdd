"""Each page of the docs, and its text."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("src/panah/**/README.md"),
        *ROOT.glob("benchmarks/**/*.md"),
        *ROOT.glob("deploy/*.md"),
    ]
)
by_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
