"""Numbers by the reader's language; codes as they are read aloud."""

from decimal import Decimal

from django.utils import translation

from panah.ground.kit import numbers
from panah.ground.kit.jinja import engine


def test_numbers_follow_the_reader():
    with translation.override("en"):
        assert numbers.number(1377) == "1,377"
        assert numbers.money(Decimal("1200.5"), "KZT") == "1,200.50 KZT"
        assert numbers.percent(0.125, 1) == "12.5 %"
    with translation.override("ru"):
        assert numbers.number(1377) == "1\xa0377"
        assert numbers.number(Decimal("2.5"), 2) == "2,50"
        assert numbers.number(1377, 0) == "1\xa0377"


def test_not_known_is_not_zero():
    assert numbers.number(None) == numbers.percent(None) == numbers.money(None, "KZT") == "–"
    assert numbers.number(0) == "0"


def test_a_case_number_is_read_in_three_groups_and_not_broken():
    assert numbers.code("4TQ7MXR") == numbers.code("4TQ-7MX-R") == '<span class="code">4TQ-7MX-R</span>'
    assert numbers.code("") == ""


def test_what_was_typed_cannot_become_a_part_of_the_page():
    assert "&lt;b" in numbers.num("<b>")
    assert "&lt;" in numbers.code("<b>")


def test_a_number_written_in_a_template_is_said_anew_in_each_language():
    template = engine().from_string("{{ 1040|number }}")
    with translation.override("en"):
        assert template.render({}) == "1,040"
    with translation.override("ru"):
        assert template.render({}) == "1\xa0040"


def test_what_was_typed_stands_apart_from_the_sentence_around_it():
    """A name in Arabic letters must not turn the number after it around."""
    env = engine()
    said = env.from_string('{{ _("The work of %(name)s", name=name|typed) }}|{{ ""|typed }}|{{ none|typed }}')
    assert said.render({"name": "<b>ليلى"}) == "The work of <bdi>&lt;b&gt;ليلى</bdi>||"
