"""The wall between societies: whose rows the database may show and take now.

On PostgreSQL every table with a society's work in it has a policy (``rls_tables.py``, ``rls_policies.py``) that
compares the row's society with the setting ``panah.society``. The engine in ``postgres/base.py`` writes that setting
in front of every statement, inside its transaction. Nothing said means nothing shown. On SQLite there is no wall.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

# No society has this id: before anybody has signed in, no society's rows are shown.
NO_TENANT = UUID(int=0)

# What a stranger has shown in this request: marks of receipts and forms, as the rows have them. See node.door_role.
_shown: ContextVar[tuple[bytes, ...]] = ContextVar("panah_shown", default=())
_society: ContextVar[UUID | None] = ContextVar("panah_society", default=None)


def current_tenant() -> UUID | None:
    """Return the society whose work is being done; NOBODY before a sign-in; None when nothing was said."""
    return _society.get()


@contextmanager
def tenant_context(society: UUID) -> Iterator[None]:
    """Do what follows inside this society's walls: no other society's rows are seen or written.

    Called where a society becomes known, and nowhere else: see tests/guard/test_walls.py for the places.
    """
    before = _society.set(society)
    try:
        yield
    finally:
        _society.reset(before)


def show(mark: bytes) -> None:
    """Say which receipt, or which form, a stranger has shown: until the request ends, the rows of it are found.

    That counts for the database role of a machine of the door's own, which finds no others. For every other role it
    is our own question that finds the rows.
    """
    _shown.set((*_shown.get(), mark)[-8:])


def forget_shown() -> None:
    """A request begins: nobody has shown anything yet."""
    _shown.set(())


def shown() -> str:
    """Return the marks that were shown, as the database reads them."""
    return ",".join(mark.hex() for mark in _shown.get())
