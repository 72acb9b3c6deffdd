"""Age and children: not known first, in doubt a child.

A note tonight, an assessment within 72 hours, a determination by several before any return.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.models import beginning_of
from panah.ground.kit.dates import PartialDate
from panah.ground.network import queries as network_queries
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.people.cases import events, rules
from panah.people.cases.actions.case_record import journal, must_be_open
from panah.people.cases.actions.due_items import cancel_due, complete_due, on_case
from panah.people.cases.actions.identification import local_day
from panah.people.cases.actions.index_cards import follow_counting
from panah.people.cases.models import Case
from panah.people.cases.queries.same_person import agreed_to_counting, is_counted, refused_counting
from panah.people.cases.words import AgeGroup, CasePart
from panah.people.cases.words.due_types import ASSESS, GUARDIAN, TONIGHT


def child_part(keys: Keyring | None, case: Case) -> dict[str, Any]:
    return vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.CHILD)


def _write(keys: Keyring, case: Case, more: Mapping[str, object], at: datetime) -> dict[str, object]:
    value = {**child_part(keys, case), **more}
    vault.write(keys=keys, file=case.file_id, part=CasePart.CHILD, value=value, at=at)
    journal(events.CARE_WRITTEN, keys=keys, case=case, at=at)
    return value


def _follow_counting(keys: Keyring, case: Case, at: datetime) -> None:
    # Whether a yes to being counted counts hangs on the age and on who may agree.
    if (refused_counting if is_counted(keys=keys, case=case) else agreed_to_counting)(keys=keys, case=case):
        follow_counting(keys=keys, case=case, at=at)


@transaction.atomic
def set_age(
    *,
    keys: Keyring,
    case: Case,
    said: str,
    basis: str,
    doubt: str,
    at: datetime,
    born: str = "",
    remark: str = "",
) -> str:
    """Write down what is known about the age; returns the age group that counts from now on.

    ``said`` is adult, child or unknown; ``doubt`` one of the four answers. In doubt a child; an impression alone
    never makes an adult. A date of birth decides where it is clear. Refuses an adult of whom the doubt was not asked.
    """
    must_be_open(case)
    group = _group(case, said, basis, doubt, born, at)
    if said == "adult" and doubt == "none" and group == AgeGroup.UNKNOWN:
        raise Refusal(
            _(
                "Whether the person could be a child was not asked. Nothing is changed: the age stays as it was."
            ),
            next_step=_("Answer “Could the person be a child?” and keep it again."),
            code="doubt-not-asked",
        )
    value = {
        "age": {"said": said, "basis": basis, "doubt": doubt, "born": born, "remark": remark, "group": group}
    }
    _write(keys, case, value, at)
    if group != case.age_group:
        case.age_group = group
        case.save(update_fields=["age_group"])
        journal(events.CHANGED, keys=keys, case=case, at=at)
    _follow_counting(keys, case, at)
    if group == AgeGroup.CHILD:
        begin_child_care(keys=keys, case=case, at=at)
    else:
        cancel_due(case=case, purpose="tonight", at=at)
        cancel_due(case=case, purpose="assess", at=at)
    return group


def age_from_birth(*, keys: Keyring, case: Case, born: str, at: datetime) -> bool:
    """When a date of birth says clearly that this is a child, treat the person as one; returns whether it did."""
    if (
        not born
        or case.age_group == AgeGroup.CHILD
        or _group(case, "unknown", "said", "none", born, at) != AgeGroup.CHILD
    ):
        return False
    set_age(keys=keys, case=case, said="child", basis="said", doubt="none", born=born, at=at)
    return True


def _group(case: Case, said: str, basis: str, doubt: str, born: str, at: datetime) -> str:
    today = local_day(case, at)
    limit = network_queries.child_age(society=case.society, on=today)
    if born and doubt != "yes":
        known = PartialDate.parse(born)
        by_birth = rules.age_group_of(
            born_first=known.first, born_last=known.last, today=today, child_age=limit
        )
        if by_birth != "unknown":
            return by_birth
    if said == "child" or doubt == "yes" or (said == "unknown" and doubt == "unknown"):
        # Asked whether it could be a child, and nobody knows: that is a doubt.
        return AgeGroup.CHILD
    if said == "adult" and basis != "impression" and doubt == "no":
        return AgeGroup.ADULT
    return AgeGroup.UNKNOWN


@transaction.atomic
def begin_child_care(*, keys: Keyring, case: Case, at: datetime) -> None:
    """Put the note of tonight and the assessment within 72 hours on the list, where they are not written yet."""
    # Of an earlier day the table keeps noon: the clock runs from the beginning of that day.
    kept, opened = child_part(keys, case), beginning_of(case.opened_at or at)
    for key, what, within in (
        ("note", TONIGHT, rules.BEST_INTERESTS_TONIGHT),
        ("assessment", ASSESS, rules.BEST_INTERESTS_WITHIN),
    ):
        if not kept.get(key):
            begun = opened if at - opened < within else at
            work.due(what, on_case(case), keys=keys, due_at=begun + within, at=at)


@transaction.atomic
def write_best_interests(
    *, keys: Keyring, case: Case, which: str, text: Mapping[str, object], at: datetime
) -> None:
    """Seal the ``note`` of tonight or the ``assessment``; what was due for it is done."""
    must_be_open(case)
    _write(keys, case, {which: {**text, "by": str(keys.staff.pk), "at": at.isoformat()}}, at)
    complete_due(case=case, purpose={"note": "tonight", "assessment": "assess"}[which], by=keys.staff, at=at)


@transaction.atomic
def determine(*, keys: Keyring, case: Case, determination: Mapping[str, Any], at: datetime) -> bool:
    """Seal the formal determination: ``{"parties": [...], "family_checked", "decision", "child_view", "on"}``.

    Returns whether it counts before a return: several parties, and the family was checked. Refuses without several.
    """
    must_be_open(case)
    parties = [p for p in determination.get("parties", []) if p.strip()]
    if len(set(parties)) < rules.DETERMINATION_NEEDS:
        raise Refusal(
            _("A determination is made by several parties."),
            next_step=_(
                "Name at least two who took part, for example child protection and a representative."
            ),
            code="too-few-parties",
        )
    value = {**determination, "parties": parties, "at": at.isoformat()}
    _write(keys, case, {"determination": value}, at)
    return rules.determination_counts(
        parties, family_checked=str(determination.get("family_checked", "none"))
    )


@transaction.atomic
def write_guardian(*, keys: Keyring, case: Case, guardian: Mapping[str, object], at: datetime) -> bool:
    """Seal who may act for the child: ``{"name", "relation", "reach", "involved"}``; returns whether she may.

    Only a guardian who is known not to be involved consents or is told anything.
    """
    must_be_open(case)
    _write(keys, case, {"guardian": dict(guardian)}, at)
    _follow_counting(keys, case, at)
    may = rules.guardian_may_act(str(guardian.get("involved", "none")))
    if may:
        complete_due(case=case, purpose="guardian", by=keys.staff, at=at)
    else:
        work.due(GUARDIAN, on_case(case), keys=keys, due_at=at + rules.BEST_INTERESTS_TONIGHT, at=at)
    return may


def comes_of_age_on(keys: Keyring, case: Case) -> date | None:
    """The latest day on which a child can come of age, from what is known of the birth; None when nothing is."""
    born = child_part(keys, case).get("age", {}).get("born") or vault_queries.value_of(
        keys=keys, file=case.file_id, part=CasePart.IDENTITY
    ).get("born")
    if not born:
        return None
    return network_queries.comes_of_age(society=case.society, born_on=PartialDate.parse(born).last)
