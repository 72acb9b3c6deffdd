"""The month through its pages: Nurlan and Bakyt read the society, Ibrat the branch of Arna, nobody else anything."""

import io
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from panah.ground.network.models import Society
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.hotline import actions as hotline
from panah.people.hotline.actions.calls import begin_contact
from panah.people.hotline.words import Channel
from panah.people.referrals.models import Referral
from panah.people.shelter.models import Bed, Stay
from tests.hotline.conftest import line  # noqa: F401  the line of North
from tests.shelter.conftest import make_house

BISHKEK = ZoneInfo("Asia/Bishkek")
MARCH = "2025-03"


@pytest.fixture
def north(world):
    Society.objects.filter(pk=world.societies["north"].pk).update(time_zone="Asia/Bishkek")
    for staff in world.staff.values():
        staff.society.refresh_from_db()
    return world


def in_march(day=10, hour=12, minute=0, month=3):
    return datetime(2025, month, day, hour, minute, tzinfo=BISHKEK)


def call(world, line, number=1, *, who="elena", at=None, channel=Channel.PHONE):  # noqa: F811
    for _ in range(number):
        begin_contact(
            keys=world.keys(who), line=line, channel=channel, by=world.staff[who], at=at or in_march()
        )


def a_case(world, who="amina", *, at=None, **changed):
    branch = world.staff[who].branch
    made = cases.open_case(keys=world.keys(who), by=world.staff[who], branch=branch, at=at or in_march())
    Case.objects.filter(pk=made.pk).update(**changed)
    return made


def aid(world, who, number, kinds=("food",), at=None):
    hotline.note_aid(kinds=list(kinds), number=number, by=world.staff[who], at=at or in_march())


def text_of(world, who, month=MARCH, name="month:month"):
    answer = world.client(who, open_vault=False).get(reverse(name), {"month": month} if month else {})
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(html, caption="Practice Society North"):
    """The lines of the table with this caption: name and cells, as they are read."""
    table = next(one for one in html.split("<table")[1:] if caption in one.split("</caption>")[0])
    lines = re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1].split("</table>")[0], re.DOTALL)
    plain = [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.split(r"</t[hd]>", one)[:-1]] for one in lines
    ]
    return {name: cells for name, *cells in plain}


def test_what_was_done_in_march_stands_there_while_the_vault_is_locked(north, line):  # noqa: F811
    call(north, line, 6)
    call(north, line, 5, channel=Channel.TELEGRAM)
    aid(north, "elena", 7, ["food", "transport"])
    for _ in range(5):
        made = a_case(north, closed_at=in_march(31, 23, 59), closed_by=north.staff["amina"], state="closed")
        row = {"society": north.societies["north"], "case": made, "state": "met", "made_at": in_march()}
        Referral.objects.create(**row, sent_at=in_march(), met_at=in_march(20))
    seen = numbers(text_of(north, "nurlan"))
    assert {name: cells[0] for name, cells in seen.items()} == {
        "Calls": "6", "Contacts in other ways": "5", "Help without a file": "14", "Cases opened": "5",
        "Cases closed": "5", "Referrals sent": "5", "Referrals received": "0", "Referrals: met": "5",
        "Stays begun in safe places": "0",
    }  # fmt: skip
    assert numbers(text_of(north, "nurlan"), "by kind") == {
        "Food, water, clothes": ["7"],
        "A way home or to a safe place": ["7"],
    }


def test_a_month_begins_and_ends_at_midnight_in_bishkek(north, line):  # noqa: F811
    call(north, line, 5, at=in_march(1, 0, 0))
    call(north, line, 6, at=in_march(31, 23, 59) + timedelta(seconds=59))
    call(north, line, 7, at=in_march(1, 0, 0) - timedelta(seconds=1))
    call(north, line, 8, at=in_march(1, 0, 0, month=4))
    aid(north, "elena", 9, at=datetime(2025, 2, 28, 18, 0, tzinfo=UTC))  # 1 March, 00:00 there
    march, april = numbers(text_of(north, "nurlan")), numbers(text_of(north, "nurlan", "2025-04"))
    assert march["Calls"] == ["11", "7"] and april["Calls"] == ["8", "11"]
    assert march["Help without a file"] == ["9", "0"]


def test_a_stay_counts_from_its_first_day_for_the_branch_that_asked_not_where_the_house_is(north):
    house = make_house(north)
    bed = Bed.objects.filter(room__place=house).first()
    begun = [(1, "here"), (1, "left"), (31, "left"), (31, "missing"), (31, "here"), (31, "left")]
    for day, state in [*begun, (10, "asked"), (10, "declined"), (10, "placed")]:
        of = in_march(day).date()
        Stay.objects.create(
            society=north.societies["north"], place=house, bed=bed, state=state, from_day=of, to_day=of,
            follows=north.staff["cholpon"], file_id=uuid4(),
        )  # fmt: skip
    html = text_of(north, "nurlan")
    assert numbers(html)["Stays begun in safe places"] == ["6", "0"]
    assert numbers(html, "By branch")["Besh"][-1] == "6"
    assert numbers(text_of(north, "nurlan", "2025-04"))["Stays begun in safe places"] == ["0", "6"]
    assert "House 3" not in html


