"""Work that is cut off at a named step, as when the power goes; its own process lives on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class CutOff(Exception):
    """The power went."""


@contextmanager
def erasing_cut_off(at: str) -> Iterator[None]:
    """Let what erases go as far as a crash point of ``panah.ground.vault.crash_points.ERASURE``, and no further."""

    def cut(where: str) -> None:
        if where == at:
            raise CutOff

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("panah.ground.vault.actions.erasure.crash_point", cut)
        with pytest.raises(CutOff):
            yield
