"""A caller who rang before, and two calls about one person: found on purpose, joined with a press, ended once."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.models import noon_of
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import DueItem
from panah.ground.work.words import read_text
from panah.people.cases.models import Case
from panah.people.hotline import actions, queries
from panah.people.hotline.models import Contact
from panah.people.hotline.words import ContactState

FIRST = {
    "note": "The foreman keeps the papers of four men.",
    "phone": "0 (700) 11-22-33",
    "called": "Jamshid",
    "safe_back": "yes",
    "c_note": "yes",
    "c_back": "yes",
    "safe_word": "apricot",
    "ends": ["call_back"],
    "back_when": "1h",
}


@pytest.fixture
def first(world, elenas, take):
    """Yesterday's call, as Elena finished it: a call-back is promised."""
    contact = take(elenas)
    elenas.post(f"/calls/{contact.number}/", {**FIRST, "do": "finish"}, follow=True)
    contact.refresh_from_db()
    assert contact.state == ContactState.CALL_BACK
    return contact


@pytest.fixture
def again(elenas, take, first):
    """The second call: the same telephone, dialled otherwise."""
    contact = take(elenas)
    elenas.post(f"/calls/{contact.number}/", {"phone": "+996 700 112233", "do": "earlier"})
    return contact


def looked_up(client, contact):
    return client.get(f"/calls/{contact.number}/earlier/").text


def join(client, contact, other):
    return client.post(f"/calls/{contact.number}/join", {"other": other.number}, follow=True)


def part(client, contact, other):
    return client.post(f"/calls/{contact.number}/part", {"other": other.number}, follow=True)


def due(contact, purpose):
    return DueItem.objects.filter(subject=contact.pk, purpose=purpose, done_at=None)


def test_one_press_saves_the_call_and_shows_what_was_said_agreed_and_due_before(elenas, take, first):
    contact = take(elenas)
    answer = elenas.post(f"/calls/{contact.number}/", {"phone": "+996 700 112233", "do": "earlier"})
    assert answer.url == f"/calls/{contact.number}/earlier/"
    page = elenas.get(answer.url).text
    for words in (FIRST["note"], "apricot", "same number", "Call back", first.number):
        assert words in page, words
    assert "Tell nobody on the line that there were calls" in page


@pytest.mark.parametrize("said", ["Jamshid", " jamshid", "Жамшид"])
def test_the_word_a_person_goes_by_finds_the_contact_also_in_the_other_script(elenas, take, first, said):
    contact = take(elenas)
    elenas.post(f"/calls/{contact.number}/", {"called": said, "do": "save"})
    page = looked_up(elenas, contact)
    assert first.number in page and "same word" in page


def test_the_page_of_the_call_is_the_same_for_a_number_that_rang_and_one_that_never_did(
    world, elenas, take, first
):
    """Neither confirm nor deny: whoever listens over a shoulder, or writes to fish, learns nothing from the call."""
    pages = []
    for phone in ("0700112233", "0700998877"):
        contact = take(elenas)
        elenas.post(f"/calls/{contact.number}/", {"phone": phone, "do": "save"})
        page = elenas.get(f"/calls/{contact.number}/").text
        assert first.number not in page
        pages.append(page.count("Rang before?"))
    assert pages[0] == pages[1] == 1


def test_without_a_number_or_a_word_nothing_is_looked_for_and_the_page_says_what_to_write(
    elenas, take, first
):
    assert "Nothing to look for yet" in looked_up(elenas, take(elenas))


def test_looking_is_written_in_the_journal(world, elenas, again):
    looked_up(elenas, again)
    journal = world.client("zarina").get("/journal").text
    assert "looked whether a person had been in contact with the line before" in journal


def test_who_does_not_hold_the_key_sees_nothing(world, first, again):
    for name in ("amina", "cholpon", "gulnar", "daler"):
        client = world.client(name)
        assert client.get(f"/calls/{again.number}/earlier/").status_code == 404
        for press in ("join", "part"):
            assert client.post(f"/calls/{again.number}/{press}", {"other": first.number}).status_code == 404
    assert looked_up(world.client("bakyt"), again).count(first.number) >= 1


def test_no_two_marks_are_alike_so_rows_do_not_tell_that_a_number_rang_twice(elenas, take, first, again):
    third = take(elenas)
    elenas.post(f"/calls/{third.number}/", {"phone": "0700112233", "called": "Jamshid", "do": "save"})
    marks = [bytes(mark) for row in Contact.objects.values_list("phone_mark", "name_mark") for mark in row]
    assert len(set(marks)) == len(marks) == 6
    assert {len(mark) for mark in marks} == {16}
    page = looked_up(elenas, third)
    assert first.number in page and again.number in page