def test_small_numbers_and_what_would_tell_them_stand_nowhere(north, line):  # noqa: F811
    call(north, line, 40)
    aid(north, "elena", 6)
    for _ in range(3):
        a_case(north)
    for _ in range(6):
        a_case(north, "cholpon")
    for who in ("nurlan", "bakyt"):
        for name in ("month:month", "month:paper"):
            html = text_of(north, who, name=name)
            assert numbers(html)["Cases opened"][0] == "9"
            rows = numbers(html, "By branch")
            assert rows["Arna"][0] == "40" and {rows[b][3] for b in ("Arna", "Besh")} == {"hidden"}
    # What Ibrat reads of Arna is a line of the same table: with it the other branch's number is not told either.
    assert numbers(text_of(north, "ibrat"), "Arna")["Cases opened"][0] == "hidden"


def test_branches_that_are_too_small_stand_together_and_their_coordinator_reads_why(north, line):  # noqa: F811
    call(north, line, 2)
    for _ in range(3):
        a_case(north, "cholpon")
    aid(north, "bakyt", 20)
    aid(north, "cholpon", 4)
    rows = numbers(text_of(north, "bakyt"), "By branch")
    assert set(rows) == {"Arna, Besh", "without a branch"}
    html = text_of(north, "ibrat")
    assert "Too little to be counted alone" in html and "<table" not in html and "XLSX" not in html


def test_a_small_branch_beside_a_large_one_hides_no_more_than_would_tell_of_it(north, line):  # noqa: F811
    call(north, line, 12)
    aid(north, "elena", 14)
    aid(north, "cholpon", 3)
    rows = numbers(text_of(north, "bakyt"), "By branch")
    assert rows["Arna"][:3] == ["12", "0", "hidden"] and rows["Besh"][:3] == ["0", "0", "hidden"]
    assert numbers(text_of(north, "ibrat"), "Arna")["Calls"][0] == "12"


def test_where_all_is_small_no_sum_is_told(north):
    a_case(north)
    assert numbers(text_of(north, "nurlan"))["Cases opened"] == ["hidden", "0"]


def test_the_table_that_is_taken_out_hides_the_same(north, line):  # noqa: F811
    call(north, line, 7)
    for _ in range(2):
        a_case(north)
    answer = north.client("nurlan").get(reverse("month:table"), {"month": MARCH})
    assert 'filename="month-2025-03.xlsx"' in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    lines = {row[0]: row[1:] for row in book.worksheets[0].values if row[0]}
    assert lines["What"] == ("March 2025", "February 2025")
    assert lines["Calls"][0] == 7 and lines["Cases opened"][0] == "hidden"
    assert [row[0] for row in book.worksheets[1].values] == ["Branch", "Arna"]


def test_ibrat_reads_arna_alone_and_without_a_branch_nothing(north, line):  # noqa: F811
    call(north, line, 6)
    for _ in range(8):
        a_case(north, "cholpon")
    html = text_of(north, "ibrat")
    assert numbers(html, "Arna")["Calls"][0] == "6" and numbers(html, "Arna")["Cases opened"][0] == "0"
    assert "Besh" not in html and "By branch" not in html
    north.staff["ibrat"].branch = None
    north.staff["ibrat"].save(update_fields=["branch"])
    assert "You belong to no branch yet" in text_of(north, "ibrat")


def test_another_society_counts_nothing_of_it(north, line):  # noqa: F811
    call(north, line, 9)
    assert numbers(text_of(north, "rustam"), "Practice Society South")["Calls"] == ["0", "0"]


def test_a_new_society_reads_zeros_and_the_months_are_walked_by_arrows(north):
    html = text_of(north, "nurlan", month="")
    assert {cell for cells in numbers(html).values() for cell in cells} == {"0"}
    assert 'rel="prev"' in html and 'rel="next"' not in html
    html = text_of(north, "nurlan")
    assert 'href="?month=2025-02"' in html and 'href="?month=2025-04"' in html and "March 2025" in html
    for odd in ("0000-00", "9999-12", "'><b>", "2025-3"):
        assert timezone.localdate().strftime("%B %Y") in text_of(north, "nurlan", month=odd)


@pytest.mark.parametrize("who", ["amina", "elena", "gulnar", "zarina", "timur", "daler"])
def test_whoever_does_not_count_finds_no_page_and_no_line_in_the_menu(world, who):
    client = world.client(who)
    for name in ("month:month", "month:paper", "month:table", "month:caseload"):
        assert client.get(reverse(name)).status_code == 404
    assert reverse("month:month") not in client.get(reverse("desk:home")).content.decode()


def test_whoever_counts_finds_it_in_the_menu(world):
    for who in ("nurlan", "ibrat", "bakyt"):
        assert reverse("month:month") in world.client(who).get(reverse("desk:home")).content.decode()


def test_bakyt_sees_who_has_how_much_in_hand_and_ibrat_of_arna_alone(north):
    late = timezone.now() - timedelta(days=3)
    made = [
        a_case(north, due_at=late),
        a_case(north),
        a_case(north, closed_at=late, closed_by=north.staff["amina"], state="closed"),
    ]
    a_case(north, "cholpon")
    html = text_of(north, "bakyt", name="month:caseload")
    assert numbers(html, "Arna")["Amina"][0] == "2" and numbers(html, "Besh")["Cholpon"][0] == "1"
    assert not [one for one in made if str(one.number) in html]
    html = text_of(north, "ibrat", name="month:caseload")
    assert "Amina" in html and "Cholpon" not in html and "Besh" not in html
    assert north.client("nurlan").get(reverse("month:caseload")).status_code == 404
