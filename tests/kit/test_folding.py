"""Sentences and pictures are worked out once for each language, and only where nothing can change them."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from panah.ground.foundation.ids import new_number
from panah.ground.kit.jinja import engine, url


def drawn(text, language="en", **context):
    with translation.override(language):
        return engine().from_string(text).render(context)


def test_each_reader_gets_her_own_language_from_one_template():
    text = '{{ _("Yes") }} {{ icon("lock") }}'
    said = [drawn(text, language).split()[0] for language in ("en", "ru", "en", "ru")]
    assert said == ["Yes", "Да", "Yes", "Да"]


def test_a_page_kept_by_name_speaks_to_the_next_reader_in_hers(world):
    amina, elena = world.client("amina"), world.client("elena")
    world.staff["elena"].language = "ru"
    world.staff["elena"].save()
    assert "My day" in amina.get("/").text
    assert "My day" not in elena.get("/").text
    assert "My day" in amina.get("/").text


def test_a_picture_is_drawn_as_the_part_draws_it():
    folded, asked = drawn('{{ icon("lock") }}'), drawn("{{ icon(name) }}", name="lock")
    assert folded == asked
    assert folded.startswith("<svg")


def test_a_picture_beside_a_word_stays_a_picture_and_typed_text_beside_it_is_escaped():
    assert drawn('{% set open = icon("lock") ~ _("Yes") %}{{ open }}').startswith("<svg")
    assert drawn('{{ icon("lock") ~ " <b>" ~ _("Yes") }}').endswith(" &lt;b&gt;Yes")
    assert drawn('{{ icon("lock") ~ name }}', name="<b>").endswith("</svg>&lt;b&gt;")


def test_a_cover_holds_the_word_in_the_language_of_the_reader():
    assert "<span>Да</span>" in drawn('{{ covered(_("Yes")) }}', "ru")


def test_a_literal_per_cent_sign_is_written_twice():
    assert drawn('{{ _("100 %% sure") }}') == "100 % sure"


def test_what_is_filled_in_stays_escaped():
    assert drawn('{{ _("Paged: %(name)s.", name=name) }}', name="<b>") == "Paged: &lt;b&gt;."


@pytest.mark.parametrize(
    "text",
    [
        '{% set tag = other %}{{ tag("x") }}',
        '{% macro tag(x) %}own {{ x }}{% endmacro %}{{ tag("x") }}',
        '{% for tag in [other] %}{{ tag("x") }}{% endfor %}',
    ],
)
def test_a_name_that_the_template_gives_is_not_the_shared_one(text):
    assert drawn(text, other=lambda x: f"own {x}") == "own x"


def test_a_part_that_is_called_with_a_body_keeps_its_body():
    assert "<p>within</p>" in drawn('{% call note("seal") %}<p>within</p>{% endcall %}')


@pytest.mark.parametrize("text", ["late", "<b>", Markup("<b>big</b>"), gettext_lazy("Yes"), 7, ""])
@pytest.mark.parametrize("look", ["", ', "urgent"', ', "urgent", "warn"', ', i="lock"'])
def test_a_tag_is_filled_as_the_part_itself_would_draw_it(text, look):
    filled = drawn("{{ tag(said" + look + ") }}", said=text)
    part = engine().get_template("kit/parts.html").template.module.tag
    assert filled == drawn("{{ part(said" + look + ") }}", said=text, part=part)


def test_a_row_that_is_named_by_a_number_has_the_address_that_django_gives_it():
    for number in (new_number(), new_number(), "3W4-6X7-Y", "3w46x7y", "no number", ""):
        assert url("cases:case", number) == reverse("cases:case", args=[number])
    with pytest.raises(NoReverseMatch):
        url("cases:case")


def test_a_filter_speaks_the_readers_language_and_stands_as_she_left_it(world):
    amina, bakyt = world.client("amina"), world.client("bakyt")
    world.staff["bakyt"].language = "ru"
    world.staff["bakyt"].save()
    address = reverse("cases:list")
    assert 'value="late" selected' in amina.get(address, {"due": "late"}).text
    assert 'value="late" selected' not in amina.get(address).text
    assert "Holder</label>" in amina.get(address).text
    assert "Кто ведёт</label>" in bakyt.get(address).text


def test_a_colleague_who_comes_is_offered_in_the_filter_at_once(world):
    amina, address = world.client("amina"), reverse("cases:list")
    assert "Newly Called" not in amina.get(address).text
    world.staff["cholpon"].name = "Newly Called"
    world.staff["cholpon"].save()
    assert "Newly Called</option>" in amina.get(address).text
