"""Reading consents of a file that the asker's keys open, and asking whether something may leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.directory import queries as directory_queries
from panah.ground.directory.words import OrganizationKind
from panah.ground.kit.languages import INTERFACE, language_name
from panah.ground.kit.read_aloud import voices
from panah.ground.network import queries as network_queries
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.queries import DecryptedPart
from panah.ground.work.words import NameByLanguage, Sentence
from panah.people.consent import rules
from panah.people.consent.rules import Consent, ConsentVerdict
from panah.people.consent.subjects import guardian_may_be_involved
from panah.people.consent.words import AUTHORITY_RISKS, ConsentPurpose

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PART = "consent"
TEXTS = Path(__file__).parent / "read_aloud.json"
AUTHORITIES: dict[str, str] = {
    OrganizationKind.CONSULATE: "consulate",
    OrganizationKind.LAW_ENFORCEMENT: "police",
    OrganizationKind.IMMIGRATION: "police",
}


def read_aloud_languages() -> list[tuple[str, str]]:
    """The languages in which consent can be read aloud, as (tag, name for the reader)."""
    return [*INTERFACE, *((voice.language, language_name(voice.language)) for voice in voices(TEXTS))]


# What stands in the sealed part of one answer, as ``actions.write_answer`` takes it.
type KeptAnswer = dict[str, Any]


@dataclass(frozen=True)
class WrittenConsent:
    """A consent as written down: its rule-side, everything else that was kept, and who wrote it when."""

    consent: Consent
    kept: KeptAnswer
    sealed: DecryptedPart


def answers(*, keys: Keyring | None, file: UUID) -> list[WrittenConsent]:
    """Return all answers of a person, oldest first."""
    rows = vault_queries.read_all(keys=keys, file=file, part=PART)
    rows.sort(key=lambda s: s.value["order"])
    return [WrittenConsent(_consent(s, file), with_name_now(s.value), s) for s in rows]


def latest(*, keys: Keyring | None, file: UUID) -> list[WrittenConsent]:
    """Return the last answer for each purpose and receiver."""
    newest: dict[tuple[str, str], WrittenConsent] = {}
    for answer in answers(keys=keys, file=file):
        newest[answer.consent.purpose, answer.consent.receiver] = answer
    return list(newest.values())


def why_not(*, keys: Keyring | None, file: UUID, answer: Consent, on: date, age_group: str) -> rules.Why:
    """Return "" where an answer is a yes that counts on this day, else why it does not; see rules.why_not."""
    return rules.why_not(
        answer,
        on=on,
        age=age_group,  # type: ignore[arg-type]
        involved=age_group != "adult" and guardian_may_be_involved(keys=keys, file=file),
    )


def lacks(*, keys: Keyring | None, file: UUID, answer: Consent, on: date, age_group: str) -> rules.Why:
    """Return what a yes still lacks to count, which was neither taken back nor has ended; "" of every other answer."""
    why = why_not(keys=keys, file=file, answer=answer, on=on, age_group=age_group)
    return "" if why in rules.NO_YES else why


def standing_yes(
    *, keys: Keyring | None, file: UUID, purpose: str, receiver: str, on: date, age_group: str
) -> WrittenConsent | None:
    """Return the yes for this purpose and receiver if it counts on this day."""
    for answer in latest(keys=keys, file=file):
        if (answer.consent.purpose, answer.consent.receiver) == (purpose, receiver):
            why = why_not(keys=keys, file=file, answer=answer.consent, on=on, age_group=age_group)
            return None if why else answer
    return None


def one(*, keys: Keyring | None, file: UUID, ref: UUID) -> WrittenConsent | None:
    """Return one answer by its ref."""
    return next((a for a in answers(keys=keys, file=file) if a.sealed.ref == ref), None)


def notes_refused(*, keys: Keyring | None, file: UUID) -> bool:
    """Say whether the last word about notes being kept was a no, or was taken back."""
    about_notes = (ConsentPurpose.NOTE, ConsentPurpose.ASSISTANCE)
    answered = [a.consent for a in answers(keys=keys, file=file) if a.consent.purpose in about_notes]
    if keys is not None and not vault_queries.is_whole(keys=keys, file=file, part=PART):
        return True
    return bool(answered) and (answered[-1].said == "no" or answered[-1].withdrawn_on is not None)


def may_share(
    *,
    keys: Keyring | None,
    file: UUID,
    purpose: str,
    on: date,
    age_group: str,
    receiver: str = "",
    fields: Iterable[str] = (),
) -> ConsentVerdict:
    """Say whether these fields may go to this receiver; see rules.may_share.

    An answer that was put back, taken away or does not open could have been a *no*: then nothing may leave.
    """
    written = answers(keys=keys, file=file)
    if keys is not None and not _is_as_written(keys, file):
        return ConsentVerdict(False, "not_as_written")
    restored_at = keys.restored_at(file) if keys is not None else None
    answer = rules.current([a.consent for a in written], purpose=purpose, receiver=receiver)
    if restored_at is not None and answer is not None:
        kept = next(a.kept for a in written if a.consent is answer)
        # What was said between the backup and its return is lost: it may have been a no.
        if datetime.fromisoformat(kept["given_at"]) <= restored_at:
            return ConsentVerdict(False, "asked_before_restore", answer.ref)
    return rules.may_share(
        [a.consent for a in written],
        purpose=purpose,
        receiver=receiver,
        fields=fields,
        on=on,
        age=age_group,  # type: ignore[arg-type]
        involved=age_group != "adult" and guardian_may_be_involved(keys=keys, file=file),
    )


def _is_as_written(keys: Keyring, file: UUID) -> bool:
    return vault_queries.is_whole(keys=keys, file=file, part=PART) and vault_queries.is_current(
        keys=keys, file=file
    )


def authority_risk(receiver: str, name: str, *, at: datetime) -> StrOrPromise | None:
    """Return what the person must hear before a consulate or police is told, or None for any other receiver."""
    kind, _colon, key = receiver.partition(":")
    sheet = directory_queries.service_or_none(UUID(key), at=at) if kind == "service" else None
    authority = AUTHORITIES.get(sheet.card.kind, "") if sheet else ""
    return AUTHORITY_RISKS.get(authority or rules.authority_named(name))


def _consent(sealed: DecryptedPart, file: UUID) -> Consent:
    value = sealed.value
    return Consent(
        purpose=value["purpose"],
        said=value["said"],
        receiver=receiver_of(value, file=file),
        fields=frozenset(value.get("fields", [])),
        seven=value.get("seven", {}),
        guardian=value.get("guardian", "not_needed"),
        until=_day(value.get("until")),
        withdrawn_on=_day(value.get("withdrawn_on")),
        ref=str(sealed.ref),
        order=value["order"],
    )


def receiver_of(value: Mapping[str, Any], *, file: UUID) -> str:
    """Return the receiver of what is kept with ``receiver`` and ``receiver_name``; see rules.receiver_key."""
    return rules.receiver_key(value.get("receiver", ""), value.get("receiver_name") or "", file=file)


def receiver_said(value: Mapping[str, Any]) -> Sentence:
    """Return the receiver for a sentence of what is due: a society by its name in each reader's language."""
    kind, _colon, slug = value.get("receiver", "").partition(":")
    society = network_queries.society_or_none(slug) if kind == "society" else None
    return NameByLanguage(society.name_in) if society else str(value.get("receiver_name") or "")


def with_name_now(value: KeptAnswer) -> KeptAnswer:
    """Return what is kept with the receiver as its reader calls it: a society has a name in each language.

    What came with a referral has no receiver but whoever asked: the society in ``asked_there``, by its short name.
    """
    kind, _colon, slug = value.get("receiver", "").partition(":")
    asked_there = value.get("asked_there", "")
    known = asked_there or (slug if kind == "society" else "")
    name = network_queries.society_name(known, get_language() or "en") if known else ""
    if asked_there:
        return {**value, "receiver_name": _("asked by %(who)s") % {"who": name or value["receiver_name"]}}
    return {**value, "receiver_name": name} if name else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
