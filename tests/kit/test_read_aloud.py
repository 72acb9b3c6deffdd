"""What is read aloud in languages that the interface does not speak: whole, the same places, marked while unchecked."""

import re

import pytest

from panah.ground.kit.read_aloud import in_other_languages, voices
from panah.people.cases.words import read_aloud as groups
from panah.people.consent import read_aloud as consent_texts
from panah.people.consent.words import ConsentPurpose
from panah.people.hotline.words import read_aloud as safety
from panah.programmes.training import read_aloud as knowledge

OF_THE_REGION = {"kk", "ky", "uz", "tg", "tk"}
PLACE = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("file", [safety.TEXTS, consent_texts.TEXTS, knowledge.TEXTS, groups.TEXTS])
def test_every_language_of_the_region_says_each_sentence_with_the_same_places(file):
    spoken = {one.language: one.texts for one in voices(file)}
    assert spoken.keys() == OF_THE_REGION
    for key in spoken["kk"]:
        assert len({one[key] for one in spoken.values()}) == 5, (
            f"{key}: no two languages say it in the same words"
        )
        assert len({tuple(sorted(PLACE.findall(one[key]))) for one in spoken.values()}) == 1, key
    assert {tuple(one) for one in spoken.values()} == {tuple(spoken["kk"])}


@pytest.mark.parametrize("file", [safety.TEXTS, consent_texts.TEXTS, knowledge.TEXTS, groups.TEXTS])
def test_no_software_stands_as_who_checked_a_language(file):
    """Whoever checks one writes name and day; the page then says so instead of its warning."""
    for one in voices(file):
        assert bool(one.checked_by) == bool(one.checked_on)
        assert not re.search(r"panah|machine|translat", one.checked_by, re.IGNORECASE)


def test_a_language_that_lacks_one_of_the_sentences_is_not_offered(tmp_path):
    file = tmp_path / "read_aloud.json"
    file.write_text(
        '{"ky": {"checked_by": "", "checked_on": "", "texts": {"a": "%(who)s, %(num)s", "who": "алар"}},'
        ' "uz": {"checked_by": "", "checked_on": "", "texts": {"who": "ular"}}}'
    )
    offered = [(one.voice.language, one.pairs) for one in in_other_languages(file, [("a", "A")], num=2)]
    assert offered == [("ky", (("A", "алар, 2"),))]
    assert next(in_other_languages(file, [("a", "A")], num=2, who="DoST")).pairs == (("A", "DoST, 2"),)


def test_every_purpose_but_the_asking_of_another_society_can_be_read_aloud():
    texts = voices(consent_texts.TEXTS)[0].texts
    assert set(ConsentPurpose.values) - texts.keys() == {ConsentPurpose.KNOWN_THERE}
