"""Prevention in numbers: exact inside the society, protected outside; effect only where numbers carry it."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from panah.foundation.errors import Refusal
from panah.network.goals import goal_choices
from panah.prevention import actions as prevention
from panah.prevention import queries as prevention_queries
from panah.prevention.queries import Asked
from tests.prevention.conftest import count, educator, group_of, session_of
from tests.prevention.test_campaigns import published


@pytest.fixture
def two_branches(world, leader, group):
    """Arna: 40 pupils and 3 returnees; Besh: 3 students."""
    one = session_of(world, group, leader, days_ago=1)
    count(world, one, {"female 13-17": 22, "male 13-17": 18})
    few = session_of(world, group, leader, days_ago=1, audience="returnees", goal="", project="")
    count(world, few, {"male 30-59": 3})
    other = educator(world, "Meerim Practice", branch="besh")
    besh = group_of(world, other, by="bakyt", branch="besh", name="Practice: Besh team")
    students = session_of(world, besh, other, by="bakyt", days_ago=1, audience="students")
    count(world, students, {"female 18-29": 3}, by="bakyt")
    return one


def seen(world, who, **more):
    year = timezone.localdate().year
    first, last = timezone.localdate().replace(year=year - 1), timezone.localdate()
    return prevention_queries.report(to=world.staff[who], asked=Asked(first=first, last=last, **more))


def test_bakyt_reads_the_society_ibrat_her_branch_each_exactly(world, two_branches):
    whole = seen(world, "bakyt")
    assert (whole.sessions, whole.reached) == (3, 46)
    assert sorted(line.reached for line in whole.by_branch) == [3, 43]
    assert dict(whole.by_sex)["women and girls"] == 25
    branch = seen(world, "ibrat")
    assert (branch.sessions, branch.reached) == (2, 43) and len(branch.by_branch) == 1
    assert seen(world, "ibrat", branch=world.branches["besh"].pk).sessions == 0
    assert seen(world, "rustam").sessions == 0


def test_by_goal_and_by_project(world, two_branches):
    assert seen(world, "bakyt", goal="dignity").reached == 43
    assert seen(world, "bakyt", goal="").reached == 3
    assert seen(world, "bakyt", project="P-12").sessions == 2


def test_outside_no_small_number_is_told_and_none_can_be_worked_out(world, two_branches):
    found = seen(world, "bakyt", outside=True)
    tables = [
        [line.reached for line in found.by_branch],
        [line.reached for line in found.by_audience],
        [line.reached for line in found.by_goal],
        [number for _label, number in found.by_sex],
        [number for _label, number in found.by_band],
    ]
    shown = [number for table in tables for number in table if number is not None]
    assert not [number for number in shown if 0 < number < 5]
    for table in tables:
        # One hidden number beside a sum would be told by it.
        assert found.reached is None or table.count(None) != 1
    assert any(None in table for table in tables)


def test_the_page_and_its_table_say_the_same_hidden_or_not(world, two_branches):
    bakyt, year = world.client("bakyt"), timezone.localdate().year
    published(world, by="bakyt")
    page = bakyt.get(reverse("prevention:report"), {"period": year})
    assert "46" in page.text and "<svg" in page.text
    answer = bakyt.get(reverse("prevention:report_table"), {"period": year})
    rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert ("People in sessions", 46) in rows
    outside = bakyt.get(reverse("prevention:report_table"), {"period": year, "for": "outside"})
    book = load_workbook(io.BytesIO(outside.content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "hidden" in cells and ("People in sessions", 46) not in cells
    by_branch = list(book.worksheets[1].iter_rows(values_only=True))[1:]
    assert {row[2] for row in by_branch} == {"hidden"}
    assert "hidden" in bakyt.get(reverse("prevention:report"), {"period": year, "for": "outside"}).text


def test_who_reads_the_numbers(world, two_branches):
    address = reverse("prevention:report")
    for who, status in (("nurlan", 200), ("bakyt", 200), ("ibrat", 200), ("amina", 404), ("timur", 404)):
        assert world.client(who).get(address).status_code == status, who
    assert "46" in world.client("nurlan").get(address).text
    # A period, branch or goal that makes no sense is as if it were not there.
    for odd in ({"period": "x"}, {"branch": "x"}, {"goal": "x"}, {"period": "2026-Q9"}):
        assert world.client("bakyt").get(address, odd).status_code == 200


def write(world, session, by="ibrat", **more):
    what = {
        "tested": "after", "compared": "apart", "took_before": 40, "passed_before": 8, "took_after": 38,
        "passed_after": 30, "gained": 0, "dropped": 0, **more,
    }  # fmt: skip
    prevention.write_tests(session=session, by=world.staff[by], at=timezone.now(), **what)


def test_a_change_is_claimed_with_its_interval_and_how_many_were_lost(world, two_branches):
    write(world, two_branches)
    text = world.client("ibrat").get(reverse("prevention:session", args=[two_branches.pk])).text
    assert "+59 percentage points (95 % interval: +38 to +73)" in text
    assert "Newcombe" in text and "2 people did not take the second test (5 %)" in text
    assert "It may be more" in text


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"took_after": 20, "passed_after": 18}, "fewer than 30"),
        ({"took_before": 100, "took_after": 38}, "more than 40 % of those"),
        ({"passed_after": 10}, "contains zero"),
        ({"took_after": 0, "passed_after": 0}, "one of the tests is missing"),
    ],
)
def test_where_numbers_carry_nothing_the_sentence_says_why(world, two_branches, numbers, sentence):
    write(world, two_branches, **numbers)
    text = world.client("ibrat").get(reverse("prevention:session", args=[two_branches.pk])).text
    assert sentence in text and "Those who passed:" not in text


def test_small_sessions_carry_a_claim_together(world, leader, group):
    for _each in range(3):
        one = session_of(world, group, leader, days_ago=1)
        count(world, one, {"female 13-17": 15})
        write(
            world, one, compared="paired", took_before=15, passed_before=3, took_after=15, passed_after=13,
            gained=10, dropped=0,
        )  # fmt: skip
    ((tested, paired, change),) = seen(world, "ibrat").changes
    assert (tested, paired, change.why_not) == ("after", True, None)
    text = world.client("ibrat").get(reverse("prevention:report")).text
    assert "+67 percentage points" in text and "Bonett" in text


def test_tests_that_cannot_be_are_refused_on_their_page_with_all_typed(world, two_branches):
    form = {
        "tested": "after", "compared": "apart", "took_before": "10", "passed_before": "12", "took_after": "9",
        "passed_after": "9", "gained": "", "dropped": "",
    }  # fmt: skip
    answer = world.client("ibrat").post(reverse("prevention:tests", args=[two_branches.pk]), form)
    assert (
        answer.status_code == 422 and "More passed than took" in answer.text and 'value="12"' in answer.text
    )


def test_a_focal_point_adds_a_goal_of_strategy_2030_and_sessions_can_serve_it(world, leader, group):
    bakyt = world.client("bakyt")
    form = {"code": "s2030-2", "name_en": "Practice: healthy lives", "name_ru": "Практика: здоровая жизнь"}
    assert bakyt.post(reverse("prevention:goals"), form).status_code == 302
    north = world.societies["north"].pk
    assert ("s2030-2", "Practice: healthy lives") in goal_choices(north)
    assert "s2030-2" not in dict(goal_choices(world.societies["south"].pk))
    one = session_of(world, group, leader, days_ago=1, goal="s2030-2")
    assert one.goal == "s2030-2"
    assert session_of(world, group, leader, goal="invented").goal == ""
    twice = bakyt.post(reverse("prevention:goals"), form)
    assert twice.status_code == 422 and "stands for another goal" in twice.text
    with pytest.raises(Refusal):
        prevention.add_goal(by=world.staff["ibrat"], at=timezone.now(), **form)
    assert world.client("ibrat").get(reverse("prevention:goals")).status_code == 404
