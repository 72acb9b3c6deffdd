"""A short number rings in its own country: elsewhere it is no link, and the page says how it is dialled."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from panah.ground.directory.models import HotlineNumber
from panah.ground.foundation import dialled_numbers
from panah.ground.network import queries as network_queries
from panah.ground.network.models import RuleLine


@pytest.fixture
def far(world):
    """The numbers of South, as somebody wrote them down; Elena is in North."""
    RuleLine.objects.create(
        iso2="XB", key="emergency_numbers", text_en="", text_ru="", source="test", valid_from=date(2026, 1, 1),
        entered_by="test", entered_at=timezone.now(),
        value=[{"for": "any", "number": "112", "reach": "mobile"}, {"for": "police", "number": "155", "abroad": "+90 312 1"}],
    )  # fmt: skip
    dialled_numbers.accept(world.societies["north"].pk)


def test_a_number_of_another_country_is_no_link_that_rings_here(world, far):
    page = world.client("elena").get(reverse("network:society", args=["practice-south"])).content.decode()
    assert "112" in page and "tel:112" not in page and "tel:155" not in page
    assert "mobile only" in page and "from abroad: +90 312 1" in page
    assert "dialled inside that country" in page


def test_where_no_source_names_a_number_the_page_says_whom_to_ask(world):
    RuleLine.objects.create(
        iso2="XB", key="emergency_numbers", value=None, text_en="Not known here: ask them.", text_ru="Неизвестно.",
        source="", valid_from=date(2026, 1, 1), entered_by="test", entered_at=timezone.now(),
    )  # fmt: skip
    dialled_numbers.accept(world.societies["north"].pk)
    assert (
        "Not known here: ask them."
        in world.client("elena").get(reverse("network:society", args=["practice-south"])).content.decode()
    )


def test_a_focal_point_writes_down_from_where_a_number_rings(world):
    bakyts = world.client("bakyt")
    here = reverse("network:rule", args=[world.societies["north"].slug, "emergency_numbers"])
    today = timezone.localdate()
    typed = {
        "number_any": "0 112", "reach_any": "landline", "abroad_any": "+7 1 112", "source": "dialled",
        "valid_from_day": today.day, "valid_from_month": today.month, "valid_from_year": today.year,
    }  # fmt: skip
    bakyts.post(here, typed)
    line = RuleLine.objects.get(society=world.societies["north"], key="emergency_numbers")
    assert line.value == [{"for": "any", "number": "0 112", "reach": "landline", "abroad": "+7 1 112"}]
    page = bakyts.get(reverse("directory:numbers")).content.decode()
    assert "tel:0112" in page and "landline only" in page


SCAM_COMPOUNDS = {"KH": "Cambodian", "MM": "Myanmar", "LA": "Lao", "PH": "Philippine", "VN": "Vietnam"}


@pytest.mark.parametrize(("iso2", "society"), SCAM_COMPOUNDS.items())
def test_the_sheet_of_a_country_of_scam_compounds_gives_no_number_and_names_whom_to_ask(
    register, iso2, society
):
    sheet = network_queries.emergency_numbers(iso2=iso2, on=timezone.localdate())
    assert sheet.numbers == () and not sheet.checked
    assert (
        "Not known here" in sheet.text and f"{society} Red Cross" in sheet.text and "redcross" in sheet.text
    )


def test_no_delivered_number_claims_to_ring_from_everywhere_or_to_be_checked(register):
    lines = list(RuleLine.objects.filter(key="emergency_numbers", society=None))
    assert len(lines) > 30
    for line in lines:
        assert line.source and line.checked_on is None and not line.checked_by
        assert all(one["reach"] == "unknown" for one in line.value or ())
    turkiye = network_queries.emergency_numbers(iso2="TR", on=timezone.localdate())
    assert turkiye.reach_unknown


def test_where_nobody_knows_from_which_telephone_a_number_rings_the_page_says_so(world, far):
    page = world.client("elena").get(reverse("network:society", args=["practice-south"])).content.decode()
    assert "From which telephones, and whether everywhere: not known." in page
    RuleLine.objects.update(value=[{"for": "any", "number": "112", "reach": "everywhere"}])
    dialled_numbers.accept(world.societies["north"].pk)
    page = world.client("elena").get(reverse("network:society", args=["practice-south"])).content.decode()
    assert "From which telephones" not in page


@pytest.mark.parametrize("iso2", [*SCAM_COMPOUNDS, "BR"])
def test_an_embassy_is_named_with_its_risk_said_to_the_person_in_both_languages(register, iso2):
    for language, risk in (("en", "If you fear that state"), ("ru", "Если вы его боитесь")):
        with translation.override(language):
            assert risk in network_queries.emergency_numbers(iso2=iso2, on=timezone.localdate()).text


def test_a_country_that_nobody_wrote_a_sheet_for_names_the_society_to_ask(register):
    brazil = network_queries.emergency_numbers(iso2="BR", on=timezone.localdate())
    assert brazil.numbers == () and "Ask the national society there, Brazilian Red Cross" in brazil.text


@pytest.mark.parametrize("iso2", ["TJ", "KG"])
def test_a_plan_whose_years_are_over_says_that_it_has_ended(register, iso2):
    law = RuleLine.objects.get(iso2=iso2, key="trafficking_law", society=None)
    assert "has ended" in law.text_en and "истёк" in law.text_ru


def test_a_law_that_was_replaced_says_so(register):
    law = RuleLine.objects.get(iso2="UZ", key="trafficking_law", society=None)
    assert law.text_en.startswith("Replaced:")


def test_a_short_hotline_number_of_another_country_is_no_link_that_rings_here(world):
    for iso2, number in (("XB", "0 000 55"), ("XB", "+000 66"), ("XA", "0 000 77")):
        HotlineNumber.objects.create(iso2=iso2, name_en=f"Line {number}", number=number, kind="ngo")
    dialled_numbers.accept(world.societies["north"].pk)
    page = world.client("elena").get(reverse("directory:numbers")).content.decode()
    assert "0 000 55" in page and "tel:000055" not in page and "Rings there only" in page
    assert "tel:+00066" in page and "tel:000077" in page
