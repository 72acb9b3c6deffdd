"""Links between cases, and what joins many: an event, a household. Who belongs together is sealed on both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.audit import actions as audit
from panah.cases import events
from panah.cases.actions.case_record import journal, must_be_open
from panah.cases.actions.index_cards import count_apart, count_once, drop_facts_card
from panah.cases.actions.opening import free_number, open_case
from panah.cases.models import Case, CaseGroup
from panah.cases.permissions import must_work_on_cases
from panah.cases.words import AgeGroup, CasePart, Urgency
from panah.cases.words.terms import MIRROR, NameKind, Relation
from panah.foundation.errors import Refusal
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.vault import waiting_parts
from panah.vault.keyring import Keyring
from panah.vault.parts import DecryptedPart
from panah.vault.words import FileKind

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.network.models import Branch

# What tells one of many apart is at most so long, so that with the place and the number it fits into the label.
MOST_OF_LOOKS = 60
KINDS = {CaseGroup.Kind.EVENT: FileKind.EVENT, CaseGroup.Kind.HOUSEHOLD: FileKind.HOUSEHOLD}


@transaction.atomic
def link_cases(
    *, keys: Keyring, case: Case, other: Case, relation: str, at: datetime, remark: str = ""
) -> bool:
    """Link two cases that the asker can both open; it is sealed in both files, in the second one some hours later.

    Until then whoever opens that one reads it from what waits for it: no transaction writes in both. Cases of one
    person are counted once from now on: returns whether a card went for that.
    """
    must_be_open(case)
    if case.pk == other.pk:
        raise Refusal(
            _("A case is not linked with itself."),
            next_step=_("Write the number of the other one."),
            code="itself",
        )
    back = MIRROR.get(Relation(relation), Relation(relation))
    told, back_told = (
        {"to": str(to.pk), "number": to.number, "relation": how.value, "remark": remark}
        for to, how in ((other, Relation(relation)), (case, back))
    )
    vault.add(keys=keys, file=case.file_id, part=CasePart.LINK, value=told, at=at)
    gone = relation == Relation.SAME and count_once(keys=keys, case=case, other=other, at=at)
    # After everything that may refuse: what waits is not taken back with this transaction.
    waiting_parts.add(keys=keys, file=other.file_id, part=CasePart.LINK, value=back_told, at=at)
    # Two lines of one moment would say in plain who belongs together.
    for file in (case.file_id, other.file_id):
        vault.record_by_day(event=events.LINKED, by=keys.staff, at=at, about=file)
    return gone


@transaction.atomic
def unlink(*, keys: Keyring, case: Case, ref: UUID, at: datetime) -> None:
    """Undo a link on both sides, as far as the other side opens."""
    found = next((one for one in _links(keys, case.file_id) if one.ref == ref), None)
    if found is None:
        raise Refusal(
            _("There is no such link."), next_step=_("Open the links of the case again."), code="gone"
        )
    _undo(keys, case, ref, found.value)
    if found.value.get("relation") == Relation.SAME:
        _count_both(keys, case, found.value["to"], at)
    journal(events.UNLINKED, keys=keys, case=case, at=at)


@transaction.atomic
def unlink_from(*, keys: Keyring, case: Case, other: Case, at: datetime) -> None:
    """Undo the link that says two cases are one person's, if it still stands."""
    for one in _links(keys, case.file_id):
        if one.value.get("to") == str(other.pk) and one.value.get("relation") == Relation.SAME:
            _undo(keys, case, one.ref, one.value)
            for file in (case.file_id, other.file_id):
                vault.record_by_day(event=events.UNLINKED, by=keys.staff, at=at, about=file)


def _undo(keys: Keyring, case: Case, ref: UUID, link: Mapping[str, Any]) -> None:
    _remove(keys, case.file_id, CasePart.LINK, ref)
    if link.get("gathering"):
        gathering = CaseGroup.objects.filter(pk=link["gathering"]).first()
        if gathering is not None:
            _remove_where(keys, gathering.file_id, CasePart.MEMBER, "case", str(case.pk))
        return
    other = Case.objects.filter(pk=link["to"], erased_at=None).first()
    if other is not None:
        _remove_where(keys, other.file_id, CasePart.LINK, "to", str(case.pk))


