"""A short number rings in its own country: elsewhere it is no link, and the page says how it is dialled."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.network.models import RuleLine


@pytest.fixture
def far(world):
    """The numbers of South, as somebody wrote them down; Elena is in North."""
    RuleLine.objects.create(
        iso2="XB", key="emergency_numbers", text_en="", text_ru="", source="test", valid_from=date(2026, 1, 1),
        entered_by="test", entered_at=timezone.now(),
        value=[{"for": "any", "number": "112", "reach": "mobile"}, {"for": "police", "number": "155", "abroad": "+90 312 1"}],
    )  # fmt: skip


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
