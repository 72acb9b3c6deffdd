"""What of a case goes onto paper, written in the journal before it does."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from panah.ground.vault.keyring import Keyring
from panah.people.cases import events
from panah.people.cases.actions.case_record import journal
from panah.people.cases.models import Case


@transaction.atomic
def print_summary(*, keys: Keyring, case: Case, copies: int, at: datetime) -> None:
    """Journal that a summary leaves the node on paper, and in how many numbered copies."""
    journal(events.SUMMARY_PRINTED, keys=keys, case=case, at=at, facts={"copies": copies})
