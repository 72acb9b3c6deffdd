"""The words of every room: found, kept, checked, compiled."""

import os
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from django.core.management import CommandError, call_command

from panah.ground.kit import catalogues

SOURCE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("Close the case")
def say(n): return ngettext("%(num)s call", "%(num)s calls", n) % {"num": n}
def met(): return pgettext("a meeting", "Met")
"""
PAGE = """{% block page %}{{ _("Hello, %(name)s", name=name) }}{% trans %}A long text.{% endtrans %}
{{ ngettext("%(num)s bed", "%(num)s beds", 3) }}{% do x %}{% endblock %}"""
SAID = {
    "Close the case": "Закрыть случай",
    "Met": "Встреча состоялась",
    "Hello, %(name)s": "Здравствуйте, %(name)s",
    "A long text.": "Длинный текст.",
    "%(num)s call": ("%(num)s звонок", "%(num)s звонка", "%(num)s звонков"),
    "%(num)s bed": ("%(num)s место", "%(num)s места", "%(num)s мест"),
}


@pytest.fixture
def house(tmp_path):
    for room, source, page in (
        ("cases", SOURCE, PAGE),
        ("shelter", SOURCE.split("def say")[0], "{{ _('Free') }}"),
    ):
        (tmp_path / room / "templates" / room).mkdir(parents=True)
        (tmp_path / room / "__init__.py").touch()
        (tmp_path / room / "words.py").write_text(source)
        (tmp_path / room / "templates" / room / "page.html").write_text(page)
    return tmp_path


def translate(house, room, said=SAID):
    path = catalogues.catalogue_path(house / room, "ru")
    catalogue = catalogues.load_catalogue(house / room, "ru")
    for one in catalogue:
        if one.id:
            one.string = said.get(catalogues.shown(one), one.string)
    catalogues.write(catalogue, path)
    return path


def test_every_sentence_of_source_and_pages_is_found(house):
    found = {catalogues.shown(one) for one in catalogues.found_in(house / "cases") if one.id}
    assert found == set(SAID)


def test_nobody_calls_a_sentence_by_a_name_under_which_none_is_looked_for():
    names = re.compile(r"^ *(?:from django\.utils\.translation import|    ) *n?p?n?gettext\w* as (\w+)", re.M)
    for path in catalogues.ROOMS.rglob("*.py"):
        assert set(names.findall(path.read_text())) <= set(catalogues.KEYWORDS), path


def test_new_sentences_come_in_empty_and_are_named_as_missing(house):
    list(catalogues.update(["ru"], house))
    kinds = {(one.room, one.message): one.kind for one in catalogues.problems(["ru"], house)}
    assert kinds["cases", "Close the case"] == "untranslated"
    assert kinds["shelter", "Free"] == "untranslated"


def test_before_the_catalogue_exists_everything_is_missing(house):
    assert {one.kind for one in catalogues.problems(["ru"], house)} == {"missing"}


def test_what_one_room_has_translated_another_need_not_repeat(house):
    list(catalogues.update(["ru"], house))
    translate(house, "cases")
    (catalogues.catalogue_path(house / "shelter", "ru")).unlink()
    list(catalogues.update(["ru"], house))
    assert {
        catalogues.shown(one) for one in catalogues.load_catalogue(house / "shelter", "ru") if one.id
    } == {"Free"}
    assert {one.message for one in catalogues.problems(["ru"], house)} == {"Free"}


def test_a_node_without_a_house_misses_no_word_that_only_that_house_had_translated(house):
    """On a node of programmes alone 155 sentences stood in English, since only rooms of people had translated them."""
    for name in ("people", "programmes"):
        (house / name).mkdir()
    list(catalogues.update(["ru"], house))
    translate(house, "cases")
    (house / "cases").rename(house / "people" / "cases")
    (house / "shelter").rename(house / "programmes" / "shelter")
    catalogues.catalogue_path(house / "programmes" / "shelter", "ru").unlink()
    assert ("shelter", "Close the case") in {
        (one.room, one.message) for one in catalogues.problems(["ru"], house)
    }
    list(catalogues.update(["ru"], house))
    assert {(one.room, one.message) for one in catalogues.problems(["ru"], house)} == {("shelter", "Free")}


def test_translations_and_their_comments_are_kept(house):
    list(catalogues.update(["ru"], house))
    path = translate(house, "cases")
    path.write_text(
        path.read_text().replace('#: words.py\nmsgid "Close', '# unchecked\n#: words.py\nmsgid "Close')
    )
    before = path.read_text()
    list(catalogues.update(["ru"], house))
    assert path.read_text() == before
    assert "# unchecked" in before


def test_a_sentence_that_went_is_named_and_leaves(house):
    list(catalogues.update(["ru"], house))
    (house / "cases" / "words.py").write_text(SOURCE.replace("Close the case", "Close this case"))
    gone = {room: went for room, _language, went in catalogues.update(["ru"], house)}
    assert gone["cases"] == ["Close the case"]


def test_a_translation_on_which_other_rooms_rely_moves_to_one_of_them_when_its_own_room_no_longer_says_it(
    house,
):
    """Whoever took *Case* off a page of screening once left two other rooms without a word for it."""
    list(catalogues.update(["ru"], house))
    translate(house, "shelter")
    list(catalogues.update(["ru"], house))
    assert "Close the case" not in catalogues.catalogue_path(house / "cases", "ru").read_text()
    (house / "shelter" / "words.py").write_text("")
    gone = {room: went for room, _language, went in catalogues.update(["ru"], house)}
    assert gone["shelter"] == ["Close the case"]
    assert catalogues.load_catalogue(house / "cases", "ru").get("Close the case").string == "Закрыть случай"


def test_where_no_word_came_or_went_a_catalogue_stays_as_people_wrote_it(house):
    list(catalogues.update(["ru"], house))
    path = translate(house, "cases")
    head, *entries = path.read_text().strip().split("\n\n")
    path.write_text("\n\n".join([head, *reversed(entries), ""]))
    before = path.read_text()
    list(catalogues.update(["ru"], house))
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("sentence", "said", "kind"),
    [
        ("Hello, %(name)s", "Здравствуйте", "placeholders"),
        ("Hello, %(name)s", "Здравствуйте, %(nаme)s", "placeholders"),
        ("%(num)s bed", ("одно место", "%(num)s места", "%(num)s мест"), "placeholders"),
        ("%(num)s bed", ("%(num)s место", "%(num)s места", ""), "untranslated"),
        ("A long text.", "Длинный <b>текст</b>.", "placeholders"),
    ],
)
def test_a_broken_translation_is_named(house, sentence, said, kind):
    list(catalogues.update(["ru"], house))
    translate(house, "cases", {**SAID, sentence: said})
    assert {one.message: one.kind for one in catalogues.problems(["ru"], house) if one.room == "cases"} == {
        sentence: kind
    }


def test_an_uncertain_translation_does_not_count(house):
    list(catalogues.update(["ru"], house))
    path = translate(house, "cases")
    path.write_text(
        path.read_text().replace('#: words.py\nmsgid "Close', '#: words.py\n#, fuzzy\nmsgid "Close')
    )
    assert [
        one.kind
        for one in catalogues.problems(["ru"], house)
        if one.message == "Close the case" and one.room == "cases"
    ] == ["fuzzy"]


def test_catalogues_are_compiled_when_they_are_newer(house):
    list(catalogues.update(["ru"], house))
    path = translate(house, "cases")
    assert catalogues.compile_all(house) == 2
    assert catalogues.compile_all(house) == 0
    with path.with_suffix(".mo").open("rb") as compiled:
        assert read_mo(compiled)["Close the case"].string == "Закрыть случай"
    newer = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(newer, newer))
    assert catalogues.compile_all(house) == 1


def test_half_a_file_is_never_left_behind(tmp_path, monkeypatch):
    target = tmp_path / "django.mo"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", lambda self, to: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        catalogues.replace(target, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["django.mo"]
    assert target.read_bytes() == b"old"


def test_the_kits_own_words_are_complete():
    assert [str(one) for one in catalogues.problems(["ru"]) if one.room == "kit"] == []


def test_the_command_says_what_is_missing_and_answers_one(house, monkeypatch, capsys):
    monkeypatch.setattr(catalogues.update, "__defaults__", (house,))
    monkeypatch.setattr(catalogues.problems, "__defaults__", (house,))
    monkeypatch.setattr(catalogues.compile_all, "__defaults__", (house,))
    call_command("words")
    assert "untranslated: Close the case" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Words are incomplete"):
        call_command("words", "--check")
    translate(house, "cases")
    translate(house, "shelter", {**SAID, "Free": "Свободно"})
    call_command("words", "--check")
    assert "All words are there: ru." in capsys.readouterr().out
    (house / "cases" / "words.py").write_text("")
    call_command("words", "--room", "cases")
    assert "cases [ru] gone: Close the case" in capsys.readouterr().out


def test_one_english_sentence_is_not_said_in_two_ways(house):
    """To Django all catalogues are one: a roster's "for what" once stood over what a person had agreed to."""
    for room, said in (("cases", "Для чего"), ("shelter", "За что отвечает")):
        (house / room / "texts.py").write_text('_("For what it is")\n')
        path = catalogues.catalogue_path(house / room, "ru")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'msgid ""\nmsgstr "Language: ru\\n"\n\nmsgid "For what it is"\nmsgstr "{said}"\n')
    found = [one for one in catalogues.problems(["ru"], house) if one.message == "For what it is"]
    assert [one.kind for one in found] == ["said differently in another room"]
