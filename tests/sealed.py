"""Addresses as they were before they were sealed, so that a test can say where a page leads."""

import re

from panah.kit.sealed_addresses import unsealed


def opened(text: str) -> str:
    """Return a page, or an address, with everything that is sealed in it in plain."""
    return re.sub(r"~[A-Za-z0-9_-]{100,}", lambda found: unsealed(found[0]), text)
