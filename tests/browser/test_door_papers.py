"""Files and texts of the public door, as colleagues and strangers see them: on a phone, on a desk, in large letters."""

from panah.people.page_texts.models import Correction
from tests.guard.papers import papers_of
from tests.materials.making import published

PAGES = (
    (None, "/info/papers"),
    (None, "/info/papers?in=ar"),
    ("bakyt", "/materials/"),
    ("bakyt", "/materials/new/"),
    ("bakyt", "/materials/drafts/{waiting_file}/"),
    ("bakyt", "/materials/drafts/{waiting_file}/change/"),
    ("bakyt", "/materials/{shown_file}/"),
    ("bakyt", "/page-texts/ru/"),
    ("bakyt", "/page-texts/ar/?words=leave"),
    ("saule", "/page-texts/ru/{mark}/"),
)


def test_everything_about_files_and_texts_of_the_door_is_whole(look_at_all, world):
    of = papers_of(world, "bakyt")
    published(world, titles={"en": "Before you travel", "ar": "قبل السفر", "ru": "Перед поездкой"})
    look_at_all(PAGES, **of, mark=Correction.objects.get(pk=of["text_draft"]).mark)
