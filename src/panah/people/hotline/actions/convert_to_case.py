"""A contact becomes a case: everything is copied to those who hold the case, checked, and then shredded here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import moment
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import RevealPurpose
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import (
    DECIDE,
    AgeGroup,
    Joined,
    LazySentence,
    Sentence,
    in_each_language,
    kept_text,
    read_text,
    text_again,
)
from panah.people.cases import actions as cases
from panah.people.cases.queries import by_id
from panah.people.cases.words.due_types import CALL_BACK
from panah.people.consent import actions as consent
from panah.people.consent.subjects import ConsentSubject
from panah.people.hotline import events, words
from panah.people.hotline.actions.chat_lines import end_chat, leave_chat, said_in_chat
from panah.people.hotline.actions.danger_to_case import RISKS, keep_paging, pages_after
from panah.people.hotline.actions.joined_to_case import (
    Identity,
    add_identity,
    carry_held,
    joined_to_take,
    prefix_of,
)
from panah.people.hotline.actions.pending_decisions import summary_of
from panah.people.hotline.models import Contact, WaitingDraft, no_mark
from panah.people.hotline.queries.case_transfer import (
    COPIED,
    ContactContents,
    consents,
    contents_of,
    whose_words,
)
from panah.people.hotline.words import parts
from panah.people.inbox.words import REPORTER
from panah.people.screening import actions as screening
from panah.people.screening import queries as screening_queries

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff
    from panah.people.cases.models import Case
    from panah.people.hotline.actions.drafts import ReadFields


SAFE_CONTACT = ("safe_back", "back_how", "back_hours", "safe_word", "cover_story", "back_stop")
SEX = {"female": "Feminine", "male": "Masculine"}

# ``say(name, value) -> (question, answer in words)``, for every reader: the pages know what a field is called.
Say = Callable[[str, object], tuple[Sentence, Sentence]]


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
        shown = vault.reveal(keys=keys, file=row.file_id, purpose=RevealPurpose.ASSIST, at=at)
        found = contents_of(keys=keys, contact=row, identity=shown.value if shown else {})
        more = joined_to_take(keys=keys, contact=row, by=by, at=at)
        (row, found), *more = whose_words([(row, found), *more])
        if any(one.age_group == AgeGroup.CHILD for one, _its in more):
            row.age_group = AgeGroup.CHILD
        # What is typed on in the case stands there in the language of whoever will hold it.
        with translation.override(owner.language):
            identity = _identity(found, say, more)
        case = _open(keys, row, found, identity, owner, by, at)
        _note_danger(keys, [(row, found), *more], case, say, at)
        _carry(keys, [(row, found), *more], case, at)
        carry_held([(row, found), *more], keys=keys, case=case, at=at)
        for one, its in ((row, found), *more):
            _copy(keys, one, case, its, prefix_of(one, row))
            _write_notes(keys, one, case, its, say, at)
            screening.carry_over(
                keys=keys, source=one.file_id, target=case.file_id, of_another=its.of_another, by=by, at=at
            )
            _carry_reporter(keys, one, case, at)
        _check(keys, row, case, [(row, found), *more])
        for one, _its in ((row, found), *more):
            _leave_the_line(one, case, by, at)
    for one, _its in ((row, found), *more):
        vault.erase(keys=keys, file=one.file_id, at=at)
    return str(case.number)


def _carry_reporter(keys: Keyring, contact: Contact, case: Case, at: datetime) -> None:
    """What later words of a reporter open with goes along, so that whoever holds the case reads and answers them."""
    for part in vault_queries.read_all(keys=keys, file=contact.file_id, part=REPORTER):
        vault.write(keys=keys, file=case.file_id, part=REPORTER, ref=part.ref, value=part.value, at=at)


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


def _open(
    keys: Keyring,
    contact: Contact,
    found: ContactContents,
    identity: Identity | None,
    owner: Staff,
    by: Staff,
    at: datetime,
) -> Case:
    sex = SEX.get(found.answers.get("sex", ""))
    return cases.open_case(
        keys=keys,
        by=by,
        at=at,
        owner=owner,
        language=contact.language,
        age_group=contact.age_group,
        urgency=contact.urgency,
        identity=identity,
        codes={"prs_Gender": {"answer": "yes", "values": [sex]}} if sex else None,
    )


def _identity(
    found: ContactContents, say: Say, more: Sequence[tuple[Contact, ContactContents]]
) -> Identity | None:
    value = _identity_of(found, say)
    for contact, its in more:
        add_identity(value, contact, its, other=_identity_of(its, say))
    return value or None


def _identity_of(found: ContactContents, say: Say) -> Identity:
    called, phone = found.identity.get("called"), found.identity.get("phone")
    safe = {"yes": "yes", "no": "no"}.get(found.answers.get("safe_back", ""), "unknown")
    reach = read_text(kept_text(_lines(say, found.answers, SAFE_CONTACT)))
    value: Identity = {}
    if called:
        value["names"] = [{"text": called, "kind": "called", **found.mark}]
    if phone:
        hours = found.answers.get("back_hours", "")
        value["phones"] = [{"number": phone, "safe": safe, "note": hours, **found.mark}]
    if reach:
        value["contact"] = reach
    return value


def _lines(say: Say, values: Mapping[str, object], names: Iterable[str]) -> Joined:
    rows = [say(name, values[name]) for name in names if name in values]
    return Joined("\n", [Joined(" ", row) for row in rows if row[1]])


def _copy(keys: Keyring, contact: Contact, case: Case, found: ContactContents, prefix: str) -> None:
    """Every part as it stands, with its own time and author."""
    for name in COPIED:
        for one in found.all(name):
            vault.write(
                keys=keys,
                file=case.file_id,
                part=prefix + name,
                ref=one.ref,
                value=one.value,
                at=one.at,
                by=one.by,
            )


def _write_notes(
    keys: Keyring, contact: Contact, case: Case, found: ContactContents, say: Say, at: datetime
) -> None:
    """What was said in words: the first contact as one note, and each colleague's own note."""
    head = LazySentence(
        _("First contact, %(channel)s, %(line)s, %(when)s"),
        channel=in_each_language(lambda: str(contact.get_channel_display())),
        line=in_each_language(lambda: str(contact.line)),
        when=_moment(contact),
    )
    paper = [say(parts.PAPER, one.value) for one in found.all(parts.PAPER)]
    more = [
        say(name, one.value)
        for name in (parts.GIVEN, parts.TRIED, parts.HANDED, parts.NEXT_STEP)
        for one in found.all(name)
    ]
    beside = [say(one.value["field"], one.value["value"]) for one in found.all("beside")]
    both: list[Sentence] = (
        [_("Typed at the same time"), *(Joined(" ", row) for row in beside)] if beside else []
    )
    answers = _lines(say, found.answers, found.answers)
    rows = [Joined(" ", row) for row in (*paper, *more)]
    text = Joined("\n", [head, *rows[: len(paper)], answers, *rows[len(paper) :], *both])
    cases.carry_note(
        keys=keys, case=case, text=text, written_at=contact.started_at, written_by=contact.taken_by_id, at=at
    )
    for kept in found.all(parts.CHAT):
        text = said_in_chat(kept.value)
        cases.carry_note(keys=keys, case=case, text=text, written_at=kept.at, written_by=kept.by, at=at)
    for note in found.all(parts.NOTE):
        if note.value.get("text"):
            cases.carry_note(
                keys=keys,
                case=case,
                text=text_again(note.value["text"]),
                written_at=note.at,
                written_by=note.by,
                at=at,
            )
    for one in work_queries.outcomes_of_file(contact.file_id, keys=keys):
        cases.carry_note(keys=keys, case=case, text=one.text, written_at=one.at, written_by=one.by_id, at=at)


