"""The handbook does not rot: each page, button and heading that it names stands on the practice node in its language."""

import re

import pytest
from django.test import Client

from tests.walk import come_in
from tools.handbook import LANGUAGES, NOBODY, TEXTS, address, as_html, chapters, on_the_page, places, sections


def wide(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_chapter_names_in_bold_stands_on_the_pages_that_it_walks(language, practised):
    there, seen, missing = places(practised), {}, []
    clients = {}
    for section in sections(language):
        said = ""
        for who, where in section.pages:
            if (who, where) not in seen:
                if who not in clients:
                    clients[who] = (
                        Client(headers={"accept-language": language})
                        if who == NOBODY
                        else come_in({"name": who, **practised.kept["people"][who]}, language)
                    )
                answer = clients[who].get(address(where, there))
                assert answer.status_code == 200, (section.chapter, section.heading, who, where)
                seen[who, where] = wide(on_the_page(answer.content.decode()))
            said += " " + seen[who, where]
        missing += [
            f"{section.chapter} {section.heading}: {one}" for one in section.bold if wide(one) not in said
        ]
    assert missing == []
    # The control: it walks a good part of the house, and names much of what stands there.
    assert len(seen) >= 20
    assert sum(len(section.bold) for section in sections(language)) >= 140


def test_both_languages_tell_the_same_chapter_by_chapter():
    one, other = ([path.name for path in chapters(language)] for language in LANGUAGES)
    assert one == other
    for name in one:
        shapes = []
        for language in LANGUAGES:
            text = (TEXTS / language / name).read_text()
            pages = re.findall(r"\(([a-z]+:/[^)]*)\)|<!-- ([a-z]+:\S+) -->", text)
            shapes.append((len(re.findall(r"^## ", text, re.M)), [a or b for a, b in pages]))
        assert shapes[0] == shapes[1], name


def test_nobody_is_called_a_victim_and_nobody_a_man_or_a_woman_in_the_russian_text():
    text = "\n".join(path.read_text() for path in chapters("ru"))
    for wrong in ("жертв", "приют", "квитанц", "опекун", "она сама", "он сам ", "сказал(а)", "звонившая"):
        assert wrong not in text.casefold(), wrong


def test_a_list_goes_on_with_its_number_after_a_picture_and_what_is_typed_is_no_markup():
    pictures = {("elena", "/calls/"): "data:image/png;base64,AA"}
    told = as_html("1. Press **Go & see**\n\n![Seen <here>](elena:/calls/)\n\n2. Then `./panah`\n", pictures)
    assert '<ol start="1"><li>Press <b>Go &amp; see</b></li></ol>' in told
    assert '<ol start="2"><li>Then <code>./panah</code></li></ol>' in told
    assert 'alt="Seen &lt;here&gt;" src="data:image/png;base64,AA"' in told
