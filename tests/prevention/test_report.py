"""Prevention in numbers: exact inside the society, protected outside; effect only where numbers carry it."""

import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from panah.ground.foundation.errors import Refusal
from panah.ground.network.goals import goal_choices
from panah.programmes.prevention import actions as prevention
from panah.programmes.prevention import queries as prevention_queries
from panah.programmes.prevention import rules
from panah.programmes.prevention.queries import Asked
from panah.programmes.training import actions as training
from tests.prevention.conftest import count, educator, group_of, session_of
from tests.prevention.published_campaigns import published
from tests.training.conftest import course, names


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


def test_outside_no_part_is_told_that_tells_another_beside_the_whole(world, two_branches):
    whole = seen(world, "bakyt", outside=True)
    assert whole.reached == 46 and {line.reached for line in whole.by_goal} == {None}
    for who, part in (
        ("bakyt", {"goal": "dignity"}),
        ("bakyt", {"branch": world.branches["arna"].pk}),
        ("ibrat", {}),
        ("bakyt", {"project": "P-12"}),
        ("bakyt", {"project": "P-12", "branch": world.branches["arna"].pk}),
    ):
        found = seen(world, who, outside=True, **part)
        lines = [*found.by_branch, *found.by_audience, *found.by_goal]
        assert found.reached is None and not any(line.reached for line in lines), (who, part)
        assert not any(number for _label, number in [*found.by_sex, *found.by_band])
        assert seen(world, who, **part).reached, "inside the society it is told"
    address, year = reverse("prevention:report_document"), timezone.localdate().year
    answer = world.client("ibrat").get(address, {"period": year, "for": "outside"})
    assert ["People in sessions", "hidden"] in read_docx(answer.content)[1][0]


def of_its_quarter(world, days_ago):
    on = timezone.localdate() - timedelta(days=days_ago)
    (quarter,) = (
        one
        for one in rules.quarters_between(date(on.year, 1, 1), date(on.year, 12, 31))
        if one[0] <= on <= one[1]
    )
    asked = Asked(first=quarter[0], last=quarter[1], outside=True)
    return prevention_queries.report(to=world.staff["bakyt"], asked=asked)


def test_outside_the_year_does_not_tell_what_one_of_its_quarters_hides(world, leader, group):
    for days_ago, few in ((100, 5), (1, 3)):
        count(world, session_of(world, group, leader, days_ago=days_ago), {"male 30-59": 20})
        few_men = session_of(world, group, leader, days_ago=days_ago, goal="", project="")
        count(world, few_men, {"male 30-59": few})
    told = {line.code: line.reached for line in of_its_quarter(world, 100).by_goal}
    assert told == {"dignity": 20, "": 5}
    hidden = {line.code: line.reached for line in of_its_quarter(world, 1).by_goal}
    assert hidden == {"dignity": None, "": None}
    year = seen(world, "bakyt", outside=True)
    assert {line.code: line.reached for line in year.by_goal} == {"dignity": None, "": None}, "8 less 5 is 3"
    assert year.reached == 48 and seen(world, "bakyt", outside=True, goal="").reached is None


def test_outside_the_sum_of_a_year_is_hidden_with_that_of_one_quarter(world, leader, group):
    for days_ago, people in ((100, 40), (1, 3)):
        count(world, session_of(world, group, leader, days_ago=days_ago), {"male 30-59": people})
    assert of_its_quarter(world, 100).reached == 40
    assert of_its_quarter(world, 1).reached is None and seen(world, "bakyt", outside=True).reached is None
    assert seen(world, "bakyt").reached == 43


def test_outside_a_part_is_told_where_it_tells_no_other(world, two_branches):
    other = educator(world, "Asel Practice", branch="besh")
    more = session_of(
        world, group_of(world, other, by="bakyt", branch="besh"), other, by="bakyt", days_ago=1, goal="",
    )  # fmt: skip
    count(world, more, {"female 13-17": 30}, by="bakyt")
    assert seen(world, "bakyt", outside=True, goal="dignity").reached == 43
    assert seen(world, "ibrat", outside=True).reached == 43


def test_outside_a_part_of_the_courses_is_told_only_where_it_tells_no_other(world, two_branches):
    taught(world, people=3, goal="health")
    taught(world, people=40, goal="capacity")
    assert seen(world, "bakyt", outside=True).trained == 43
    assert seen(world, "bakyt", outside=True, goal="capacity").trained is None
    assert seen(world, "ibrat", outside=True).trained == 43


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


