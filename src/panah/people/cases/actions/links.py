"""Links between cases, and what joins many: an event, a household. Who belongs together is sealed on both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import waiting_parts
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.reading_parts import DecryptedPart
from panah.ground.vault.words import FileKind
from panah.people.cases import events
from panah.people.cases.actions.case_record import must_be_open
from panah.people.cases.actions.index_cards import count_apart, count_once, let_linked_follow
from panah.people.cases.actions.opening import free_number, open_case
from panah.people.cases.models import Case, CaseGroup
from panah.people.cases.permissions import must_work_on_cases
from panah.people.cases.queries.same_person import person_is_counted
from panah.people.cases.words import AgeGroup, CasePart, Urgency
from panah.people.cases.words.terms import MIRROR, NameKind, Relation

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Branch

# What tells one of many apart is at most so long, so that with the place and the number it fits into the label.
MOST_OF_LOOKS = 60
KINDS = {CaseGroup.Kind.EVENT: FileKind.EVENT, CaseGroup.Kind.HOUSEHOLD: FileKind.HOUSEHOLD}


@transaction.atomic
def link_cases(
    *, keys: Keyring, case: Case, other: Case, relation: str, at: datetime, remark: str = ""
) -> None:
    """Link two cases that the asker can both open; it is sealed in both files, in the second one some hours later.

    Until then whoever opens that one reads it from what waits for it: no transaction writes in both. Cases of one
    person are counted once from now on.
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
        dict[str, object](to=str(to.pk), number=to.number, relation=how.value, remark=remark)
        for to, how in ((other, Relation(relation)), (case, back))
    )
    same = relation == Relation.SAME
    # Whoever opens only one of them later does not count her a second time.
    told["counted"] = there = same and person_is_counted(keys=keys, case=other)
    vault.add(keys=keys, file=case.file_id, part=CasePart.LINK, value=told, at=at)
    if same:
        count_once(keys=keys, case=case, at=at)
    back_told["counted"] = same and not there and person_is_counted(keys=keys, case=case)
    # After everything that may refuse: what waits is not taken back with this transaction.
    waiting_parts.add(keys=keys, file=other.file_id, part=CasePart.LINK, value=back_told, at=at)
    if same:
        let_linked_follow(keys=keys, case=case, at=at)
    # Two lines of one moment would say in plain who belongs together.
    for file in (case.file_id, other.file_id):
        vault.record_by_day(event=events.LINKED, by=keys.staff, at=at, about=file)


@transaction.atomic
def unlink(*, keys: Keyring, case: Case, ref: UUID, at: datetime) -> None:
    """Undo a link on both sides, as far as the other side opens: at once in this case, some hours later there.

    Both pages tell it no more from now on.
    """
    found = next((one for one in links_of(keys=keys, case=case) if one.ref == ref), None)
    if found is None:
        raise Refusal(
            _("There is no such link."), next_step=_("Open the links of the case again."), code="gone"
        )
    _undo(keys, case, found, at)


@transaction.atomic
def unlink_from(*, keys: Keyring, case: Case, other: Case, at: datetime) -> None:
    """Undo the link that says two cases are one person's, if it still stands."""
    for one in links_of(keys=keys, case=case):
        if one.value.get("to") == str(other.pk) and one.value.get("relation") == Relation.SAME:
            _undo(keys, case, one, at)


def links_of(*, keys: Keyring | None, case: Case) -> list[DecryptedPart]:
    """Return the links of a case as they will be: written or waiting, without what is undone."""
    return waiting_parts.read_all(keys=keys, file=case.file_id, part=CasePart.LINK)


def _undo(keys: Keyring, case: Case, link: DecryptedPart, at: datetime) -> None:
    if not waiting_parts.drop(keys=keys, file=case.file_id, ref=link.ref):
        vault.remove(keys=keys, file=case.file_id, part=CasePart.LINK, ref=link.ref)
    if link.value.get("relation") == Relation.SAME:
        count_apart(keys=keys, case=case, at=at)
    # After everything that may refuse: what waits is not taken back with this transaction.
    there = _undo_there(keys, case, link.value, at)
    # The journal says it of both cases; of an event or a household it says nothing about who is in it.
    files = [case.file_id, *([there] if there and not link.value.get("gathering") else [])]
    for file in files:
        vault.record_by_day(event=events.UNLINKED, by=keys.staff, at=at, about=file)


