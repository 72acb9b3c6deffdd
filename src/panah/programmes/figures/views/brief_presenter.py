"""What a reader can do with a brief now: decided once, for the page and for what is posted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from panah.programmes.figures import permissions
from panah.programmes.figures.brief_states import BriefStanding

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.figures.queries import BriefCard

# Said of a brief that its author can take back.
UNDER_WAY = {
    *(BriefStanding.READING, BriefStanding.SENT_BACK, BriefStanding.CLEARING, BriefStanding.NOT_CLEARED),
    BriefStanding.CLEARED,
}


@dataclass(frozen=True)
class Offered:
    change: bool
    take_back: bool
    read: bool
    clear: bool
    object: bool
    publish: bool
    withdraw: bool
    look_at_errata: bool
    take_out: bool


def offered(card: BriefCard, staff: Staff) -> Offered:
    row, how_far = card.row, card.standing
    writes = permissions.writes(staff) and row.society_id == staff.society_id
    author = writes and row.author_id == staff.pk
    clears = permissions.clears_brief(staff, concerned=row.concerned_id) and row.author_id != staff.pk
    out = how_far in (BriefStanding.PUBLISHED, BriefStanding.OBJECTED)
    return Offered(
        change=author and how_far == BriefStanding.DRAFT,
        take_back=author and how_far in UNDER_WAY,
        read=row.reader_id == staff.pk and how_far == BriefStanding.READING,
        clear=clears
        and how_far in (BriefStanding.CLEARING, BriefStanding.NOT_CLEARED, BriefStanding.CLEARED),
        object=clears and how_far == BriefStanding.PUBLISHED,
        publish=writes and how_far == BriefStanding.CLEARED,
        withdraw=writes and out,
        look_at_errata=writes and out and bool(card.errata),
        take_out=how_far == BriefStanding.PUBLISHED,
    )
