"""Who brings documents, who changes what is said of one, who decides that it may leave the society."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.accounts.roles import Permission, may, require
from panah.ground.foundation.errors import Refusal
from panah.programmes.library.words import Visibility

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.library.models import Document


def reads(staff: Staff | None) -> bool:
    """Every colleague reads in the library; which documents, ``Document.objects.visible`` says."""
    return staff is not None


def brings(staff: Staff | None) -> bool:
    """Brings documents, makes collections."""
    return may(staff, Permission.LIBRARY_BRING)


def keeps(staff: Staff | None, document: Document) -> bool:
    """Changes what is said of a document: whoever brought it, the focal points and the network coordinator."""
    if staff is None or document.society_id != staff.society_id:
        return False
    return document.brought_by_id == staff.pk or may(staff, Permission.LIBRARY_KEEP)


def must_bring(by: Staff) -> None:
    require(
        by,
        Permission.LIBRARY_BRING,
        _("Focal points, coordinators and data officers bring documents to the library."),
        _("Give the file to one of them."),
        "not-yours-to-bring",
    )


def must_keep(by: Staff, document: Document) -> None:
    if not keeps(by, document):
        raise Refusal(
            _("Whoever brought a document, a focal point or the network coordinator changes it."),
            next_step=_("Tell one of them what should change."),
            code="not-yours-to-keep",
            status=403,
        )


def must_open(by: Staff, visibility: str) -> None:
    """Beyond those who are named: a focal point or the network coordinator decides; for everybody: a focal point."""
    allowed = {
        Visibility.CONFIDENTIAL: True,
        Visibility.NETWORK: brings(by),
        Visibility.PUBLIC: may(by, Permission.LIBRARY_OPEN),
    }[Visibility(visibility)]
    if not allowed:
        raise Refusal(
            _("A focal point decides what becomes public."),
            next_step=_("Bring it for the network, and ask a focal point."),
            code="focal-point-only",
            status=403,
        )
