"""Guests: accounts of partners that open the pages registered here, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class GuestPages:
    """Names of addresses that a guest may ask; ``home`` is the one where she begins, of one room alone."""

    names: frozenset[str]
    home: str = ""


GUEST_PAGES: Registry[GuestPages] = Registry("pages that a guest opens")


def is_guest(staff: Staff | None) -> bool:
    return may(staff, Permission.ACCOUNTS_GUEST_PAGES)


def is_open_to_guests(name: str) -> bool:
    """Say whether guests may ask an address, by its name with its room."""
    return any(name in one.names for one in GUEST_PAGES)


def guests_home() -> str:
    """Return the name of the page on which a guest begins, "" where no room has one."""
    return next((one.home for one in GUEST_PAGES if one.home), "")
