"""A society's figures of a quarter: prepared, looked at, signed off, sent, received, corrected; and what is late."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts.models import RoleHeld
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.models import Incoming, Outgoing, Peer
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation import tenancy
from panah.ground.work.models import DueItem
from panah.programmes.network_report import actions as network_report
from panah.programmes.network_report import queries as network_report_queries
from panah.programmes.network_report import rules
from panah.programmes.network_report.models import Contribution
from tests.prevention.conftest import count, educator, group_of, session_of

HERE = reverse("network_report:overview")


@pytest.fixture
def quarter():
    return rules.last_ended(timezone.localdate())


@pytest.fixture
def paired_before(paired, quarter):
    """North and South were paired already when the last quarter ended."""
    since = timezone.make_aware(datetime.combine(quarter.last, time(12)))
    Peer.objects.update(made_at=since)
    return paired


@pytest.fixture
def held(world, quarter):
    """In the last quarter North reached 43 people: 40 pupils for dignity, 3 returnees for no goal."""
    leader = educator(world, "Aigul Practice")
    group = group_of(world, leader)
    days = (timezone.localdate() - quarter.last).days
    for numbers, more in (
        ({"female 13-17": 22, "male 13-17": 18}, {}),
        ({"male 30-59": 3}, {"goal": "", "project": "", "audience": "returnees"}),
    ):
        count(world, session_of(world, group, leader, days_ago=days, **more), numbers)
    return group, leader, days


def delivered(world):
    for name in ("north", "south"):
        with tenancy.tenant_context(world.societies[name].pk):
            exchange.deliver_due(at=timezone.now())


def of(world, receiver, teller="north"):
    """What one society keeps of another's figures, the oldest version first."""
    rows = Contribution.objects.filter(society=world.societies[receiver], told_by=world.societies[teller])
    return list(rows.order_by("quarter", "version"))


def prepare(world, quarter, who="bakyt"):
    answer = world.client(who).post(reverse("network_report:prepare", args=[str(quarter)]), follow=True)
    assert answer.status_code == 200, answer.text
    return of(world, "north")[-1]


def sign(world, row, who="bakyt"):
    client, here = world.client(who), reverse("network_report:contribution", args=[row.pk])
    looked_at = client.get(here).text.split('name="looked_at" value="')[1].split('"')[0]
    return client.post(reverse("network_report:sign_off", args=[row.pk]), {"looked_at": looked_at})


def send(world, row, to=("practice-south",), who="bakyt"):
    here = reverse("network_report:contribution", args=[row.pk])
    return world.client(who).post(here, {"societies": list(to)})


def sent(world, quarter):
    row = prepare(world, quarter)
    assert sign(world, row).status_code == 302 and send(world, row).status_code == 302
    delivered(world)
    return row


def test_north_prepares_looks_signs_off_sends_and_south_reads_it(world, paired, held, quarter):
    nurlan, bakyt = world.client("nurlan"), world.client("bakyt")
    assert "not started" in nurlan.get(HERE).text or "late" in nurlan.get(HERE).text
    row = prepare(world, quarter, who="nurlan")
    here = reverse("network_report:contribution", args=[row.pk])
    assert "A focal point looks at them" in nurlan.get(here).text
    assert sign(world, row).status_code == 302
    assert "signed off" in bakyt.get(here).text and "Bakyt" in bakyt.get(here).text
    assert send(world, row).status_code == 302
    assert not of(world, "south"), "it has not arrived yet"
    delivered(world)
    assert "is there: 1" in bakyt.get(here).text
    (there,) = of(world, "south")
    row.refresh_from_db()
    assert there.figures == row.figures and there.received_on and there.signed_by is None
    assert (there.figures["sessions"], there.figures["sessions:goal:dignity"]) == (2, 1)
    rustam = world.client("rustam")
    assert "received" in rustam.get(HERE).text
    page = rustam.get(reverse("network_report:quarter", args=[str(quarter)])).text
    assert "There is no sum yet" in page and "not known" in page, "South has told nothing itself"
    theirs = rustam.get(reverse("network_report:contribution", args=[there.pk])).text
    assert "Bakyt" not in theirs and 'name="looked_at"' not in theirs


