"""One thread for numpy's linear algebra: beside a busy process two of them wait for each other fifteen times as long.

OpenBLAS reads its environment when numpy is loaded, which is long before a release. So its own switch is used where the
wheel of numpy brings it; elsewhere (macOS, numpy of a distribution) nothing is changed.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import numpy as np

_PREFIXES = ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads", "openblas_{}_num_threads")


@contextmanager
def one_thread() -> Iterator[None]:
    """Do what is inside with one thread of OpenBLAS, and set it back."""
    library, name = _openblas()
    if library is None:
        yield
        return
    before = library[name.format("get")]()
    library[name.format("set")](1)
    try:
        yield
    finally:
        library[name.format("set")](before)


@cache
def _openblas() -> tuple[ctypes.CDLL | None, str]:
    beside = Path(np.__file__).parents[1] / "numpy.libs"
    for file in [*beside.glob("*openblas*"), *Path(np.__file__).parent.glob(".libs/*openblas*")]:
        with suppress(OSError):
            library = ctypes.CDLL(str(file))
            for name in _PREFIXES:
                if hasattr(library, name.format("set")):
                    return library, name
    return None, ""
