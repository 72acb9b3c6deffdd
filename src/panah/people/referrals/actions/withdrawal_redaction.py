"""What a file still tells of a person after a referral was taken back: found, shown, and decided about one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work.words import SENTENCE
from panah.people.cases.words import CasePart
from panah.people.consent.queries import PART as CONSENT
from panah.people.referrals import offer_schema, received_content, residual_mentions
from panah.people.referrals.queries import PART, OpenedReferral
from panah.people.referrals.words import TextDecision

if TYPE_CHECKING:
    from panah.ground.vault.queries import DecryptedPart
    from panah.people.cases.models import Case

SCREENING = "screening"
# In the order in which they are shown; what a code or a mark says is no text of anybody.
LOOKED_AT = (
    CasePart.NOTE,
    CasePart.IDENTITY,
    *(p for p in CasePart if p not in (CasePart.NOTE, CasePart.IDENTITY, CasePart.CODES)),
)
PARTS = (*LOOKED_AT, SCREENING, CONSENT, PART, SENTENCE)


@dataclass(frozen=True)
class ResidualMention:
    """One text that still tells what came. ``key`` names it as it is now: another text has another key."""

    key: str
    part: str
    ref: UUID
    path: residual_mentions.Path
    text: str
    spans: tuple[residual_mentions.MentionSpan, ...]
    at: datetime
    by: UUID | None

    @property
    def fields(self) -> set[str]:
        return {span.field for span in self.spans}


def texts_left(*, keys: Keyring | None, case: Case, opened: OpenedReferral) -> list[ResidualMention]:
    """Return the texts of a case that would still give away what a referral brought, after that has been erased."""
    values = offer_schema.read(opened.sealed.get("offer") or {}).values
    made: Mapping[str, Any] = opened.sealed.get("made") or {}
    gone = {(part, ref) for part, refs in made.get("refs", {}).items() for ref in refs}
    found = []
    for part, rows in vault_queries.read_parts(keys=keys, file=case.file_id, names=PARTS).items():
        for row in rows:
            if (part, str(row.ref)) in gone:
                continue
            for path, text in residual_mentions.texts_in(_without(part, row, opened, made)):
                if spans := residual_mentions.spans(text, values):
                    key = _key(part, row.ref, path, text)
                    found.append(
                        ResidualMention(key, part, row.ref, path, text, tuple(spans), row.at, row.by)
                    )
    return sorted(found, key=lambda one: (PARTS.index(one.part), one.at))


def _without(
    part: str, row: DecryptedPart, opened: OpenedReferral, made: Mapping[str, Any]
) -> Mapping[str, object]:
    # What remains of a part once the fields that the referral brought are removed.
    if part == CasePart.IDENTITY:
        return received_content.identity_without(row.value, made.get("identity", {}))
    if part == PART and row.ref == opened.row.pk:
        return received_content.referral_without(row.value)
    value: Mapping[str, object] = row.value
    return value


def _key(part: str, ref: UUID, path: residual_mentions.Path, text: str) -> str:
    return sha256(repr((part, str(ref), path, text)).encode()).hexdigest()[:16]


def must_be_decided(found: list[ResidualMention], decisions: Mapping[str, str]) -> None:
    """Refuse while a person has not decided about each text that is there now."""
    if any(decisions.get(one.key) not in TextDecision.values for one in found):
        raise Refusal(
            _("There are texts about which nothing is decided yet, or that were changed meanwhile."),
            next_step=_("Look at each text below and choose."),
            code="texts-undecided",
        )


def carry_out(
    *,
    keys: Keyring,
    case: Case,
    opened: OpenedReferral,
    found: list[ResidualMention],
    decisions: Mapping[str, str],
) -> set[str]:
    """Do what was decided about each text; returns the fields that texts which are kept still tell.

    Who wrote a text, and when, stays as it was.
    """
    values = offer_schema.read(opened.sealed.get("offer") or {}).values
    parts = vault_queries.read_parts(keys=keys, file=case.file_id, names=PARTS)
    kept: set[str] = set()
    for one in found:
        decided = decisions[one.key]
        if decided == TextDecision.KEEP:
            kept |= one.fields
            continue
        row = next(row for row in parts[one.part] if row.ref == one.ref)
        text = residual_mentions.redacted(one.text, values) if decided == TextDecision.REDACT else ""
        # A note that Panah put together has several texts: the others stay, and are decided about themselves.
        if one.part == CasePart.NOTE and one.path == ("text",) and not text:
            vault.remove(keys=keys, file=case.file_id, part=one.part, ref=one.ref)
            continue
        value = residual_mentions.with_text(row.value, one.path, text)
        row.value.clear()
        row.value.update(value)
        vault.write(
            keys=keys, file=case.file_id, part=one.part, ref=one.ref, value=value, at=row.at, by=row.by
        )
    return kept
