"""Somebody rings from a cell: Elena writes where, the hours are due on the line, and go along into the case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import Part
from panah.ground.work.models import DueItem
from panah.ground.work.queries import items_of, with_sentences
from panah.people.cases.models import Case
from panah.people.hotline.words import ContactState
from panah.people.hotline.words.parts import HELD
from tests.cases.hours_of_detention import hours_known, moment

PLACE = "Cell 3, station by the bazaar"


def write(client, contact, *, since=None, **more):
    given = {"kind": "police", "place": PLACE, "country": "KZ", "before": "judge", "lawyer": "no"}
    since = since or timezone.now() - timedelta(hours=10)
    return client.post(f"/calls/{contact.number}/visits/", {**given, **moment("since", since), **more})


def finish(client, contact):
    client.post(f"/calls/{contact.number}/", {"note": "Rings from a cell.", "tab": "a", "do": "finish"})


def decide(client, contact, step, **more):
    page = client.get(f"/calls/{contact.number}/next/").text
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    return client.post(f"/calls/{contact.number}/next/", {"what": step, "text": "", "seen": seen, **more})


@pytest.fixture
def since():
    return timezone.now().replace(second=0, microsecond=0) - timedelta(hours=10)


def test_that_somebody_is_held_stands_on_the_contact_and_its_hours_are_due_on_the_line(
    world, elenas, contact, since
):
    hours_known()
    answer = elenas.post(f"/calls/{contact.number}/", {"note": "From a cell.", "tab": "a", "do": "held"})
    assert answer["Location"] == f"/calls/{contact.number}/visits/", "from the call, which is saved first"
    assert write(elenas, contact, since=since)["Location"] == f"/calls/{contact.number}/"
    page = elenas.get(f"/calls/{contact.number}/page/").text
    assert PLACE in page and "10 hours" in page and "brought before a judge" in page
    assert not items_of(contact.pk), "while the call is on the line nothing is due"
    finish(elenas, contact)
    [item] = items_of(contact.pk)
    assert item.due_at <= timezone.now() + timedelta(minutes=15) and item.line == contact.line_id
    [row] = with_sentences([item], keys=world.keys("elena"))
    assert "ask for a visit and for a lawyer" in row.say


def test_a_contact_of_somebody_held_does_not_end_before_its_hours(world, elenas, contact, since):
    hours_known()
    write(elenas, contact, since=since)
    finish(elenas, contact)
    assert decide(elenas, contact, "nothing", text="A lawyer was called.").status_code == 302
    [item] = items_of(contact.pk)
    assert item.due_at == since + timedelta(hours=36), "before the hours run out"
    [row] = with_sentences([item], keys=world.keys("elena"))
    assert "hours of detention run out" in row.say
    later = since + timedelta(hours=47)
    assert decide(elenas, contact, "wait", **moment("again_at", later)).status_code == 302
    [item] = items_of(contact.pk)
    assert item.due_at == since + timedelta(hours=36), "never later than that"


def test_written_after_the_call_it_is_due_within_a_day_and_sooner_where_the_hours_are_short(
    world, elenas, contact
):
    finish(elenas, contact)
    assert not items_of(contact.pk), "control"
    assert write(elenas, contact)["Location"] == f"/calls/{contact.number}/page/"
    [item] = items_of(contact.pk)
    assert timedelta(hours=23) < item.due_at - timezone.now() <= timedelta(hours=24)
    write(elenas, contact, **moment("until", timezone.now() + timedelta(hours=9)))
    [item] = items_of(contact.pk)
    assert item.due_at - timezone.now() < timedelta(hours=5)


def test_who_is_let_go_is_not_waited_for_and_where_it_was_stays_to_be_read(elenas, contact, since):
    hours_known()
    write(elenas, contact, since=since)
    finish(elenas, contact)
    ended = {"how": "released", **moment("ended_at", timezone.now())}
    assert elenas.post(f"/calls/{contact.number}/visits/end/", ended).status_code == 302
    assert PLACE in elenas.get(f"/calls/{contact.number}/page/").text
    decide(elenas, contact, "nothing", text="Let go, at home.")
    assert not items_of(contact.pk)


def test_it_goes_along_into_the_case_without_being_typed_again(world, elenas, contact, since):
    hours_known()
    write(elenas, contact, since=since, lawyer="asked", lawyer_who="Practice Lawyer")
    finish(elenas, contact)
    elenas.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    case = Case.objects.get()
    page = world.client("amina").get(f"/cases/{case.number}/visits/").text
    assert PLACE in page and "Practice Lawyer" in page and "10 hours" in page
    due = [(one.item.due_at, one.say) for one in with_sentences(items_of(case.pk), keys=world.keys("amina"))]
    assert any("Deadline: detention" in say for at, say in due if at == since + timedelta(hours=48))
    assert any("run out" in say for at, say in due if at == since + timedelta(hours=36))
    assert any("ask for a visit and for a lawyer" in say for _at, say in due)
    assert case.number in world.client("amina").get("/cases/visits/").text


def test_nothing_in_plain_says_that_the_person_of_a_contact_is_held(world, elenas, contact, since):
    hours_known()
    write(elenas, contact, since=since)
    finish(elenas, contact)
    assert items_of(contact.pk), "control"
    plain = [str(list(DueItem.objects.values())), str(list(Entry.objects.values_list("event", flat=True)))]
    for text in plain:
        assert not any(word in text.lower() for word in ("detention", "detain", "police", "held", "cell"))
    assert PLACE.encode() not in b"".join(bytes(one) for one in Part.objects.values_list("sealed", flat=True))


def test_what_elena_typed_is_not_lost_by_a_wrong_answer_or_by_a_colleague_who_wrote_meanwhile(
    world, elenas, contact, since
):
    wrong = write(elenas, contact, since=timezone.now() + timedelta(days=2))
    assert wrong.status_code == 422 and PLACE in wrong.text
    page = elenas.get(f"/calls/{contact.number}/visits/").text
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    write(world.client("bakyt"), contact, since=since)
    late = write(elenas, contact, since=since, seen=seen, place="Prison north")
    assert late.status_code == 422 and "Prison north" in late.text and PLACE in late.text


def test_a_stranger_gets_the_same_answer_as_for_no_contact(world, contact):
    assert world.client("cholpon").get(f"/calls/{contact.number}/visits/").status_code == 404


def test_where_no_note_is_wanted_it_goes_with_what_was_said(world, elenas, contact, since):
    hours_known()
    write(elenas, contact, since=since)
    elenas.post(f"/calls/{contact.number}/", {"c_note": "no", "tab": "a", "do": "finish"})
    assert vault_queries.value_of(keys=world.keys("elena"), file=contact.file_id, part=HELD), "control"
    elenas.post(f"/calls/{contact.number}/forget-note")
    contact.refresh_from_db()
    assert not vault_queries.value_of(keys=world.keys("elena"), file=contact.file_id, part=HELD)
    assert items_of(contact.pk), "what happens next is still decided"


def join(client, contact, other):
    return client.post(f"/calls/{contact.number}/join", {"other": other.number}, follow=True)


def let_go(client, contact, **more):
    given = {"how": "released", **moment("ended_at", timezone.now()), **more}
    return client.post(f"/calls/{contact.number}/visits/end/", given)


def test_a_mother_who_rings_later_does_not_end_the_hours_of_the_first_call(world, elenas, take, since):
    hours_known()
    first, mother = take(elenas), take(elenas)
    write(elenas, first, since=since)
    finish(elenas, first)
    finish(elenas, mother)
    join(elenas, mother, first)
    decide(elenas, mother, "nothing", text="She knows where he is.")
    [item] = [*items_of(first.pk), *items_of(mother.pk)]
    assert item.due_at <= since + timedelta(hours=36)
    assert item.due_at != since + timedelta(hours=36), "no equal time says that two contacts belong together"
    [row] = with_sentences([item], keys=world.keys("elena"))
    assert "hours of detention run out" in row.say


def test_of_two_calls_about_one_person_the_later_word_goes_into_the_case(world, elenas, take, since):
    hours_known()
    first, later = take(elenas), take(elenas)
    write(elenas, first, since=since)
    finish(elenas, first)
    write(elenas, later, since=since)
    let_go(elenas, later)
    finish(elenas, later)
    join(elenas, later, first)
    elenas.post(f"/calls/{later.number}/case", {"owner": str(world.staff["amina"].pk)})
    case = Case.objects.get()
    said = [one.say for one in with_sentences(items_of(case.pk), keys=world.keys("amina"))]
    assert said and not any("etention" in say or "ask for a visit" in say for say in said), said
    page = world.client("amina").get(f"/cases/{case.number}/visits/").text
    assert PLACE in page and "Nothing says that the person is held" in page, "where it was can be read"


def test_where_the_person_was_held_first_stays_to_be_read_once_it_is_another_place(
    world, elenas, contact, since
):
    write(elenas, contact, since=since)
    finish(elenas, contact)
    let_go(elenas, contact, how="moved", remark="Taken away at night.")
    write(elenas, contact, since=since, place="Prison north")
    page = elenas.get(f"/calls/{contact.number}/page/").text
    assert "Prison north" in page and PLACE in page and "Taken away at night." in page
    elenas.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    page = world.client("amina").get(f"/cases/{Case.objects.get().number}/visits/").text
    assert "Prison north" in page and PLACE in page and "Taken away at night." in page


def test_who_decides_in_the_last_hours_chooses_when_it_comes_back_until_they_are_over(elenas, contact):
    hours_known()
    since = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=40)
    write(elenas, contact, since=since)
    finish(elenas, contact)
    chosen = since + timedelta(hours=44)
    decide(elenas, contact, "wait", **moment("again_at", chosen))
    [item] = items_of(contact.pk)
    assert item.due_at == chosen
    decide(elenas, contact, "nothing", text="The lawyer is there.")
    [item] = items_of(contact.pk)
    assert item.due_at == since + timedelta(hours=48), "once more, when they are over"


def test_no_time_and_no_row_in_plain_says_why_it_comes_back(world, elenas, contact, since):
    hours_known()
    finish(elenas, contact)
    write(elenas, contact)
    [item] = items_of(contact.pk)
    written = Entry.objects.filter(event="hotline:contact:next").latest("at").at
    assert item.due_at - written != timedelta(hours=24) and not (
        item.due_at.second or item.due_at.microsecond
    )
    decide(elenas, contact, "nothing", text="A lawyer was called.")
    rows = DueItem.objects.filter(subject=contact.pk, purpose="decide")
    assert [one.pk for one in rows] == [item.pk], "moved, as everything is that is decided again later"


def test_a_contact_that_was_closed_meanwhile_is_open_again_while_somebody_is_held(elenas, contact, since):
    finish(elenas, contact)
    elenas.post(f"/calls/{contact.number}/close")
    write(elenas, contact, since=since)
    contact.refresh_from_db()
    assert items_of(contact.pk) and contact.state == ContactState.FINISHED


def test_what_was_typed_stays_on_the_page_when_the_contact_became_a_case_meanwhile(
    world, elenas, contact, since
):
    finish(elenas, contact)
    elenas.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    for answer in (write(elenas, contact, since=since), let_go(elenas, contact, remark=PLACE)):
        assert answer.status_code == 422 and PLACE in answer.text and "became a case" in answer.text


def test_where_no_note_is_wanted_and_only_the_cell_was_written_it_can_be_erased_too(elenas, contact, since):
    elenas.post(f"/calls/{contact.number}/", {"c_note": "no", "tab": "a", "do": "finish"})
    forget = f'action="/calls/{contact.number}/forget-note"'
    assert forget not in elenas.get(f"/calls/{contact.number}/page/").text, "control"
    write(elenas, contact, since=since)
    assert forget in elenas.get(f"/calls/{contact.number}/page/").text
