"""The frame around every page of the public door."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from panah.ground.kit.languages import DOOR
from panah.people.public.urls import urlpatterns

TAGS = [tag for tag, _name in DOOR]
# Pages that need nothing to be asked for. The picture is none: whoever asks gets the same, so it may be kept.
NAMES = [one.name for one in urlpatterns if "<" not in str(one.pattern) and one.name != "check-picture"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_sets_no_cookie_names_no_other_company_and_is_kept_nowhere(stranger, name):
    answer = stranger.get(reverse(f"public:{name}"))
    assert answer.status_code == 200
    assert not answer.cookies and not stranger.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    out = re.findall(r'(?:src|href|action)="([a-z]+://[^"]*)"', answer.text)
    assert out == [settings.PANAH_AWAY]
    assert f'href="{settings.PANAH_AWAY}" rel="noreferrer"' in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_the_title_and_the_addresses_do_not_say_what_it_is_about(stranger, name):
    page = stranger.get(reverse(f"public:{name}"), {"in": "en"}).text
    assert "<title>Information</title>" in page
    assert not re.search(r"traffick|panah|help|crescent", reverse(f"public:{name}"))


def test_the_way_out_comes_before_everything_else_that_can_be_reached(stranger):
    page = stranger.get(reverse("public:first")).text
    first = re.search(r"<(?:a|button|input|select|summary)\b[^>]*>", page)
    assert "data-leave" in first[0]


@pytest.mark.parametrize("tag", TAGS)
def test_it_is_read_in_eleven_languages_and_arabic_from_the_right(stranger, tag):
    page = stranger.get(reverse("public:first"), {"in": tag}).text
    assert f'<html lang="{tag}" dir="{"rtl" if tag == "ar" else "ltr"}">' in page
    assert re.search(rf'href="/info/about\?in={tag}"', page)
    assert all(f">{name}</a>" in page for _tag, name in DOOR)


@pytest.mark.parametrize("tag", TAGS)
def test_the_first_page_with_everything_that_it_loads_is_at_most_20_kilobytes(register, stranger, tag):
    answer = stranger.get(reverse("public:first"), {"in": tag}, headers={"accept-encoding": "gzip"})
    loaded = sorted(
        set(re.findall(r'(?:src|href)="/static/([^"]+)"', gzip.decompress(answer.content).decode()))
    )
    assert [one.rpartition("/")[2] for one in loaded] == ["door.css", "door.svg", "leave.js"]
    files = [gzip.compress(Path(finders.find(one)).read_bytes(), 6) for one in loaded]
    assert sum(map(len, [answer.content, *files])) <= 20 * 1024


def test_what_answers_a_form_is_not_compressed(stranger):
    packed = {"accept-encoding": "gzip"}
    assert stranger.get(reverse("public:about"), headers=packed).headers["Content-Encoding"] == "gzip"
    sent = stranger.post(reverse("public:about"), headers=packed)
    assert "Content-Encoding" not in sent.headers
