"""The police ring: twelve people were found. Elena makes a place for each and hands them over to Amina."""

import re

import pytest

from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import DueItem
from panah.people.cases.models import Case, CaseGroup
from tests.hotline.people_sent import SENT


@pytest.fixture
def handed(world, elenas, contact):
    """What Elena reads after she handed three people over to Amina."""
    answer = elenas.post(f"/calls/{contact.number}/", {"caller": "police", "do": "people"})
    assert answer.url == f"/calls/{contact.number}/people/"
    page = elenas.get(answer.url)
    once = re.search(r'name="once" value="([^"]+)"', page.text)[1]
    sent = {**SENT, "once": once, "owner": str(world.staff["amina"].pk)}
    return sent, elenas.post(answer.url, sent)


def test_each_has_a_numbered_place_with_the_sealed_words_that_tell_them_apart(world, elenas, handed):
    number = CaseGroup.objects.get().number
    assert "3 places were made." in handed[1].text and number in handed[1].text
    amina = world.client("amina")
    listed = amina.get("/cases/").text
    for words in ("Practice site 7, № 1, blue jacket", "Practice site 7, № 2<", "№ 3, grey beard"):
        assert words in listed, words
    group = amina.get(f"/cases/events/{number}/").text
    assert "behind the market" in group and "may report to the exploiter" in group
    rows = [group.index(f">{case.number}<") for case in Case.objects.order_by("pk")]
    assert len(rows) == 3
    assert "Practice site 7, № 1, blue jacket" in amina.get("/").text
    assert DueItem.objects.filter(owner=world.staff["amina"], purpose="first").count() == 3
    assert {case.age_group for case in Case.objects.all()} == {"unknown"}


def test_elena_cannot_read_back_what_she_handed_over_and_no_cookie_carries_its_number(
    world, elenas, contact, handed
):
    number = CaseGroup.objects.get().number
    assert elenas.get(f"/cases/events/{number}/").status_code == 404
    for case in Case.objects.all():
        assert not vault_queries.opens(keys=world.keys("elena"), file=case.file_id)
        assert vault_queries.opens(keys=world.keys("bakyt"), file=case.file_id)
    page = elenas.get(f"/calls/{contact.number}/page/").text
    assert "Places were made for a group of 3 people. Holder: Amina" in page
    assert number not in page and not any(case.number in page for case in Case.objects.all())
    assert all(number not in one.value for one in elenas.cookies.values())


def test_who_goes_back_to_the_form_reads_that_the_places_exist(elenas, contact, handed):
    page = elenas.get(f"/calls/{contact.number}/people/").text
    assert "Places were already made on this call" in page
    assert "Places were made for a group of 3 people. Holder: Amina" in page


def test_what_she_did_herself_is_no_word_of_the_shift_before_and_is_said_in_the_readers_language(
    world, elenas, contact, handed
):
    elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "finish"})
    page = elenas.get(f"/calls/{contact.number}/next/").text
    assert "Places were made for a group of 3 people. Holder: Amina" in page
    assert "Written when the shift was handed over" not in page
    world.staff["elena"].language = "ru"
    world.staff["elena"].save(update_fields=["language"])
    page = elenas.get(f"/calls/{contact.number}/next/").text
    assert "Для группы заведено 3 места. Ведёт Amina." in page and "Places were" not in page


def test_sent_twice_it_is_one_group(elenas, contact, handed):
    again = elenas.post(f"/calls/{contact.number}/people/", handed[0])
    assert again.status_code == 200 and CaseGroup.objects.get().number in again.text
    assert Case.objects.count() == 3


def test_who_may_begin_a_group_on_a_call(world, elenas, contact):
    for name in ("amina", "gulnar", "nurlan", "zarina", "daler"):
        assert world.client(name).post(f"/calls/{contact.number}/people/", SENT).status_code == 404
    # Nobody but a caseworker or a focal point holds it.
    wrong = {**SENT, "owner": str(world.staff["gulnar"].pk)}
    assert elenas.post(f"/calls/{contact.number}/people/", wrong).status_code == 422
    assert not Case.objects.exists()


def test_nothing_typed_is_lost_and_nobody_is_left_out_without_a_word(world, elenas, contact):
    many = {**SENT, "owner": str(world.staff["amina"].pk), "looks": "\n".join(f"coat {n}" for n in range(61))}
    page = elenas.post(f"/calls/{contact.number}/people/", many)
    assert page.status_code == 422 and "at most 60 people" in page.text and "coat 60" in page.text
    long = {
        **SENT,
        "owner": str(world.staff["amina"].pk),
        "looks": f"blue jacket\n{'a scar ' * 9}on the chin",
    }
    page = elenas.post(f"/calls/{contact.number}/people/", long)
    assert page.status_code == 422 and "Line 2 is too long" in page.text and "on the chin" in page.text
    assert not Case.objects.exists()
