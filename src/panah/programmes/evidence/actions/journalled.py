"""Nothing is made, published or entered beside rows that somebody changed past Panah."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.programmes.evidence import queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.evidence.models import Release

PUBLISH_NOTHING = _("Tell whoever keeps this node, and publish nothing.")


type Walked = tuple[int, bytes]


def journal_must_hold(by: Staff) -> Walked:
    """Walk the whole journal: before a transaction, else on SQLite everybody waits for as long as that takes."""
    walked = vault_queries.journal_walked(by.society_id)
    if walked is None:
        raise not_as_journalled()
    return walked


def must_be_as_journalled(by: Staff, walked: Walked) -> list[Release]:
    """Return what left before, as the journal tells: a row that was hidden would protect nobody who is in it.

    Compared after the journal was walked, and what is returned are the very rows that were compared.
    """
    holds = vault_queries.journal_walked(by.society_id, since=walked) is not None
    same = holds and queries.figures_as_journalled(to=by)
    left = queries.releases_as_journalled(by.society_id) if same else None
    if left is None:
        raise not_as_journalled()
    return left


def must_be_as_begun(release: Release) -> None:
    """Nothing is paid from, or counted of, other people than those of whom a release was begun."""
    if not queries.begun_as_journalled(release):
        raise not_as_journalled()


def not_as_journalled() -> Refusal:
    return Refusal(
        _("Earlier releases, or what was spent, stand here otherwise than the journal tells."),
        next_step=PUBLISH_NOTHING,
        code="not-as-journalled",
    )


def package_changed() -> Refusal:
    return Refusal(
        _("The package is not as it was written: somebody changed the database."),
        next_step=PUBLISH_NOTHING,
        code="package-changed",
    )