def _undo_there(keys: Keyring, case: Case, link: Mapping[str, Any], at: datetime) -> UUID | None:
    """Let a link be taken out of the file on its other side, some hours later; returns that file if it opens."""
    if link.get("gathering"):
        part, name = CasePart.MEMBER, "case"
        file = CaseGroup.objects.filter(pk=link["gathering"]).values_list("file_id", flat=True).first()
    else:
        part, name = CasePart.LINK, "to"
        case_there = Case.objects.filter(pk=link["to"], erased_at=None)
        file = case_there.values_list("file_id", flat=True).first()
    if file is None or not vault_queries.opens(keys=keys, file=file):
        return None
    for one in waiting_parts.read_all(keys=keys, file=file, part=part):
        if one.value.get(name) == str(case.pk):
            waiting_parts.take_away(keys=keys, file=file, part=part, ref=one.ref, at=at)
    return file


def unlink_erased(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """For the vault's registry: a case is erased, and nothing keeps its number, as far as the eraser opens it.

    No page tells it from now on; in the files of others it is taken out some hours later, each at a time of its own.
    """
    case = Case.objects.filter(file_id=file).first()
    if case is not None:
        for one in links_of(keys=keys, case=case):
            _undo_there(keys, case, one.value, at)


def link_is_written(*, keys: Keyring, file: UUID, part: str, at: datetime) -> None:
    """For the vault's registry: a link that waited stands in this file too. Nobody is counted twice by a third case."""
    case = Case.objects.filter(file_id=file, erased_at=None).first() if part == CasePart.LINK else None
    if case is not None:
        count_once(keys=keys, case=case, at=at)


def link_is_gone(*, keys: Keyring, file: UUID, part: str, at: datetime) -> None:
    """For the vault's registry: a link that was undone in the other case left this one too. Each is counted again."""
    case = Case.objects.filter(file_id=file, erased_at=None).first() if part == CasePart.LINK else None
    if case is not None:
        count_apart(keys=keys, case=case, at=at)


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

    It is written there at once, and in the case some hours later: no transaction writes in both. ``line`` is the
    person's number on the sheet with which a group was taken in.
    """
    members = waiting_parts.read_all(keys=keys, file=gathering.file_id, part=CasePart.MEMBER)
    if any(m.value["case"] == str(case.pk) for m in members):
        return
    link = _add_member(keys, gathering, case, line, at)
    # After everything that may refuse, as in ``link_cases``.
    waiting_parts.add(keys=keys, file=case.file_id, part=CasePart.LINK, value=link, at=at)
    vault.record_by_day(event=events.LINKED, by=keys.staff, at=at, about=case.file_id)


def _add_member(
    keys: Keyring, gathering: CaseGroup, case: Case, line: str, at: datetime
) -> dict[str, object]:
    """Write a case down in an event or a household; returns what the case's own file says of it."""
    value = {"case": str(case.pk), "number": case.number, "line": line}
    vault.add(keys=keys, file=gathering.file_id, part=CasePart.MEMBER, value=value, at=at)
    if case.owner is not None and case.owner not in vault_queries.holders(gathering.file_id):
        vault.grant(keys=keys, file=gathering.file_id, to=case.owner, at=at)
    return {"gathering": str(gathering.pk), "number": gathering.number, "kind": gathering.kind}


def groups_of(*, keys: Keyring, case: Case, old: Staff) -> list[list[UUID]]:
    """For the registry of handing over: the events and households that a case belongs to."""
    del old
    groups = [one.value["gathering"] for one in links_of(keys=keys, case=case) if one.value.get("gathering")]
    return [[one.file_id] for one in CaseGroup.objects.filter(pk__in=groups)]


@transaction.atomic
def let_into_groups(
    *, to: Staff, before: UUID, grants: Mapping[UUID, vault.SealedGrant], at: datetime
) -> None:
    """For the registry of handing over: whoever holds a case now opens its events and households too."""
    del before
    for group in CaseGroup.objects.filter(file_id__in=list(grants)):
        vault.write_grant(file=group.file_id, to=to, kept=grants[group.file_id], at=at)


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
        # Opened in one transaction as it is: SECURITY.md 39.
        link = _add_member(keys, gathering, case, person.get("number", ""), at)
        vault.add(keys=keys, file=case.file_id, part=CasePart.LINK, value=link, at=at)
        vault.record_by_day(event=events.LINKED, by=keys.staff, at=at, about=case.file_id)
        cases.append(case)
    return gathering, cases


def _label(title: str, number: str, looks: str) -> str:
    """How a list tells the people of one sheet apart: by where they come from, their line on it, what was seen."""
    # Without a word of ours: everybody reads it, whatever the language of who took the group in.
    place = f"{title[:40]}, № {number}" if title and number else ""
    return ", ".join(one for one in (place, looks) if one)