def _count_both(keys: Keyring, case: Case, other: str, at: datetime) -> None:
    """They are two people again, and each who agreed is counted, as far as the other file opens."""
    there = Case.objects.filter(pk=other, society=case.society_id, erased_at=None).first()
    count_apart(keys=keys, case=case, at=at)
    if there is not None and vault_queries.opens(keys=keys, file=there.file_id):
        count_apart(keys=keys, case=there, at=at)


def _links(keys: Keyring, file: UUID) -> list[DecryptedPart]:
    written = vault_queries.read_all(keys=keys, file=file, part=CasePart.LINK)
    return [*written, *waiting_parts.read(keys=keys, file=file, part=CasePart.LINK)]


def _remove_where(keys: Keyring, file: UUID, part: str, key: str, value: str) -> None:
    written = vault_queries.read_all(keys=keys, file=file, part=part)
    for one in [*written, *waiting_parts.read(keys=keys, file=file, part=part)]:
        if one.value.get(key) == value:
            _remove(keys, file, part, one.ref)


def _remove(keys: Keyring, file: UUID, part: str, ref: UUID) -> None:
    if not waiting_parts.drop(keys=keys, file=file, ref=ref):
        vault.remove(keys=keys, file=file, part=part, ref=ref)


def unlink_everywhere(*, keys: Keyring, case: Case, at: datetime) -> None:
    """Before a case is erased: nothing elsewhere keeps its number, as far as the eraser can open it."""
    for one in _links(keys, case.file_id):
        _undo(keys, case, one.ref, one.value)
        if one.value.get("relation") == Relation.SAME:
            other = Case.objects.filter(pk=one.value["to"], society=case.society_id, erased_at=None).first()
            if other is not None and vault_queries.opens(keys=keys, file=other.file_id):
                # Her card may have gone with the link; the one that stood for both goes with this case.
                drop_facts_card(keys=keys, case=case, at=at)
                count_apart(keys=keys, case=other, at=at)


@transaction.atomic
def open_case_group(
    *,
    keys: Keyring,
    kind: str,
    about: Mapping[str, object],
    at: datetime,
    pk: UUID | None = None,
    holder: Staff | None = None,
) -> CaseGroup:
    """Open an event or a household with a file of its own; ``holder`` and both focal points can open it.

    Whoever begins one for a caseworker, an operator on a call, cannot read it back.
    """
    holder = holder or keys.staff
    must_work_on_cases(holder)
    file = vault.begin_file(
        keys=keys, kind=KINDS[CaseGroup.Kind(kind)], staff=[holder], focal_points=True, at=at
    )
    gathering = CaseGroup.objects.create(
        **({"pk": pk} if pk else {}),
        society_id=keys.staff.society_id,
        number=free_number(CaseGroup),
        file_id=file,
        kind=kind,
        opened_at=at,
        opened_by=keys.staff,
    )
    vault.write(keys=keys, file=file, part=CasePart.ABOUT, value=about, at=at)
    audit.record(event=events.GATHERING_OPENED, by=keys.staff, at=at, about=file)
    return gathering


@transaction.atomic
def write_case_group(
    *, keys: Keyring, gathering: CaseGroup, about: Mapping[str, object], at: datetime
) -> None:
    """Seal what is known about an event or a household: also whether someone there may report to the exploiter."""
    vault.write(keys=keys, file=gathering.file_id, part=CasePart.ABOUT, value=about, at=at)
    audit.record(event=events.GATHERING_WRITTEN, by=keys.staff, at=at, about=gathering.file_id)


