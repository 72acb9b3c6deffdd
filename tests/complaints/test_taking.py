"""A complaint is taken down by anybody, read by two, and known to nobody else: the one it is about least of all."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.channels import actions as channels
from panah.ground.foundation.ids import new_number
from panah.ground.vault import actions as vault
from panah.ground.vault.models import Grant
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.complaints import actions, queries
from panah.people.complaints.models import Matter, Message, SecondReader
from tests.complaints.conftest import NAME, STORY, complaint, name_second, request
from tests.conftest import PASSPHRASE
from tests.sign_in.carried_forms import carried_in
from tests.two_people import end_access

TAKE = "/complaints/new/"


def form(world, *concerned, **more):
    return {
        "once": str(uuid4()),
        "what": STORY,
        "called": NAME,
        "speaker": "anonymous",
        "concerns": [str(world.staff[name].pk) for name in concerned],
    } | more


def readers(row):
    return sorted(g.staff.username for g in Grant.objects.filter(file=row.file_id, staff__isnull=False))


@pytest.mark.parametrize("who", ["amina", "cholpon", "elena", "gulnar", "nurlan", "timur", "ibrat", "bakyt"])
def test_anybody_takes_a_complaint_down_and_gets_number_dates_and_words(world, second, who):
    answer = world.client(who).post(TAKE, form(world))
    row = Matter.objects.get()
    text = answer.content.decode()
    assert answer.status_code == 200
    assert row.number in text and "Gulnar" in text and "Zarina" in text
    assert readers(row) == ["gulnar", "zarina"]
    assert STORY not in text


def test_whoever_took_it_down_cannot_read_it_back(world, second):
    elena = world.client("elena")
    elena.post(TAKE, form(world))
    row = Matter.objects.get()
    nowhere = elena.get("/complaints/matter/4TQ-7MX-R/")
    there = elena.get(f"/complaints/matter/{row.number}/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert elena.get(f"/complaints/matter/{row.number}/note/").status_code == 404
    assert row.number not in elena.get("/complaints/open/").content.decode()
    assert row.number not in elena.get("/").content.decode()


def test_the_two_readers_read_it_and_find_it_on_their_day(world, taken):
    for who in ("zarina", "gulnar"):
        client = world.client(who)
        page = client.get(f"/complaints/matter/{taken.row.number}/").content.decode()
        assert STORY in page and NAME in page
        assert taken.row.number in client.get("/complaints/open/").content.decode()
        assert taken.row.number in client.get("/").content.decode()


@pytest.mark.parametrize(
    "who", ["amina", "bakyt", "saule", "elena", "nurlan", "timur", "daler", "rustam", None]
)
def test_everyone_else_gets_the_same_as_for_a_number_that_does_not_exist(world, taken, who):
    client = world.client(who)
    for path in ("", "note/", "answer/", "close/", "erase/"):
        for send in (client.get, client.post):
            there = send(f"/complaints/matter/{taken.row.number}/{path}")
            nowhere = send(f"/complaints/matter/4TQ-7MX-R/{path}")
            assert there.status_code == nowhere.status_code == (302 if who is None else 404)


@pytest.mark.parametrize("who", ["zarina", "gulnar", "bakyt"])
def test_the_one_it_is_about_finds_nothing_anywhere(world, second, who):
    taken = complaint(world, concerned=[who], about=["abuse"])
    assert who not in readers(taken.row) and len(readers(taken.row)) >= 1
    client = world.client(who)
    for path in (
        "/", "/team", "/journal", "/journal?event=complaints", "/journal?event=vault", "/journal?event=work",
        "/about-me", "/complaints/", "/complaints/open/", "/complaints/readers/",
    ):  # fmt: skip
        answer = client.get(path)
        if answer.status_code == 404:
            continue
        text = answer.content.decode()
        assert taken.row.number not in text, path
        assert "took down a matter" not in text, path
        assert "kind: complaint" not in text, path
    assert client.get(f"/complaints/matter/{taken.row.number}/").status_code == 404
    assert not DueItem.objects.filter(owner=world.staff[who]).exists()
    for item in DueItem.objects.filter(subject=taken.row.pk):
        for path in ("", "/done", "/move", "/give"):
            assert client.post(f"/due/{item.pk}{path}").status_code in (404, 405)
    assert queries.waiting(world.staff[who]) is None


def test_a_focal_point_sees_no_count_of_complaints_in_keys_and_hand_overs(world, second):
    before = vault.files_to_reseal(world.societies["north"].pk)
    for _ in range(3):
        complaint(world, concerned=["bakyt"])
    end_access(world, "zarina", at=timezone.now())
    assert vault.files_to_reseal(world.societies["north"].pk) == before
    assert vault.work_held(world.staff["zarina"]) == []


def test_without_an_officer_and_a_second_reader_it_goes_to_the_focal_points_and_the_page_says_so(world):
    world.staff["zarina"].roles.all().delete()
    page = world.client("elena").get(TAKE).content.decode()
    assert "It goes to the focal points" in page
    answer = world.client("elena").post(TAKE, form(world))
    assert readers(Matter.objects.get()) == ["bakyt", "saule"]
    assert "It goes to the focal points of the society" in answer.content.decode()


def test_with_the_officer_alone_the_page_asks_to_name_a_second(world):
    assert "No second reader is named yet" in world.client("elena").get(TAKE).content.decode()
    assert readers(complaint(world).row) == ["zarina"]


def test_a_complaint_about_all_readers_goes_to_a_focal_point_whom_it_does_not_concern(world, second):
    assert readers(complaint(world, concerned=["zarina", "gulnar", "bakyt"]).row) == ["saule"]


def test_when_nobody_is_left_nothing_is_sent_and_everything_typed_stays(world, second):
    answer = world.client("elena").post(TAKE, form(world, "zarina", "gulnar", "bakyt", "saule"))
    text = answer.content.decode()
    assert not Matter.objects.exists()
    assert "everybody here who could read it" in text and "Qwertyman took her telephone" in text


def test_bad_input_keeps_what_was_typed(world, second):
    answer = world.client("elena").post(TAKE, form(world, what="", wants="An apology, qwertz", danger="yes"))
    text = answer.content.decode()
    assert "needs an answer" in text and "An apology, qwertz" in text and NAME in text
    assert not Matter.objects.exists()


def test_an_id_of_a_form_that_is_somebody_elses_shows_nothing_and_stops_nothing(world, second):
    """Whoever learned the id of a complaint, her own society's or another's, learns no number by sending it."""
    theirs, souths = complaint(world).row, complaint(world, by="daler").row
    for row in (theirs, souths):
        answer = world.client("amina").post(TAKE, form(world, once=str(row.pk)))
        assert answer.status_code == 200
        assert row.number not in answer.content.decode()
    assert Matter.objects.count() == 4


def test_a_colleague_who_leads_nobody_is_told_who_names_the_second_reader(world, second):
    amina, sent = world.client("amina"), {"do": "name", "staff": str(world.staff["nurlan"].pk)}
    answer = amina.post("/complaints/readers/", sent)
    assert "A focal point names the second reader" in answer.content.decode()
    assert queries.named(world.societies["north"].pk) is None


def test_a_code_of_another_society_is_answered_like_one_that_fits_nothing(world, second):
    souths = complaint(world, by="daler").row
    elena, said = world.client("elena"), []
    for code in (souths.number, new_number()):
        answer = elena.post("/complaints/code/", {"code": code, "message": "call at noon"}, follow=True)
        said.append(re.sub(r"[A-Za-z0-9_-]{32,}", "TOKEN", answer.content.decode().replace(code, "CODE")))
    assert said[0] == said[1]
    assert set(Message.objects.values_list("matter", "society__slug")) == {(None, "practice-north")}


def test_sent_twice_it_is_one_complaint(world, second):
    client, sent = world.client("elena"), form(world)
    first, again = client.post(TAKE, sent), client.post(TAKE, sent)
    assert Matter.objects.count() == 1
    number = Matter.objects.get().number
    assert number in first.content.decode() and number in again.content.decode()


def test_what_is_changed_and_sent_again_is_a_complaint_of_its_own(world, second):
    """Nothing that somebody said is dropped for something else that she said before."""
    sent = form(world)
    for more in ({}, {"what": "And he came back."}, {"concerns": [str(world.staff["bakyt"].pk)]}):
        assert world.client("elena").post(TAKE, sent | more).status_code == 200
    assert Matter.objects.count() == 3


def test_what_is_sent_to_a_locked_vault_is_not_lost(world, second):
    client = world.client("elena", open_vault=False)
    answer = client.post(TAKE, form(world))
    assert answer.status_code == 423 and "Qwertyman" not in answer.content.decode()
    assert not Matter.objects.exists()
    client.post(TAKE, {"vault-kept": carried_in(answer), "vault-passphrase": PASSPHRASE})
    assert Matter.objects.count() == 1


def test_abuse_is_due_at_once_and_calls_the_readers_without_content(world, second):
    world.staff["zarina"].email = "zarina@practice.invalid"
    world.staff["zarina"].save()
    taken = complaint(world, about=["abuse"])
    channels.deliver_due(at=timezone.now())
    receipt = DueItem.objects.filter(subject=taken.row.pk, purpose="acknowledge")
    assert {item.owner.username for item in receipt} == {"gulnar", "zarina"}
    assert all(item.urgency == "now" and item.due_at == taken.row.received_at for item in receipt)
    assert [sent.to for sent in mail.outbox] == [["zarina@practice.invalid"]]
    assert "omplain" not in mail.outbox[0].subject + mail.outbox[0].body
    assert (
        "the person first"
        in world.client("zarina").get(f"/complaints/matter/{taken.row.number}/").content.decode()
    )


def test_a_relative_or_an_office_gets_no_request_about_own_data(world, second):
    client = world.client("elena")
    for asker, says in (("family", "restore family links"), ("official", "request of an authority")):
        answer = client.post(
            "/complaints/own-data/",
            {"once": str(uuid4()), "wishes": ["see"], "asker": asker, "proof": "none", "what": "qwertz"},
        )
        text = answer.content.decode()
        assert says in text and "qwertz" in text
    assert not Matter.objects.exists()


def test_asking_with_a_code_answers_alike_whether_it_exists(world, taken):
    client = world.client("elena")
    pages = []
    for code in (taken.row.number, new_number()):
        answer = client.post("/complaints/code/", {"code": code, "word": "plum", "message": "How is it?"})
        assert answer.status_code == 302
        pages.append(client.get("/complaints/").content.decode())
    assert all("It is with those who read complaints" in page for page in pages)
    known, unknown = Message.objects.order_by("left_at")
    assert known.matter == taken.row and unknown.matter is None
    zarina = world.client("zarina")
    assert "How is it?" in zarina.get(f"/complaints/left/{known.pk}/").content.decode()
    assert "fits nothing" in zarina.get(f"/complaints/left/{unknown.pk}/").content.decode()
    assert client.get(f"/complaints/left/{known.pk}/").status_code == 404
    zarina.post(f"/complaints/left/{known.pk}/")
    assert not DueItem.objects.filter(subject=known.pk, done_at=None).exists()


def test_a_code_asked_about_by_the_one_it_concerns_calls_only_those_who_read_it(world, second):
    taken = complaint(world, concerned=["gulnar"])
    world.client("gulnar").post("/complaints/code/", {"code": taken.row.number, "message": "?" * 6})
    assert {i.owner.username for i in DueItem.objects.filter(room="complaints_left")} == {"zarina"}


def test_the_journal_of_the_society_is_silent_and_the_matter_has_its_own(world, taken):
    actions.note(keys=world.keys("zarina"), matter=taken.row, text="x", at=timezone.now())
    about = Entry.objects.filter(about=taken.row.file_id)
    assert about.filter(event="complaints:matter:taken").exists()
    for who in ("bakyt", "zarina"):
        text = world.client(who).get("/journal").content.decode()
        assert "took down a matter" not in text and "kind: complaint" not in text
        assert "named a second reader" in text
    own = world.client("zarina").get(f"/complaints/matter/{taken.row.number}/").content.decode()
    assert "took down a matter" in own and "wrote a note" in own


def test_what_is_due_stays_on_its_own_list(world, taken):
    item = DueItem.objects.filter(subject=taken.row.pk, owner=world.staff["zarina"]).first()
    zarina = world.client("zarina")
    assert "Give it to a colleague" not in zarina.get(f"/due/{item.pk}").content.decode()
    answer = zarina.post(f"/due/{item.pk}/give", {"to": str(world.staff["amina"].pk)})
    item.refresh_from_db()
    assert answer.status_code == 409 and item.owner == world.staff["zarina"]


def test_the_call_leads_there_and_back(world, second):
    from panah.people.hotline.actions.calls import begin_contact
    from panah.people.hotline.models import Line
    from tests.conftest import LINE_NORTH

    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", made_at=world.at
    )
    contact = begin_contact(
        keys=world.keys("elena"), line=line, channel="phone", by=world.staff["elena"], at=timezone.now()
    )
    client = world.client("elena")
    answer = client.post(f"/calls/{contact.number}/", {"do": "complaint"})
    assert answer.url == f"/complaints/?call={contact.number}"
    start = client.get(answer.url).content.decode()
    assert f"/complaints/new/?call={contact.number}" in start
    done = client.post(f"/complaints/new/?call={contact.number}", form(world)).content.decode()
    assert f"/calls/{contact.number}/" in done
    assert not any(contact.number in str(row) for row in Matter.objects.values_list())


def test_a_case_leads_to_it_and_the_number_goes_along(world, second):
    case = cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz",
        identity={"names": [{"text": NAME, "kind": "called"}]},
    )  # fmt: skip
    amina = world.client("amina")
    of_the_file = amina.get(f"/cases/{case.number}/documents/").content.decode()
    assert reverse("complaints:kept", args=[case.number]) in of_the_file
    assert case.number in amina.get(f"/complaints/own-data/?case={case.number}").content.decode()
    # Whoever cannot see the case learns nothing by asking.
    assert case.number not in (
        world.client("cholpon").get(f"/complaints/own-data/?case={case.number}").content.decode()
    ).replace(f"?case={case.number}", "")


def test_how_to_complain_is_said_in_both_languages(world, second):
    client = world.client("amina")
    english = client.get("/complaints/words/?in=en").content.decode()
    russian = client.get("/complaints/words/?in=ru").content.decode()
    assert "Help is free" in english and "Gulnar" in english
    assert "Помощь бесплатна" in russian and 'lang="ru"' in russian


class TestTheSecondReader:
    def test_a_focal_point_names_the_officer_confirms(self, world):
        bakyt, zarina = world.client("bakyt"), world.client("zarina")
        bakyt.post("/complaints/readers/", {"do": "name", "staff": str(world.staff["gulnar"].pk)})
        assert queries.second_reader(world.societies["north"].pk) is None
        assert "Gulnar" in zarina.get("/complaints/").content.decode()
        zarina.post("/complaints/readers/", {"do": "confirm"})
        assert queries.second_reader(world.societies["north"].pk) is None, "a day in which it can be declined"
        SecondReader.objects.update(named_at=timezone.now() - timedelta(hours=25))
        zarina.post("/complaints/readers/", {"do": "confirm"})
        assert queries.second_reader(world.societies["north"].pk).staff == world.staff["gulnar"]

    @pytest.mark.parametrize("who", ["amina", "zarina", "gulnar", "timur"])
    def test_nobody_else_names_one(self, world, who):
        world.client(who).post("/complaints/readers/", {"do": "name", "staff": str(world.staff["elena"].pk)})
        assert queries.named(world.societies["north"].pk) is None

    @pytest.mark.parametrize("who", ["amina", "bakyt", "saule", "gulnar"])
    def test_nobody_but_the_officer_confirms(self, world, who):
        actions.name_second(staff=world.staff["gulnar"], by=world.staff["bakyt"], at=timezone.now())
        world.client(who).post("/complaints/readers/", {"do": "confirm"})
        assert queries.second_reader(world.societies["north"].pk) is None

    def test_without_an_officer_the_other_focal_point_confirms(self, world):
        world.staff["zarina"].roles.all().delete()
        actions.name_second(
            staff=world.staff["gulnar"], by=world.staff["bakyt"], at=timezone.now() - timedelta(hours=25)
        )
        world.client("bakyt").post("/complaints/readers/", {"do": "confirm"})
        assert queries.second_reader(world.societies["north"].pk) is None
        world.client("saule").post("/complaints/readers/", {"do": "confirm"})
        assert queries.second_reader(world.societies["north"].pk) is not None

    def test_a_focal_point_cannot_name_herself_nor_the_officer(self, world):
        bakyt = world.client("bakyt")
        for who in ("bakyt", "zarina", "rustam"):
            bakyt.post("/complaints/readers/", {"do": "name", "staff": str(world.staff[who].pk)})
            assert queries.named(world.societies["north"].pk) is None

    def test_a_new_one_replaces_the_old_for_what_comes_after(self, world, second):
        early = complaint(world)
        name_second(world, "ibrat")
        assert readers(early.row) == ["gulnar", "zarina"]
        assert readers(complaint(world).row) == ["ibrat", "zarina"]


def test_the_list_costs_the_same_however_long_it_is(world, second):
    client, counted = world.client("zarina"), []
    client.get("/complaints/open/")  # what a session does once
    for number in (2, 8):
        for _ in range(number):
            complaint(world)
            request(world)
        with CaptureQueriesContext(connection) as seen:
            client.get("/complaints/open/")
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_the_list_is_filtered_and_sorted(world, second):
    one, two = complaint(world).row, request(world)
    client = world.client("zarina")
    only = client.get("/complaints/open/?kind=own_data").content.decode()
    assert two.number in only and one.number not in only
    newest = client.get("/complaints/open/?sort=newest").content.decode()
    assert newest.index(two.number) < newest.index(one.number)
    assert one.number not in client.get("/complaints/open/?state=closed").content.decode()
    said = {"outcome": "right", "done": "x", "way": "meeting"}
    actions.answer(keys=world.keys("zarina"), matter=one, said=said, at=timezone.now())
    assert one.number not in client.get("/complaints/open/").content.decode()
    for state in ("all", "answered", "no such state"):
        assert one.number in client.get(f"/complaints/open/?state={state}").content.decode()


def test_words_to_say_in_russian_are_marked_as_russian_for_a_reader_of_english(world):
    page = world.client("elena").get("/complaints/words/?in=ru").content.decode()
    assert '<html lang="ru"' in page and "Если что-то не так" in page
