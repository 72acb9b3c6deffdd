"""Opening a case: a sealed file for caseworker and focal points, and the first things on a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import new_number
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work.words import Sentence, kept_text
from panah.people.cases import events, rules
from panah.people.cases.actions.children import begin_child_care
from panah.people.cases.actions.due_items import on_case
from panah.people.cases.actions.index_cards import update_search_card
from panah.people.cases.models import Case
from panah.people.cases.permissions import works_on_cases
from panah.people.cases.words import AgeGroup, CasePart, Urgency
from panah.people.cases.words.due_types import FIRST_MEETING, FIRST_REVIEW

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Branch
    from panah.people.cases.models import CaseGroup

FIRST_STEP = {
    Urgency.NOW: timedelta(hours=1),
    Urgency.TODAY: timedelta(hours=8),
    Urgency.WEEK: timedelta(days=3),
    Urgency.LATER: timedelta(days=7),
}


# The single parts that a case can begin with.
AT_OPENING = (CasePart.IDENTITY, CasePart.CODES, CasePart.CHILD, CasePart.WORKING_LABEL, CasePart.ON_PAPER)


@transaction.atomic
def open_case(
    *,
    keys: Keyring,
    by: Staff,
    at: datetime,
    branch: Branch | None = None,
    owner: Staff | None = None,
    language: str = "",
    age_group: str = AgeGroup.UNKNOWN,
    urgency: str = Urgency.TODAY,
    identity: Mapping[str, object] | None = None,
    codes: Mapping[str, object] | None = None,
    note: Sentence | None = None,
    said: Sentence = "",
    working_label: str = "",
    on_paper: Mapping[str, str] | None = None,
) -> Case:
    """Open a case and return it.

    ``owner`` is the caseworker who will hold it (default: ``by``, if she works on cases); she and both focal
    points can open its file, the author otherwise cannot read it back. ``identity``, ``codes``, ``note`` and
    ``working_label``, by which lists tell the case apart, are sealed in it: ``identity`` as
    ``{"names": [{"text", "kind"}], "phones": [{"number", "safe", "note"}], …}``,
    ``codes`` as ``{field: {"answer": "yes|no|unknown", "values": […]}}`` (see words/codes.py).
    ``on_paper``: the day of the paper it was typed in from and who wrote it, as ``{"on": ISO date, "by"}``.
    ``said`` becomes the sealed sentence of the first due item. Refuses when nobody could hold it.
    """
    holder = owner or by
    _check_holder(holder, keys)
    file = vault.begin_file(keys=keys, kind=FileKind.CASE, staff=[holder], focal_points=True, at=at)
    must_be_two(file)
    case = Case.objects.create(
        society_id=holder.society_id,
        branch=branch or holder.branch,
        number=free_number(),
        file_id=file,
        owner=holder,
        age_group=age_group,
        language=language,
        urgency=urgency,
        opened_at=at,
        opened_by=by,
    )
    identity = rules.tidy_identity(identity) if identity else None
    age = {"group": age_group} if age_group != AgeGroup.UNKNOWN else None
    label = {"text": working_label} if working_label else None
    for part, value in zip(AT_OPENING, (identity, codes, age, label, on_paper), strict=True):
        if value:
            vault.write(keys=keys, file=file, part=part, value=value, at=at)
    if identity:
        update_search_card(keys=keys, case=case, identity=identity, at=at)
    if note:
        vault.add(keys=keys, file=file, part=CasePart.NOTE, value={"text": kept_text(note)}, at=at)
    audit.record(event=events.OPENED, by=by, at=at, about=file)
    first_items(keys=keys, case=case, said=said, at=at)
    if age_group == AgeGroup.CHILD:
        begin_child_care(keys=keys, case=case, at=at)
    return case


def _check_holder(holder: Staff, keys: Keyring) -> None:
    if (
        holder.society_id != keys.staff.society_id
        or not works_on_cases(holder)
        or not vault_queries.has_key(holder)
    ):
        raise Refusal(
            _("A case is held by a caseworker or a focal point of this society who has a key."),
            next_step=_("Choose who will hold it."),
            code="no-holder",
        )


def must_be_two(file: UUID) -> None:
    """Refuse to keep what one colleague alone could open."""
    if len(vault_queries.holders(file)) < 2:
        raise Refusal(
            _("Two colleagues must be able to open each case, and here there is only one."),
            next_step=_("A focal point admits another colleague's key first."),
            code="too-few-grants",
        )


def free_number(model: type[Case | CaseGroup] = Case) -> str:
    """A number that no case has: random, never derived from anything."""
    while True:
        number = new_number()
        if not model.objects.filter(number=number).exists():
            return number


def first_items(*, keys: Keyring, case: Case, said: Sentence, at: datetime) -> UUID:
    """The first step with the person, and the first look at the risk within a day."""
    item = work.due(
        FIRST_MEETING,
        on_case(case),
        keys=keys,
        at=at,
        due_at=at + FIRST_STEP[Urgency(case.urgency)],
        sentence=said,
    )
    work.due(FIRST_REVIEW, on_case(case), keys=keys, at=at)
    return item.pk
