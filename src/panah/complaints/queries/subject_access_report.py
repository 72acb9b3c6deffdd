"""Everything kept about one person, in plain words to read aloud: what stands in the case and what hangs on it.

What is about other people, and what the team wrote for itself, is left out; the page says how much and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.audit import queries as audit_queries
from panah.audit.events import REGISTER
from panah.cases import queries as cases_queries
from panah.cases.words import CasePart, codes, terms
from panah.complaints.queries.subject_access_labels import (
    LABELS,
    LABELS_OF,
    LEFT_OUT,
    MARKS,
    MEANINGS,
    TITLES,
    WHOLE_LEFT_OUT,
)
from panah.consent import queries as consent_queries
from panah.consent import words as consent_words
from panah.finding import queries as finding_queries
from panah.finding import words as finding_words
from panah.kit import dates
from panah.network.words import country_name
from panah.referrals import queries as referrals_queries
from panah.screening import queries as screening_queries
from panah.screening.schema import said_in
from panah.shelter import queries as shelter_queries
from panah.vault import queries as vault_queries
from panah.vault.keyring import Keyring
from panah.work.words import is_sentence, read_text

if TYPE_CHECKING:
    from panah.cases.models import Case

SHOWN_TIMES = 200


@dataclass(frozen=True)
class ReportSection:
    """A part of what is kept: each entry is a list of (what it is, the words)."""

    title: str
    entries: list[list[tuple[str, str]]]


@dataclass
class SubjectAccessReport:
    """What is told, and what is not: (why, how many)."""

    sections: list[ReportSection] = field(default_factory=list)
    left_out: list[tuple[str, int]] = field(default_factory=list)


def gathered(*, case: Case, keys: Keyring | None) -> SubjectAccessReport:
    """Gather what is kept about the person of a case whose file the asker's keys open."""
    parts = vault_queries.read_parts(
        keys=keys, file=case.file_id, names=[str(part.value) for part in CasePart]
    )
    out, others = SubjectAccessReport(), 0
    for part, title in TITLES.items():
        entries = []
        for one in parts.get(part, []):
            rows, hidden = _entry(part, one.value)
            others += hidden
            if rows:
                entries.append([*rows, (str(_("Written down")), dates.day(one.at))])
        if entries:
            out.sections.append(ReportSection(str(title), entries))
    out.sections += [
        one
        for one in (
            _codes(parts),
            _consents(case, keys),
            _referrals(case, keys),
            _asked_there(case, keys),
            _screening(case, keys),
            ReportSection(str(_("Where you could sleep")), shelter_queries.told_of(case=case, keys=keys)),
            _seen(case),
        )
        if one.entries
    ]
    # Notes about colleagues' work lie in files of their own, which not everyone who reads this opens.
    supervised = len(cases_queries.supervision_files(file=case.file_id))
    numbers = {part: len(parts.get(part, [])) for part in WHOLE_LEFT_OUT}
    numbers[CasePart.SUPERVISION] += supervised
    out.left_out = [(str(why), numbers[part]) for part, why in WHOLE_LEFT_OUT.items() if numbers[part]]
    if others:
        out.left_out.append((str(_("What was written about other people, in the entries above")), others))
    return out


def _entry(part: str, value: Mapping[str, object]) -> tuple[list[tuple[str, str]], int]:
    """The rows of one sealed part, and how many of its answers were left out because they are about others."""
    rows: list[tuple[str, str]] = []
    hidden = 0
    for name, one in value.items():
        kept = read_text(one) if is_sentence(one) else one
        if kept in ("", None, [], {}, False) or name in NOT_TOLD or name in MARKS.get(part, ()):
            continue
        if name in LEFT_OUT.get(part, ()):
            hidden += 1
        elif isinstance(kept, Mapping):
            more, also = _entry(part, kept)
            rows += more
            hidden += also
        elif isinstance(kept, list) and kept and isinstance(kept[0], Mapping):
            for row in kept:
                more, also = _entry(part, row)
                rows += more
                hidden += also
        else:
            label = LABELS_OF.get((part, name)) or LABELS.get(name) or _("Also written down")
            rows.append((str(label), _said(part, name, kept)))
    return rows, hidden


# Marks of the program, not about the person.
NOT_TOLD = frozenset({"script", "item", "group", "version", "history", "first", "second", "waiting", "order"})


def _said(part: str, name: str, value: object) -> str:
    many = value if isinstance(value, list | tuple) else [value]
    return "; ".join(_one(part, name, one) for one in many if one not in ("", None))


