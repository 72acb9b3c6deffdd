"""Which columns a release has: a file that the society's key signed before there was data.

Two ways there are. The file that Panah brings may be signed at any time: it is the same for every society, so nobody's
data is in it. A file that a society changed counts for years that begin after the day that it says it was declared on,
which is not before the day of the signature: so the signature holds that day too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from panah.programmes.evidence import ctdc
from panah.programmes.evidence.models import ColumnsFile
from panah.programmes.release.domain import read_domain, read_signed, shipped
from panah.programmes.release.errors import BadDomain

if TYPE_CHECKING:
    from uuid import UUID

    from panah.ground.vault.keyring import Keyring

BROUGHT_SHA256 = sha256(shipped()).hexdigest()
SIGNED_AS = "release columns"


@dataclass(frozen=True)
class SignedColumns:
    """A file with what says that it is the society's: all that goes into a package."""

    text: str
    signature: bytes = b""
    public: bytes = b""
    signed_on: date | None = None

    @property
    def sha256(self) -> str:
        return sha256(self.text.encode()).hexdigest()


def brought() -> SignedColumns:
    """Return the file that Panah brings, which nobody signed: for made-up people."""
    return SignedColumns(shipped().decode())


def is_older(row: ColumnsFile, year: int) -> bool:
    """Say whether nothing of the people of this year can be in it."""
    return row.sha256 == BROUGHT_SHA256 or read_domain(row.text.encode()).is_older_than(date(year, 1, 1))


def usable(society: UUID, year: int) -> ColumnsFile | None:
    """Return the newest file of a society that is older than the people of this year."""
    return next((one for one in ColumnsFile.objects.filter(society=society) if is_older(one, year)), None)


def signed_columns(row: ColumnsFile, *, keys: Keyring) -> SignedColumns | None:
    """Return the file where the signing key that this colleague pinned signed it; None: it is not the society's."""
    if not keys.trusts(bytes(row.signature), SIGNED_AS, row.text.encode()):
        return None
    public = keys.pinned
    try:
        read_signed(row.text.encode(), bytes(row.signature), public)
        ctdc.domain(row.text)
    except BadDomain:
        return None
    return SignedColumns(row.text, bytes(row.signature), public, row.signed_on)
