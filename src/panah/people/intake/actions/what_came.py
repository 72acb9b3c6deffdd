"""Everything that goes along when an arrival becomes a case or a contact: its words, what was added, its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.dates import moment
from panah.ground.vault.keyring import Keyring
from panah.ground.work.words import (
    Joined,
    LazySentence,
    NameByLanguage,
    Sentence,
    in_each_language,
    kept_text,
)
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import ArrivalState, field_words, kind_words, value_words
from panah.people.intake import rules
from panah.people.intake.queries import joined_with, marked_among
from panah.people.intake.words import SHOWN_ELSEWHERE
from panah.people.reporters import queries as reporters_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival
    from panah.people.inbox.rules import ArrivalPerson
    from panah.people.reporters.models import Report


@dataclass
class CameWith:
    """The person, further words, files as (name, content); which arrivals are settled with it, of which reports."""

    person: ArrivalPerson
    more: list[Sentence] = field(default_factory=list)
    files: tuple[tuple[str, bytes], ...] = ()
    rows: list[Arrival] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    call_back: dict[str, str] = field(default_factory=dict)


def person_of(content: dict[str, object]) -> ArrivalPerson:
    """Return the person that a content tells of; the text of a report is her story, and its files go another way."""
    return inbox.person_in(rules.without_files(content))


def told_in_words(content: dict[str, object]) -> str | dict[str, object]:
    """Return what a message says, for a place that keeps one text: each answer in the words of whoever reads it."""
    said = content.get("text")
    rest = {name: one for name, one in content.items() if name not in SHOWN_ELSEWHERE}
    answers = [in_each_language(partial(_field_and_value, *one)) for one in inbox.fields_in(rest)]
    return kept_text(Joined("\n", [said if isinstance(said, str) and said.strip() else "", *answers]))


def came_with(
    *, keys: Keyring, arrival: Arrival, by: Staff, at: datetime, also: Sequence[str] = ()
) -> CameWith:
    """Gather what goes along: of a report what was added and opened since, and joined reports that were chosen."""
    content = inbox.content_for_work(keys=keys, arrival=arrival, at=at)
    found = CameWith(person_of(content), rows=[arrival], call_back=inbox.call_back_in(content))
    report = reporters_queries.report_of(arrival)
    if report is None:
        return found
    found.reports.append(report)
    found.files += _files(report, content)
    _add_words(found, keys, report, arrival, by, at)
    wanted = set(also)
    for other in joined_with(arrival.pk, to=by):
        its = reporters_queries.report_of(other)
        if str(other.pk) not in wanted or its is None or other.state != ArrivalState.OPENED:
            continue
        content = inbox.content_for_work(keys=keys, arrival=other, at=at)
        found.more.append(note_of(other, "", person_of(content)))
        found.files += _files(its, content)
        found.rows.append(other)
        found.reports.append(its)
        _add_words(found, keys, its, other, by, at)
    return found


def _add_words(
    found: CameWith, keys: Keyring, report: Report, arrival: Arrival, by: Staff, at: datetime
) -> None:
    ids = {row.pk for row in reporters_queries.arrivals_of(report)} - {arrival.pk, report.arrival_id}
    rows = inbox_queries.visible(to=by).filter(pk__in=ids, state=ArrivalState.OPENED)
    for row in rows.order_by("arrived_at", "pk"):
        content = inbox.content_for_work(keys=keys, arrival=row, at=at)
        found.more.append(note_of(row, "", person_of(content)))
        found.files += _files(report, content)
        found.rows.append(row)


def _files(report: Report, content: dict[str, object]) -> tuple[tuple[str, bytes], ...]:
    """Return the files of a content. A picture that is marked stays behind, and goes with the report."""
    entries = reporters_queries.entries_in(content)
    marked = marked_among(entry.id for entry in entries)
    kept = [entry for entry in entries if entry.id not in marked]
    read = ((one.name, reporters_queries.file_of(report, one)) for one in kept)
    return tuple((name, body) for name, body in read if body)


def note_of(arrival: Arrival, note: str, person: ArrivalPerson) -> Sentence:
    sender, source = arrival.sender, lambda: str(arrival.get_source_display())
    head = LazySentence(
        _("Arrived sealed: %(what)s, %(who)s, %(when)s"),
        what=in_each_language(lambda: kind_words(arrival.kind)),
        who=NameByLanguage(sender.name_in) if sender else in_each_language(source),
        when=in_each_language(lambda: moment(arrival.arrived_at)),
    )
    rest = [in_each_language(partial(_field_and_value, name, text)) for name, text in person.rest.items()]
    story = person.story if person.story and person.story not in note else ""
    return Joined("\n", [head, note, story, *rest])


def _field_and_value(name: str, text: str) -> str:
    field = field_words(name)
    return f"{field}{'' if field.endswith('?') else ':'} {value_words(name, text)}"
