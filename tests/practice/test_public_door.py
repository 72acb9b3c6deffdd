"""The public door of a practice node has something for every country of the region and of destination, visibly made up."""

import pytest
from django.test import Client
from django.urls import reverse

COUNTRIES = ("KZ", "KG", "TJ", "UZ", "TM", "TR", "KR", "RU", "AE")


@pytest.fixture
def pages(practised):
    address = reverse("public:numbers")
    return {
        iso2: Client().get(address, {"in": "en", "country": iso2, "speaks": "ru"}).text for iso2 in COUNTRIES
    }


def test_every_country_has_an_emergency_number_a_line_for_children_and_one_to_talk_to(pages):
    for iso2, page in pages.items():
        danger, child, line = (
            page.index(one)
            for one in ('class="danger', "Practice line for children", "Practice line for migrants")
        )
        assert danger < page.index('href="tel:') < child < line, iso2
        assert "Do not call the numbers here." in page


def test_where_people_are_taken_to_a_consulate_stands_below_its_risk(pages):
    for iso2 in ("TR", "KR", "RU", "AE"):
        page = pages[iso2]
        assert page.index("An embassy belongs to the state of your home") < page.index("Travel papers"), iso2
