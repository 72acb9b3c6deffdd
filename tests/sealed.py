"""Addresses as they were before they were sealed, so that a test can say where a page leads."""

import re

from panah.ground.accounts.models import Staff
from panah.ground.kit.sealed_addresses import sealed_for, unsealed


def opened(text: str) -> str:
    """Return a page, or an address, with everything that is sealed in it in plain, for whomever it was made."""
    return re.sub(r"~[A-Za-z0-9_-]{100,}", lambda found: _whoever_reads(found[0]), text)


def _whoever_reads(address: str) -> str:
    for staff in Staff.objects.values_list("pk", flat=True):
        with sealed_for(staff):
            if found := unsealed(address):
                return found
    return ""
