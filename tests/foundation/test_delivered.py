"""What Panah is delivered with is read as it stands, or refused with the place that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pytest

from panah.ground.foundation import delivered
from panah.programmes.figures.delivered import FILE, GivenFile


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Page:
    words: str
    colour: Colour = Colour.RED


@dataclass(frozen=True)
class Book:
    title: str
    pages: tuple[Page, ...]
    names: Mapping[str, str]
    year: int | None = None


def book(tmp_path, text, name="book.toml"):
    file = tmp_path / name
    file.write_text(text)
    return delivered.load(Book, file)


GOOD = (
    'title = "Practice"\nnames = {ru = "Книга"}\npages = [{words = "one"}, {words = "two", colour = "red"}]\n'
)


def test_whoever_opens_a_room_reads_what_its_file_says_in_toml_and_in_json(tmp_path):
    found = book(tmp_path, GOOD)
    assert found == Book("Practice", (Page("one"), Page("two", Colour.RED)), {"ru": "Книга"})
    said = '{"title": "Practice", "names": {"ru": "Книга"}, "pages": [{"words": "one"}, {"words": "two"}]}'
    assert book(tmp_path, said, "book.json") == found


@pytest.mark.parametrize(
    ("wrong", "instead", "said"),
    [
        ('title = "Practice"', "", "book.toml: without title"),
        ('title = "Practice"', "title = 1", "book.toml: title: 1 does not fit"),
        ('words = "two"', 'word = "two"', "book.toml: pages 2: nobody reads word"),
        ('words = "two", ', "", "book.toml: pages 2: without words"),
        ('colour = "red"', 'colour = "blue"', "book.toml: pages 2: colour: 'blue' does not fit"),
        ('ru = "Книга"', "ru = 7", "book.toml: names.ru: 7 does not fit"),
        ('{words = "one"}', '"one"', "book.toml: pages 1: not a table"),
        ("pages = [", "pages = ", "book.toml: "),
    ],
)
def test_an_engineer_who_changes_a_file_is_told_the_place_that_does_not_fit(tmp_path, wrong, instead, said):
    with pytest.raises(delivered.DeliveredWrong) as refused:
        book(tmp_path, GOOD.replace(wrong, instead))
    assert str(refused.value).startswith(said)


def test_a_figure_of_a_source_that_has_lost_its_title_is_refused_by_its_name():
    row = delivered.read(FILE)
    del row["sources"]["presentation"]["title"]
    with pytest.raises(delivered.DeliveredWrong, match=r"figures.toml: sources.presentation: without title"):
        delivered.entry(GivenFile, row, FILE.name)
