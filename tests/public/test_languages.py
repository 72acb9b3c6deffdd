"""The pages of the door in their eleven languages: no sentence falls back to English, and every script is drawn."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from panah.ground.directory.words import Admits, Need
from panah.ground.kit import catalogues, page_words
from panah.ground.kit.languages import DOOR
from panah.ground.network.models import Region
from panah.ground.network.words import INVENTED, REACHES_LESS, EmergencyService, NumberReach, country_name
from panah.people.public import borrowed_words
from panah.people.public.queries import countries
from tests.region import DOOR_TAGS, not_said

# What colleagues alone read.
OF_COLLEAGUES = ("hooks.py", "templates/public/overview.html", "views/overview.py")
ROOM = page_words.ROOMS / "public"
PAGES = (
    reverse("public:first"),
    f"{reverse('public:numbers')}?country=TR&speaks=tg",
    f"{reverse('public:numbers')}?country=XA&speaks=ru",
    f"{reverse('public:numbers')}?country=other",
    f"{reverse('public:places')}?place=XA",
    reverse("public:about"),
)


def test_the_words_of_other_rooms_on_these_pages_are_all_in_the_list():
    with translation.override("en"):
        assert tuple(str(one.label) for one in EmergencyService) == borrowed_words.EMERGENCY
        assert tuple(str(NumberReach(one).label) for one in REACHES_LESS) == borrowed_words.REACH
        assert tuple(str(one.label) for one in Need) == borrowed_words.NEEDS
        assert tuple(str(one.label) for one in Admits) == borrowed_words.ADMITS
        assert borrowed_words.PLACES[1:] == tuple(str(one) for one in INVENTED.values())


@pytest.mark.parametrize("tag", DOOR_TAGS)
def test_every_sentence_of_the_door_is_said_in_every_language(tag):
    assert catalogues.unsaid(ROOM, tag, of_colleagues=OF_COLLEAGUES) == []


@pytest.mark.parametrize("tag", DOOR_TAGS)
def test_no_page_of_help_falls_back_to_english(register, tag):
    stranger = Client()

    def seen(address, language):
        sign = "&" if "?" in address else "?"
        return stranger.get(f"{address}{sign}in={language}").text

    # "Belarus" is a word of Uzbek too.
    with translation.override("en"):
        alike = [one for iso2, one in countries() if country_name(iso2, tag) == one]
    # Regions have the names that ISO knows: of the country, English and Russian.
    regions = {name for one in Region.objects.all() for name in one.names.values()}
    names = [*sorted(regions, key=len, reverse=True), *alike]
    left = {
        address: strange
        for address in PAGES
        if (strange := not_said(tag, seen(address, tag), seen(address, "en"), data=names))
    }
    assert not left


def test_every_language_is_named_by_itself_and_none_twice():
    assert len({name for _tag, name in DOOR}) == len(DOOR) == 11
    assert all(re.search(r"\w", name) for _tag, name in DOOR)
