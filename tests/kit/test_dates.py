"""Days and hours as people say them, in the language and the hour of the reader."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from panah.ground.kit import dates
from panah.ground.kit.dates import PartialDate

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ALMATY = zoneinfo.ZoneInfo("Asia/Almaty")


@pytest.fixture(autouse=True)
def in_almaty():
    with timezone.override(ALMATY), translation.override("en"):
        yield


def test_today_and_yesterday_are_said_by_word():
    assert dates.when(NOW, now=NOW) == "today 14:00"
    assert dates.when(NOW - timedelta(days=1), now=NOW) == "yesterday 14:00"
    assert dates.day(NOW + timedelta(days=1), NOW) == "tomorrow"


def test_the_day_is_the_day_where_the_reader_is():
    late_evening = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    assert dates.day(late_evening, NOW) == "today"


def test_a_year_is_said_only_when_it_is_not_this_one():
    assert dates.day(datetime(2026, 11, 3, 9, 0, tzinfo=UTC), NOW) == "Tue 3 Nov"
    assert dates.day(datetime(2025, 11, 3, 9, 0, tzinfo=UTC), NOW) == "Mon 3 Nov 2025"


def test_russian_readers_see_russian_days():
    with translation.override("ru"):
        assert dates.when(NOW, now=NOW) == "сегодня 14:00"
        assert dates.day(datetime(2026, 11, 3, 9, 0, tzinfo=UTC), NOW) == "вт 3 нояб"
        assert dates.long_day(NOW) == "вторник 24 ноября 2026"


@pytest.mark.parametrize("language", ["kk", "ky", "tg", "uz", "tk", "xx"])
def test_every_language_of_the_region_gets_a_day_with_its_number(language):
    with translation.override("en"):
        assert "3" in dates.format_skeleton("MMMEd", date(2026, 11, 3), locale=dates.locale_of(language))


def test_where_two_societies_read_the_same_time_its_zone_is_said():
    assert dates.when(NOW, zoned=True, now=NOW) == "today 14:00 (UTC+5)"
    with timezone.override(zoneinfo.ZoneInfo("Asia/Kolkata")):
        assert dates.zone(NOW) == "UTC+5:30"
    with timezone.override(zoneinfo.ZoneInfo("America/New_York")):
        assert dates.zone(NOW) == "UTC−5"


@pytest.mark.parametrize(
    ("over", "english", "russian"),
    [
        (timedelta(seconds=30), "", ""),
        (timedelta(minutes=20), "20 min late", "просрочено на 20 мин"),
        (timedelta(hours=2), "2 h late", "просрочено на 2 ч"),
        (timedelta(days=21), "21 days late", "просрочено на 21 день"),
        (timedelta(days=22), "22 days late", "просрочено на 22 дня"),
        (timedelta(days=25), "25 days late", "просрочено на 25 дней"),
    ],
)
def test_how_late_is_said_in_words(over, english, russian):
    assert dates.overdue(NOW - over, NOW) == english
    with translation.override("ru"):
        assert dates.overdue(NOW - over, NOW) == russian


def test_what_is_ahead_is_said_in_words():
    assert dates.time_until(NOW + timedelta(hours=3), NOW) == "in 3 h"
    assert dates.time_until(NOW + timedelta(seconds=10), NOW) == "in 1 min"
    assert dates.time_until(NOW + timedelta(days=3), NOW) == "in 3 days"
    assert dates.time_until(NOW, NOW) == ""
    assert dates.span(timedelta(hours=50)) == "2 days"
    assert dates.span(timedelta(minutes=50)) == "50 min"
    assert dates.span(timedelta(hours=5)) == "5 h"


def test_the_tone_follows_the_hour():
    assert dates.urgency_tone(NOW - timedelta(minutes=1), NOW) == "urgent"
    assert dates.urgency_tone(NOW + timedelta(hours=24), NOW) == "soon"
    assert dates.urgency_tone(NOW + timedelta(hours=25), NOW) == ""


def test_nothing_is_said_about_a_time_that_is_not_known():
    said = (
        dates.day,
        dates.long_day,
        dates.clock,
        dates.when,
        dates.overdue,
        dates.time_until,
        dates.urgency_tone,
        dates.iso,
    )
    assert [one(None) for one in said] == [""] * 8


def test_a_machine_reads_utc():
    assert dates.iso(NOW.astimezone(ALMATY)) == "2026-11-24T09:00:00+00:00"
    assert dates.iso(date(2026, 11, 24)) == "2026-11-24"


def test_the_order_of_day_and_month_follows_the_language():
    assert dates.date_order("ru") == ("day", "month", "year")
    assert dates.date_order("en") == ("day", "month", "year")
    assert dates.date_order("kk") == ("day", "month", "year")
    assert dates.date_order("hu") == ("year", "month", "day")


def test_a_date_is_kept_as_far_as_it_is_known():
    assert PartialDate.parse("2026-02").last == date(2026, 2, 28)
    assert PartialDate.parse("2026-12").last == date(2026, 12, 31)
    assert PartialDate.parse("1998").first == date(1998, 1, 1)
    assert PartialDate.parse("1998").last == date(1998, 12, 31)
    assert str(PartialDate(1998, 3, 7)) == "1998-03-07"
    assert PartialDate.parse("1998-03-07").whole == date(1998, 3, 7)
    assert PartialDate(1998, 3, 7).last == date(1998, 3, 7)


@pytest.mark.parametrize("text", ["98", "1998-13", "1998-02-30", "1998-2", "yesterday", ""])
def test_what_is_no_date_is_not_taken_for_one(text):
    with pytest.raises(ValueError):  # noqa: PT011  whatever is wrong with it
        PartialDate.parse(text)


def test_a_day_without_its_month_is_no_date():
    with pytest.raises(ValueError, match="month"):
        PartialDate(1998, None, 7)


def test_a_partial_date_is_said_in_the_readers_language():
    assert PartialDate(1998).said() == "1998"
    assert PartialDate(1998, 3).said() == "March 1998"
    assert PartialDate(1998, 3, 7).said() == "7 March 1998"
    with translation.override("ru"):
        assert PartialDate(1998, 3, 7).said() == "7 марта 1998\u202fг."
