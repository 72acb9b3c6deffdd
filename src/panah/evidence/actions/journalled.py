"""Nothing is made, published or entered beside rows that somebody changed past Panah."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.evidence import queries
from panah.foundation.errors import Refusal

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.evidence.models import Release

PUBLISH_NOTHING = _("Tell whoever keeps this node, and publish nothing.")


def must_be_as_journalled(by: Staff) -> None:
    """What left before is known from the journal: a row that was hidden would protect nobody who is in it."""
    if not queries.left_as_journalled(by.society_id):
        raise not_as_journalled()


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
