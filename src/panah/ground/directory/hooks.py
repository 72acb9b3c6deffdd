"""What the directory registers: with the wall between societies, with the menu, and its rows with numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.directory import queries as directory_queries
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.rls_tables import EXEMPT
from panah.ground.kit.jinja import url
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.network.capabilities import HELPERS, Helper, HelperPhone

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

SHOWN = 5

EXEMPT.register("directory", "the directory of services, numbers and agreements is for the whole network")
MENU.register(
    "network",
    MenuItem("directory:services", _("Partners and services"), "people", section=Section.DIRECTORY),
    order=70,
)


def _services(staff: Staff, need: str) -> list[Helper]:
    """Services of the country that do what the society leaves to others, the best verified first."""
    if not need:
        return []
    search = directory_queries.Search(need=need, iso2=staff.society.iso2)
    found = directory_queries.search_services(search, at=timezone.now())[:SHOWN]
    return [
        Helper(
            f"{one.organization}: {one.name}",
            url("directory:service", one.id),
            tuple(HelperPhone(phone.number, phone.dial, phone.note) for phone in one.phones),
        )
        for one in found
    ]


HELPERS.register("directory", _services, order=10)
# Everybody reads all of it, whoever keeps it.
dialled_numbers.ALL.register("directory", lambda _society: directory_queries.all_with_numbers())
