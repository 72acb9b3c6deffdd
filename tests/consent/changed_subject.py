"""The page of consent of a case of which something else is known."""

from contextlib import contextmanager
from dataclasses import replace

from panah.people.consent import subjects


@contextmanager
def about(subject, **changes):
    """The same case, with something else known of it."""
    other = replace(subject, **changes)
    with subjects.FINDERS.temporarily(
        "changed", lambda number, *, to, keys: other if number == "4P6-PFE-D" else None
    ):
        yield "/cases/4P6-PFE-D/consent/"