def test_three_returnees_are_in_no_number_that_leaves(world, paired, held, quarter):
    row = sent(world, quarter)
    (there,) = of(world, "south")
    people = {key: one for key, one in there.figures.items() if key.startswith(("people", "trained"))}
    assert not [one for one in people.values() if 0 < one < 5]
    assert "people:goal:none" not in people and "people:goal:dignity" not in people
    assert rules.may_leave(there.figures)
    page = world.client("rustam").get(reverse("network_report:contribution", args=[there.pk])).text
    assert "hidden" in page
    assert row.pk != there.pk


def test_when_both_have_told_the_network_reads_the_sum(world, paired, held, quarter):
    group, leader, days = held
    count(world, session_of(world, group, leader, days_ago=days, goal=""), {"male 30-59": 20})
    sent(world, quarter)
    south = world.client("rustam")
    south.post(reverse("network_report:prepare", args=[str(quarter)]))
    (own,) = of(world, "south", "south")
    sign(world, own, who="rustam")
    page = south.get(reverse("network_report:quarter", args=[str(quarter)])).text
    assert "There is no sum yet" not in page and "<b>63</b>" in page


def test_a_correction_replaces_and_what_it_replaced_stays_readable(world, paired, held, quarter):
    group, leader, days = held
    sent(world, quarter)
    bakyt = world.client("bakyt")
    same = bakyt.post(reverse("network_report:prepare", args=[str(quarter)]), follow=True)
    assert "Nothing has changed" in same.text and len(of(world, "north")) == 1
    count(world, session_of(world, group, leader, days_ago=days, goal="health"), {"male 30-59": 60})
    newer = prepare(world, quarter)
    assert newer.version == 2 and "the correction is not sent yet" in bakyt.get(HERE).text
    sign(world, newer)
    old = of(world, "north")[0]
    refused = send(world, old)
    assert refused.status_code == 404, "only the newest is sent"
    send(world, newer)
    delivered(world)
    first, second = of(world, "south")
    assert (first.state, second.state, second.figures["sessions"]) == ("superseded", "signed", 3)
    rustam = world.client("rustam")
    assert "corrected" in rustam.get(HERE).text
    page = rustam.get(reverse("network_report:contribution", args=[first.pk])).text
    assert "A newer version has replaced these figures" in page and "Version 2" in page


def test_three_more_people_in_a_correction_are_not_read_from_the_older_version(world, paired, quarter):
    leader = educator(world, "Aigul Practice")
    group, days = group_of(world, leader), (timezone.localdate() - quarter.last).days
    count(world, session_of(world, group, leader, days_ago=days), {"female 13-17": 20, "male 13-17": 20})
    sent(world, quarter)
    (first,) = of(world, "south")
    assert first.figures["people"] == 40 and first.figures["people:goal:dignity"] == 40
    count(world, session_of(world, group, leader, days_ago=days, goal="", project=""), {"male 30-59": 3})
    sent(world, quarter)
    second = of(world, "south")[-1]
    assert second.version == 2 and second.figures["sessions"] == 2
    assert not [key for key in second.figures if key.startswith("people")], "43 beside 40 would tell three"
    page = world.client("rustam").get(reverse("network_report:contribution", args=[second.pk])).text
    assert "a number that differs from an earlier version by 1 to 4 people" in page
    count(world, session_of(world, group, leader, days_ago=days, goal="health"), {"male 30-59": 60})
    sent(world, quarter)
    third = of(world, "south")[-1].figures
    assert third["people"] == 103, "63 more tell nobody"
    assert "people:goal:health" not in third, "43 for the others beside 40 would tell three again"


def test_an_older_version_that_comes_late_is_kept_as_replaced(world, paired, held, quarter):
    group, leader, days = held
    first = prepare(world, quarter)
    sign(world, first)
    send(world, first)
    Outgoing.objects.filter(kind=MessageKind.FIGURES).update(
        next_try_at=timezone.now() + timedelta(days=1), leaves_at=timezone.now() + timedelta(days=1)
    )
    count(world, session_of(world, group, leader, days_ago=days), {"male 30-59": 60})
    second = prepare(world, quarter)
    sign(world, second)
    send(world, second)
    delivered(world)
    assert [one.version for one in of(world, "south")] == [2]
    Outgoing.objects.update(next_try_at=timezone.now(), leaves_at=None)
    delivered(world)
    assert [(one.version, one.state) for one in of(world, "south")] == [(1, "superseded"), (2, "signed")]


