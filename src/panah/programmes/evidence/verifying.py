"""Is a file that somebody brings a release of ours, unchanged, and does it still stand?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.kit import dates
from panah.ground.vault import node_keys
from panah.programmes.evidence import queries
from panah.programmes.evidence.attack_words import said
from panah.programmes.release import verifying

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.evidence.models import Release


@dataclass(frozen=True)
class Verified:
    """What the page says of a file."""

    sentence: str = ""
    tone: str = ""
    release: Release | None = None


def verify(*, file: bytes, to: Staff) -> Verified:
    """Look at a file; nothing of it is kept or run. Its bytes decide, not its name."""
    tried = [verifying.verify(file, key) for key in node_keys.publics()]
    found = next((one for one in tried if one.ok), tried[0])
    if not found.ok:
        return Verified(_said(found.sentence.code, dict(found.sentence.values)), "urgent")
    digest = hashlib.sha256(file).hexdigest()
    package = queries.same_package(digest, to=to)
    if package is None:
        return Verified(
            _("This node signed it, but your society has not published it: it must not be used."), "urgent"
        )
    release, told = package.release, queries.published_file(digest)
    if told is None:
        return Verified(_("What is kept here about this file was changed: do not use it."), "urgent", release)
    if told.withdrawn_on is not None:
        day = dates.dated(told.withdrawn_on)
        return Verified(_said("withdrawn", {"date": day, "reason": told.reason}), "urgent", release)
    return Verified(f"{_said('verified', {})} {_('Published, and it stands.')}", "good", release)


def _said(code: str, values: dict[str, str]) -> str:
    return said({"code": code, "values": values})
