"""The words of pages for strangers, volunteers and trainers in the languages of the region: whole, in their script."""

import json

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from panah.ground.kit import catalogues, page_words
from panah.ground.kit.languages import DESTINATIONS, REGION, language_of_reader, spoken
from panah.ground.kit.read_aloud import voices
from panah.rooms import folder_of
from tests.region import AS_THEY_ARE, STRANGE, TAGS

FILES = page_words.files()


def sentence(key):
    """The English sentence that holds every placeholder."""
    return key.rpartition("\4")[2].rpartition("\0")[2]


def test_every_language_of_the_region_says_the_same_sentences_in_its_script():
    assert FILES
    for file in FILES:
        spoken_here = {one.language: one.texts for one in voices(file)}
        whole = page_words.languages_of(file.parent.name)
        assert list(spoken_here)[: len(whole)] == whole, file
        assert set(spoken_here) - set(whole) <= {tag for tag, _name in DESTINATIONS}, file
        for tag, texts in spoken_here.items():
            if tag in whole:
                assert list(texts) == list(spoken_here["kk"]), (file, tag)
            # Of another room's words a language of the door needs what stands on a page of the door.
            assert set(texts) <= set(spoken_here["kk"]), (file, tag)
            for key, said in texts.items():
                assert catalogues.places(said) == catalogues.places(sentence(key)), (file, tag, key)
                bare = catalogues.PLACE.sub("", AS_THEY_ARE.sub("", said))
                assert not STRANGE[tag].search(bare), (file, tag, said)


def test_a_sentence_stands_in_one_room_and_is_one_that_some_page_says():
    found = [key for file in FILES for key in voices(file)[0].texts]
    assert len(found) == len(set(found))
    said = {catalogues.page_key(one) for file in FILES for one in catalogues.found_in(file.parent) if one.id}
    # CLDR's English name of a language that it does not know in the others.
    assert set(found) - said == {"Kara-Kalpak"}


def test_no_software_stands_as_who_checked_a_language():
    for file in FILES:
        for one in voices(file):
            assert bool(one.checked_by) == bool(one.checked_on)
            assert not any(word in one.checked_by.lower() for word in ("panah", "machine", "translat"))


@pytest.mark.parametrize("tag", TAGS)
def test_pages_speak_it_with_contexts_and_plurals_and_name_every_language(tag):
    kit, training = (
        next(one.texts for one in voices(folder_of(room) / page_words.FILE) if one.language == tag)
        for room in ("kit", "training")
    )
    with translation.override("en"):
        english = dict(spoken())
    with translation.override(tag):
        assert gettext("Back") == kit["Back"] != "Back"
        assert pgettext("a test", "What do you know?") == training["a test\4What do you know?"]
        for number in (1, 2, 5):
            said = ngettext("%(num)s answer needs another look", "%(num)s answers need another look", number)
            assert said == kit["%(num)s answer needs another look\0%(num)s answers need another look"]
        for language, name in spoken():
            assert not STRANGE[tag].search(name), (language, name)
            assert tag not in ("uz", "tk") or name not in (english[language], "")


def test_colleagues_are_told_what_nobody_checked_and_no_more_once_somebody_did(tmp_path):
    assert "Kyrgyz" in page_words.unchecked("ky") and "Uzbek, Cyrillic" in page_words.unchecked()
    assert page_words.unchecked("ru") == page_words.unchecked("en") == ""


def test_a_changed_file_is_compiled_anew_and_an_unchanged_one_is_not(tmp_path):
    room = tmp_path / "somewhere"
    room.mkdir()
    (room / "page_words.json").write_text(
        json.dumps({"ky": {"checked_by": "", "checked_on": "", "texts": {"Back": "Артка"}}})
    )
    assert [path for path, _content in page_words.compiled(tmp_path)] == [
        room / "locale" / "ky" / "LC_MESSAGES" / "django.mo"
    ]
    assert catalogues.compile_all(tmp_path) == 1
    assert list(page_words.compiled(tmp_path)) == []


@pytest.mark.parametrize(
    ("browser", "spoken_to"),
    [
        ("ky-KG,ky;q=0.9,en;q=0.5", "ky"), ("uz-Cyrl-UZ", "uz-cyrl"), ("uz-Latn-UZ", "uz"), ("uz", "uz"),
        ("fr,tg;q=0.7,ru;q=0.3", "tg"), ("ru-RU", "ru"), ("fr", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_a_stranger_is_spoken_to_in_the_language_of_the_telephone(browser, spoken_to):
    request = RequestFactory().get("/j/x/", headers={"accept-language": browser})
    assert language_of_reader(request) == spoken_to
    asked = RequestFactory().get("/j/x/", {"in": "tk"}, headers={"accept-language": browser})
    assert language_of_reader(asked) == "tk"


def test_every_language_is_offered_by_its_own_name():
    assert len({name for _tag, name in REGION}) == len(REGION) == 6
