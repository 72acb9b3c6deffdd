"""What the page of a contact says and offers, decided before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.kit.dates import dated, day
from panah.people.hotline.words import AFTER_THE_CALL, ENDED, ContactState

if TYPE_CHECKING:
    from panah.people.hotline.models import Contact


@dataclass(frozen=True)
class ContactPage:
    """A contact whose file is whole. ``noted``: more is kept than what was agreed and how to call back."""

    contact: Contact
    answers: dict[str, object]
    kept: list[str]
    back: dict[str, object]
    undecided: bool
    noted: bool
    leads: bool

    @property
    def state(self) -> ContactState:
        return ContactState(self.contact.state)

    @property
    def goes_on(self) -> bool:
        return self.state not in ENDED

    @property
    def asks_what_next(self) -> bool:
        return self.state not in (ContactState.OPEN, ContactState.CASE)

    @property
    def can_be_resumed(self) -> bool:
        return self.state in AFTER_THE_CALL

    @property
    def can_be_called_back(self) -> bool:
        return self.state in (ContactState.FINISHED, ContactState.CALL_BACK)

    @property
    def call_back_comes_first(self) -> bool:
        return self._rings() and not self.must_not_be_rung and not self.undecided

    @property
    def must_not_be_rung(self) -> bool:
        return "no" in (self.answers.get("c_back"), self.answers.get("safe_back"))

    def _rings(self) -> bool:
        return "phone" in self.kept or bool(self.back)

    @property
    def says_how_to_ring(self) -> bool:
        return self._rings() or bool(self.contact.ended_by_itself)

    @property
    def must_forget_notes(self) -> bool:
        return self.answers.get("c_note") == "no" and self.state != ContactState.OPEN and self.noted

    @property
    def lacks_what_was_understood(self) -> bool:
        """A yes to notes, to a call-back or to being counted, and nothing says what the person understood by it."""
        agreed = "yes" in [self.answers.get(name) for name in ("c_note", "c_back", "c_count")]
        return agreed and not self.answers.get("c_understood") and self.state != ContactState.OPEN

    @property
    def can_be_closed(self) -> bool:
        return self.state == ContactState.FINISHED and not self.undecided

    @property
    def can_be_erased(self) -> bool:
        return self.leads and self.state in (ContactState.FINISHED, ContactState.CLOSED)

    @property
    def can_ask_for_talk(self) -> bool:
        return self.state != ContactState.OPEN

    @property
    def kept_how_long(self) -> str:
        if self.contact.erase_on:
            return _("It will be erased on %(day)s.") % {"day": dated(self.contact.erase_on)}
        if self.contact.kept_until:
            return _("Kept until %(day)s.") % {"day": day(self.contact.kept_until)}
        return _("As the rule sheet says; it is announced two weeks before.")
