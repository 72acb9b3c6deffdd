"""What is said about the door's onion address: where having used one speaks against somebody, nothing.

``PANAH_ONION_ADDRESS`` is the address, ``PANAH_ONION_COUNTRIES`` the countries (two letters, ISO 3166) in which it
may be said. Nothing is said unless both are set.
"""

from django.conf import settings

from panah.ground.network.queries import hosted_societies


def address_for_all() -> str:
    """Return the onion address for whoever reads, wherever she is: "" unless every society here lets it be said."""
    if not settings.PANAH_ONION_ADDRESS or not settings.PANAH_ONION_COUNTRIES:
        return ""
    there = {society.iso2 for society in hosted_societies()}
    return settings.PANAH_ONION_ADDRESS if there and there <= set(settings.PANAH_ONION_COUNTRIES) else ""
