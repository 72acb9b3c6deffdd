"""What the register of societies registers: its walls, its rows with numbers, what its societies have closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.rls_tables import EXEMPT
from panah.ground.kit import dates
from panah.ground.kit.jinja import url
from panah.ground.kit.nav import BANNERS, CLOSED, Banner
from panah.ground.kit.rank import Rank
from panah.ground.network import capabilities
from panah.ground.network.queries import emergency_lines

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

TOLD_FOR = timedelta(days=14)

EXEMPT.register("network", "the register of societies, branches and rules is for the whole network")
dialled_numbers.ALL.register("network", lambda _society: emergency_lines())


def _is_closed(staff: Staff, view: str, kwargs: dict[str, object]) -> bool:
    return capabilities.closed_by(staff, view, kwargs, on=timezone.localdate()) is not None


def _banners(staff: Staff) -> list[Banner]:
    """Everybody is told what the society decided, from the decision until a fortnight after it begins."""
    society = capabilities.as_decided(staff.society)
    if society.closed_from is None or timezone.localdate() >= society.closed_from + TOLD_FOR:
        return []
    day = dates.day(society.closed_from)
    if not society.closed:
        said = _("From %(day)s the society does all of the work itself.")
    elif capabilities.is_light(society, society.closed_from):
        said = _("From %(day)s the society informs, refers and hears back; the rest is left to others.")
    else:
        said = _("From %(day)s the society leaves to others: %(what)s.")
    labels = [str(one.label) for name, one in capabilities.CAPABILITIES.items() if name in society.closed]
    return [
        Banner(
            said % {"day": day, "what": "; ".join(labels)},
            url("network:society", society.slug),
            _("Read what"),
            tone="soon",
            sounds=False,
            rank=Rank.HOUSEKEEPING,
        )
    ]


CLOSED.register("network", _is_closed)
BANNERS.register("network", _banners, order=60)
