"""How long a contact is kept; being counted; prompts; a line that ends; an alarm without the key; a hard call."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import cards
from panah.ground.work.models import DueItem
from panah.people.hotline import actions, queries
from panah.people.hotline.models import Contact
from panah.people.screening import queries as screening_queries


@pytest.fixture
def old(elenas, contact):
    """A call of two and a half years ago about nothing grave."""
    return aged(elenas, contact)


def aged(elenas, contact, **more):
    elenas.post(
        f"/calls/{contact.number}/",
        {"note": "asked the way", "topics": ["documents"], **more, "do": "finish"},
    )
    then = timezone.now() - timedelta(days=900)
    Contact.objects.filter(pk=contact.pk).update(started_at=then, ended_at=then)
    contact.refresh_from_db()
    return contact


def come_to_its_day(contact):
    """The worker announces; two weeks pass."""
    assert actions.announce_erasing(at=timezone.now()) == 1
    contact.refresh_from_db()
    today = timezone.localdate()
    assert contact.erase_on >= today + timedelta(days=13)
    Contact.objects.filter(pk=contact.pk).update(erase_on=today)


def test_an_old_contact_is_announced_to_both_focal_points_and_goes_with_one_press(world, old):
    come_to_its_day(old)
    items = DueItem.objects.filter(purpose="erase_soon", done_at=None)
    assert {i.owner.username for i in items} == {"bakyt", "saule"}
    bakyts = world.client("bakyt")
    page = bakyts.get("/calls/keeping/").content.decode()
    assert old.number in page
    assert vault_queries.file_exists(old.file_id)
    bakyts.post("/calls/keeping/")
    assert not vault_queries.file_exists(old.file_id)
    assert not DueItem.objects.filter(purpose="erase_soon", owner=world.staff["bakyt"], done_at=None).exists()
    page = world.client("elena").get(f"/calls/{old.number}/page/").content.decode()
    assert "The time of keeping this contact was over" in page
    assert "asked the way" not in page


def test_elena_sees_no_list_and_can_erase_nothing(world, elenas, old):
    come_to_its_day(old)
    assert elenas.get("/calls/keeping/").status_code == 404
    assert elenas.post("/calls/keeping/").status_code == 404
    assert elenas.post(f"/calls/{old.number}/erase", {"number": old.number}).status_code == 404
    assert vault_queries.file_exists(old.file_id)


def test_a_young_contact_is_not_announced(elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"do": "finish"})
    assert actions.announce_erasing(at=timezone.now()) == 0


def test_what_has_a_call_back_due_is_neither_announced_nor_erased(world, elenas, contact):
    aged(elenas, contact, ends=["call_back"], back_when="1h")
    assert actions.announce_erasing(at=timezone.now()) == 0
    Contact.objects.filter(pk=contact.pk).update(erase_on=timezone.localdate(), state="finished")
    world.client("bakyt").post("/calls/keeping/")
    assert vault_queries.file_exists(contact.file_id)


@pytest.mark.parametrize(
    "told", [{"topics": ["trafficking"]}, {"topics": ["crime"]}, {"urgency": "now"}, {"age_band": "12-15"}]
)
def test_what_may_be_the_proof_a_person_needs_waits_for_a_person_to_decide(world, elenas, contact, told):
    aged(elenas, contact, **told)
    elenas.post(f"/calls/{contact.number}/next/", {"what": "nothing", "text": "a colleague was with them"})
    come_to_its_day(contact)
    bakyts = world.client("bakyt")
    bakyts.post("/calls/keeping/")
    assert vault_queries.file_exists(contact.file_id)
    assert "a person decides" in bakyts.get("/calls/keeping/").content.decode()
    bakyts.post(f"/calls/{contact.number}/erase", {"number": "wrong"})
    assert vault_queries.file_exists(contact.file_id)
    bakyts.post(f"/calls/{contact.number}/erase", {"number": contact.number})
    assert not vault_queries.file_exists(contact.file_id)


def test_kept_longer_with_a_reason_it_is_announced_anew_only_near_that_day(world, old):
    come_to_its_day(old)
    bakyts, until = world.client("bakyt"), timezone.localdate() + timedelta(days=400)
    day = {"until_day": until.day, "until_month": until.month, "until_year": until.year}
    answer = bakyts.post(f"/calls/{old.number}/keep/", {**day, "reason": " "})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    bakyts.post(f"/calls/{old.number}/keep/", {**day, "reason": "a wage claim runs"})
    old.refresh_from_db()
    assert (old.kept_until, old.erase_on) == (until, None)
    assert "a wage claim runs" in bakyts.get(f"/calls/{old.number}/page/").content.decode()
    assert actions.announce_erasing(at=timezone.now()) == 0
    bakyts.post("/calls/keeping/")
    assert vault_queries.file_exists(old.file_id)
    assert actions.announce_erasing(at=timezone.now() + timedelta(days=390)) == 1


# -- counted only with a yes ---------------------------------------------------------------------------


def kept_card(world, contact):
    return vault_queries.value_of(keys=world.keys("elena"), file=contact.file_id, part=cards.PART).get(
        "facts", []
    )


@pytest.mark.parametrize("said", ["no", "unknown", "none"])
def test_without_a_yes_nothing_is_counted(world, elenas, contact, said):
    elenas.post(f"/calls/{contact.number}/", {"c_count": said, "sex": "male", "do": "finish"})
    assert kept_card(world, contact) == []


@pytest.mark.parametrize("age", ["child", "doubt"])
def test_a_childs_yes_to_being_counted_counts_nothing_since_nobody_who_may_agree_is_asked(
    world, elenas, contact, age
):
    yes = {"c_count": "yes", "sex": "male", "tab": "a", "do": "save"}
    elenas.post(f"/calls/{contact.number}/", {**yes, "age_band": "adult"})
    assert kept_card(world, contact)
    elenas.post(f"/calls/{contact.number}/", {**yes, "age_band": age, "based_on": "9"})
    assert kept_card(world, contact) == []


def test_a_yes_on_a_line_without_what_was_understood_says_so_on_the_page_of_the_contact(elenas, contact):
    said = "nobody wrote down what was understood"
    elenas.post(f"/calls/{contact.number}/", {"c_back": "yes", "tab": "a", "do": "finish"})
    assert said in elenas.get(f"/calls/{contact.number}/page/").text
    words = {
        "c_back": "yes",
        "c_understood": "You ring on Friday.",
        "tab": "a",
        "based_on": "9",
        "do": "save",
    }
    elenas.post(f"/calls/{contact.number}/", words)
    assert said not in elenas.get(f"/calls/{contact.number}/page/").text


def test_a_card_holds_codes_and_a_month_and_goes_when_the_yes_is_taken_back(world, elenas, contact):
    elenas.post(
        f"/calls/{contact.number}/",
        {"c_count": "yes", "sex": "male", "where": "Zebratown", "note": "zebra", "tab": "a", "do": "finish"},
    )
    (card,) = kept_card(world, contact)
    assert card["value"]["month"] == f"{timezone.localtime(contact.started_at):%Y-%m}"
    assert card["value"]["codes"]["sex"] == "male"
    assert contact.number not in repr(card)
    assert "ebra" not in repr(card)
    elenas.post(f"/calls/{contact.number}/draft", {"c_count": "no", "tab": "a", "based_on": "9"})
    assert kept_card(world, contact) == []


def test_refusing_to_be_counted_or_called_back_or_noted_lowers_no_help(elenas, contact):
    refused = {"c_talk": "no", "c_note": "no", "c_back": "no", "c_count": "no"}
    elenas.post(f"/calls/{contact.number}/", {**refused, "do": "save"})
    page = elenas.get(f"/calls/{contact.number}/").content.decode()
    for way in ("services", "call_links", "prompts", "emergency", "finish"):
        assert f'value="{way}"' in page, way
    assert "More than a call" in elenas.get(f"/calls/{contact.number}/page/").content.decode()


# -- prompts -------------------------------------------------------------------------------------------


def test_the_prompts_are_one_press_from_the_call_and_what_was_typed_is_kept_on_the_way(
    world, elenas, contact
):
    answer = elenas.post(
        f"/calls/{contact.number}/", {"note": "half a sentence", "do": "prompts"}, follow=True
    )
    page = answer.content.decode()
    assert page.count('value="unknown"') >= 10
    assert "/find/" not in page[page.index("<main") :]
    elenas.post(f"/calls/{contact.number}/prompts/", {"prompt-leave": "unknown", "seen": "0"})
    page = elenas.get(f"/calls/{contact.number}/").content.decode()
    assert "half a sentence" in page
    assert "1 answer is kept" in page
    elenas.post(f"/calls/{contact.number}/prompts/", {"prompt-leave": "yes", "seen": "9"})
    (held,) = screening_queries.meetings(keys=world.keys("elena"), file=contact.file_id)
    assert held.meeting.answers["prompt.leave"] == "yes"
    assert world.client("amina").get(f"/calls/{contact.number}/prompts/").status_code == 404


def test_prompts_without_an_answer_leave_no_meeting(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/prompts/", {"seen": "0"})
    assert screening_queries.meetings(keys=world.keys("elena"), file=contact.file_id) == ()


# -- lines, alarms, colleagues -------------------------------------------------------------------------


def test_an_ended_line_takes_no_calls_and_its_contacts_stay_readable(world, elenas, contact, line):
    bakyts = world.client("bakyt")
    assert "Someone is on this line now" in bakyts.post(f"/calls/lines/{line.pk}/end/").content.decode()
    elenas.post(
        f"/calls/{contact.number}/",
        {"note": "still here", "ends": ["call_back"], "back_when": "15min", "do": "finish"},
    )
    page = bakyts.get(f"/calls/lines/{line.pk}/end/").content.decode()
    assert "1 call-back is still to be made" in page
    assert "No other line would answer" in page
    bakyts.post(f"/calls/lines/{line.pk}/end/")
    line.refresh_from_db()
    assert line.ended_at
    assert elenas.post("/calls/take/", {"line": str(line.pk)}).status_code == 404
    assert "still here" in elenas.get(f"/calls/{contact.number}/page/").content.decode()
    assert contact.number in elenas.get("/calls/").content.decode()
    assert elenas.get(f"/calls/lines/{line.pk}/end/").status_code == 404


def test_who_is_paged_without_the_key_reads_what_to_do_and_whom_to_telephone(world, elenas, contact):
    from panah.ground.accounts import actions as accounts

    at = timezone.now()
    accounts.put_on_duty(
        staff=world.staff["gulnar"], what="danger", starts_at=at - timedelta(hours=1),
        ends_at=at + timedelta(hours=1), at=at,
    )  # fmt: skip
    elenas.post(f"/calls/{contact.number}/", {"note": "zebra", "do": "emergency"})
    alarm = queries_alarm(contact)
    page = world.client("gulnar").get(f"/calls/alarms/{alarm.pk}/").content.decode()
    for words in ("What to do now", "Take it with a colleague", "Elena", "Bakyt", "Emergency numbers"):
        assert words in page, words
    assert contact.number not in page
    assert "zebra" not in page


def queries_alarm(contact):
    from panah.ground.work.queries import open_alarm_of

    return open_alarm_of(contact.pk)


def test_after_a_hard_call_the_focal_points_are_asked_for_a_talk_and_learn_nothing_of_the_call(
    world, elenas, contact
):
    elenas.post(f"/calls/{contact.number}/", {"note": "zebra", "do": "finish"})
    elenas.post(f"/calls/{contact.number}/hard")
    elenas.post(f"/calls/{contact.number}/hard")
    items = DueItem.objects.filter(purpose="debrief", done_at=None)
    assert {i.owner.username for i in items} == {"bakyt", "saule"}
    assert all((i.number, i.file, i.subject) == ("", None, world.staff["elena"].pk) for i in items)
    bakyts = world.client("bakyt")
    page = bakyts.get(f"/calls/talk/{world.staff['elena'].pk}/").content.decode()
    assert "Elena" in page
    assert contact.number not in page
    bakyts.post(f"/calls/talk/{world.staff['elena'].pk}/")
    assert not DueItem.objects.filter(purpose="debrief", done_at=None).exists()
    assert elenas.get(f"/calls/talk/{world.staff['elena'].pk}/").status_code == 404


def test_where_no_other_focal_point_works_whoever_had_a_hard_call_reads_a_sentence(world, contact, elenas):
    elenas.post(f"/calls/{contact.number}/", {"note": "zebra", "do": "finish"})
    Staff.objects.filter(pk__in=[world.staff["bakyt"].pk, world.staff["saule"].pk]).update(is_active=False)
    page = elenas.post(f"/calls/{contact.number}/hard", follow=True).text
    assert "Speak with a colleague you trust, today." in page and "nobody-to-talk-to" not in page


def test_two_pages_of_one_colleague_both_keep_their_note(world, elenas, contact):
    elenas.post(
        f"/calls/{contact.number}/draft", {"note": "from the telephone", "tab": "a", "note_version": "0"}
    )
    elenas.post(f"/calls/{contact.number}/", {"note": "from the computer", "tab": "b", "note_version": "0"})
    page = elenas.get(f"/calls/{contact.number}/").content.decode()
    assert "from the telephone" in page
    assert "from the computer" in page
    history = repr(queries.history_of(keys=world.keys("elena"), contact=contact))
    assert "from the telephone" in history
    assert "from the computer" in history


def test_two_who_type_along_and_clash_three_times_lose_no_word(world, elenas, contact):
    bakyts = world.client("bakyt")
    for number in range(3):
        elenas.post(
            f"/calls/{contact.number}/draft", {"where": f"hers {number}", "tab": "a", "based_on": "0"}
        )
        bakyts.post(
            f"/calls/{contact.number}/draft", {"where": f"his {number}", "tab": f"b{number}", "based_on": "0"}
        )
    history = repr(queries.history_of(keys=world.keys("elena"), contact=contact))
    for number in range(3):
        assert f"hers {number}" in history
        assert f"his {number}" in history
