"""The list: filters, order, pages by key, and how often it asks the database."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.work import actions as work
from panah.ground.work.queries import items_of
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.cases.queries.lists import CaseFilter, page_of
from panah.people.cases.words.due_types import EXTRA
from tests.cases.case_pages import opened

LIST = "cases:list"


def rows(client, **ask):
    page = client.get(reverse(LIST), ask).content.decode()
    return [c.number for c in Case.objects.all() if c.number in page]


@pytest.fixture
def some(world):
    return [
        opened(world, urgency=u, age_group=a)
        for u, a in (("now", "child"), ("today", "adult"), ("later", "unknown"))
    ]


def test_filters_keep_what_they_say(world, some):
    amina = world.client("amina")
    now, today, later = (c.number for c in some)
    assert set(rows(amina)) == {now, today, later}
    assert rows(amina, urgency="now") == [now]
    assert rows(amina, age="adult") == [today]
    assert rows(amina, who=str(world.staff["bakyt"].pk)) == []
    assert set(rows(amina, who="me")) == {now, today, later}
    assert set(rows(amina, due="week")) == {now, today, later}
    assert rows(amina, due="none") == []
    assert rows(amina, state="closed") == []


def test_nonsense_in_the_address_is_no_error(world, some):
    amina = world.client("amina")
    for ask in (
        {"after": "x_y"},
        {"after": "2026-01-01_z"},
        {"who": "1"},
        {"branch": "?"},
        {"state": "?"},
        {"sort": "?"},
        {"due": "?"},
    ):
        assert amina.get(reverse(LIST), ask).status_code == 200


@pytest.mark.parametrize("sort", ["due", "new", "old"])
def test_pages_by_key_show_each_case_once(world, sort):
    for _ in range(7):
        opened(world)
    now, seen, after = timezone.now(), [], ""
    while True:
        found = page_of(
            CaseFilter(sort=sort, after=after),
            to=world.staff["amina"],
            now=now,
            end_of_day=now + timedelta(hours=9),
            size=3,
        )
        seen += found.rows
        after = found.after
        if not after:
            break
    assert len(seen) == len({c.pk for c in seen}) == 7
    key = {
        "due": lambda c: c.due_at,
        "old": lambda c: c.opened_at,
        "new": lambda c: -c.opened_at.timestamp(),
    }[sort]
    assert [key(c) for c in seen] == sorted(key(c) for c in seen)


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_list_asks_as_often_for_ten_cases_as_for_one(world):
    amina = world.client("amina")
    opened(world)
    one = count_queries(amina, reverse(LIST))
    for _ in range(9):
        opened(world)
    # Seven are the frame's: what waits for her in every room, and what two people are to decide that she can stop.
    # Two are the sealed labels: the keys of the files shown, and the labels.
    assert count_queries(amina, reverse(LIST)) == one <= 16


def test_the_page_asks_as_often_for_many_notes_and_needs_as_for_one(world):
    amina, case = world.client("amina"), opened(world)
    url = reverse("cases:case", args=[case.number])
    few = count_queries(amina, url)
    for i in range(10):
        cases.add_note(keys=world.keys("amina"), case=case, text=f"Note {i}", at=timezone.now())
        cases.write_need(
            keys=world.keys("amina"), case=case, need={"type": "legal", "horizon": "now"}, at=timezone.now()
        )
        work.due(EXTRA, cases.on_case(case), keys=world.keys("amina"), sentence="x", at=timezone.now())
    assert count_queries(amina, url) == few


def test_the_soonest_due_follows_what_is_done_on_my_day_too(world, some):
    case = some[0]
    first, second = items_of(case.pk)[:2]
    work.complete(item=first, by=world.staff["amina"], at=timezone.now())
    case.refresh_from_db()
    assert case.due_at == second.due_at
    work.move(
        item=second, due_at=second.due_at + timedelta(days=50), by=world.staff["amina"], at=timezone.now()
    )
    case.refresh_from_db()
    assert case.due_at == min(i.due_at for i in items_of(case.pk))


def test_what_is_taken_out_is_what_the_list_shows_and_it_is_journalled(world, some):
    answer = world.client("amina").post(
        reverse("cases:take_out"), {"state": "open", "urgency": "now", "sort": "due"}
    )
    lines = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert [line[0] for line in lines[1:]] == [some[0].number]
    assert Entry.objects.get(event="cases:list:exported").facts == {"rows": 1}


def test_cholpon_sees_none_of_aminas_cases_and_bakyt_all(world, some):
    assert rows(world.client("cholpon")) == []
    assert len(rows(world.client("bakyt"))) == 3


def test_the_table_says_nothing_of_the_person(world, some):
    case = some[0]
    cases.review_risk(
        keys=world.keys("amina"), case=case, level="extreme", why="He has a knife", at=timezone.now()
    )
    cases.presume(keys=world.keys("amina"), case=case, grounds="Papers taken", at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_case")
        table = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM work_dueitem")
        table += repr(cursor.fetchall())
    for told in ("Tulip", "knife", "extreme", "presumed", "Papers"):
        assert told not in table


def test_what_another_room_puts_on_the_list_of_a_case_is_its_next_due_too(world, some):
    case, now = some[0], timezone.now()
    work.add_item(
        keys=world.keys("amina"),
        society=case.society_id,
        kind="answer",
        due_at=now,
        room="referrals",
        subject=case.society_id,
        owner=world.staff["amina"],
        number=case.number,
        file=case.file_id,
        sentence="The clinic has not answered",
        at=now,
    )
    case.refresh_from_db()
    assert case.due_at == now
    assert case.due_kind == "answer"
    page = world.client("amina").get(reverse("cases:case", args=[case.number])).content.decode()
    assert "The clinic has not answered" in page


LABEL = "site 7, blue jacket"


def test_amina_tells_her_cases_apart_by_a_label_that_only_an_open_vault_shows(world, some):
    amina, case = world.client("amina"), some[0]
    facts = {"urgency": "now", "language": "", "working_label": LABEL}
    assert amina.post(reverse("cases:facts", args=[case.number]), facts).status_code == 302
    assert LABEL in amina.get(reverse(LIST)).content.decode()
    assert LABEL in amina.get(reverse("cases:case", args=[case.number])).content.decode()
    assert f'value="{LABEL}"' in amina.get(reverse("cases:facts", args=[case.number])).content.decode()
    locked = world.client("amina", open_vault=False).get(reverse(LIST)).content.decode()
    assert LABEL not in locked
    assert case.number in locked
    assert LABEL not in world.client("cholpon").get(reverse(LIST)).content.decode()


def test_the_label_stands_on_the_lines_of_her_day_and_of_the_teams_while_the_vault_is_open(world, some):
    cases.change_facts(keys=world.keys("amina"), case=some[0], working_label=LABEL, at=timezone.now())
    for who, address in (("amina", "/"), ("bakyt", "/team")):
        assert f"<bdi>{LABEL}</bdi>" in world.client(who).get(address).text
        locked = world.client(who, open_vault=False).get(address).text
        assert LABEL not in locked and some[0].number in locked


def test_a_case_is_opened_with_its_label_and_a_label_can_be_taken_away(world):
    amina = world.client("amina")
    amina.post(reverse("cases:open"), {"urgency": "today", "age_group": "unknown", "working_label": LABEL})
    case = Case.objects.get()
    assert LABEL in amina.get(reverse(LIST)).content.decode()
    amina.post(reverse("cases:facts", args=[case.number]), {"urgency": "today", "working_label": ""})
    assert LABEL not in amina.get(reverse(LIST)).content.decode()


def test_the_list_taken_out_holds_no_label(world, some):
    cases.change_facts(keys=world.keys("amina"), case=some[0], working_label=LABEL, at=timezone.now())
    assert LABEL not in world.client("amina").post(reverse("cases:take_out")).content.decode()