def _one(part: str, name: str, value: object) -> str:
    meaning = MEANINGS.get((part, name)) or MEANINGS.get(("", name))
    if meaning == "country":
        return country_name(str(value), get_language() or "en")
    if isinstance(meaning, str):
        return codes.label_of(meaning, str(value))
    if meaning is not None:
        return terms.say(meaning, value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return {"yes": str(_("yes")), "no": str(_("no")), "unknown": str(_("unknown"))}.get(
        str(value), _readable(str(value))
    )


def _readable(text: str) -> str:
    """A moment or a day as people write it; any other text as it stands."""
    try:
        return dates.day(date.fromisoformat(text)) if len(text) == 10 else dates.when(_moment(text))
    except ValueError:
        return text


def _moment(text: str) -> datetime:
    if len(text) < 16 or text[4:5] != "-":
        raise ValueError(text)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else timezone.make_aware(found)


def _codes(parts: Mapping[str, Any]) -> ReportSection:
    known = parts[CasePart.CODES][-1].value if parts.get(CasePart.CODES) else {}
    rows = []
    for name, one in codes.book().fields.items():
        answer = known.get(name)
        if not answer:
            continue
        said = "; ".join(codes.say_value(one, value) for value in answer.get("values", []))
        rows.append((str(one.label), said or _one("", "", answer.get("answer", ""))))
    return ReportSection(str(_("Answers from a list")), [rows] if rows else [])


def _consents(case: Case, keys: Keyring | None) -> ReportSection:
    entries = []
    for one in consent_queries.answers(keys=keys, file=case.file_id):
        said = one.consent.said
        rows = [
            (str(_("For what")), terms.say(consent_words.ConsentPurpose, one.consent.purpose)),
            (str(_("Answer")), terms.say(consent_words.ConsentAnswer, said)),
        ]
        if one.kept.get("receiver_name"):
            rows.append((str(_("With whom")), str(one.kept["receiver_name"])))
        if one.consent.fields:
            told = sorted(str(consent_words.field_words(name)) for name in one.consent.fields)
            rows.append((str(_("What may be told")), ", ".join(told)))
        if one.consent.until:
            rows.append((str(_("Until")), dates.day(one.consent.until)))
        if one.consent.withdrawn_on:
            rows.append((str(_("Withdrawn")), dates.day(one.consent.withdrawn_on)))
        lacks = consent_queries.lacks(
            keys=keys,
            file=case.file_id,
            answer=one.consent,
            on=timezone.localdate(),
            age_group=cases_queries.sealed_age(keys=keys, file=case.file_id),
        )
        if lacks:
            rows.append((str(_("Not valid yet")), str(consent_words.WHY_NOT[lacks])))
        entries.append([*rows, (str(_("Written down")), dates.day(one.sealed.at))])
    return ReportSection(str(_("What you agreed to, and what not")), entries)


def _referrals(case: Case, keys: Keyring | None) -> ReportSection:
    entries = []
    for one in referrals_queries.of_case(case=case, keys=keys):
        told = one.sealed.get("values", {})
        fields = dict(consent_words.SharedField.choices)
        rows = [
            (str(_("To whom")), str(one.sealed.get("receiver_name", ""))),
            (str(_("What for")), str(one.sealed.get("need", ""))),
            (str(_("Progress")), str(one.row.get_state_display())),
            *((str(fields.get(name, name)), str(text)) for name, text in told.items() if text),
            (str(_("Written down")), dates.day(one.row.made_at)),
        ]
        entries.append([(label, text) for label, text in rows if text])
    return ReportSection(str(_("What others were told")), entries)


def _asked_there(case: Case, keys: Keyring | None) -> ReportSection:
    """Whom we asked whether they know the person. What others ask about whoever this may be is not theirs to read."""
    entries = []
    for one in finding_queries.outgoing_of(case=case, keys=keys):
        rows = [
            (str(_("To whom")), str(one.row.theirs)),
            (str(_("Names")), "; ".join(one.sealed["names"])),
            (str(consent_words.AskedWith.BIRTH_YEAR.label), str(one.sealed["birth_year"] or "")),
            (str(consent_words.AskedWith.PHONE_TAIL.label), one.sealed["phone_tail"]),
            (str(_("Answer")), terms.say(finding_words.InquiryAnswer, one.answer)),
            (str(_("Written down")), dates.day(one.row.asked_at)),
        ]
        entries.append([(label, text) for label, text in rows if text])
    return ReportSection(str(_("Which societies were asked whether they know you")), entries)


def _screening(case: Case, keys: Keyring | None) -> ReportSection:
    """Every question that was answered, as it was asked; what the answers suggest is no fact about the person."""
    known, language = screening_queries.sets(), get_language() or "en"

    def asked(code: str) -> str:
        found = known.indicator(code)
        return said_in(found.label, language) if found else code

    entries = []
    for held in screening_queries.meetings(keys=keys, file=case.file_id):
        rows = [
            (asked(code), _one("", "", answer.value))
            for code, answer in held.meeting.answers.items()
            if answer.was_asked
        ]
        entries.append([*rows, (str(_("Written down")), dates.day(held.meeting.at))])
    return ReportSection(str(_("Answers about what has happened")), entries)


def _seen(case: Case) -> ReportSection:
    """What was done with the file and when, without the colleagues: they are other people."""
    entries = audit_queries.entries_about(case.file_id, limit=SHOWN_TIMES)
    rows = [
        (dates.day(one.at), _(str(REGISTER[one.event].sentence)) % {"who": _("A colleague")})
        for one in reversed(entries)
        if one.event in REGISTER
    ]
    return ReportSection(str(_("Who opened it, and when")), [rows] if rows else [])