def test_pressed_twice_or_sent_again_there_is_one_in_each_place(world, paired, held, quarter):
    row = sent(world, quarter)
    assert send(world, row).status_code == 302
    delivered(world)
    assert len(of(world, "south")) == 1
    assert set(Outgoing.objects.filter(kind=MessageKind.FIGURES).values_list("state", flat=True)) == {
        "delivered"
    }


def test_numbers_that_changed_while_bakyt_looked_are_not_signed(world, paired, held, quarter):
    group, leader, days = held
    row = prepare(world, quarter)
    bakyt, here = world.client("bakyt"), reverse("network_report:contribution", args=[row.pk])
    looked_at = bakyt.get(here).text.split('name="looked_at" value="')[1].split('"')[0]
    count(world, session_of(world, group, leader, days_ago=days), {"male 30-59": 60})
    prepare(world, quarter, who="nurlan")
    answer = bakyt.post(
        reverse("network_report:sign_off", args=[row.pk]), {"looked_at": looked_at}, follow=True
    )
    assert "A colleague counted again while you looked." in answer.text
    row.refresh_from_db()
    assert row.state == "prepared"


def forged(content):
    """A node that is paired and means harm, or is newer, sends this."""

    def send_it(paired):
        exchange.send_of_node(peer=paired.north, kind=MessageKind.FIGURES, content=content, at=timezone.now())

    return send_it


@pytest.mark.parametrize(
    "wrong",
    [
        {"figures": {"people": 3}},
        {"figures": {"sessions": 1, "Aigul from Osh": 1}},
        {"figures": {"sessions": "many"}},
        {"comment": "three sisters from one village"},
        {"version": 0},
    ],
)
def test_what_is_no_bounded_number_under_a_known_key_is_kept_by_nobody(world, paired, quarter, wrong):
    good = rules.Told(quarter, 1, quarter.due_on, {"sessions": 5}).packed()
    forged(good | wrong)(paired)
    delivered(world)
    assert not of(world, "south") and not Incoming.objects.filter(kind=MessageKind.FIGURES).exists()
    row = Outgoing.objects.get(kind=MessageKind.FIGURES)
    assert (row.state, row.code) == ("stuck", "unknown-version"), "a focal point of North looks at it"


def test_a_version_is_not_told_in_two_ways(world, paired, quarter):
    for sessions in (5, 6):
        forged(rules.Told(quarter, 1, quarter.due_on, {"sessions": sessions}).packed())(paired)
        delivered(world)
    assert [one.figures for one in of(world, "south")] == [{"sessions": 5}]


def test_what_somebody_wrote_into_the_table_does_not_leave(world, paired, held, quarter):
    row = prepare(world, quarter)
    sign(world, row)
    Contribution.objects.filter(pk=row.pk).update(figures={"people": 3})
    answer = send(world, row)
    assert answer.status_code == 422 and "must not leave the society" in answer.text
    assert not Outgoing.objects.filter(kind=MessageKind.FIGURES).exists()


def test_where_the_pairing_is_blocked_nothing_is_sent_and_it_is_said(world, paired, held, quarter):
    row = prepare(world, quarter)
    sign(world, row)
    paired.north.state = "blocked"
    paired.north.save()
    answer = send(world, row)
    assert answer.status_code == 422 and not Outgoing.objects.filter(kind=MessageKind.FIGURES).exists()


def test_the_quarter_is_due_on_the_focal_points_lists_until_it_is_sent(world, paired_before, held, quarter):
    network_report.remind_of_quarter(at=timezone.now())
    network_report.remind_of_quarter(at=timezone.now())
    items = DueItem.objects.filter(room="network_report", society=world.societies["north"])
    assert {(one.owner.username, one.due_at.date()) for one in items} == {
        ("bakyt", quarter.due_on), ("saule", quarter.due_on)
    }  # fmt: skip
    assert items.count() == 2
    sent(world, quarter)
    assert not items.filter(done_at=None).exists()
    network_report.remind_of_quarter(at=timezone.now())
    assert not items.filter(done_at=None).exists()


