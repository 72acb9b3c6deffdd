"""What a contact holds, gathered for the case it becomes: with its own times and authors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work.told_parts import OF_ANOTHER, ReadablePart
from panah.people.hotline.models import Contact, LineChat
from panah.people.hotline.rules import current
from panah.people.hotline.words import Caller, Channel
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


@dataclass(frozen=True)
class ContactContents:
    """All sealed parts of a contact by name, and the newest answers."""

    parts: Mapping[str, list[vault_queries.DecryptedPart]]
    answers: dict[str, Any] = field(default_factory=dict)
    identity: dict[str, Any] = field(default_factory=dict)
    # Whether somebody else rang, or may have: what was said is then not told to the person unread.
    of_another: bool = False

    @property
    def mark(self) -> dict[str, bool]:
        """What stands beside what is taken out of it, in the case."""
        return {OF_ANOTHER: True} if self.of_another else {}

    def all(self, name: str) -> list[vault_queries.DecryptedPart]:
        return self.parts.get(name, [])


def contents_of(*, keys: Keyring, contact: Contact, identity: dict[str, object]) -> ContactContents:
    """Everything of a contact; ``identity`` was shown for a purpose, elsewhere."""
    parts = vault_queries.read_parts(keys=keys, file=contact.file_id, names=COPIED)
    if not _may_go_along(contact, parts.get(CHAT, [])):
        # What was written in a chat goes along where the person said so, and not otherwise.
        parts = {name: kept for name, kept in parts.items() if name != CHAT}
    answers = parts[ANSWERS][0].value["fields"] if parts.get(ANSWERS) else {}
    return ContactContents(parts, current(answers), identity)


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


def whose_words(told: Sequence[tuple[Contact, ContactContents]]) -> list[tuple[Contact, ContactContents]]:
    """The contacts that become one case, each with whether somebody else rang."""
    calls = [contact for contact, _its in told]
    return [(one, replace(its, of_another=of_another(its.all(ANSWERS), calls=calls))) for one, its in told]


def _may_go_along(contact: Contact, kept: list[vault_queries.DecryptedPart]) -> bool:
    row = LineChat.objects.filter(pk=contact.pk).first() if kept else None
    return bool(row.may_go_along if row else kept and kept[0].value.get("may_go_along"))


def consents(*, found: ContactContents, contact: Contact) -> list[dict[str, object]]:
    """What was agreed to on the call, as the consent room keeps it: when, by whom asked, how, in which language."""
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
