"""No sentence says *on today*, and small print beside a word stands apart from it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation

from panah.ground.kit.dates import dated, day

SOURCES = Path(__file__).parents[2] / "src" / "panah"
ON = re.compile(r"(?<![Aa]s )\b[Oo]n %\((\w+)\)s")
GLUED = re.compile(r"(?:[%}]\}|</span>|</bdi>|\w)<small")


def after_on(text):
    """Sentences that say *on* before what may be the word *today*."""
    for one in ON.finditer(text):
        given = re.search(rf"\b{one[1]}\s*=\s*([^,)}}]+)", text[one.end() :])
        if given and re.search(r"\|(day|when)\b", given[1]):
            yield text[max(0, one.start() - 40) : one.end()]


def templates():
    return [(path, path.read_text()) for path in sorted(SOURCES.rglob("*.html"))]


def test_after_on_stands_a_date_and_never_today():
    assert [*after_on('_("It came on %(day)s.", day=row.on|day)')], "control"
    assert not [*after_on('_("As of today, on %(day)s.", day=row.on|dated)')]
    assert [f"{path.name}: {said}" for path, text in templates() for said in after_on(text)] == []


def test_small_print_does_not_stick_to_the_word_before_it():
    assert GLUED.search('{{ row.on|day }}<small>{{ _("until") }}</small>'), "control"
    assert [path.name for path, text in templates() if GLUED.search(text)] == []


@pytest.mark.parametrize("away", [-1, 0, 1, 40])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_day_after_on_is_written_out(away, language):
    with translation.override(language):
        that = timezone.now() + timedelta(days=away)
        assert re.search(r"\d", dated(that)) and not dated(that).endswith(".")
        assert (dated(that) == day(that)) is (abs(away) > 1)