def test_a_society_without_anybody_to_send_to_is_not_reminded(world):
    assert network_report.remind_of_quarter(at=timezone.now()) == 0 and not DueItem.objects.exists()


def test_what_was_not_sent_a_fortnight_after_the_quarter_is_late(world, paired_before, quarter):
    for days, said in ((1, "not started"), (rules.DAYS + 1, "late")):
        (first, *_rest) = network_report_queries.own_quarters(
            to=world.staff["bakyt"], today=quarter.last + timedelta(days=days)
        )
        assert str(first.progress.label) == said
        (found,) = network_report_queries.network_quarters(
            to=world.staff["bakyt"], today=quarter.last + timedelta(days=days), only=quarter
        )
        assert [str(one.progress.label) for one in found.rows] == (
            ["late"] * 2 if days > 1 else ["not here yet"] * 2
        )


def test_a_quarter_that_ended_before_the_two_were_paired_is_late_for_neither(world, paired, quarter):
    bakyt = world.client("bakyt")
    overview, table = (
        bakyt.get(HERE).text,
        bakyt.get(reverse("network_report:quarter", args=["2025-Q1"])).text,
    )
    assert ">late<" not in overview and "not here yet" not in overview
    # Only the last one can be prepared: of what was over before there was anybody to tell nothing is asked.
    assert overview.count("not started") == 1
    assert overview.count("not expected") == 2
    assert ">late<" not in table and table.count("not expected") == 2
    assert network_report.remind_of_quarter(at=timezone.now()) == 0 and not DueItem.objects.exists()


def test_a_society_that_was_never_paired_is_late_with_nothing(world, quarter):
    assert ">late<" not in world.client("bakyt").get(HERE).text


def test_the_quarter_in_which_they_were_paired_is_late_and_no_earlier_one(world, paired_before, quarter):
    labels = [
        str(one.progress.label)
        for one in network_report_queries.own_quarters(
            to=world.staff["bakyt"], today=quarter.due_on + timedelta(days=1)
        )
    ]
    assert labels == ["late"]


def test_who_may_what(world, paired, held, quarter):
    row = prepare(world, quarter)
    here = reverse("network_report:contribution", args=[row.pk])
    for who, status in (
        ("bakyt", 200),
        ("nurlan", 200),
        ("ibrat", 404),
        ("amina", 404),
        ("timur", 404),
        ("rustam", 404),
    ):
        assert world.client(who).get(here).status_code == status, who
    for who in ("ibrat", "amina", "elena", "timur"):
        assert world.client(who).get(HERE).status_code == 404, who
        assert (
            world.client(who).post(reverse("network_report:prepare", args=[str(quarter)])).status_code == 404
        )
    assert world.client("nurlan").post(reverse("network_report:sign_off", args=[row.pk])).status_code == 404
    assert sign(world, row).status_code == 302
    assert send(world, row, who="nurlan").status_code == 404
    theirs = world.client("rustam").post(reverse("network_report:sign_off", args=[row.pk]))
    assert theirs.status_code == 404
    unknown = world.client("bakyt").post(reverse("network_report:prepare", args=["2099-Q1"]))
    assert unknown.status_code == 404


def test_the_networks_coordinator_reads_what_was_told_and_nothing_that_is_only_prepared(
    world, paired, held, quarter
):
    RoleHeld.objects.create(staff=world.staff["timur"], role="network_coordinator", since=timezone.now())
    client, row = world.client("timur"), prepare(world, quarter)
    assert f'href="{HERE}"' in client.get("/").text, "it stands in her menu"
    here, table = (
        reverse("network_report:contribution", args=[row.pk]),
        reverse("network_report:quarter", args=[str(quarter)]),
    )
    assert client.get(here).status_code == 404 and '<td class="n">2<' not in client.get(table).text
    sign(world, row)
    shown = client.get(here).text
    assert client.get(here).status_code == 200 and '<td class="n">2<' in client.get(table).text
    assert 'name="societies"' not in shown and "Prepare" not in client.get(HERE).text
    assert client.get(reverse("prevention:report")).status_code == 404