def test_outside_it_is_not_told_that_two_people_were_lost(world, leader, group):
    one = session_of(world, group, leader, days_ago=1)
    count(world, one, {"female 13-17": 20, "male 13-17": 20})
    write(world, one)
    ibrat, address = world.client("ibrat"), reverse("prevention:report")
    assert "2 people did not take" in ibrat.get(address).text
    outside = ibrat.get(address, {"for": "outside"}).text
    assert "did not take" not in outside and "+59 percentage points" in outside


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


def taught(world, *, people=12, **more):
    """Elena held a course yesterday; so many were there, one more was not."""
    one = course(world, places=people + 1, days_ago=1, **more)
    rows = names(world, one, *(f"Practice {number}" for number in range(people + 1)), by="bakyt")
    absent = {"absent": [rows[0].pk]}
    assert world.client("elena").post(
        reverse("training:register", args=[one.sessions.get().pk]), absent
    ).status_code == 302  # fmt: skip
    return one


def test_a_course_counts_for_its_goal_and_its_project(world, two_branches):
    taught(world, goal="capacity", project="P-12")
    taught(world, people=7, goal="health", branch=str(world.branches["besh"].pk), by="bakyt")
    course(world, days_ago=1, goal="capacity")  # Nobody has written who was there.
    whole = seen(world, "bakyt")
    assert (whole.courses, whole.trained, whole.reached) == (2, 19, 46)
    goals = {line.code: (line.courses, line.trained) for line in whole.by_goal}
    assert goals["capacity"] == (1, 12) and goals["health"] == (1, 7) and goals["dignity"] == (0, 0)
    assert seen(world, "bakyt", goal="capacity").trained == 12
    assert seen(world, "bakyt", project="P-12").trained == 12
    assert (seen(world, "ibrat").courses, seen(world, "ibrat").trained) == (1, 12)
    assert "People in courses" in world.client("bakyt").get(reverse("prevention:report")).text


def test_outside_three_people_in_a_course_are_not_told(world, two_branches):
    taught(world, people=3, goal="health")
    taught(world, people=40, goal="capacity")
    found = seen(world, "bakyt", outside=True)
    numbers = [found.trained, *(line.trained for line in [*found.by_goal, *found.by_branch])]
    assert not [one for one in numbers if one is not None and 0 < one < 5]
    assert [line.trained for line in found.by_goal].count(None) != 1


def test_ibrat_names_goal_and_project_of_a_course_and_capacity_is_chosen_before(world):
    planned = course(world)
    ibrat = world.client("ibrat")
    form = ibrat.get(reverse("training:plan")).text
    assert '<option value="capacity" selected>' in form and 'name="project"' in form
    training.change_course(
        course=planned, title="x", trainers=[], audience="police", language="ru", place="", places=3,
        goal="dignity", project="P-9", by=world.staff["ibrat"], at=timezone.now(),
    )  # fmt: skip
    planned.refresh_from_db()
    assert (planned.goal, planned.project) == ("dignity", "P-9")
    assert (
        '<option value="dignity" selected>' in ibrat.get(reverse("training:change", args=[planned.pk])).text
    )


def test_inside_the_society_a_number_leads_to_the_sessions_and_courses_behind_it(world, two_branches):
    one = taught(world, goal="health", title="Practice: a course about health")
    ibrat, behind = world.client("ibrat"), reverse("prevention:behind")
    page = ibrat.get(reverse("prevention:report")).text
    assert f'href="{behind}?' in page and "goal=dignity" in page
    assert behind not in ibrat.get(reverse("prevention:report"), {"for": "outside"}).text
    assert behind not in world.client("nurlan").get(reverse("prevention:report")).text
    sessions = ibrat.get(behind, {"goal": "dignity"}).text
    assert reverse("prevention:session", args=[two_branches.pk]) in sessions and "Besh team" not in sessions
    assert sessions.count("/prevention/sessions/") == ibrat.get(behind, {"goal": "none"}).text.count(
        "/prevention/sessions/"
    )
    courses = ibrat.get(behind, {"of": "courses", "goal": "health"}).text
    assert reverse("training:course", args=[one.pk]) in courses
    assert "a course about health" not in ibrat.get(behind, {"of": "courses", "goal": "dignity"}).text
    assert "Besh team" in world.client("bakyt").get(behind).text
    assert world.client("nurlan").get(behind).status_code == 404


TEXT = "In {period} we reached {people} people in {sessions} sessions. 3 of them came back; 4 % is a share, 1.5 is not."


def write_text(world, text, who="bakyt", period=None):
    period = period or str(timezone.localdate().year)
    return world.client(who).post(reverse("prevention:narrative", args=[period]), {"text": text})


