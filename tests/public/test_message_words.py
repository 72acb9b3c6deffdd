"""What other rooms say on the pages of a message stands in the list of borrowed words, so that it is translated."""

from django.utils import translation

from panah.public import borrowed_words
from panah.reporters import errors
from panah.reporters.words import Stands, Told


def test_how_a_message_stands_is_in_the_list():
    with translation.override("en"):
        assert tuple(str(one.label) for one in Stands) == borrowed_words.STANDS
        assert tuple(str(one.label) for one in Told) == borrowed_words.TOLD


def test_every_refusal_of_a_message_is_in_the_list():
    made = [
        errors.closed(), errors.old_page(), errors.too_long(7), errors.file_too_large(7), errors.files_too_many(7),
        errors.enough_today(), errors.full(), errors.nothing_said(), errors.sent_already(), errors.taken_back(),
        errors.finished(),
    ]  # fmt: skip
    with translation.override("en"):
        said = [(str(one.sentence), str(one.next_step)) for one in made]
    assert said == [(first.replace("%(number)s", "7"), then) for first, then in borrowed_words.REFUSED]
