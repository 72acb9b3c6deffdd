"""The practice register: two publishers who disagree, one number replaced, one flagged, a sentence that may be said."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from panah.practice.cast import Practice
from panah.programmes.figures import actions as figures

if TYPE_CHECKING:
    from panah.programmes.figures.models import Figure, Source

WHO = "made-up people of a made-up country"


def build(practice: Practice) -> None:
    """Bring the delivered figures to each society, and made-up ones to the north."""
    for society in {colleague.society_id for colleague in practice.staff.values()}:
        figures.bring_delivered(society=society, at=practice.at)
    if practice.has("bakyt"):
        _north(practice)


def _north(practice: Practice) -> None:
    by, at = practice.staff["nurlan"], practice.at
    office, ministry = (
        figures.add_source(
            publisher=publisher, title=title, kind=kind, country="XA", hides_from=1, by=by, at=at
        )
        for publisher, title, kind in (
            ("Practice Statistics Office", "Practice yearbook, made up", "statistics"),
            ("Practice Ministry", "Practice report, made up", "report"),
        )
    )
    first = _enter(practice, office, "118", 118, 118, 2024)
    _enter(practice, office, "<5", 1, 4, 2024, age="children")
    rough = _enter(practice, ministry, "about 90", 90, 90, 2024, flags=("rounded", "contested"))
    _enter(practice, office, "118", 118, 118, 2025, flags=("repeated",))
    claim = _claim("121", 121, 121, 2024)
    newer = figures.correct(
        figure=first, claim=claim, reason="Practice: the yearbook was printed anew.", by=by, at=at
    )
    _sentences(practice, newer, rough)


def _sentences(practice: Practice, newer: Figure, rough: Figure) -> None:
    by, at = practice.staff["nurlan"], practice.at
    one = figures.write_sentence(
        country="XA",
        figure=newer,
        value="121",
        sentence_en="Practice: the office identified 121 people in 2024. How many there are, nobody knows.",
        sentence_ru="Учебный пример: в 2024 году ведомство выявило 121 человека. Сколько их всего, никто не знает.",
        source_said="Practice Statistics Office, made-up yearbook",
        not_en="Do not say that 121 people were trafficked: these are the people who were found.",
        not_ru="Не говорите, что пострадал 121 человек: это те, кого нашли.",
        by=by,
        at=at,
    )
    figures.decide_on_sentence(sentence=one, state="cleared", by=practice.staff["saule"], at=at)
    _fallen(practice, rough)
    figures.write_sentence(
        country="XA",
        value="1 to 4",
        sentence_en="Practice: fewer than five of them were children.",
        sentence_ru="Учебный пример: меньше пяти из них были детьми.",
        source_said="Practice Statistics Office, made-up yearbook",
        by=by,
        at=at,
    )


def _fallen(practice: Practice, figure: Figure) -> None:
    """A sentence that was cleared, and then its publisher took the number back."""
    by, at = practice.staff["nurlan"], practice.at
    one = figures.write_sentence(
        country="XA",
        figure=figure,
        value="about 90",
        sentence_en="Practice: the ministry speaks of about 90 people in 2024.",
        sentence_ru="Учебный пример: министерство говорит примерно о 90 людях в 2024 году.",
        source_said="Practice Ministry, made-up report",
        by=by,
        at=at,
    )
    figures.decide_on_sentence(sentence=one, state="cleared", by=practice.staff["saule"], at=at)
    figures.withdraw(figure=figure, reason="Practice: the ministry counts again.", by=by, at=at)


def _claim(
    printed: str, low: int, high: int, year: int, *, age: str = "", flags: tuple[str, ...] = ()
) -> figures.Claim:
    return figures.Claim(
        measure="identified",
        as_printed=printed,
        low=Decimal(low),
        high=Decimal(high),
        who=WHO,
        age=age,
        country="XA",
        data_year=year,
        report_year=year + 1,
        quote=f"Practice: {printed} people were identified in {year}.",
        quote_language="en",
        flags=flags,
    )


def _enter(
    practice: Practice,
    source: Source,
    printed: str,
    low: int,
    high: int,
    year: int,
    *,
    age: str = "",
    flags: tuple[str, ...] = (),
) -> Figure:
    claim = _claim(printed, low, high, year, age=age, flags=flags)
    return figures.enter(claim=claim, source=source, by=practice.staff["nurlan"], at=practice.at)
