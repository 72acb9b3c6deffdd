"""How many cases one colleague holds, the society's ceiling, and handing many over at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.work.words import LazySentence, Sentence, kept_text
from panah.people.cases import events
from panah.people.cases.actions.team import hand_over
from panah.people.cases.models import Case, Ceiling
from panah.people.cases.permissions import leads, require
from panah.people.cases.queries import caseload
from panah.people.cases.words import CasePart

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

AT_ONCE = 25


@transaction.atomic
def set_ceiling(*, by: Staff, most: int | None, at: datetime) -> None:
    """How many open cases one colleague should hold at most; None: no ceiling."""
    require(leads(by), _("The ceiling is set by a focal point."), code="not-a-focal-point")
    if most is None:
        Ceiling.objects.filter(society=by.society).delete()
    else:
        Ceiling.objects.update_or_create(society=by.society, defaults={"most": most})
    audit.record(event=events.CEILING, by=by, at=at, facts={"most": most or 0})


def must_fit_ceiling(*, owner: Staff, more: int, reason: str) -> None:
    """Refuse without a reason when ``more`` cases would take a colleague beyond the ceiling. A reason always goes."""
    load = caseload(society=owner.society_id)
    held = load.held.get(owner.pk, 0)
    if load.most is not None and held + more > load.most and not reason.strip():
        raise Refusal(
            _("%(who)s holds %(held)s open cases; the society’s ceiling is %(most)s.")
            % {"who": owner.name, "held": held, "most": load.most},
            next_step=_("Choose someone else, or say why it goes beyond the ceiling."),
            code="over-ceiling",
        )


def said_beyond(reason: str) -> Sentence:
    """Say why a colleague takes more than the ceiling, "" where no reason was written."""
    return LazySentence(gettext_lazy("Beyond the ceiling: %(why)s"), why=reason) if reason.strip() else ""


@transaction.atomic
def note_beyond(*, keys: Keyring, case: Case, reason: str, at: datetime) -> None:
    """Seal in the case why its holder took more than the ceiling."""
    if reason.strip():
        value = {"text": kept_text(said_beyond(reason)), "about": "caseload"}
        vault.add(keys=keys, file=case.file_id, part=CasePart.NOTE, value=value, at=at)


def hand_over_some(
    *, keys: Keyring, cases: Iterable[Case], to: Staff, note: str, reason: str, at: datetime
) -> tuple[int, list[str]]:
    """Hand a chunk of cases over, each in its own transaction; returns (how many, the numbers that stayed).

    What her keys do not open, what is closed meanwhile or what she may not hand over stays where it is.
    """
    done, stayed = 0, []
    for case in cases:
        if case.owner_id == to.pk:
            done += 1
            continue
        try:
            with transaction.atomic():
                # The reason first: afterwards a holder who gives her case away cannot open it any more.
                note_beyond(keys=keys, case=case, reason=reason, at=at)
                hand_over(keys=keys, case=case, to=to, note=note, at=at)
        except Refusal:
            stayed.append(case.number)
        else:
            done += 1
    return done, stayed


@transaction.atomic
def note_many(*, by: Staff, to: Staff, number: int, at: datetime) -> None:
    """Write in the journal that a list was handed over: how many to whom; each case has its own line besides."""
    audit.record(event=events.HANDED_MANY, by=by, at=at, facts={"rows": number, "to": str(to.pk)})
