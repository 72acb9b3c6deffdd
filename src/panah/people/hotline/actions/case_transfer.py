"""What becomes one case, gathered once: a contact and what is joined with it, with its own times and authors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.dates import moment
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import RevealPurpose
from panah.ground.work import queries as work_queries
from panah.ground.work.told_parts import OF_ANOTHER, ReadablePart
from panah.ground.work.words import (
    AgeGroup,
    Joined,
    LazySentence,
    Sentence,
    in_each_language,
    kept_text,
    read_text,
    text_again,
)
from panah.people.cases.queries.detention import DetentionValue, earlier_of
from panah.people.hotline.actions.pending_decisions import summary_of
from panah.people.hotline.models import Contact, LineChat, WaitingDraft
from panah.people.hotline.queries.contacts import answers_of
from panah.people.hotline.queries.joined import joined_with
from panah.people.hotline.rules import current, may_join_case
from panah.people.hotline.words import Caller, Channel, ContactState
from panah.people.hotline.words.parts import (
    ANSWERS,
    BACK,
    BESIDE,
    CHAT,
    GIVEN,
    HANDED,
    HELD,
    NEXT_STEP,
    NOTE,
    PAPER,
    TRIED,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Every part that is copied unchanged. The identity is copied separately, into the identity of the case.
COPIED = (ANSWERS, NOTE, BESIDE, GIVEN, BACK, TRIED, HANDED, NEXT_STEP, PAPER, HELD, CHAT)
# Question of the call -> purpose of the consent room.
ASKED_FOR = {"c_talk": "talk", "c_note": "note", "c_back": "call_back", "c_count": "statistics"}
SAID = {"yes": "yes", "no": "no", "unknown": "later"}
WAYS = {
    Channel.SMS: "written_message",
    Channel.WHATSAPP: "written_message",
    Channel.TELEGRAM: "written_message",
    Channel.WEB: "written_message",
    Channel.CHAT: "written_message",
    Channel.WALK_IN: "spoken_face",
    Channel.PAPER: "spoken_face",
}
INTERPRETERS = {"by_phone": "other", "present": "other", "not_needed": "none"}
# What the first look at the risk begins with, as it was heard; who is there stands in a field of its own.
RISKS = ("danger", "alone", "e_injured", "e_breathing", "e_children", "e_locked", "e_weapon", "e_life")
# Answers that say how the person is reached in safety.
SAFE_CONTACT = ("safe_back", "back_how", "back_hours", "safe_word", "cover_story", "back_stop")
# Who rings for the person, and not the person: their word and number are not the person's.
THE_PERSON = ("", Caller.SELF)
# The parts of a contact lie in the case's file under their own names with this before them.
FROM_CALL = "call."


@dataclass(frozen=True)
class ContactContents:
    """A contact that goes into a case: all its sealed parts by name, and the newest answers."""

    contact: Contact
    # What stands before the names of its parts in the case.
    prefix: str
    parts: Mapping[str, list[vault_queries.DecryptedPart]]
    answers: dict[str, Any]
    identity: dict[str, Any]
    # Whether somebody else rang, or may have: what was said is then not told to the person unread.
    of_another: bool

    @property
    def mark(self) -> dict[str, bool]:
        """What stands beside what is taken out of it, in the case."""
        return {OF_ANOTHER: True} if self.of_another else {}

    def all(self, name: str) -> list[vault_queries.DecryptedPart]:
        return self.parts.get(name, [])


# The identity of a case as its room takes it: names, phones, whom else to reach.
Identity = dict[str, Any]
# ``say(name, value) -> (question, answer in words)``, for every reader: the pages know what a field is called.
Say = Callable[[str, object], tuple[Sentence, Sentence]]
# A text, when it was written and by whom.
Note = tuple[Sentence, datetime, UUID | None]


@dataclass(frozen=True)
class Transfer:
    """All that becomes one case, in words for its readers, before anything of the case is written."""

    # The contacts, the first one first, each with what it holds.
    calls: Sequence[ContactContents]
    identity: Identity | None
    # The newest call in danger, and what was heard on it.
    danger: tuple[ContactContents, Joined] | None
    agreed: list[dict[str, object]]
    held: DetentionValue
    # What was said in words, when and by whom.
    notes: list[Note]


def prefix_of(contact: Contact, main: Contact | None) -> str:
    """What stands before the names of the parts: of a joined contact its number too."""
    return FROM_CALL if main is not None and contact.pk == main.pk else f"{FROM_CALL}{contact.number}."


def gathered(*, keys: Keyring, contact: Contact, owner: Staff, say: Say, by: Staff, at: datetime) -> Transfer:
    """Return what becomes one case of ``owner``: the contact, and what is joined with it."""
    calls = _calls(keys, contact, by, at)
    # What is typed on in the case stands there in the language of whoever will hold it.
    with translation.override(owner.language):
        identity = _identity(calls, say)
    return Transfer(
        calls=calls,
        identity=identity,
        danger=_danger(calls, say, keys),
        agreed=_consents(calls[0]),
        held=_held(calls),
        notes=[note for call in calls for note in _notes(call, say, keys)],
    )


def _calls(keys: Keyring, contact: Contact, by: Staff, at: datetime) -> list[ContactContents]:
    """The contact, then what is joined with it, oldest first, each with its contents."""
    calls = [contact, *_joined_rows(keys, contact, by)]
    if any(call.age_group == AgeGroup.CHILD for call in calls):
        contact.age_group = AgeGroup.CHILD
    found = []
    for call in calls:
        shown = vault.reveal(keys=keys, file=call.file_id, purpose=RevealPurpose.ASSIST, at=at)
        parts = vault_queries.read_parts(keys=keys, file=call.file_id, names=COPIED)
        if not _may_go_along(call, parts.get(CHAT, [])):
            # What was written in a chat goes along where the person said so, and not otherwise.
            parts = {name: kept for name, kept in parts.items() if name != CHAT}
        kept = parts.get(ANSWERS, [])
        found.append(
            ContactContents(
                contact=call,
                prefix=prefix_of(call, contact),
                parts=parts,
                answers=current(_fields(kept[0])) if kept else {},
                identity=shown.value if shown else {},
                of_another=of_another(kept, calls=calls),
            )
        )
    return found


def _joined_rows(keys: Keyring, contact: Contact, by: Staff) -> list[Contact]:
    """What is joined and has ended, opens, waits for nothing, and was not to be noted down.

    What stays keeps its own record with the line, as long as the rule says.
    """
    rows = []
    for one in joined_with(keys=keys, contact=contact, to=by):
        row: Contact = Contact.objects.select_for_update(of=("self",)).select_related("line").get(
            pk=one.contact.pk
        )  # fmt: skip
        # A colleague may have made a case of it while its row was waited for.
        elsewhere = row.state in (ContactState.OPEN, ContactState.CASE)
        stays = elsewhere or WaitingDraft.objects.filter(contact=row).exists()
        if stays or not vault_queries.opens(keys=keys, file=row.file_id):
            continue
        if may_join_case(answers_of(keys=keys, contact=row)):
            rows.append(row)
    return sorted(rows, key=lambda row: row.started_at)


def _may_go_along(contact: Contact, kept: list[vault_queries.DecryptedPart]) -> bool:
    row = LineChat.objects.filter(pk=contact.pk).first() if kept else None
    return bool(row.may_go_along if row else kept and kept[0].value.get("may_go_along"))


def of_another(kept: Iterable[ReadablePart], *, calls: Sequence[Contact]) -> bool:
    """Whether somebody else rang, by what was ever typed in the answers ``kept``.

    Where nobody asked who it was, it was the person, unless several ``calls`` were joined or it came sealed.
    """
    entries = [entry for part in kept for entry in _fields(part).get("caller", [])]
    typed = {str(entry[1]) for entry in entries} - {""}
    in_doubt = len(calls) > 1 or any(call.channel == Channel.SEALED for call in calls)
    return typed != {Caller.SELF} if typed else in_doubt


def _fields(part: ReadablePart) -> dict[str, list[list[object]]]:
    return dict(part.value.get("fields", {}))  # type: ignore[call-overload]


def _identity(calls: Sequence[ContactContents], say: Say) -> Identity | None:
    main, *joined = calls
    value = _identity_of(main, say)
    for found in joined:
        _add_identity(value, found, other=_identity_of(found, say))
    return value or None


def _identity_of(found: ContactContents, say: Say) -> Identity:
    called, phone = found.identity.get("called"), found.identity.get("phone")
    safe = {"yes": "yes", "no": "no"}.get(found.answers.get("safe_back", ""), "unknown")
    reach = read_text(kept_text(answer_lines(say, found.answers, SAFE_CONTACT)))
    value: Identity = {}
    if called:
        value["names"] = [{"text": called, "kind": "called", **found.mark}]
    if phone:
        hours = found.answers.get("back_hours", "")
        value["phones"] = [{"number": phone, "safe": safe, "note": hours, **found.mark}]
    if reach:
        value["contact"] = reach
    return value


def _add_identity(value: Identity, found: ContactContents, *, other: Identity) -> None:
    """Add how the person was called and rung on a joined call. Who rang about the person stands as whom to reach."""
    if found.answers.get("caller", "") in THE_PERSON:
        for kind, name in (("names", "text"), ("phones", "number")):
            known = {one[name] for one in value.get(kind, [])}
            value.setdefault(kind, []).extend(one for one in other.get(kind, []) if one[name] not in known)
            if not value[kind]:
                del value[kind]
        reach = other.get("contact", "")
    else:
        who = dict(Caller.choices).get(str(found.answers["caller"]), "")
        told = [found.identity.get(name, "") for name in ("called", "phone")]
        reach = gettext("Rang about this person on %(when)s (%(who)s): %(reach)s") % {
            "when": moment(found.contact.started_at),
            "who": who,
            "reach": "\n".join(
                [", ".join(one for one in told if one) or "–", other.get("contact", "")]
            ).strip(),
        }
    if reach:
        value["contact"] = "\n".join(one for one in (value.get("contact", ""), reach) if one)


def answer_lines(say: Say, values: Mapping[str, object], names: Iterable[str]) -> Joined:
    """Those of the answers that are called ``names``, a line each, in the words of the pages."""
    rows = [say(name, values[name]) for name in names if name in values]
    return Joined("\n", [Joined(" ", row) for row in rows if row[1]])


def _beginning_of(contact: Contact) -> Sentence:
    """When a contact began, by the clock of its society, as each reader writes it."""
    at = contact.started_at
    with timezone.override(contact.society.time_zone or "UTC"):
        return in_each_language(lambda: moment(at))


def _danger(
    calls: Sequence[ContactContents], say: Say, keys: Keyring
) -> tuple[ContactContents, Joined] | None:
    danger = [call for call in calls if summary_of(keys=keys, contact=call.contact).danger]
    if not danger:
        return None
    found = max(danger, key=lambda call: call.contact.started_at)
    when, paged = _beginning_of(found.contact), work_queries.own_alarm_of(found.contact.pk)
    lines: list[Sentence] = [
        LazySentence(_("Heard on the call of %(when)s, not assessed yet."), when=when),
        answer_lines(say, found.answers, RISKS),
        _("A colleague was called in: danger now.") if paged else "",
    ]
    return found, Joined("\n", lines)


def _notes(found: ContactContents, say: Say, keys: Keyring) -> Iterator[Note]:
    """The first contact as one note, and each colleague's own note."""
    contact = found.contact
    head = LazySentence(
        _("First contact, %(channel)s, %(line)s, %(when)s"),
        channel=in_each_language(lambda: str(contact.get_channel_display())),
        line=in_each_language(lambda: str(contact.line)),
        when=_beginning_of(contact),
    )
    paper, more = (
        [Joined(" ", say(name, one.value)) for name in names for one in found.all(name)]
        for names in ((PAPER,), (GIVEN, TRIED, HANDED, NEXT_STEP))
    )
    beside = [Joined(" ", say(one.value["field"], one.value["value"])) for one in found.all(BESIDE)]
    both: list[Sentence] = [_("Typed at the same time"), *beside] if beside else []
    answers = answer_lines(say, found.answers, found.answers)
    yield Joined("\n", [head, *paper, answers, *more, *both]), contact.started_at, contact.taken_by_id
    for kept in found.all(CHAT):
        yield _said_in_chat(kept.value), kept.at, kept.by
    for note in found.all(NOTE):
        if note.value.get("text"):
            yield text_again(note.value["text"]), note.at, note.by
    for one in work_queries.outcomes_of_file(contact.file_id, keys=keys):
        yield one.text, one.at, one.by_id