def _note_danger(
    keys: Keyring, told: Sequence[tuple[Contact, ContactContents]], case: Case, say: Say, at: datetime
) -> None:
    """After a call in danger the risk is looked at within a day of it, beginning with what the operator heard."""
    danger = [(one, its) for one, its in told if summary_of(keys=keys, contact=one).danger]
    if not danger:
        return
    contact, found = max(danger, key=lambda one: one[0].started_at)
    paged = work_queries.own_alarm_of(contact.pk)
    lines: list[Sentence] = [
        LazySentence(_("Heard on the call of %(when)s, not assessed yet."), when=_moment(contact)),
        _lines(say, found.answers, RISKS),
        _("A colleague was called in: danger now.") if paged else "",
    ]
    cases.note_reported_danger(
        keys=keys,
        case=case,
        why=Joined("\n", lines),
        from_whom=str(found.answers.get("e_who", "")),
        heard_at=contact.started_at,
        heard_by=contact.taken_by_id,
        at=at,
    )
    keep_paging(keys=keys, contacts=[one for one, _its in told], case=case, at=at)


def _moment(contact: Contact) -> Sentence:
    """When a contact began, by the clock of its society, as each reader writes it."""
    at = contact.started_at
    with timezone.override(contact.society.time_zone or "UTC"):
        return in_each_language(lambda: moment(at))


