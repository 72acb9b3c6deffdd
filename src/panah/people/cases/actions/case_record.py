"""What the person tells: who this is, what is known, what has happened, notes of the team. All of it sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work.words import Sentence, kept_text
from panah.people.cases import events
from panah.people.cases.actions.index_cards import update_search_card
from panah.people.cases.models import Case
from panah.people.cases.words import CasePart, codes

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.audit.events import Event
    from panah.ground.network.models import Branch


def must_be_open(case: Case) -> None:
    """A closed case is read, noted on and opened again, nothing else."""
    if not case.is_open:
        raise Refusal(
            _("This case is closed."),
            next_step=_("Open it again first; a note can be written as it is."),
            code="closed",
        )


def journal(
    event: Event, *, keys: Keyring, case: Case, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """One line about the case in the journal."""
    audit.record(event=event, by=keys.staff, at=at, about=case.file_id, facts=facts)


@transaction.atomic
def write_identity(
    *, keys: Keyring, case: Case, identity: Mapping[str, object], at: datetime, based_on: int | None = None
) -> int:
    """Seal who this is; returns the version. Raises Stale when a colleague wrote in the meantime."""
    must_be_open(case)
    version = vault.write(
        keys=keys, file=case.file_id, part=CasePart.IDENTITY, value=identity, at=at, based_on=based_on
    )
    update_search_card(keys=keys, case=case, identity=identity, at=at)
    journal(events.IDENTITY_WRITTEN, keys=keys, case=case, at=at)
    return version


@transaction.atomic
def write_codes(
    *, keys: Keyring, case: Case, answers: Mapping[str, object], at: datetime, based_on: int | None = None
) -> int:
    """Seal coded answers (all fields of the book that were sent; others stay as they are); returns the version."""
    must_be_open(case)
    known = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.CODES)
    joined = {**known, **answers}
    kept = {name: answer for name, answer in joined.items() if answer.get("answer", "none") != "none"}
    version = vault.write(
        keys=keys, file=case.file_id, part=CasePart.CODES, value=kept, at=at, based_on=based_on
    )
    journal(events.CODES_WRITTEN, keys=keys, case=case, at=at)
    return version


# What an episode tells that the coded record asks too: part of the episode -> field of the book.
FROM_EPISODE = {
    "types": "vic_TypeOfExploitation",
    "recruitment": "vic_MethodOfRecruitment",
    "control": "vic_MethodsOfControl",
    "industry": "vic_ForcedLabourIndustry",
    "relationship": "vic_RelationshipToTrafficker",
    "countries": "pan_CountriesOfExploitation",
    "recruited_in": "pan_CountriesOfRecruitment",
}


@transaction.atomic
def write_episode(
    *, keys: Keyring, case: Case, episode: Mapping[str, object], at: datetime, ref: UUID | None = None
) -> UUID:
    """Seal one episode (a person can have several); what it tells goes into the coded record too. Returns its ref."""
    must_be_open(case)
    ref = _add_or_change(keys, case, CasePart.EPISODE, episode, at, ref)
    more = {field: _many(episode.get(part)) for part, field in FROM_EPISODE.items()}
    known = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.CODES)
    joined = codes.merged(known, more)
    if joined != known:
        vault.write(keys=keys, file=case.file_id, part=CasePart.CODES, value=joined, at=at)
    journal(events.EPISODE_WRITTEN, keys=keys, case=case, at=at)
    return ref


def _many(value: object) -> list[str]:
    if not value:
        return []
    return [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]


def _add_or_change(
    keys: Keyring, case: Case, part: str, value: Mapping[str, object], at: datetime, ref: UUID | None
) -> UUID:
    if ref is None:
        return vault.add(keys=keys, file=case.file_id, part=part, value=value, at=at)
    vault.write(keys=keys, file=case.file_id, part=part, value=value, at=at, ref=ref)
    return ref


@transaction.atomic
def add_note(*, keys: Keyring, case: Case, text: str, at: datetime) -> UUID:
    """A note for the team: it never leaves with a referral. Also on a closed case."""
    ref = vault.add(keys=keys, file=case.file_id, part=CasePart.NOTE, value={"text": text}, at=at)
    journal(events.NOTED, keys=keys, case=case, at=at)
    return ref


@transaction.atomic
def carry_note(
    *, keys: Keyring, case: Case, text: Sentence, written_at: datetime, written_by: UUID | None, at: datetime
) -> UUID:
    """A note that was written elsewhere (on a call): it keeps its own time and author."""
    ref = vault.add(
        keys=keys,
        file=case.file_id,
        part=CasePart.NOTE,
        value={"text": kept_text(text), "about": "call"},
        at=written_at,
        by=written_by,
    )
    journal(events.NOTED, keys=keys, case=case, at=at)
    return ref


@transaction.atomic
def change_facts(
    *,
    keys: Keyring,
    case: Case,
    at: datetime,
    urgency: str | None = None,
    language: str | None = None,
    branch: Branch | None = None,
    working_label: str | None = None,
) -> Case:
    """Change what lists show: work facts in plain, and the sealed words that tell the case apart."""
    must_be_open(case)
    case.urgency = case.urgency if urgency is None else urgency
    case.language = case.language if language is None else language
    case.branch = branch or case.branch
    case.save(update_fields=["urgency", "language", "branch"])
    if working_label is not None:
        _relabel(keys, case, working_label, at)
    journal(events.CHANGED, keys=keys, case=case, at=at)
    return case


def _relabel(keys: Keyring, case: Case, text: str, at: datetime) -> None:
    part = CasePart.WORKING_LABEL
    if text != vault_queries.value_of(keys=keys, file=case.file_id, part=part).get("text", ""):
        vault.write(keys=keys, file=case.file_id, part=part, value={"text": text}, at=at)


def note_export(*, by: Staff, number: int, at: datetime) -> None:
    """Write in the journal that a list of cases was taken out, and how many lines it had."""
    audit.record(event=events.LISTED, by=by, at=at, facts={"rows": number})
