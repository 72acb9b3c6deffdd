"""From receipt to erasing: dated steps, an answer, readers who change, and what is kept about a person."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import RoleHeld
from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import day, when
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions.ceremony import new_recovery
from panah.ground.vault.actions.new_recovery import renew_recovery
from panah.ground.vault.models import File, Grant, Part, StaffKey
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.cases.words import CasePart
from panah.people.complaints import actions, queries
from panah.people.complaints.models import Ask, Matter, Message
from tests.complaints.conftest import NAME, STORY, complaint, name_second, request
from tests.two_people import end_access

ANSWER = {"outcome": "right", "done": "She apologised, and goes to another branch.", "way": "meeting"}


def at(row, path=""):
    return f"/complaints/matter/{row.number}/{path}"


def steps(client, row, **forms):
    for step, data in forms.items():
        answer = client.post(at(row, f"{step}/"), data)
        assert answer.status_code == 302, (step, answer.content.decode()[-3000:])
    row.refresh_from_db()


def due(row):
    return sorted((i.owner.username, i.purpose) for i in DueItem.objects.filter(subject=row.pk, done_at=None))


def test_a_complaint_goes_its_whole_way_with_dates(world, taken):
    row, zarina = taken.row, world.client("zarina")
    assert due(row) == [(who, what) for who in ("gulnar", "zarina") for what in ("acknowledge", "answer")]
    steps(zarina, row, acknowledge={"told": "yes", "text": "By telephone."})
    assert row.state == "acknowledged" and row.acknowledged_at
    assert due(row) == [("gulnar", "answer"), ("zarina", "answer")]
    steps(
        world.client("gulnar"), row, look={"text": "Both are heard apart."}, note={"text": "Heard the first."}
    )
    steps(zarina, row, answer=ANSWER)
    assert (row.state, due(row)) == ("answered", [])
    day = timezone.localdate() + timedelta(days=30)
    steps(
        zarina,
        row,
        close={"follow_up_on_day": day.day, "follow_up_on_month": day.month, "follow_up_on_year": day.year},
    )
    assert row.state == "closed" and row.keep_until > timezone.localdate() + timedelta(days=1000)
    assert due(row) == [("gulnar", "keep"), ("zarina", "follow_up"), ("zarina", "keep")]
    page = zarina.get(at(row)).content.decode()
    for text in ("By telephone.", "Both are heard apart.", "Heard the first.", ANSWER["done"], "Kept until"):
        assert text in page


def test_the_person_is_not_content_and_it_is_opened_again_with_a_new_date(world, taken):
    row, zarina = taken.row, world.client("zarina")
    steps(zarina, row, answer=ANSWER, close={}, reopen={"text": "She was seen there again."})
    assert row.state == "looking" and row.closed_at is None and row.keep_until is None
    assert row.answer_by > timezone.now() and row.answered_at is None
    assert due(row) == [("gulnar", "answer"), ("zarina", "answer")]


def test_the_list_shows_the_day_it_goes_by(world, second):
    at_first, now = timezone.now() - timedelta(days=3), timezone.now()
    rows = [complaint(world, at=one).row for one in (at_first, now)]
    zarina, due = world.client("zarina"), [day(row.answer_by) for row in rows]
    page = zarina.get("/complaints/open/").content.decode()
    assert re.findall(r'<div class="when">([^<]+?) *<', page) == due and "when the answer is due" in page
    assert f"came {day(at_first)}" in page and f"confirm by: {when(rows[1].acknowledge_by)}" in page
    page = zarina.get("/complaints/open/?sort=newest").content.decode()
    assert re.findall(r'<div class="when">([^<]+?) *<', page) == [day(now), day(at_first)]
    assert f"answer by: {due[0]}" in page and "when it came in" in page


@pytest.mark.parametrize("step", ["close", "reopen", "erase"])
def test_a_step_that_does_not_fit_changes_nothing(world, taken, step):
    data = {"text": "x", "number": taken.row.number}
    answer = world.client("zarina").post(at(taken.row, f"{step}/"), data)
    taken.row.refresh_from_db()
    assert answer.status_code == 422 and taken.row.state == "received"


def test_an_overdue_one_says_so_on_page_and_list_and_menu(world, second):
    row = complaint(world, at=timezone.now() - timedelta(days=40)).row
    zarina = world.client("zarina")
    assert "late" in zarina.get(at(row)).content.decode()
    assert "late" in zarina.get("/complaints/open/").content.decode()
    count = queries.waiting(world.staff["zarina"])
    assert (count.number, count.tone) == (1, "urgent")


class TestOwnData:
    def answer(self, **more):
        return {"outcome": "done", "done": "Read aloud.", "way": "meeting", "proof": "safe_word"} | more

    def test_nothing_is_told_before_it_is_known_to_be_the_person(self, world, second):
        row = request(world)
        answer = world.client("zarina").post(at(row, "answer/"), self.answer(proof="none"))
        row.refresh_from_db()
        assert "until we know that it is the person" in answer.content.decode()
        assert "Read aloud." in answer.content.decode() and row.state == "received"

    def test_a_refusal_needs_its_reason_and_a_way_outside(self, world, second):
        row, zarina = request(world), world.client("zarina")
        answer = zarina.post(at(row, "answer/"), self.answer(outcome="refused", proof="none"))
        text = answer.content.decode()
        assert "A refusal has its reason in writing" in text and "Tell the person where else" in text
        steps(
            zarina, row,
            answer=self.answer(outcome="refused", proof="none", reason="Not her.", outside_told="on"),
        )  # fmt: skip
        assert row.state == "answered"

    @pytest.mark.parametrize("missing", ["reason", "outside_told"])
    def test_the_action_refuses_too(self, world, second, missing):
        said = {"outcome": "in_part", "proof": "known", "reason": "x", "outside_told": True, missing: ""}
        with pytest.raises(Refusal) as refused:
            actions.answer(keys=world.keys("zarina"), matter=request(world), said=said, at=timezone.now())
        assert refused.value.code == "refusal-without-reason"

    def test_the_holder_is_asked_in_neutral_words_and_never_sees_the_request(self, world, second):
        row, zarina, amina = request(world), world.client("zarina"), world.client("amina")
        steps(zarina, row, ask={"of": str(world.staff["amina"].pk), "text": "What do the notes of May say?"})
        ask = Ask.objects.get()
        item = DueItem.objects.get(subject=ask.pk)
        assert (item.owner, item.kind, item.number) == (world.staff["amina"], "answer", "")
        page = amina.get(f"/complaints/asked/{ask.pk}/").content.decode()
        assert "What do the notes of May say?" in page
        assert STORY not in page and row.number not in page and NAME not in page
        assert amina.get(at(row)).status_code == 404
        assert world.client("cholpon").get(f"/complaints/asked/{ask.pk}/").status_code == 404
        assert world.client("bakyt").get(f"/complaints/asked/{ask.pk}/").status_code == 404
        wrong = amina.post(f"/complaints/asked/{ask.pk}/", {"text": "Three notes, qwertz."})
        assert "Three notes, qwertz." in wrong.content.decode()
        amina.post(f"/complaints/asked/{ask.pk}/", {"text": "Three notes.", "knows": "known"})
        assert "Three notes." in zarina.get(f"/complaints/asked/{ask.pk}/").content.decode()
        assert not DueItem.objects.filter(subject=ask.pk, owner=world.staff["amina"], done_at=None).exists()
        assert DueItem.objects.filter(subject=ask.pk, owner=world.staff["zarina"], done_at=None).exists()

    def test_a_reader_does_not_reply_for_the_one_who_was_asked_and_is_told_so(self, world, second):
        row = request(world)
        ask = actions.ask_colleague(
            keys=world.keys("zarina"), matter=row, of=world.staff["amina"], text="x", at=timezone.now()
        )
        sent = {"knows": "known", "text": "instead of her"}
        answer = world.client("zarina").post(f"/complaints/asked/{ask.pk}/", sent)
        assert "Another colleague was asked" in answer.content.decode()
        ask.refresh_from_db()
        assert ask.replied_at is None

    def test_whom_it_concerns_is_not_asked_and_about_complaints_nobody_is(self, world, second):
        row = complaint(world, concerned=["amina"]).row
        zarina = world.client("zarina")
        sent = {"of": str(world.staff["amina"].pk), "text": "x"}
        assert "nobody is asked here" in zarina.post(at(row, "ask/"), sent).content.decode()
        Matter.objects.filter(pk=row.pk).update(kind="own_data")
        assert "must not know of it" in zarina.post(at(row, "ask/"), sent).content.decode()
        assert not Ask.objects.exists()


class TestWhatIsKept:
    @pytest.fixture
    def case(self, world):
        keys, now = world.keys("amina"), timezone.now()
        case = cases.open_case(
            keys=keys, by=world.staff["amina"], at=now, language="uz",
            identity={"names": [{"text": NAME, "kind": "called"}], "phones": [{"number": "+000 17", "safe": "no"}]},
            note="Team note about the brother.",
        )  # fmt: skip
        cases.write_episode(
            keys=keys, case=case, at=now,
            episode={"types": ["ForcedLabour"], "story": "Locked in at night.", "people": "Informer Zxcvbov",
                     "others": "Sister Asdfgova"},
        )  # fmt: skip
        vault.add(keys=keys, file=case.file_id, part=CasePart.SUPERVISION, value={"said": "heavy"}, at=now)
        return case

    def read(self, client, case, **more):
        return client.post(f"/complaints/case/{case.number}/", {"knows": "known", "how": "aloud"} | more)

    @pytest.mark.parametrize("who", ["amina", "bakyt"])
    def test_holder_and_focal_point_read_it_aloud_without_what_is_about_others(self, world, case, who):
        text = self.read(world.client(who), case).content.decode()
        for kept in (NAME, "+000 17", "Locked in at night.", "Forced labour"):
            assert kept in text, kept
        for others in ("Zxcvbov", "Asdfgova", "brother", "heavy", "Amina wrote", "Amina opened"):
            assert others not in text, others
        assert "Notes of the team for itself: 1" in text and "Were others there?: 1" in text

    def test_photos_and_documents_are_told_without_who_brought_them(self, world, case):
        know = {"keys": world.keys("amina"), "case": case, "at": timezone.now()}
        ref = cases.keep_document(name="practice-paper.txt", body=b"practice", **know).ref
        described = {"what": "Contract with the employer", "from": "family", "giver": "Informer Qwertov"}
        version = cases.describe_document(
            ref=ref, described={"what": "Paper", "giver": "x"}, based_on=1, **know
        )
        cases.describe_document(ref=ref, described=described, based_on=version, **know)
        unread = self.read(world.client("amina"), case).content.decode()
        text = self.read(world.client("amina"), case, more="on").content.decode()
        assert "Photos and documents" in unread
        for kept in ("practice-paper.txt", "Contract with the employer"):
            assert kept in text, kept
            assert kept not in unread, kept
        for others in ("Zxcvbov", "Qwertov", "the family or a friend", "Also written down", ">Amina<"):
            assert others not in unread.partition("<article")[2], others
        assert "Qwertov" not in text

    def test_it_is_journalled_with_its_purpose_before_it_is_shown(self, world, case):
        self.read(world.client("amina"), case, how="paper")
        about = Entry.objects.filter(about=case.file_id)
        assert about.filter(event="complaints:kept:gathered").count() == 1
        assert about.filter(event="vault:identity:shown", facts__purpose="print").count() == 1

    def test_paper_is_warned_about(self, world, case):
        assert (
            "This paper can be found." in self.read(world.client("amina"), case, how="paper").content.decode()
        )

    def test_who_is_not_sure_shows_nothing(self, world, case):
        text = self.read(world.client("amina"), case, knows="no").content.decode()
        assert "until we know that it is the person" in text and NAME not in text
        assert not Entry.objects.filter(event="complaints:kept:gathered").exists()

    def test_opening_the_page_shows_nothing(self, world, case):
        assert NAME not in world.client("amina").get(f"/complaints/case/{case.number}/").content.decode()

    @pytest.mark.parametrize("who", ["cholpon", "zarina", "elena", "daler", "timur"])
    def test_strangers_to_the_case_get_404(self, world, case, who):
        assert self.read(world.client(who), case).status_code == 404

    def test_a_colleague_who_was_let_in_is_not_the_holder(self, world, case):
        cases.let_in(keys=world.keys("amina"), case=case, colleague=world.staff["cholpon"], at=timezone.now())
        text = self.read(world.client("cholpon"), case).content.decode()
        assert NAME not in text and "a focal point, gathers what is kept" in text


class TestReadersWhoChange:
    def new_officer(self, world, who="nurlan"):
        RoleHeld.objects.create(staff=world.staff[who], role="data_protection_officer", since=timezone.now())
        vars(world.staff[who]).pop("role_names", None)

    def test_the_officer_leaves_and_the_second_reader_passes_on(self, world, taken):
        end_access(world, "zarina", at=timezone.now())
        self.new_officer(world)
        vault.hand_over_all(
            keys=world.keys("bakyt"), staff=world.staff["zarina"], to=world.staff["nurlan"], at=timezone.now()
        )
        nurlan, gulnar = world.client("nurlan"), world.client("gulnar")
        assert nurlan.get(at(taken.row)).status_code == 404  # A focal point cannot give what she cannot open.
        assert "Nurlan cannot open 1 matter yet" in gulnar.get("/complaints/open/").content.decode()
        gulnar.post("/complaints/pass-on/")
        assert STORY in nurlan.get(at(taken.row)).content.decode()
        assert not Grant.objects.filter(file=taken.row.file_id, staff=world.staff["zarina"]).exists()
        assert due(taken.row) == [
            (who, what) for who in ("gulnar", "nurlan") for what in ("acknowledge", "answer")
        ]

    def test_what_was_due_from_the_officer_who_left_is_due_from_the_one_who_passes_on(self, world, taken):
        steps(world.client("zarina"), taken.row, answer=ANSWER)
        day = timezone.localdate() + timedelta(days=30)
        actions.close(keys=world.keys("zarina"), matter=taken.row, follow_up_on=day, at=timezone.now())
        end_access(world, "zarina", at=timezone.now())
        self.new_officer(world)
        actions.pass_on(keys=world.keys("gulnar"), at=timezone.now())
        assert due(taken.row) == [("gulnar", "follow_up"), ("gulnar", "keep")]

    def test_word_for_readers_who_all_left_goes_to_nobody_it_might_be_about(self, world, second):
        row = complaint(world, concerned=["gulnar"]).row
        end_access(world, "zarina", at=timezone.now())
        actions.leave_word(keys=world.keys("elena"), code=row.number, word="", text="?", at=timezone.now())
        assert not DueItem.objects.filter(room="complaints_left").exists()
        assert not Grant.objects.filter(file=Message.objects.get().file_id, staff__isnull=False).exists()

    def test_a_reader_whose_new_key_waits_stops_nobody_from_asking(self, world, second):
        row = request(world)
        StaffKey.objects.filter(staff=world.staff["gulnar"]).update(
            mark=b"new key!", signature=b"", admitted_at=None
        )
        sent = {"of": str(world.staff["amina"].pk), "text": "Which notes?"}
        steps(world.client("zarina"), row, ask=sent)
        assert Ask.objects.get().of == world.staff["amina"]

    def test_whom_it_concerns_is_never_let_in(self, world, second):
        about_nurlan, other = complaint(world, concerned=["nurlan"]).row, complaint(world).row
        self.new_officer(world)
        assert actions.pass_on(keys=world.keys("gulnar"), at=timezone.now()) == 1
        nurlan = world.client("nurlan")
        assert nurlan.get(at(other)).status_code == 200
        assert nurlan.get(at(about_nurlan)).status_code == 404
        assert "Nurlan cannot" not in world.client("gulnar").get("/complaints/open/").content.decode()

    def test_a_focal_point_who_reads_for_want_of_others_hands_over_to_an_officer(self, world):
        world.staff["zarina"].roles.all().delete()
        row = complaint(world).row
        self.new_officer(world)
        for to, opens in (("cholpon", 404), ("nurlan", 200)):
            vault.hand_over_all(
                keys=world.keys("bakyt"), staff=world.staff["elena"], to=world.staff[to], at=timezone.now()
            )
            assert world.client(to).get(at(row)).status_code == opens

    def test_a_reader_with_a_new_key_is_let_in_again(self, world, taken):
        StaffKey.objects.filter(staff=world.staff["zarina"]).update(mark=b"new key!")
        assert (
            "Zarina cannot open 1 matter yet"
            in world.client("gulnar").get("/complaints/open/").content.decode()
        )

    def test_a_new_second_reader_gets_what_came_before_only_when_a_reader_passes_it_on(self, world, taken):
        name_second(world, "ibrat")
        assert world.client("ibrat").get(at(taken.row)).status_code == 404
        actions.pass_on(keys=world.keys("zarina"), at=timezone.now())
        assert world.client("ibrat").get(at(taken.row)).status_code == 200
        assert world.client("gulnar").get(at(taken.row)).status_code == 404

    def test_passing_on_by_somebody_who_reads_nothing_gives_nothing(self, world, taken):
        self.new_officer(world)
        for who in ("amina", "bakyt"):
            assert actions.pass_on(keys=world.keys(who), at=timezone.now()) == 0
        assert world.client("nurlan").get(at(taken.row)).status_code == 404


class TestErasing:
    def closed(self, world):
        row, zarina = request(world), world.client("zarina")
        steps(zarina, row, ask={"of": str(world.staff["amina"].pk), "text": "Which notes?"})
        actions.leave_word(
            keys=world.keys("elena"), code=row.number, word="plum", text="How is it?", at=timezone.now()
        )
        said = {"outcome": "done", "done": "x", "way": "meeting", "proof": "known"}
        steps(zarina, row, answer=said, close={})
        return row

    def test_before_its_day_only_when_the_person_asks(self, world, second):
        row, zarina = self.closed(world), world.client("zarina")
        early = zarina.post(at(row, "erase/"), {"number": row.number})
        assert "It is kept until the day" in early.content.decode()
        wrong = zarina.post(at(row, "erase/"), {"number": "4TQ", "person_asks": "on"})
        assert "This is not the number" in wrong.content.decode()
        done = zarina.post(at(row, "erase/"), {"number": row.number.lower(), "person_asks": "on"})
        assert done.url == "/complaints/open/"
        assert zarina.get(at(row)).status_code == 404

    def test_it_is_gone_with_everything_beside_it(self, world, second):
        row = self.closed(world)
        files = {row.file_id, *Ask.objects.values_list("file_id", flat=True)}
        files |= set(Message.objects.values_list("file_id", flat=True))
        actions.erase_matter(
            keys=world.keys("zarina"), matter=row, number=row.number, person_asks=True, at=timezone.now()
        )
        assert not Part.objects.filter(file__in=files).exists()
        assert not Grant.objects.filter(file__in=files).exists()
        assert File.objects.filter(pk__in=files, erased_at__isnull=False).count() == len(files) == 3
        assert not DueItem.objects.filter(done_at=None, room__startswith="complaints").exists()
        assert not vault_queries.opens(keys=world.keys("gulnar"), file=row.file_id)

    def test_after_its_day_a_reader_erases(self, world, second):
        row = self.closed(world)
        later = timezone.now() + timedelta(days=3 * 366)
        actions.erase_matter(keys=world.keys("gulnar"), matter=row, number=row.number, at=later)
        row.refresh_from_db()
        assert row.erased_at

    def test_an_open_one_is_not_erased(self, world, taken):
        with pytest.raises(Refusal):
            actions.erase_matter(
                keys=world.keys("zarina"), matter=taken.row, number=taken.row.number, person_asks=True,
                at=timezone.now(),
            )  # fmt: skip

    def test_a_new_recovery_key_reaches_a_complaint_as_its_reader_signs_in_and_nobody_counts(
        self, world, taken
    ):
        renew_recovery(keys=world.keys("bakyt"), recovery=new_recovery()[0], at=timezone.now())
        by_recovery = Grant.objects.filter(file=taken.row.file_id, key__kind="R")
        assert vault.behind_recovery(world.societies["north"].pk)[1] == 0
        for who, generation in (("bakyt", 1), ("zarina", 2)):
            vault.maintain_a_little(keys=world.keys(who), at=timezone.now())
            assert [one.key.generation for one in by_recovery] == [generation]
            by_recovery = by_recovery.all()


@pytest.mark.parametrize("address", ["/complaints/open/", "/cases/", "/calls/log/"])
def test_a_list_that_is_narrowed_shows_how_it_is_narrowed_on_a_phone_too(world, address):
    bakyt = world.client("bakyt")
    whole = bakyt.get(address).content.decode()
    narrowed = bakyt.get(f"{address}?state=closed").content.decode()
    assert '<details class="fold narrow">' in whole, "folded away while nothing is chosen"
    assert '<details class="fold narrow" open>' in narrowed
