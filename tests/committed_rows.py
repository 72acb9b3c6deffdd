"""A test's own transaction never ends: what follows a commit for rows that decide is let follow by hand."""

from django.db import connections


def what_panah_wrote_is_committed() -> None:
    """Let what was kept of rows that decide count alone, as it does once it is committed."""
    for written in list(vars(connections["default"]).get("panah_protected_rows", {}).values()):
        for settle, _version in list(written):
            settle()
