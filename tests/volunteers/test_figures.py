"""Volunteers by sex and band of age, in the indicators of the Federation's databank."""

import io
from datetime import date

import openpyxl
from django.urls import reverse

from panah.programmes.volunteers.models import Volunteer
from panah.programmes.volunteers.queries import figures
from tests.volunteers.making import volunteer

YEAR = 2026


def four(world):
    for sex, born, branch in (
        ("female", 1996, "arna"), ("female", 2014, "besh"), ("male", 1940, "arna"), ("", None, "arna"),
    ):  # fmt: skip
        volunteer(world, sex=sex, born_year=born, branch=branch)
    gone = volunteer(world, sex="male", born_year=1990)
    Volunteer.objects.filter(pk=gone.pk).update(state="left", left_on=date(2025, 12, 31))
    asked = volunteer(world, sex="male", born_year=1990)
    Volunteer.objects.filter(pk=asked.pk).update(state="asked")


def indicators(world, who, year=YEAR):
    return dict(figures(to=world.staff[who], year=year, not_known="not known").indicators())


def test_each_indicator_of_fdrs_is_counted_and_nobody_twice(world):
    four(world)
    found = indicators(world, "bakyt")
    assert found["KPI_PeopleVol_Tot"] == 4
    assert (found["KPI_PeopleVol_Tot_M"], found["KPI_PeopleVol_Tot_F"]) == (1, 2)
    assert found["KPI_PeopleVol_F_age_30_39"] == 1 and found["KPI_PeopleVol_F_age_6_12"] == 1
    assert found["KPI_PeopleVol_M_age_80"] == 1 and found["KPI_PeopleVol_M_age_30_39"] == 0
    # Of the year before only whoever had joined by then.
    assert indicators(world, "bakyt", 2025)["KPI_PeopleVol_Tot"] == 0


def test_a_coordinator_counts_the_branch_and_the_data_officer_the_society(world):
    four(world)
    assert indicators(world, "ibrat")["KPI_PeopleVol_Tot"] == 3
    assert indicators(world, "nurlan")["KPI_PeopleVol_Tot"] == 4
    assert indicators(world, "rustam")["KPI_PeopleVol_Tot"] == 0


def test_page_and_table_say_the_same(world):
    four(world)
    nurlan = world.client("nurlan")
    text = nurlan.get(reverse("volunteers:figures"), {"year": YEAR}).text
    assert "30–39" in text and "<b>4</b>" in text
    book = openpyxl.load_workbook(io.BytesIO(nurlan.get(reverse("volunteers:table"), {"year": YEAR}).content))
    lines = {row[0].value: row[1].value for row in book["FDRS"].iter_rows(min_row=4)}
    assert lines["KPI_PeopleVol_Tot"] == 4 and lines["KPI_PeopleVol_F_age_30_39"] == 1
    assert nurlan.get(reverse("volunteers:figures"), {"year": "x"}).status_code == 200
    assert world.client("amina").get(reverse("volunteers:figures")).status_code == 404
