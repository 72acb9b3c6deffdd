"""What other rooms say on the pages of a message stands in the list of borrowed words, so that it is translated."""

import json
from pathlib import Path

from django.utils import translation

from panah.ground import network
from panah.people.public import borrowed_words
from panah.people.reporters import errors
from panah.people.reporters.words import Stands, Told


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


def test_no_delivered_exception_says_that_it_is_the_only_one():
    data = Path(network.__file__).parent / "data"
    lines = [
        one
        for name in ("rules.json", "practice.json")
        for one in rule_lines(json.loads((data / name).read_text()))
    ]
    said = [text for one in lines if one["key"].startswith("exception_") for text in (one["en"], one["ru"])]
    assert len(said) > 6
    assert not [one for one in said if " only when " in one or "только если" in one]


def rule_lines(value):
    """Every line of a rule sheet, however deep it lies in a file."""
    if isinstance(value, dict):
        return [value] if "key" in value else [one for part in value.values() for one in rule_lines(part)]
    return [one for part in value for one in rule_lines(part)] if isinstance(value, list) else []
