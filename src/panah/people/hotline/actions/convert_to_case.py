"""A contact becomes a case: everything is copied to those who hold the case, checked, and then shredded here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DECIDE, AgeGroup, Joined
from panah.people.cases import actions as cases
from panah.people.cases.queries import by_id
from panah.people.cases.words.due_types import CALL_BACK
from panah.people.consent import actions as consent
from panah.people.hotline import events, words
from panah.people.hotline.actions.case_transfer import COPIED, Say, Transfer, answer_lines, gathered
from panah.people.hotline.actions.chat_lines import end_chat, leave_chat
from panah.people.hotline.models import Contact, WaitingDraft, no_mark
from panah.people.hotline.words import parts
from panah.people.inbox.words import REPORTER
from panah.people.screening import actions as screening
from panah.people.screening import queries as screening_queries

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import DueItem
    from panah.people.cases.models import Case
    from panah.people.hotline.actions.drafts import ReadFields


SEX = {"female": "Feminine", "male": "Masculine"}


def convert_to_case(
    *, keys: Keyring, contact: Contact, owner: Staff, say: Say, by: Staff, at: datetime
) -> str:
    """Make a case of a contact, held by ``owner``, and return its number.

    In one transaction all that the contact holds, and the contacts that are joined with it, is sealed anew for the
    caseworker and the focal points, read back and compared. Only then the contacts' own files are shredded;
    interrupted there, ``finish_conversion`` goes on.
    """
    with transaction.atomic():
        row: Contact = Contact.objects.select_for_update().select_related("line").get(pk=contact.pk)
        _must_be_whole(row)
        end_chat(keys=keys, contact=row, by=by, at=at)
        going = gathered(keys=keys, contact=row, owner=owner, say=say, by=by, at=at)
        case = _open(keys, going, owner, by, at)
        _carry_what_is_due(keys, going, case, at)
        consent.carry_over(keys=keys, file=case.file_id, answers=going.agreed, at=at)
        counted = any(one["purpose"] == "statistics" and one["said"] == "yes" for one in going.agreed)
        if counted and row.age_group != AgeGroup.CHILD:
            cases.add_facts_card(keys=keys, case=case, at=at)
        if going.held:
            cases.write_detention(keys=keys, case=case, held=going.held, at=at)
        _copy(keys, going, case, by, at)
        _check(keys, going, case)
        for call in going.calls:
            _leave_the_line(call.contact, case, by, at)
    for call in going.calls:
        vault.erase(keys=keys, file=call.contact.file_id, at=at)
    return str(case.number)


def _leave_the_line(contact: Contact, case: Case, by: Staff, at: datetime) -> None:
    """Work facts alone stay, and nothing by which the number or the word of the person is found again."""
    contact.state, contact.became_case = words.ContactState.CASE, case.pk
    contact.ended_at, contact.erase_on = contact.ended_at or at, None
    contact.phone_mark, contact.name_mark = no_mark(), no_mark()
    contact.save(update_fields=["state", "became_case", "ended_at", "erase_on", "phone_mark", "name_mark"])
    leave_chat(contact)
    work.complete_for(subject=contact.pk, purpose=DECIDE, by=by, at=at)
    work.cancel_for(subject=contact.pk, at=at)
    audit.record(event=events.BECAME_CASE, by=by, at=at, about=contact.file_id)


def _must_be_whole(contact: Contact) -> None:
    if contact.state == words.ContactState.CASE:
        raise Refusal(
            _("This contact became a case already."),
            next_step=_("Ask a focal point who holds the case."),
            code="case-already",
        )
    if WaitingDraft.objects.filter(contact=contact).exists():
        raise Refusal(
            _("Something typed without a line still waits and opens only with an older key of the line."),
            next_step=_("Ask a focal point to open this contact first. Nothing is lost."),
            code="draft-waits",
        )


def _open(keys: Keyring, going: Transfer, owner: Staff, by: Staff, at: datetime) -> Case:
    found = going.calls[0]
    sex = SEX.get(found.answers.get("sex", ""))
    return cases.open_case(
        keys=keys,
        by=by,
        at=at,
        owner=owner,
        language=found.contact.language,
        age_group=found.contact.age_group,
        urgency=found.contact.urgency,
        identity=going.identity,
        codes={"prs_Gender": {"answer": "yes", "values": [sex]}} if sex else None,
    )


def _carry_what_is_due(keys: Keyring, going: Transfer, case: Case, at: datetime) -> None:
    """After danger a first look at the risk, and decisions; of call-backs one where several calls are joined."""
    if going.danger:
        found, why = going.danger
        cases.note_reported_danger(
            keys=keys, case=case, why=why, from_whom=str(found.answers.get("e_who", "")),
            heard_at=found.contact.started_at, heard_by=found.contact.taken_by_id, at=at,
        )  # fmt: skip
        _keep_paging(keys, going, case, at)
    due = [
        item
        for call in going.calls
        for item in work_queries.items_of(call.contact.pk, purpose=parts.CALL_BACK)
    ]
    due = due if len(going.calls) == 1 else sorted(due, key=lambda item: item.due_at)[:1]
    for item in work_queries.with_sentences(due, keys=keys):
        work.due(
            CALL_BACK,
            cases.on_case(case),
            keys=keys,
            due_at=item.item.due_at,
            sentence=item.sentence,
            pages_after=_pages_after(item.item, at),
            at=at,
        )


def _pages_after(item: DueItem, at: datetime) -> timedelta | None:
    """How long after its time a thing pages in the case; what is late pages there at once, None where nothing pages."""
    if item.pages_at is None:
        return None
    return max(item.pages_at - item.due_at, timedelta(0)) if item.due_at > at else timedelta(0)


def _keep_paging(keys: Keyring, going: Transfer, case: Case, at: datetime) -> None:
    """Make of what is undecided and pages a decision of the case; nobody has answered by making a case of it.

    What a colleague called for goes on too: the contact and the case are one alarm.
    """
    late = []
    for call in going.calls:
        undecided = work_queries.items_of(call.contact.pk, purpose=DECIDE)
        if any(item.pages_at for item in undecided):
            late += undecided
            work.cancel_for(subject=call.contact.pk, purpose=DECIDE, at=at)
    if late:
        soonest = min(late, key=lambda item: item.pages_at or item.due_at)
        cases.decide_what_follows(
            case=case,
            keys=keys,
            due_at=soonest.due_at,
            pages_after=_pages_after(soonest, at) or timedelta(0),
            at=at,
        )


def _copy(keys: Keyring, going: Transfer, case: Case, by: Staff, at: datetime) -> None:
    """Every part as it stands, with its own time and author, and what was said in words as notes of the case.

    What later words of a reporter open with goes along, so that whoever holds the case reads and answers them.
    """
    for call in going.calls:
        for name in COPIED:
            for one in call.all(name):
                vault.write(
                    keys=keys, file=case.file_id, part=call.prefix + name, ref=one.ref, value=one.value,
                    at=one.at, by=one.by,
                )  # fmt: skip
        source = call.contact.file_id
        for one in vault_queries.read_all(keys=keys, file=source, part=REPORTER):
            vault.write(keys=keys, file=case.file_id, part=REPORTER, ref=one.ref, value=one.value, at=at)
        screening.carry_over(
            keys=keys, source=source, target=case.file_id, of_another=call.of_another, by=by, at=at
        )
    for text, written_at, written_by in going.notes:
        cases.carry_note(keys=keys, case=case, text=text, written_at=written_at, written_by=written_by, at=at)


def _check(keys: Keyring, going: Transfer, case: Case) -> None:
    """Read the copy back and compare: nothing is destroyed whose copy does not stand there word for word."""
    there = vault_queries.read_parts(
        keys=keys, file=case.file_id, names=[call.prefix + name for call in going.calls for name in COPIED]
    )
    same = all(
        [(s.ref, s.value, s.at, s.by) for s in call.all(name)]
        == [(s.ref, s.value, s.at, s.by) for s in there.get(call.prefix + name, [])]
        for call in going.calls
        for name in COPIED
    )
    kept = vault_queries.value_of(keys=keys, file=case.file_id, part="identity")
    texts = [n["text"] for n in kept.get("names", [])] + [p["number"] for p in kept.get("phones", [])]
    reach = str(kept.get("contact", ""))
    known = all(
        call.identity[name] in texts or call.identity[name] in reach
        for call in going.calls
        for name in ("called", "phone")
        if call.identity.get(name)
    )
    sources = [
        meeting
        for call in going.calls
        for meeting in screening_queries.meetings(keys=keys, file=call.contact.file_id)
    ]
    target = screening_queries.meetings(keys=keys, file=case.file_id)
    asked = {m.id: m.meeting.answers for m in sources} == {m.id: m.meeting.answers for m in target}
    if not (same and known and asked):
        raise Refusal(
            _("The copy for the case was not written correctly, so nothing was changed."),
            next_step=_(
                "Try again. If it happens again, tell the administrator. Nothing of the contact is lost."
            ),
            code="copy-differs",
        )


def finish_conversion(*, keys: Keyring, contacts: QuerySet[Contact], at: datetime) -> int:
    """Go on where it was interrupted: shred what is copied. ``contacts`` as far as the asker sees; returns how many."""
    left = list(contacts.filter(state=words.ContactState.CASE, file__erasing_since=None)[:20])
    done = 0
    for contact in left:
        # By what was kept of it: its row may say that it became a case, and nothing of it stands in one.
        if (
            load_trusted(contact)
            and contact.became_case
            and vault_queries.opens(keys=keys, file=contact.file_id)
        ):
            vault.erase(keys=keys, file=contact.file_id, at=at)
            done += 1
    return done


def take_late_drafts(*, keys: Keyring, contact: Contact, read: ReadFields, say: Say, at: datetime) -> int:
    """What was typed without a line and came after the contact became a case: into the case, by who opens both."""
    case = by_id(contact.became_case, to=keys.staff) if contact.became_case else None
    if case is None:
        return 0
    done = []
    for row in WaitingDraft.objects.filter(contact=contact).select_related("by").order_by("kept_at"):
        value = vault.open_draft(keys=keys, draft=row.pk, key=row.key, file=contact.file_id)
        if not isinstance(value, dict) or not isinstance(value.get("fields"), list):
            continue
        typed = read(value["fields"])
        known = [Joined(" ", say(name, value)) for name, value in typed.identity.items() if value]
        answers = answer_lines(say, typed.answers, typed.answers)
        text = Joined("\n", [_("Typed on the call, came later"), typed.note or "", answers, *known])
        with transaction.atomic():
            cases.carry_note(
                keys=keys, case=case, text=text, written_at=row.kept_at, written_by=row.by_id, at=at
            )
            WaitingDraft.objects.filter(pk=row.pk).delete()
        done.append(row.pk)
    if done:
        vault.drop_drafts(done)
        work.cancel_for(subject=contact.pk, at=at)
    return len(done)
