"""Where good practices and meetings are searched word by word: a room above has the search, and says its address."""

from django.urls import reverse

from panah.foundation.registry import Registry

SEARCH: Registry[str] = Registry("the address at which practices and meetings are searched")


def search_address() -> str:
    """Return where the words are posted to, "" on a node without a search."""
    return next((reverse(name) for name in SEARCH), "")