def _carry(keys: Keyring, told: Sequence[tuple[Contact, ContactContents]], case: Case, at: datetime) -> None:
    """Call-backs, consents and the wish to be counted go along: of joined contacts one call-back, the soonest."""
    contact, found = told[0]
    due = [item for one, _its in told for item in work_queries.items_of(one.pk, purpose=parts.CALL_BACK)]
    due = due if len(told) == 1 else sorted(due, key=lambda item: item.due_at)[:1]
    for item in work_queries.with_sentences(due, keys=keys):
        work.due(
            CALL_BACK,
            cases.on_case(case),
            keys=keys,
            due_at=item.item.due_at,
            sentence=item.sentence,
            pages_after=pages_after(item.item, at=at),
            at=at,
        )
    agreed = consents(found=found, contact=contact)
    consent.carry_over(keys=keys, subject=_subject(case), answers=agreed, at=at)
    yes = any(one["purpose"] == "statistics" and one["said"] == "yes" for one in agreed)
    if yes and contact.age_group != AgeGroup.CHILD:
        cases.add_facts_card(keys=keys, case=case, at=at)


def _subject(case: Case) -> ConsentSubject:
    return ConsentSubject(
        id=case.pk,
        file=case.file_id,
        number=case.number,
        age_group=case.age_group,
        language=case.language,
        href="",
        society=case.society_id,
        branch=case.branch,
        owner=case.owner,
    )


def _check(keys: Keyring, main: Contact, case: Case, told: Sequence[tuple[Contact, ContactContents]]) -> None:
    """Read the copy back and compare: nothing is destroyed whose copy does not stand there word for word."""
    prefixes = [prefix_of(one, main) for one, _its in told]
    there = vault_queries.read_parts(
        keys=keys, file=case.file_id, names=[prefix + name for prefix in prefixes for name in COPIED]
    )
    same = all(
        [(s.ref, s.value, s.at, s.by) for s in its.all(name)]
        == [(s.ref, s.value, s.at, s.by) for s in there.get(prefix + name, [])]
        for prefix, (_one, its) in zip(prefixes, told, strict=True)
        for name in COPIED
    )
    kept = vault_queries.value_of(keys=keys, file=case.file_id, part="identity")
    texts = [n["text"] for n in kept.get("names", [])] + [p["number"] for p in kept.get("phones", [])]
    reach = str(kept.get("contact", ""))
    known = all(
        its.identity[name] in texts or its.identity[name] in reach
        for _one, its in told
        for name in ("called", "phone")
        if its.identity.get(name)
    )
    sources = [m for one, _its in told for m in screening_queries.meetings(keys=keys, file=one.file_id)]
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
        if vault_queries.opens(keys=keys, file=contact.file_id):
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
        answers = _lines(say, typed.answers, typed.answers)
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