def test_a_number_that_was_corrected_is_no_longer_found_by_the_wrong_one(elenas, take, first):
    elenas.post(f"/calls/{first.number}/", {"phone": "0700555555", "do": "save"})
    contact = take(elenas)
    elenas.post(f"/calls/{contact.number}/", {"phone": "0700112233", "do": "save"})
    assert first.number not in looked_up(elenas, contact)


def test_more_calls_of_one_number_than_one_step_asks_for_are_all_found(
    world, elenas, take, first, monkeypatch
):
    monkeypatch.setattr("panah.people.hotline.queries.joined.AT_ONCE", 2)
    numbers = {first.number}
    for _n in range(5):
        one = take(elenas)
        elenas.post(f"/calls/{one.number}/", {"phone": "0700112233", "do": "save"})
        numbers.add(one.number)
    last = take(elenas)
    elenas.post(f"/calls/{last.number}/", {"phone": "0700112233", "do": "save"})
    page = looked_up(elenas, last)
    assert all(number in page for number in numbers)


def test_what_became_a_case_or_was_erased_is_found_by_nobody_on_a_call(world, elenas, take, first):
    become(elenas, first, world)
    contact = take(elenas)
    elenas.post(f"/calls/{contact.number}/", {"phone": "0700112233", "called": "Jamshid", "do": "save"})
    assert first.number not in looked_up(elenas, contact)
    vault.erase(keys=world.keys("bakyt"), file=contact.file_id, at=timezone.now())
    other = take(elenas)
    elenas.post(f"/calls/{other.number}/", {"phone": "0700112233", "do": "save"})
    assert contact.number not in looked_up(elenas, other)


# -- two calls joined ----------------------------------------------------------------------------------


def test_joined_with_one_press_both_keep_their_own_record_and_show_what_is_due(world, elenas, first, again):
    page = join(elenas, again, first).text
    assert "Joined with this contact" in page and first.number in page and "Call back" in page
    other = elenas.get(f"/calls/{first.number}/page/").text
    assert again.number in other and FIRST["note"] in other
    keys = world.keys("elena")
    assert [note.value["text"] for note in queries.notes_of(keys=keys, contact=first)] == [FIRST["note"]]
    assert queries.notes_of(keys=keys, contact=again) == []
    # Twice is the same as once.
    assert join(elenas, again, first).status_code == 200
    assert elenas.get(f"/calls/{again.number}/earlier/").text.count("part them") == 1


def test_who_belongs_together_stands_in_no_row(elenas, first, again):
    join(elenas, again, first)
    with connection.cursor() as cursor:
        for column in ("id", "number", "file_id"):
            value = getattr(first, {"id": "pk"}.get(column, column))
            cursor.execute("SELECT * FROM hotline_contact WHERE number = %s", [again.number])
            row = cursor.fetchone()
            assert str(value) not in [str(one) for one in row]
            assert str(value).replace("-", "") not in [str(one) for one in row]


def test_the_journal_does_not_say_at_one_moment_that_two_contacts_belong_together(
    world, elenas, first, again
):
    before = set(Entry.objects.values_list("pk", flat=True))
    join(elenas, again, first)
    part(elenas, again, first)
    now = Entry.objects.exclude(pk__in=before)
    both = {"hotline:contact:joined", "hotline:contact:parted"}
    assert not {one.event for one in now} & both
    with tenancy.tenant_context(world.societies["north"].pk):
        vault.write_journal_by_day(at=timezone.now() + timedelta(hours=9))
    later = Entry.objects.exclude(pk__in=before).filter(event__in=both)
    assert {one.event for one in later} == both and all(one.at == noon_of(one.at) for one in later), "by day"


def moments_of(contact, entries):
    """Every moment that stands in plain beside a contact, in its rows and in the journal."""
    contact.refresh_from_db()
    rows = [contact, *DueItem.objects.filter(subject=contact.pk)]
    times = [getattr(row, one.attname) for row in rows for one in row._meta.fields]
    told = entries.filter(about=contact.file_id).values_list("at", flat=True)
    exact = {one for one in (*times, *told) if isinstance(one, datetime)}
    return {one for one in exact if one != noon_of(one)}


