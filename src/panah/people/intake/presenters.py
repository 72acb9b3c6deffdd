"""What the page of an arrival says and offers, decided before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.kit.notices import Notice
from panah.ground.work.words import Urgency
from panah.people.inbox.words import ArrivalState

if TYPE_CHECKING:
    from panah.people.inbox.models import Arrival


@dataclass(frozen=True)
class ArrivalPage:
    """One arrival: ``damaged`` does not open; ``shown``: what came stands on the page."""

    row: Arrival
    damaged: bool
    shown: bool
    vault_open: bool
    may_open: bool
    openers: list[str]
    now: datetime

    @property
    def warning(self) -> Notice | None:
        """What became of it before anyone could act on it."""
        state = self.row.state
        if state == ArrivalState.WITHDRAWN:
            after = _("This was withdrawn after it was opened. Its content is deleted.")
            before = _("This was withdrawn before anyone opened it. Its content is deleted.")
            erased = _(
                "The person no longer agrees that it is used. What was written down from it is erased too."
            )
            danger = _(
                "It said: danger now. Nothing of it is left to act on, and nobody can know who took it back. "
                "Who writes or calls next may be the same person."
            )
            unread = self.row.urgency == Urgency.NOW and not self.row.opened_at
            return Notice(
                after if self.row.opened_at else before,
                danger if unread else erased,
                tone="soon" if unread else "info",
            )
        if state == ArrivalState.EXPIRED:
            return Notice(
                _("This expired before anyone opened it. Its content is deleted."),
                _("Telephone whoever sent it, and ask whether help is still needed."),
            )
        if self.damaged:
            return Notice(
                _("This does not open: it was changed or damaged."),
                _("Telephone whoever sent it and ask to send it again. Then close this one."),
            )
        if state == ArrivalState.SEALED and self.row.open_by <= self.now:
            return Notice(
                _("This has waited too long."), _("The focal points were told, without any content.")
            )
        return None

    @property
    def can_be_opened(self) -> bool:
        return self.row.state == ArrivalState.SEALED and self.may_open

    @property
    def can_be_shown(self) -> bool:
        return self._opened_unseen() and self.vault_open and self.may_open

    def _opened_unseen(self) -> bool:
        return self.row.state == ArrivalState.OPENED and not self.shown

    @property
    def closed_to_reader(self) -> Notice | None:
        """Why its content is not open to whoever reads the page; nothing where it is."""
        no_key = _("You do not hold the key that opens this.")
        if self.row.state == ArrivalState.SEALED and not self.may_open:
            who = {"who": ", ".join(str(one) for one in self.openers)}
            ask = _("These colleagues do: %(who)s.") % who if self.openers else _("Ask a focal point.")
            return Notice(no_key, ask, tone="seal")
        if self._opened_unseen() and not self.vault_open:
            return Notice(_("The vault is locked."), _("Open it to see what came."), tone="seal")
        if self._opened_unseen() and not self.may_open:
            goes_on = _("%(who)s opened it and goes on with it.") % {"who": self.row.opened_by}
            return Notice(no_key, goes_on, tone="seal")
        return None
