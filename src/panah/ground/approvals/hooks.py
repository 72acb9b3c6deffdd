"""What approvals register with rooms below them: a banner for whoever can stop what two people are to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.approvals import queries as approvals_queries
from panah.ground.kit import nav
from panah.ground.kit.jinja import url
from panah.ground.kit.rank import Rank

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def _banners(staff: Staff) -> list[nav.Banner]:
    """What stands on her pages while something waits that she can stop; one query."""
    found = approvals_queries.told_of(staff, at=timezone.now())
    return [
        nav.Banner(
            _sentence(one),
            url("sign_in:approval", one.pk),
            _("Look"),
            tone="soon",
            sounds=False,
            rank=Rank.HOUSEKEEPING,
        )
        for one in found
    ]


def _sentence(one: Any) -> str:
    if one.about_oneself:
        return _("Somebody asks for something about your own key: %(act)s.") % {"act": one.act.label}
    return _("Two people are to decide: %(act)s.") % {"act": one.act.label}


nav.BANNERS.register("approvals", _banners, order=10)