@pytest.mark.parametrize("to", ["", "bakyt"])
def test_no_moment_says_what_was_handed_over_decided_held_back_or_parted_together(world, elenas, take, to):
    three = take(elenas)
    elenas.post(f"/calls/{three.number}/", {**FIRST, "do": "finish"})
    elenas.post(f"/calls/{three.number}/next/", {"what": "wait", "text": "no sign yet", "seen": "0"})
    one, two = take(elenas), take(elenas)
    for contact in (one, two):
        elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "finish"})
    waits_until = due(three, "decide").get().due_at
    join(elenas, two, one)
    join(elenas, two, three)
    assert due(three, "decide").get().due_at < waits_until and not due(three, "call_back").exists()
    colleague = str(world.staff[to].pk) if to else ""
    elenas.post(
        "/calls/hand-over/", {"contacts": [str(one.pk)], "to": colleague, f"word-{one.pk}": "still waits"}
    )
    elenas.post(f"/calls/{one.number}/next/", {"what": "nothing", "text": "Met her, safe.", "seen": "0"})
    for contact in (one, two, three):
        assert not due(contact, "decide").exists() and not due(contact, "call_back").exists()
    part(elenas, two, one)
    seen = [moments_of(contact, Entry.objects) for contact in (one, two, three)]
    assert all(seen) and not seen[0] & seen[1] and not seen[0] & seen[2] and not seen[1] & seen[2]


def test_a_join_is_undone_within_a_day_and_not_later(world, elenas, first, again):
    join(elenas, again, first)
    assert "They are two again" in part(elenas, again, first).text
    assert "Joined with this contact" not in elenas.get(f"/calls/{again.number}/").text
    join(elenas, first, again)
    late = {"by": world.staff["elena"], "at": timezone.now() + timedelta(hours=25)}
    with pytest.raises(Refusal, match="joined-long-ago"):
        actions.part_contacts(keys=world.keys("elena"), contact=again, other=first, **late)


def test_a_third_call_is_joined_with_both(elenas, take, first, again):
    join(elenas, again, first)
    third = take(elenas)
    join(elenas, third, again)
    page = elenas.get(f"/calls/{first.number}/page/").text
    assert third.number in page and again.number in page
    part(elenas, third, again)
    page = elenas.get(f"/calls/{first.number}/page/").text
    assert third.number not in page and again.number in page


def test_a_call_back_promised_anew_takes_the_place_of_the_first_and_is_made_once(elenas, first, again):
    join(elenas, again, first)
    elenas.post(
        f"/calls/{again.number}/",
        {"safe_back": "yes", "c_back": "yes", "ends": ["call_back"], "back_when": "15min", "do": "finish"},
    )
    assert not due(first, "call_back").exists() and due(again, "call_back").count() == 1
    first.refresh_from_db()
    assert first.state == ContactState.FINISHED
    assert f"Ended with the joined contact {again.number}" in elenas.get(f"/calls/{first.number}/page/").text


def test_what_is_decided_about_one_is_decided_about_both(elenas, take):
    one, two = take(elenas), take(elenas)
    for contact in (one, two):
        elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "finish"})
    join(elenas, two, one)
    page = elenas.get("/calls/").text
    assert (f"/calls/{one.number}/next/" in page) != (f"/calls/{two.number}/next/" in page)
    assert (
        "1 contact was handed over"
        in elenas.post(
            "/calls/hand-over/",
            {"contacts": [str(one.pk)], "to": "", f"word-{one.pk}": "still waits"},
            follow=True,
        ).text
    )
    assert set(due(one, "decide") | due(two, "decide")) and not due(two, "decide").get().owner
    elenas.post(f"/calls/{one.number}/next/", {"what": "nothing", "text": "Met her, safe.", "seen": "0"})
    assert not due(one, "decide").exists() and not due(two, "decide").exists()


def test_the_handover_lists_joined_contacts_once(elenas, take):
    one, two = take(elenas), take(elenas)
    for contact in (one, two):
        elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "finish"})
    before = elenas.get("/calls/hand-over/").text
    assert one.number in before and two.number in before
    join(elenas, two, one)
    after = elenas.get("/calls/hand-over/").text
    assert (one.number in after) != (two.number in after)


def test_what_ended_with_a_contact_of_somebody_else_is_decided_anew_when_they_are_parted(elenas, take):
    one, two = take(elenas), take(elenas)
    for contact in (one, two):
        elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "finish"})
    join(elenas, two, one)
    elenas.post(f"/calls/{two.number}/next/", {"what": "nothing", "text": "Met her, safe.", "seen": "0"})
    part(elenas, two, one)
    assert due(one, "decide").count() == 1 and not due(two, "decide").exists()


@pytest.mark.parametrize("when", ["joined during the call", "joined afterwards"])
def test_nobody_rings_because_of_the_first_call_when_the_second_was_in_danger(elenas, first, again, when):
    if when == "joined during the call":
        join(elenas, again, first)
    elenas.post(f"/calls/{again.number}/", {"danger": "yes", "safe_back": "unknown", "do": "finish"})
    if when == "joined afterwards":
        assert due(first, "call_back").exists()
        join(elenas, again, first)
    assert not due(first, "call_back").exists()
    assert due(first, "decide").exists() and due(again, "decide").exists()