def _said_in_chat(value: Mapping[str, Any]) -> Joined:
    """What was written in a chat, as one text of a case: who and when before each line."""
    rows = [
        LazySentence(
            _("%(who)s, %(when)s: %(text)s"),
            who=_("We") if one["ours"] else _("The person"),
            when=one["at"][:16].replace("T", " "),
            text=one["text"],
        )
        if one["text"]
        else _("(Something stood here that can no longer be read.)")
        for one in value["lines"]
    ]
    return Joined("\n", [_("Written in the chat; the person said that it may be kept here."), *rows])


def _held(calls: Sequence[ContactContents]) -> DetentionValue:
    """Where the person is held, as it was written last; what has ended stands beside it, as earlier. Empty: nowhere."""
    held_parts = [(kept.at, {**kept.value, **call.mark}) for call in calls for kept in call.all(HELD)]
    if not held_parts:
        return {}
    *others, last = [value for _at, value in sorted(held_parts, key=lambda one: one[0])]
    before = [over for value in others for over in earlier_of(value)]
    return {**last, "earlier": [*before, *last.get("earlier", [])]}


def _consents(found: ContactContents) -> list[dict[str, object]]:
    """What was agreed to on the call, as the consent room keeps it: when, by whom asked, how, in which language."""
    contact = found.contact
    history = found.all(ANSWERS)[0].value["fields"] if found.all(ANSWERS) else {}
    out = []
    for name, purpose in ASKED_FOR.items():
        entries = history.get(name) or []
        if not entries or entries[-1][1] not in SAID:
            continue
        _version, said, _tab, who, when = entries[-1]
        out.append(
            {
                **found.mark,
                "purpose": purpose,
                "said": SAID[said],
                "receiver": "",
                "receiver_name": "",
                "fields": [],
                "seven": {"interview": said} if purpose == "note" else {},
                "way": WAYS.get(Channel(contact.channel), "spoken_phone"),
                "language": contact.language,
                "interpreter": INTERPRETERS.get(found.answers.get("interpreter", ""), "none"),
                "interpreter_name": found.answers.get("interpreter_name", ""),
                "understood": found.answers.get("c_understood", ""),
                "guardian": "not_needed" if contact.age_group == "adult" else "none_found",
                "until": "",
                "asked_at": datetime.fromisoformat(when),
                "asked_by": UUID(who) if who != "None" else None,
            }
        )
    return out
