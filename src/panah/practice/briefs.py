"""Two briefs about the invented north: one published, with an erratum; one waits for the word of its society."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from panah.practice.cast import Practice
from panah.programmes.figures import actions as figures
from panah.programmes.figures.actions import Claim, printed

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.figures.models import Brief, Figure, Source

NORTH, SOUTH = "XA", "XB"
# Year, number as printed, publisher.
IDENTIFIED = (
    *((1, "111", "Practice Ministry of the North"), (2, "222", "Practice Ministry of the North")),
    *((4, "<5", "Practice Ministry of the North"), (2, "300 to 400", "Practice Institute")),
)
READ = {
    **dict.fromkeys(("border", "recognised", "says_more", "joined", "ranks"), "no"),
    "unknown": "yes",
    "why": "Practice: it names no way, no age and no sex",
}


def build(practice: Practice) -> None:
    if practice.has("bakyt", "saule", "amina", "ibrat", "nurlan"):
        made = _register(practice)
        _published(practice, made)
        _waits(practice, made)


def _register(practice: Practice) -> list[Figure]:
    by, at = practice.staff["nurlan"], practice.at - timedelta(days=60)
    source = figures.add_source(
        publisher="Practice Ministry of the North",
        title="Practice yearbook of the north",
        kind="statistics",
        licence="Practice: free to use",
        country=NORTH,
        hides_from="1",
        by=by,
        at=at,
    )
    last = timezone.localtime(at).year - 1
    made = [
        _enter(source, value, "identified", last - ago, publisher, by, practice)
        for ago, value, publisher in reversed(IDENTIFIED)
    ]
    made.append(_enter(source, "44", "assisted", last, "Practice Ministry of the North", by, practice))
    for way in ((NORTH, "", SOUTH), (SOUTH, NORTH, "KR")):
        _enter(source, "55", "repatriated", last, "Practice Ministry of the North", by, practice, way)
    figures.mark_break(
        figure=made[-2], reason="Practice: a new law counts children too", by=by, at=practice.at
    )
    return made


def _enter(
    source: Source,
    value: str,
    measure: str,
    year: int,
    publisher: str,
    by: Staff,
    practice: Practice,
    way: tuple[str, str, str] = ("", "", ""),
) -> Figure:
    interval = printed(value, hides_from=1)
    claim = Claim(
        measure=measure,
        as_printed=value,
        low=interval.low,
        high=interval.high,
        publisher=publisher,
        country=NORTH,
        origin=way[0],
        transit=way[1],
        destination=way[2],
        data_year=year,
        report_year=year + 1,
        quote=f"Practice: {value} people in {year}.",
        quote_language="en",
        place="Practice: page 12",
    )
    return figures.enter(claim=claim, source=source, by=by, at=practice.at - timedelta(days=59))


def _begin(title: tuple[str, str], made: list[Figure], by: Staff, practice: Practice) -> Brief:
    return figures.begin_brief(
        country=NORTH,
        figures=[one.number for one in made],
        title_en=title[0],
        title_ru=title[1],
        says_en="Practice: the ministry and the institute do not count alike; both numbers stand here.",
        says_ru="Учебный текст: министерство и институт считают по-разному; здесь стоят оба числа.",
        unknown_en="Practice: nobody counts those who never told anybody.",
        unknown_ru="Учебный текст: никто не считает тех, кто никому не рассказал.",
        note_en="Practice: ask the society before you write about somebody.",
        note_ru="Учебный текст: прежде чем писать о ком-то, спросите общество.",
        by=by,
        at=practice.at - timedelta(days=40),
    )


def _published(practice: Practice, made: list[Figure]) -> None:
    bakyt, saule, ibrat = (practice.staff[name] for name in ("bakyt", "saule", "ibrat"))
    at = practice.at - timedelta(days=35)
    row = _begin(("Practice: the north in figures", "Учебный Север в числах"), made, bakyt, practice)
    figures.ask_to_read(brief=row, reader=str(ibrat.pk), by=bakyt, at=at)
    figures.read_brief(brief=row, by=ibrat, at=at, **READ)
    row.refresh_from_db()
    figures.clear_brief(brief=row, outcome="clear", seen=row.digest, by=saule, at=at)
    figures.publish_brief(brief=row, by=bakyt, at=at)
    old = made[-2]
    figures.correct(
        figure=old,
        claim=Claim(
            measure=old.measure,
            as_printed="110",
            low=Decimal(110),
            high=Decimal(110),
            publisher=old.publisher,
            country=NORTH,
            data_year=old.data_year,
            quote="Practice: 110 people, one was counted twice.",
            quote_language="en",
        ),
        reason="Practice: one person was counted twice",
        by=practice.staff["nurlan"],
        at=practice.at - timedelta(days=3),
    )


def _waits(practice: Practice, made: list[Figure]) -> None:
    nurlan, amina, at = practice.staff["nurlan"], practice.staff["amina"], practice.at - timedelta(days=1)
    title = "Practice: people helped in the north", "Учебный текст: кому помогли на Севере"
    row = _begin(title, made[-1:], nurlan, practice)
    figures.ask_to_read(brief=row, reader=str(amina.pk), by=nurlan, at=at)
    figures.read_brief(brief=row, by=amina, at=at, **READ)
