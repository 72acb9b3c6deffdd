"""What the page of one service says: what to beware of, and what is known, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.directory.words import AgreementState, Freshness, Need
from panah.ground.kit.dates import dated

if TYPE_CHECKING:
    from panah.ground.directory.queries.cards import AgreementCard, ServiceSheet


@dataclass(frozen=True)
class ServicePage:
    """One service, as it is read before somebody is sent there; ``agreement`` is that of the reader's society."""

    sheet: ServiceSheet
    agreement: AgreementCard | None

    @property
    def trust_warning(self) -> str:
        """Why its entry is not to be relied on, or ""."""
        return {
            Freshness.FRESH: "",
            Freshness.FAILED: _("It did not work when last tried."),
            Freshness.STALE: _("It was verified too long ago."),
        }.get(self.sheet.card.verified.freshness, _("Nobody has verified it."))

    @property
    def trust_tone(self) -> str:
        return "urgent" if self.sheet.card.verified.freshness == Freshness.FAILED else "soon"

    @property
    def agreement_warning(self) -> str:
        """Why our agreement does not simply hold, or ""."""
        ours = self.agreement
        if ours is None or not ours.troubles:
            return ""
        if ours.state == AgreementState.ENDED:
            return _("Our agreement with this organisation ended on %(day)s.") % {"day": dated(ours.ends_on)}
        if ours.state == AgreementState.ENDS_SOON:
            return _("Our agreement with this organisation ends on %(day)s.") % {"day": dated(ours.ends_on)}
        return _("Our agreement with this organisation begins on %(day)s.") % {"day": dated(ours.starts_on)}

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What a person asks about it first: said also where nobody knows."""
        card, unknown = self.sheet.card, _("not known")
        return [
            (_("Helps with"), ", ".join(card.need_labels)),
            (_("Who can be admitted"), self._admits()),
            (_("Languages"), ", ".join(card.language_labels) or unknown),
            (_("Opening hours"), card.hours or unknown),
            (_("Cost"), self._cost()),
            *((label, text) for label, text in self._further() if text),
            (_("Works with Panah"), self._panah()),
        ]

    def _further(self) -> list[tuple[str, str]]:
        card, shelter = self.sheet.card, Need.SHELTER in self.sheet.card.needs
        hidden = _("Not written down anywhere here. Call; the way is told to the one who brings the person.")
        return [
            (_("Where to come"), self.sheet.address),
            (_("Where to come"), hidden if shelter else ""),
            (_("How many it can take"), card.capacity),
            (_("For whom, in words"), card.eligibility),
            (_("Papers to bring"), "; ".join(self.sheet.documents)),
            (_("How to refer someone"), card.how_to_refer),
        ]

    def _admits(self) -> str:
        card = self.sheet.card
        youngest, oldest = card.ages
        parts = [", ".join(card.admits_labels) or _("not known")]
        parts += [_("from age %(age)s") % {"age": youngest}] if youngest is not None else []
        parts += [_("up to age %(age)s") % {"age": oldest}] if oldest is not None else []
        return ", ".join(parts)

    def _cost(self) -> str:
        card = self.sheet.card
        if card.free is None and not card.fees:
            return _("not known")
        return " ".join(part for part in (_("free of charge") if card.free else "", card.fees) if part)

    def _panah(self) -> str:
        if self.sheet.card.has_panah:
            return _("yes: a referral can be sent protected")
        return _("no: refer by telephone, letter or one-time page")
