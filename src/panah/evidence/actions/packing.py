"""The package of a release: written once, signed with the node's key, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from panah.evidence.models import Package, Release

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def keep_package(row: Release, *, files: Mapping[str, str], by: Staff, at: datetime) -> Package:
    raise NotImplementedError


def pack_again(row: Release, *, by: Staff, at: datetime) -> None:
    raise NotImplementedError
