"""The modules that Panah brings: whole, alike in every language, and as long as their parts together."""

import pytest

from panah.programmes.training.curricula import SLUGS, Curriculum, delivered
from panah.programmes.training.words import Audience
from panah.programmes.volunteers.words import TrainedIn

IN = ("en", "ru")
EVERY = [(slug, language) for slug, languages in delivered().items() for language in languages]


def test_all_six_are_there_in_english_and_russian():
    assert {slug: set(languages) for slug, languages in delivered().items()} == {
        slug: set(IN) for slug in SLUGS
    }


@pytest.mark.parametrize("slug", delivered())
def test_every_language_of_a_module_has_the_same_parts_questions_answers_and_minutes(slug):
    first, *others = delivered()[slug].values()
    assert [one.structure for one in others] == [first.structure] * len(others)


@pytest.mark.parametrize(("slug", "language"), EVERY)
def test_a_module_is_whole(slug, language):
    one = delivered()[slug][language]
    assert one.slug == slug and one.draft and one.disclosure
    assert one.minutes == sum(part.minutes for part in one.parts)
    assert set(one.audience) <= set(Audience.values) and one.teaches in ("", *TrainedIn.values)
    assert one.aims and all(part.steps for part in one.parts)
    assert len(one.questions) == 20 == len({each.id for each in one.questions})
    for each in one.questions:
        assert each.right and set(each.right) <= set(range(len(each.options))), each.id
        assert len(set(each.options)) == len(each.options) > 1 and each.why, each.id


@pytest.mark.parametrize(("slug", "language"), EVERY)
def test_what_a_society_keeps_of_a_module_reads_as_the_file(slug, language):
    one = delivered()[slug][language]
    assert Curriculum.of(one.as_kept()) == one
