"""Whom a report is about learns nothing of it, also where she reads complaints herself or the reporter writes on."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from panah.desk.queries import journal
from panah.ground.accounts.models import RoleHeld, Staff
from panah.ground.approvals.acts import MAY_BE_ONE
from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import DueItem
from panah.people.complaints.models import Matter
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from tests.reporters.conftest import Stranger

STORY = "Practice: the officer for complaints asks women for money before she helps."


def text(answer):
    return answer.content.decode()


def opened(client, arrival):
    answer = client.post(f"/inbox/{arrival.pk}/open/")
    assert answer.status_code == 302, text(answer)
    return text(client.get(answer.url))


def passed_on(world, arrival, *, concerns):
    """Elena finds out whom it is about, and passes it on past her."""
    said = {"concerns": [str(world.staff[concerns].pk)]}
    return world.client("elena").post(f"/inbox/{arrival.pk}/colleague/", said)


def adds(stranger, words, *, at):
    reporters.add_words(
        opened=stranger.returns(at=at), token=reporters_queries.new_token(), at=at, content={"text": words}
    )
    return Arrival.objects.filter(kind="report-more").latest("arrived_at")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def of_a_reader(world, intake, now):
    """A report about Zarina, who reads complaints, as it was passed on past her."""
    stranger = Stranger(world)
    stranger.writes(STORY, at=now)
    stranger.arrival = stranger.report.arrival
    opened(world.client("elena"), stranger.arrival)
    answer = passed_on(world, stranger.arrival, concerns="zarina")
    assert answer.status_code == 302, text(answer)
    return stranger


def readers(world):
    """Who reads the complaint: by name of sign-in."""
    return {one.username for one in vault_queries.holders(Matter.objects.get().file_id)}


def test_a_reader_of_complaints_sees_nothing_of_a_report_about_herself(world, of_a_reader):
    assert "zarina" not in readers(world)
    zarina, pk = world.client("zarina"), of_a_reader.arrival.pk
    assert str(pk) not in text(zarina.get("/inbox/?state=over"))
    for way in ("", "answer/", "finish/"):
        assert zarina.get(f"/inbox/{pk}/{way}").status_code == 404
    with pytest.raises(Refusal):
        reporters.close(
            by=world.staff["zarina"], report=of_a_reader.report, told="nothing", at=timezone.now()
        )


def test_who_reads_the_complaint_in_her_place_answers_the_reporter(world, of_a_reader):
    (name, *_others) = sorted(readers(world))
    assert world.client(name).get(f"/inbox/{of_a_reader.arrival.pk}/answer/").status_code == 200


def test_what_the_reporter_adds_reaches_who_reads_it_in_her_place_and_her_not(world, of_a_reader, now):
    more = adds(of_a_reader, "Practice: she asked again today.", at=now + timedelta(hours=1))
    assert world.client("zarina").get(f"/inbox/{more.pk}/").status_code == 404
    owners = {item.owner.username for item in DueItem.objects.filter(subject=more.pk)}
    assert owners and owners <= readers(world)
    assert "she asked again" in opened(world.client(sorted(owners)[0]), more)


def test_what_nobody_has_read_is_read_before_a_report_goes_past_the_intake(world, intake, now):
    stranger = Stranger(world)
    stranger.writes(STORY, at=now)
    arrival = stranger.report.arrival
    opened(world.client("elena"), arrival)
    more = adds(stranger, "Practice: it is Bakyt who does it.", at=now)
    assert passed_on(world, arrival, concerns="bakyt").status_code != 302
    assert not Matter.objects.exists()
    opened(world.client("elena"), more)
    assert passed_on(world, arrival, concerns="bakyt").status_code == 302
    assert world.client("bakyt").get(f"/inbox/{more.pk}/").status_code == 404


def test_what_was_answered_before_goes_past_her_too(world, intake, now):
    stranger = Stranger(world)
    stranger.writes(STORY, at=now)
    elena, arrival = world.client("elena"), stranger.report.arrival
    opened(elena, arrival)
    more = adds(stranger, "Practice: it happened again.", at=now)
    opened(elena, more)
    elena.post(f"/inbox/{more.pk}/answer/", {"text": "Who does it?", "once": str(uuid4())})
    bakyt = world.client("bakyt")
    assert bakyt.get(f"/inbox/{more.pk}/").status_code == 200, "control"
    assert passed_on(world, arrival, concerns="bakyt").status_code == 302
    assert bakyt.get(f"/inbox/{more.pk}/").status_code == 404
    assert str(more.pk) not in text(bakyt.get("/inbox/?state=over"))


def test_nobody_counts_that_a_joined_report_has_gone_past_the_intake(world, intake, now):
    first, second = Stranger(world), Stranger(world)
    for one in (first, second):
        one.writes(STORY, at=now)
        opened(world.client("elena"), one.report.arrival)
    one, other = first.report.arrival, second.report.arrival
    assert world.client("elena").post(f"/inbox/{one.pk}/join/", {"other": str(other.pk)}).status_code == 302
    assert passed_on(world, one, concerns="bakyt").status_code == 302
    from panah.people.intake import queries

    assert queries.joined_among([other.pk]) == {}


def test_a_browser_seals_nothing_to_the_intake_that_goes_past_it(world, intake, now):
    sealed_to_intake = b"\2" + b"x" * (1120 + 16 + 4096)
    stranger = Stranger(world)
    stranger.writes(STORY, at=now, about_staff=True)
    page = text(Client().post("/info/answer", {"act": "open", "number": stranger.receipt.shown}))
    assert "data-more" not in page and 'name="text"' in page
    with pytest.raises(Refusal):
        reporters.add_words(
            opened=stranger.returns(at=now), token=reporters_queries.new_token(), at=now, sealed=sealed_to_intake,
            generation=vault_queries.intake_key(world.societies["north"].pk).generation,
        )  # fmt: skip
    assert not Arrival.objects.filter(kind="report-more").exists()
    control = Stranger(world)
    control.writes(STORY, at=now)
    assert "data-more" in text(
        Client().post("/info/answer", {"act": "open", "number": control.receipt.shown})
    )


def test_the_journal_tells_whoever_leads_nothing_of_what_went_past_the_intake(world, intake, now):
    past, other = Stranger(world), Stranger(world)
    past.writes(STORY, at=now, about_staff=True)
    other.writes(STORY, at=now)
    for who, one in (("zarina", past), ("elena", other)):
        opened(world.client(who), one.report.arrival)
        reporters.answer(keys=world.keys(who), report=one.report, text="We look into it.", at=now)

    def told(one):
        about = {one.report.pk, one.report.arrival_id}
        numbers = set(Entry.objects.filter(about__in=about).values_list("number", flat=True))
        assert len(numbers) >= 3
        return numbers & {line.number for line in journal(world.staff["saule"], before=None)[0]}

    assert not told(past)
    assert told(other), "control"


def test_when_who_read_it_has_left_what_is_added_still_goes_past_whom_it_is_about(world, of_a_reader, now):
    from panah.people.intake.models import GoesOnAt

    holder = GoesOnAt.objects.get().holder
    assert len(readers(world)) > 1, "control: somebody else reads it too"
    Staff.objects.filter(pk=holder.pk).update(is_active=False)
    more = adds(of_a_reader, "Practice: and once more.", at=now + timedelta(hours=1))
    assert world.client("zarina").get(f"/inbox/{more.pk}/").status_code == 404
    (item,) = DueItem.objects.filter(subject=more.pk)
    assert item.owner.username in readers(world) - {holder.username}


def test_who_reads_complaints_only_later_sees_nothing_of_what_was_sealed_before(world, intake, now):
    stranger = Stranger(world)
    stranger.writes(STORY, at=now, about_staff=True)
    pk = stranger.report.arrival_id
    saule = world.staff["saule"]
    RoleHeld.objects.create(staff=saule, role="data_protection_officer", since=now)
    other = Stranger(world)
    other.writes(STORY, at=now, about_staff=True)
    client = world.client("saule")
    listed = text(client.get("/inbox/?languages=all"))
    assert str(other.report.arrival_id) in listed, "control: she reads what comes now"
    assert str(pk) not in listed
    for way in ("", "answer/"):
        assert client.get(f"/inbox/{pk}/{way}").status_code == 404
    Staff.objects.filter(username="zarina").update(is_active=False)
    assert "There is nobody" not in text(client.get(f"/inbox/{pk}/")), "somebody must know that it waits"
    refused = client.post(f"/inbox/{pk}/open/")
    assert refused.status_code == 403
    assert "not sealed to you" in text(refused)
    assert Arrival.objects.get(pk=pk).damaged_at is None


@pytest.fixture
def sealed_to_two(world, intake, now):
    """A report about somebody who works here, sealed to Zarina and Saule, who both read complaints."""
    RoleHeld.objects.create(staff=world.staff["saule"], role="data_protection_officer", since=now)
    stranger = Stranger(world)
    stranger.writes(STORY, at=now, about_staff=True)
    return stranger


def says_it_is_about(world, who, arrival, concerns):
    """A reader of complaints says whom it is about."""
    said = {"concerns": [str(world.staff[one].pk) for one in concerns]}
    answer = world.client(who).post(f"/inbox/{arrival.pk}/colleague/", said)
    assert answer.status_code == 302, text(answer)


def finds_nothing_of_it(world, name, arrival):
    client = world.client(name)
    for where in ("/inbox/?languages=all", "/inbox/?state=over", "/", "/complaints/"):
        page = text(client.get(where))
        assert str(arrival.pk) not in page and STORY not in page, where
    for way in ("", "answer/", "finish/", "colleague/"):
        assert client.get(f"/inbox/{arrival.pk}/{way}").status_code == 404
    assert client.get(f"/complaints/matter/{Matter.objects.get().number}/").status_code == 404
    assert not DueItem.objects.filter(owner=world.staff[name], done_at=None, subject=arrival.pk).exists()


def test_a_reader_who_finds_that_she_is_meant_says_so_and_the_other_alone_goes_on(world, sealed_to_two):
    arrival = sealed_to_two.report.arrival
    assert STORY in opened(world.client("zarina"), arrival)
    says_it_is_about(world, "zarina", arrival, ["zarina"])
    assert readers(world) == {"saule"}
    finds_nothing_of_it(world, "zarina", arrival)


def test_a_reader_who_has_read_it_sees_it_no_more_once_the_other_says_that_she_is_meant(world, sealed_to_two):
    arrival = sealed_to_two.report.arrival
    assert STORY in opened(world.client("zarina"), arrival)
    page = text(world.client("saule").post(f"/inbox/{arrival.pk}/", {"purpose": "check"}, follow=True))
    assert STORY in page
    says_it_is_about(world, "saule", arrival, ["zarina"])
    finds_nothing_of_it(world, "zarina", arrival)
    assert "saule" in readers(world)


def test_a_reader_who_leaves_out_the_other_does_not_read_it_alone(world, sealed_to_two):
    """She may be meant herself: a focal point whom it does not concern reads it too."""
    arrival = sealed_to_two.report.arrival
    opened(world.client("zarina"), arrival)
    assert "the focal points whom you do not tick" in text(
        world.client("zarina").get(f"/inbox/{arrival.pk}/colleague/")
    )
    says_it_is_about(world, "zarina", arrival, ["saule"])
    assert readers(world) == {"zarina", "bakyt"}
    number = Matter.objects.get().number
    assert STORY in text(world.client("bakyt").get(f"/complaints/matter/{number}/"))
    finds_nothing_of_it(world, "saule", arrival)


def test_a_reader_who_leaves_out_no_other_brings_no_focal_point_in(world, sealed_to_two):
    arrival = sealed_to_two.report.arrival
    opened(world.client("zarina"), arrival)
    says_it_is_about(world, "zarina", arrival, ["elena"])
    assert readers(world) == {"zarina", "saule"}


def test_a_reader_with_two_accounts_who_leaves_out_the_third_does_not_read_it_alone(world, intake, now):
    for name in ("saule", "elena"):
        RoleHeld.objects.create(staff=world.staff[name], role="data_protection_officer", since=now)
    stranger = Stranger(world)
    stranger.writes(STORY, at=now, about_staff=True)
    arrival, second = stranger.report.arrival, world.staff["saule"].pk
    opened(world.client("zarina"), arrival)
    with MAY_BE_ONE.temporarily("a second account", lambda _staff: {second}):
        says_it_is_about(world, "zarina", arrival, ["elena"])
    assert readers(world) == {"zarina", "saule", "bakyt"}


def test_a_matter_taken_down_before_does_not_stand_in_for_a_report(world, sealed_to_two):
    """She reads complaints and is meant: the mark of a form of hers would have let the report vanish unread."""
    arrival, zarina, once = sealed_to_two.report.arrival, world.client("zarina"), str(uuid4())
    assert STORY in opened(zarina, arrival)
    harmless = {
        "what": "Practice: the door sticks.",
        "speaker": "person",
        "about": ["other"],
        "language": "en",
    }
    taken = zarina.post(
        "/complaints/new/", {**harmless, "once": once, "concerns": [str(world.staff["saule"].pk)]}
    )
    assert taken.status_code == 200 and Matter.objects.count() == 1, text(taken)
    said = {"once": once, "concerns": [str(world.staff["saule"].pk)]}
    zarina.post(f"/inbox/{arrival.pk}/colleague/", said)
    (made,) = Matter.objects.exclude(pk=Matter.objects.earliest("received_at").pk)
    assert {one.username for one in vault_queries.holders(made.file_id)} == {"zarina", "bakyt"}
    assert STORY in text(world.client("bakyt").get(f"/complaints/matter/{made.number}/"))


def test_a_reader_who_finds_it_in_the_intake_and_leaves_out_the_other_does_not_read_it_alone(
    world, intake, now
):
    RoleHeld.objects.create(staff=world.staff["elena"], role="data_protection_officer", since=now)
    stranger = Stranger(world)
    stranger.writes(STORY, at=now)
    arrival = stranger.report.arrival
    opened(world.client("elena"), arrival)
    assert "the focal points whom you do not tick" in text(
        world.client("elena").get(f"/inbox/{arrival.pk}/colleague/")
    )
    says_it_is_about(world, "elena", arrival, ["zarina"])
    assert "elena" in readers(world) and readers(world) & {"saule", "bakyt"}
