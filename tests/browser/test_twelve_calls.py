"""Twelve calls played again on a telephone of 360 px: what each takes in presses, letters and pages (``-s`` prints it).

Seconds measure the machine and the one who types; presses and pages measure the screen. Where danger must be called
within ninety seconds, that is so many presses and pages after the telephone rang.
"""

from datetime import timedelta

from django.utils import timezone

from panah.ground.directory import actions as directory
from panah.ground.work.models import Alarm, DueItem
from panah.people.cases.models import Case
from panah.people.hotline import actions
from panah.people.hotline.models import Contact
from tests.browser import played_calls
from tests.browser.played_calls import Played

play, table = played_calls.play, played_calls.table

# Until a colleague is called in: taking the call, at most the four questions, *Danger now*; and the pages that they lead to.
PRESSES_TILL_CALLED = 6
PAGES_TILL_CALLED = 3


def the_contact() -> Contact:
    return Contact.objects.latest("started_at")


def nothing_is_due() -> bool:
    return not DueItem.objects.filter(subject=the_contact().pk, done_at=None).exists()


def called_in_time(played: Played) -> None:
    assert Alarm.objects.exists() and played.till_called is not None
    presses, pages = played.till_called
    assert presses <= PRESSES_TILL_CALLED and pages <= PAGES_TILL_CALLED, played.till_called
    assert not played.page.complaints


def test_a_silent_caller_answers_by_taps_on_a_telephone_without_scripts(play):
    call = play("silent, yes and no by taps", scripts=False)
    call.answer(speak="no", danger="yes", alone="no", cut_off="unknown")
    call.press("emergency")
    call.reads("tap once for yes")
    call.answer(e_talk="yes", e_locked="yes")
    call.write(e_place="the yellow house behind the mill")
    call.press("save")
    called_in_time(call)


def test_danger_now_is_one_press_after_the_call_was_taken(play):
    call = play("danger now")
    call.press("emergency")
    called_in_time(call)
    assert call.till_called == (2, 3)


def test_a_child_is_called_for_before_its_age_is_asked(play):
    call = play("a child")
    call.answer(danger="yes")
    call.press("emergency")
    called_in_time(call)
    call.press("back")
    call.choose(age_band="doubt")
    call.press("finish")
    assert the_contact().age_group == "child" and not nothing_is_due()


def test_a_relative_is_led_to_the_request_and_back(play):
    call = play("a relative")
    call.choose(caller="family")
    call.press("call_links")
    assert "/family/" in call.page.url
    call.page.go_back()
    call.press("finish")
    assert nothing_is_due()


def test_a_call_that_breaks_off_in_mid_sentence_is_decided_about(play):
    call = play("hang-up in mid-sentence")
    call.answer(cut_off="yes")
    with call.page.expect_response(lambda r: r.url.endswith("/draft") and r.status == 204):
        call.write(note="They took my passport and the door is")
    call.page.goto("/calls/")
    actions.close_silent_calls(at=timezone.now() + timedelta(minutes=11))
    call.page.goto("/calls/")
    call.reads("Not decided yet")
    call.follow("main section .what a")
    call.reads("They took my passport and the door is")


def test_a_third_person_speaks_and_nobody_rings_back(play):
    call = play("a third person speaks")
    call.answer(speak="no", cut_off="no")
    call.write(note="A man took the telephone and asked who we are. Wrong number, we said.")
    call.answer(safe_back="no")
    call.press("finish")
    assert nothing_is_due()


def test_a_caller_who_rang_before_is_found_and_joined(play, world):
    before = play("rang before: the first call")
    before.write(phone="0 700 11 22 33", note="The foreman keeps the papers")
    before.press("finish")
    first = the_contact()
    call = play("rang before: she rings again")
    call.write(phone="+996 700 112233")
    call.press("earlier")
    call.follow("main form[action$='/join'] button")
    call.reads(first.number)
    call.press("finish")
    assert call.presses <= 8


def test_a_wrong_number_costs_two_presses(play):
    call = play("wrong number")
    call.press("finish")
    assert nothing_is_due() and call.presses == 2


def test_a_journalist_learns_nothing_and_leaves_nothing_due(play):
    call = play("a journalist")
    call.choose(caller="other")
    call.write(note="A newspaper asks about cases. Told: we speak about nobody.")
    call.press("finish")
    assert nothing_is_due()


def test_the_police_ring_with_a_group_and_a_caseworker_takes_it_over(play):
    call = play("the police with twelve people")
    call.choose(caller="police")
    call.press("people")
    call.write(title="Practice site 7", number="12", looks="blue jacket\ngrey beard")
    call.page.locator("select[name='owner']").select_option(label="Amina")
    call.presses += 2
    call.follow("main form .btn-main")
    call.reads("12 places were made.")
    assert Case.objects.count() == 12 and {one.owner.name for one in Case.objects.all()} == {"Amina"}
    assert not call.page.complaints


def test_an_interpreter_is_needed_and_the_page_speaks_russian(play):
    call = play("an interpreter is needed", language="ru")
    call.reads("Первые четыре вопроса")
    call.answer(speak="yes", danger="no")
    call.choose(language="uz", interpreter="by_phone")
    call.press("finish")
    assert the_contact().language == "uz" and nothing_is_due()


def test_a_man_in_debt_rings_from_cambodia_and_is_told_what_is_known_there(play, world):
    directory.load_reference_data(at=world.at)
    call = play("in debt in Cambodia")
    call.answer(speak="yes", danger="no", alone="no")
    call.choose(country="KH")
    call.press("services")
    call.reads("Cambodia")
    call.page.go_back()
    call.press("finish")
    assert nothing_is_due()
