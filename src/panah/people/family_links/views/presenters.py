"""What the page of a request across a border says and offers, decided before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.kit.notices import Notice
from panah.people.family_links.words import LinksAcrossState, LinksDirection

if TYPE_CHECKING:
    from panah.people.family_links.queries.across import OpenedLinks


@dataclass(frozen=True)
class LinksAcrossPage:
    """A request that went to another society, or that came from one. ``first``: what is to be done first."""

    opened: OpenedLinks
    first: str
    answered: bool

    @property
    def state(self) -> LinksAcrossState:
        return LinksAcrossState(self.opened.row.state)

    @property
    def came(self) -> bool:
        return bool(self.opened.row.direction == LinksDirection.IN)

    @property
    def who(self) -> str:
        return str(self.opened.sealed["receiver_name"])

    @property
    def tone(self) -> str:
        return "good" if self.state == LinksAcrossState.ANSWERED else "info"

    @property
    def is_told_by_hand(self) -> bool:
        asked = self.state in (LinksAcrossState.ASKED, LinksAcrossState.ANSWERED)
        return not self.came and not self.opened.row.peer_id and asked

    @property
    def is_open(self) -> bool:
        return self.state != LinksAcrossState.WITHDRAWN

    @property
    def packet_title(self) -> str:
        if self.came:
            return _("What came")
        draft = self.state == LinksAcrossState.DRAFT
        return (_("What %(who)s will see") if draft else _("What %(who)s sees")) % {"who": self.who}

    @property
    def notice(self) -> Notice | None:
        if not self.is_open and self.first:
            return self._taken_back()
        if not self.came and self.state == LinksAcrossState.ASKED and not self.answered:
            hears = _("The one who asks hears only that the request is being worked on.")
            return Notice(_("They are still searching."), hears, tone="info")
        return None

    def _taken_back(self) -> Notice:
        if self.first == "deleted":
            return Notice(_("It is taken back: telephone, and ask them to delete it."))
        if self.came:
            title = _("The one who asks took this back. Nothing of it has a ground here any more.")
            erase = _(
                "If the person sought was asked, tell the person first that the one who asks stopped. Then erase it."
            )
        else:
            title = _("The person sought took back what was told. Nothing of it has a ground here any more.")
            erase = _("Tell the one who asks not to use it. Then erase it.")
        return Notice(title, erase if self.first == "erase" else "")


def says_before(key: str, *, too_early: str) -> str:
    """What is said above a form of a request across a border."""
    if key == "send" and too_early:
        early = _("This answer may leave from %(day)s: a quick one would tell that somebody was asked.")
        return early % {"day": too_early}
    return {
        "told": _("Say exactly what stands here, and nothing that you think besides."),
        "read": _("It opens with the key of this conversation, and becomes part of this request."),
        "back": _("What has not left is stopped. They are told at once, and erase what came."),
    }.get(key, "")