@transaction.atomic
def join_case_group(*, keys: Keyring, gathering: CaseGroup, case: Case, at: datetime, line: str = "") -> None:
    """Put a case into an event or a household; the holder of the case can then open it too.

    ``line`` is the person's number on the sheet with which a group was taken in.
    """
    members = vault_queries.read_all(keys=keys, file=gathering.file_id, part=CasePart.MEMBER)
    if any(m.value["case"] == str(case.pk) for m in members):
        return
    vault.add(
        keys=keys,
        file=gathering.file_id,
        part=CasePart.MEMBER,
        value={"case": str(case.pk), "number": case.number, "line": line},
        at=at,
    )
    vault.add(
        keys=keys,
        file=case.file_id,
        part=CasePart.LINK,
        at=at,
        value={"gathering": str(gathering.pk), "number": gathering.number, "kind": gathering.kind},
    )
    if case.owner is not None and case.owner not in vault_queries.holders(gathering.file_id):
        vault.grant(keys=keys, file=gathering.file_id, to=case.owner, at=at)
    vault.record_by_day(event=events.LINKED, by=keys.staff, at=at, about=case.file_id)


@transaction.atomic
def let_into_case_groups(*, keys: Keyring, case: Case, to: Staff, at: datetime) -> None:
    """Whoever holds a case can open the events and households that it belongs to."""
    for link in vault_queries.read_all(keys=keys, file=case.file_id, part=CasePart.LINK):
        key = link.value.get("gathering")
        gathering = CaseGroup.objects.filter(pk=key).first() if key else None
        if (
            gathering
            and to not in vault_queries.holders(gathering.file_id)
            and vault_queries.opens(keys=keys, file=gathering.file_id)
        ):
            vault.grant(keys=keys, file=gathering.file_id, to=to, at=at)


@transaction.atomic
def mark_heard(*, keys: Keyring, gathering: CaseGroup, ref: UUID, answer: str, at: datetime) -> None:
    """Write down whether a member was heard alone."""
    found = vault_queries.read(keys=keys, file=gathering.file_id, part=CasePart.MEMBER, ref=ref)
    if found is not None:
        value = {**found.value, "alone": answer}
        vault.write(keys=keys, file=gathering.file_id, part=CasePart.MEMBER, value=value, at=at, ref=ref)


@transaction.atomic
def take_in_group(
    *,
    keys: Keyring,
    about: Mapping[str, object],
    people: Sequence[Mapping[str, str]],
    at: datetime,
    owner: Staff | None = None,
    branch: Branch | None = None,
    language: str = "",
    sent: UUID | None = None,
    on_paper: Mapping[str, str] | None = None,
) -> tuple[CaseGroup, list[Case]]:
    """Open an event and a case of its own for each person, in the order of a sheet. All or nothing.

    A person is ``{"called", "age_group", "language", "note", "number", "looks"}``; ``looks`` tells them apart in lists.
    ``owner`` holds all of it; whoever takes the group in on a call for her cannot read it back. Nobody's consent is
    another's: *hear alone and ask* is due for each. ``sent`` is the same for one page that is sent twice: the second
    time the event is returned as it is, and no case. ``on_paper``: see ``open_case``.
    """
    must_work_on_cases(owner or keys.staff)
    there = CaseGroup.objects.visible(to=keys.staff).filter(pk=sent).first() if sent else None
    if there is not None:
        return there, []
    gathering = open_case_group(
        keys=keys, kind=CaseGroup.Kind.EVENT, about=about, at=at, pk=sent, holder=owner
    )
    cases = []
    for person in people:
        called = person.get("called", "")
        case = open_case(
            keys=keys,
            by=keys.staff,
            at=at,
            owner=owner,
            branch=branch,
            language=person.get("language") or language,
            age_group=person.get("age_group") or AgeGroup.UNKNOWN,
            urgency=Urgency.TODAY,
            note=person.get("note") or None,
            identity={"names": [{"text": called, "kind": NameKind.CALLED.value}]} if called else None,
            said=gettext_lazy(
                "Hear this person alone, away from the others, and ask for this person’s own consent"
            ),
            working_label=_label(
                str(about.get("title", "")), person.get("number", ""), person.get("looks", "")
            ),
            on_paper=on_paper,
        )
        join_case_group(keys=keys, gathering=gathering, case=case, at=at, line=person.get("number", ""))
        cases.append(case)
    return gathering, cases


def _label(title: str, number: str, looks: str) -> str:
    """How a list tells the people of one sheet apart: by where they come from, their line on it, what was seen."""
    # Without a word of ours: everybody reads it, whatever the language of who took the group in.
    place = f"{title[:40]}, № {number}" if title and number else ""
    return ", ".join(one for one in (place, looks) if one)