def test_a_wrong_number_and_a_contact_that_became_a_case_are_not_joined(world, elenas, first, again):
    assert elenas.post(f"/calls/{again.number}/join", {"other": "ZZZ-ZZZ-Z"}).status_code == 404
    become(elenas, first, world)
    answer = elenas.post(f"/calls/{again.number}/join", {"other": first.number})
    assert "became a case" in answer.text


# -- into the case -------------------------------------------------------------------------------------


def become(client, contact, world):
    return client.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)}, follow=True)


def identity_of(world, case):
    return vault.reveal(
        keys=world.keys("amina"), file=case.file_id, purpose="call_back", at=timezone.now()
    ).value


@pytest.fixture
def joined(world, elenas, first, again):
    elenas.post(
        f"/calls/{again.number}/",
        {"note": "They are on a truck now.", "called": "Jamshid", "caller": "self", "do": "finish"},
    )
    join(elenas, again, first)
    return first, again


def test_the_case_holds_the_persons_call_history_and_the_line_nothing_of_it(world, elenas, joined):
    first, again = joined
    assert become(elenas, again, world).status_code == 200
    case = Case.objects.get()
    notes = [
        read_text(n.value["text"])
        for n in vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    ]
    assert FIRST["note"] in notes and "They are on a truck now." in notes
    assert sum("First contact" in text for text in notes) == 2
    assert len(identity_of(world, case)["names"]) == 1
    assert {p["number"] for p in identity_of(world, case)["phones"]} >= {"+996 700 112233"}
    for one in joined:
        one.refresh_from_db()
        assert (one.state, one.became_case) == (ContactState.CASE, case.pk)
        assert not vault_queries.opens(keys=world.keys("bakyt"), file=one.file_id)
        assert not DueItem.objects.filter(subject=one.pk, done_at=None).exists()
    backs = DueItem.objects.filter(file=case.file_id, kind="call", done_at=None)
    assert backs.count() == 1


def test_a_relative_who_rang_stands_as_whom_to_reach_and_not_as_the_person(world, elenas, take, again):
    mother = take(elenas)
    elenas.post(
        f"/calls/{mother.number}/",
        {"caller": "family", "called": "Practice Mother", "phone": "0 555 01 02 03", "do": "finish"},
    )
    elenas.post(f"/calls/{again.number}/", {"called": "Jamshid", "do": "finish"})
    join(elenas, again, mother)
    become(elenas, again, world)
    found = identity_of(world, Case.objects.get())
    assert [n["text"] for n in found["names"]] == ["Jamshid"]
    assert "Practice Mother, 0 555 01 02 03" in found["contact"] and "family" in found["contact"]
    assert "0 555 01 02 03" not in [p["number"] for p in found["phones"]]


def test_a_joined_call_whose_caller_wanted_no_notes_stays_behind(world, elenas, first, again):
    elenas.post(f"/calls/{first.number}/", {"c_note": "no", "do": "save"})
    elenas.post(f"/calls/{again.number}/", {"do": "finish"})
    join(elenas, again, first)
    become(elenas, again, world)
    first.refresh_from_db()
    assert first.state == ContactState.CALL_BACK and due(first, "call_back").exists()
    assert vault_queries.opens(keys=world.keys("elena"), file=first.file_id)


def test_a_joined_call_that_goes_on_stays_with_the_line(world, elenas, first, again):
    join(elenas, again, first)
    become(elenas, first, world)
    again.refresh_from_db()
    assert again.state == ContactState.OPEN
    assert elenas.get(f"/calls/{again.number}/").status_code == 200


def test_a_child_on_one_of_the_calls_is_a_child_in_the_case(world, elenas, first, again):
    elenas.post(f"/calls/{first.number}/", {"age_band": "doubt", "do": "save"})
    elenas.post(f"/calls/{again.number}/", {"do": "finish"})
    join(elenas, again, first)
    become(elenas, again, world)
    assert Case.objects.get().age_group == "child"


def test_who_says_now_that_ringing_is_safe_is_rung_although_an_earlier_call_left_it_open(elenas, take):
    one, two = take(elenas), take(elenas)
    elenas.post(f"/calls/{one.number}/", {"danger": "yes", "safe_back": "unknown", "do": "finish"})
    join(elenas, two, one)
    said = {"danger": "no", "safe_back": "yes", "c_back": "yes", "ends": ["call_back"], "back_when": "1h"}
    elenas.post(f"/calls/{two.number}/", {**said, "do": "finish"})
    assert due(two, "call_back").exists()