def test_the_society_writes_a_text_with_placeholders_and_small_numbers_are_hidden_in_it_too(
    world, two_branches
):
    year = timezone.localdate().year
    assert write_text(world, TEXT).status_code == 302
    inside = world.client("bakyt").get(reverse("prevention:report"), {"period": year}).text
    assert f"In {year} we reached 46 people in 3 sessions. 3 of them came back" in inside
    outside = world.client("bakyt").get(reverse("prevention:report"), {"period": year, "for": "outside"}).text
    assert "(number not shown) of them came back; 4 % is a share, 1.5 is not." in outside
    assert "(number not shown)" not in inside
    # Beside the numbers of a branch, or of one goal, it would say what is not so.
    branch = {"period": year, "branch": world.branches["arna"].pk}
    for answer in (
        world.client("bakyt").get(reverse("prevention:report"), branch),
        world.client("bakyt").get(reverse("prevention:report"), {"period": year, "goal": "dignity"}),
        world.client("ibrat").get(reverse("prevention:report"), {"period": year}),
    ):
        assert "we reached" not in answer.text
    write_text(world, "")
    assert "we reached" not in world.client("bakyt").get(reverse("prevention:report"), {"period": year}).text


def test_a_hidden_number_is_hidden_in_the_text(world, leader, group):
    count(world, session_of(world, group, leader, days_ago=0), {"male 30-59": 3})
    year = timezone.localdate().year
    write_text(world, "{people} people, {reach} reached.")
    page = world.client("bakyt").get(reverse("prevention:report"), {"period": year, "for": "outside"}).text
    assert "(number not shown) people, 0 reached." in page


def test_a_placeholder_that_means_nothing_meets_a_sentence_and_the_text_stays(world):
    answer = write_text(world, "We met {women} women in {sessions} sessions.")
    assert (
        answer.status_code == 422 and "There is no placeholder {women}. There are: {sessions}" in answer.text
    )
    assert "We met {women} women" in answer.text
    for who in ("ibrat", "amina", "rustam"):
        assert write_text(world, "x", who=who).status_code == (302 if who == "rustam" else 404)
    assert write_text(world, "x", period="2026-Q9").status_code == 404
    with pytest.raises(Refusal):
        prevention.write_narrative(period="2026", text="x", by=world.staff["ibrat"], at=timezone.now())


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(raw):
    """The paragraphs and the tables of a document, as whoever opens it reads them."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert packed.testzip() is None
        parts = {name: ElementTree.fromstring(packed.read(name)) for name in packed.namelist()}  # noqa: S314
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"} <= parts.keys()
    body = parts["word/document.xml"].find(f"{W}body")
    assert body is not None
    said = lambda one: "".join(text.text or "" for text in one.iter(f"{W}t"))  # noqa: E731
    styles = {one.get(f"{W}styleId") for one in parts["word/styles.xml"].iter(f"{W}style")}
    assert {one.get(f"{W}val") for one in body.iter(f"{W}pStyle")} <= styles
    tables = [
        [[said(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in body.findall(f"{W}tbl")
    ]
    assert all(len({len(row) for row in table}) == 1 for table in tables)
    return [said(one) for one in body.findall(f"{W}p")], tables


def test_the_document_has_the_text_and_the_tables_and_hides_what_the_page_hides(world, two_branches):
    year, bakyt = timezone.localdate().year, world.client("bakyt")
    write_text(world, "We reached {people} people.\nA <second> & last line, \x07smudged.")
    answer = bakyt.get(reverse("prevention:report_document"), {"period": year})
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    texts, tables = read_docx(answer.content)
    assert "Prevention in numbers" in texts and "We reached 46 people." in texts
    assert "A <second> & last line, smudged." in texts
    assert ["People in sessions", "46"] in tables[0]
    assert any(row[0] == "no goal named" and row[2] == "3" for row in tables[2])
    texts, tables = read_docx(
        bakyt.get(reverse("prevention:report_document"), {"period": year, "for": "outside"}).content
    )
    assert any("Numbers from 1 to 4 are hidden" in one for one in texts)
    assert "3" not in [row[2] for table in tables[1:4] for row in table[1:]]
    assert world.client("amina").get(reverse("prevention:report_document")).status_code == 404


def test_the_document_in_russian(world, two_branches):
    world.staff["bakyt"].language = "ru"
    world.staff["bakyt"].save()
    texts, _tables = read_docx(world.client("bakyt").get(reverse("prevention:report_document")).content)
    assert "Профилактика в цифрах" in texts
