"""Where a stranger's words enter a society: nobody is signed in, so the society that she wrote to is said here."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from panah.ground.foundation import tenancy
from panah.ground.vault.host_sealing import pepper_of
from panah.people.reporters.words import ROOM


@contextmanager
def inside(society: UUID) -> Iterator[None]:
    """Do what follows inside the walls of the society to which a report, a receipt or a chat leads."""
    with tenancy.tenant_context(society):
        yield


def pepper() -> bytes:
    """Return the door's own pepper: 32 bytes, made from a secret of the host, kept nowhere."""
    return pepper_of(ROOM)
