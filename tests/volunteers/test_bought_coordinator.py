"""A coordinator, a focal point or a volunteer who goes bad: what each could do to the register, and does not."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.work.models import DueItem
from panah.programmes.volunteers import actions, queries
from panah.programmes.volunteers.actions import helping
from panah.programmes.volunteers.helping_words import Answer, Claim
from panah.programmes.volunteers.models import Asked, Expense, Hours, MergedVolunteer, OwnPage, Volunteer
from panah.programmes.volunteers.queries import own_page as own_queries
from tests.guard.forms import Page
from tests.volunteers.bringing import TO_MEND, bring, confirm, work
from tests.volunteers.calling_out import (
    PLACE,
    answered,
    ask,
    everybody_trained,
    helper,
    made,
    moment,
    page_of,
    press,
    states,
)
from tests.volunteers.making import FAR, PHONE, day, step, volunteer, vouched
from tests.volunteers.making import page_of as volunteer_page
from tests.volunteers.own_telephone import PIN, Phone, given
from tests.volunteers.two_volunteers import one_page, two

__all__ = ["everybody_trained"]


def herself(world, who="ibrat", **more):
    """A colleague who is a volunteer of the branch too."""
    row = volunteer(world, name=f"Practice {who}", **more)
    Volunteer.objects.filter(pk=row.pk).update(staff=world.staff[who])
    row.refresh_from_db()
    return row


# ---- about oneself -----------------------------------------------------------------------------


def test_ibrat_confirms_neither_her_own_hours_nor_her_own_fare(world):
    row, at = herself(world), timezone.now()
    hours = Hours.objects.create(
        society_id=row.society_id, branch_id=row.branch_id, volunteer=row, on=at.date(), minutes=60, what="office"
    )  # fmt: skip
    fare = Expense.objects.create(
        society_id=row.society_id, branch_id=row.branch_id, volunteer=row, on=at.date(), what="fare", amount=5,
        currency="KGS",
    )  # fmt: skip
    for name, one in (("decide_hours", hours), ("decide_money", fare)):
        answer = world.client("ibrat").post(reverse(f"volunteers:{name}", args=[one.pk, "yes"]))
        assert answer.status_code != 302, name
        one.refresh_from_db()
        assert one.state == Claim.ASKED
    with pytest.raises(Refusal, match="about-oneself"):
        helping.write_hours(by=world.staff["ibrat"], row=row, on=at.date(), minutes=600, what="office", at=at)
    # The control: a focal point does it.
    answer = world.client("bakyt").post(reverse("volunteers:decide_money", args=[fare.pk, "yes"]))
    fare.refresh_from_db()
    assert answer.status_code == 302 and fare.state == Claim.CONFIRMED


def test_nobody_vouches_for_herself(world):
    row, at, bakyt = herself(world), timezone.now(), world.staff["bakyt"]
    ibrat = world.staff["ibrat"]
    acts = (
        lambda by: actions.set_safeguarding(by=by, row=row, until=FAR, at=at),
        lambda by: actions.change_volunteer(by=by, row=row, at=at, born_year=1980),
        lambda by: actions.change_volunteer(by=by, row=row, at=at, code_signed_on=at.date()),
    )
    for act in acts:
        with pytest.raises(Refusal, match="about-oneself"):
            act(ibrat)
        row.refresh_from_db()
    # Her own telephone she may change; and another colleague vouches.
    actions.change_volunteer(by=ibrat, row=row, at=at, phone="+000 555 999 999", born_year=row.born_year)
    for act in acts:
        act(bakyt)
    # A focal point neither vets himself nor takes the link away first, so that it would not be about him.
    his = herself(world, "bakyt")
    answer = world.client("bakyt").post(
        reverse("volunteers:vet", args=[his.pk]), {"found": "x", "vouched": "yes"} | day("until", FAR)
    )
    assert answer.status_code != 302
    with pytest.raises(Refusal, match="about-oneself"):
        actions.link_staff(by=bakyt, row=his, colleague="", at=at)
    his.refresh_from_db()
    assert his.vetted_until is None and his.staff == bakyt
    step(
        world,
        "saule",
        his,
        "vet",
        found="Practice: nothing",
        vouched="yes",
        **day("until", at.date() + timedelta(days=300)),
    )


def test_who_is_only_asked_to_take_over_reads_no_telephone_by_giving_her_a_role(world):
    row = volunteer(world, branch="besh")
    actions.ask_to_move(
        by=world.staff["bakyt"], row=row, branch=str(world.branches["arna"].pk), why="", at=world.at
    )
    ibrat, today = world.client("ibrat"), timezone.localdate()
    assert (
        row.name in ibrat.get(volunteer_page(row)).text and PHONE not in ibrat.get(volunteer_page(row)).text
    )
    role = {"branch": world.branches["arna"].pk, "role": "member"} | day("since", today)
    answer = ibrat.post(reverse("volunteers:add_role", args=[row.pk]), role)
    assert answer.status_code == 422 and "has asked you to take over" in answer.text
    assert PHONE not in ibrat.get(volunteer_page(row)).text
    # The control: answered, the branch of before has it in the history, and the telephone is there.
    step(world, "ibrat", row, "move_answer", answer="yes")
    assert PHONE in ibrat.get(volunteer_page(row)).text


# ---- two who are made one ----------------------------------------------------------------------


@pytest.mark.parametrize("protects", ["staff", "vetted_until"])
def test_ibrat_makes_no_vetted_volunteer_of_a_colleague_by_joining_two(world, protects):
    first, _second, pair = two(world)
    value = {"staff": world.staff["elena"], "vetted_until": FAR}[protects]
    Volunteer.objects.filter(pk=first.pk).update(**{protects: value})
    answer = world.client("ibrat").post(one_page(pair), {"decision": str(first.pk)})
    assert answer.status_code == 422 and "Tell a focal point, who decides about these two" in answer.text
    assert Volunteer.objects.count() == 2
    # The control: a focal point, who looks at both, may; and the coordinator takes it not back either.
    merged = actions.merge(by=world.staff["bakyt"], pair=pair, keep=first.pk, at=world.at)
    if protects == "staff":
        taken_back = world.client("ibrat").post(reverse("volunteers:double_taken_back", args=[merged.pk]))
        assert taken_back.status_code != 302 and MergedVolunteer.objects.exists()


# ---- call-outs ---------------------------------------------------------------------------------


def chosen(world, **more):
    one = helper(world, "Practice First", **more)
    row = made(world)
    ask(world, row, one)
    answered(row, one)
    return row, one


def test_whose_vetting_was_taken_back_after_the_yes_is_not_chosen_and_follows_nobody(world):
    row, first = chosen(world)
    second = helper(world, "Practice Second")
    ask(world, row, second)
    answered(row, second)
    assert press(world, row, "choose", second).status_code == 302
    Volunteer.objects.filter(pk=first.pk).update(vetted_until=timezone.localdate() - timedelta(days=1))
    press(world, row, "cancelled", second)
    assert states(row)["Practice First"] == Answer.YES, "nobody follows who may not"
    assert press(world, row, "choose", first).status_code != 302
    assert states(row)["Practice First"] == Answer.YES
    assert "May not do this on that day any more" in world.client("ibrat").get(page_of(row)).text


def test_whoever_was_chosen_and_may_not_any_more_reads_no_place(world):
    row, first = chosen(world)
    press(world, row, "choose", first)
    phone = Phone(given(world, first))
    assert PLACE in phone.first().text, "control"
    Volunteer.objects.filter(pk=first.pk).update(vetted_until=None)
    assert PLACE not in phone.send().text
    # A pause takes no promise back.
    Volunteer.objects.filter(pk=first.pk).update(vetted_until=FAR, state="paused")
    assert PLACE in phone.send().text


def hours(world, first, last, **more):
    """A call-out of tomorrow, from one hour to another."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    starts = tomorrow.replace(hour=first, minute=0)
    ends = starts + timedelta(hours=(last - first) % 24)
    return made(world, what="help", **moment("starts_at", starts), **moment("ends_at", ends), **more)


def fitting(world, row):
    text = world.client("ibrat").get(page_of(row)).text
    return {name for name in ("Young", "Unvetted", "Grown") if f"Practice {name}" in text}


def test_a_writer_in_the_database_chooses_nobody_and_reads_no_place(world):
    row, first = chosen(world)
    other = helper(world, "Practice Other")
    ask(world, row, other)
    mine = Phone(given(world, other))
    mine.first()
    Asked.objects.filter(volunteer=other).update(answer=Answer.CHOSEN)
    assert PLACE not in mine.send().text
    # Nor by standing in the place of whoever was chosen.
    press(world, row, "choose", first)
    Asked.objects.filter(volunteer=other).delete()
    Asked.objects.filter(volunteer=first).update(volunteer=other)
    assert PLACE not in mine.send().text
    # The control: the true one reads it, also after the hours have changed, and no more once she cancelled.
    Asked.objects.filter(volunteer=other).update(volunteer=first)
    phone = Phone(given(world, first))
    assert PLACE in phone.first().text
    later = timezone.now() + timedelta(hours=9)
    moved = {"place": PLACE} | moment("starts_at", later) | moment("ends_at", later + timedelta(hours=2))
    world.client("ibrat").post(reverse("volunteers:call_out_move", args=[row.pk]), moved)
    assert PLACE in phone.send().text
    press(world, row, "cancelled", first)
    assert PLACE not in phone.send().text


def test_nobody_under_18_or_unvetted_helps_where_a_person_is_met_and_nobody_under_18_at_night(world):
    young = helper(world, "Practice Young", born_year=timezone.localdate().year - 16)
    actions.change_volunteer(
        by=world.staff["bakyt"], row=young, at=timezone.now(), guardian_agreed_on=timezone.localdate()
    )
    helper(world, "Practice Unvetted", ready=False, code_signed_on=timezone.localdate())
    helper(world, "Practice Grown")
    assert fitting(world, hours(world, 10, 13)) == {"Young", "Unvetted", "Grown"}, "control"
    assert fitting(world, hours(world, 10, 13, meets_person="on")) == {"Grown"}
    assert fitting(world, hours(world, 20, 23)) == {"Unvetted", "Grown"}
    assert fitting(world, hours(world, 5, 9)) == {"Unvetted", "Grown"}
    assert fitting(world, hours(world, 6, 9)) == {"Young", "Unvetted", "Grown"}


# ---- whoever writes in the database ------------------------------------------------------------


def test_a_writer_in_the_database_makes_nobody_eligible(world):
    row = helper(world, "Practice Poplar", ready=False)
    may = partial(queries.may_do_on, [row], on=timezone.localdate())
    assert may()[row.pk] == frozenset()
    Volunteer.objects.filter(pk=row.pk).update(
        vetted_until=FAR, safeguarding_until=FAR, code_signed_on=date(2026, 1, 10), born_year=1980
    )
    row.refresh_from_db()
    assert may()[row.pk] == frozenset() and not queries.is_grown_up(row, on=timezone.localdate())
    assert "changed outside Panah" in world.client("ibrat").get(volunteer_page(row)).text
    # Nor does what a colleague writes about something else make it true, nor the sealed part of another volunteer.
    actions.pause(by=world.staff["ibrat"], row=row, on=timezone.localdate(), why="", at=timezone.now())
    actions.come_back(by=world.staff["ibrat"], row=row, on=timezone.localdate(), why="", at=timezone.now())
    assert may()[row.pk] == frozenset()
    fit = helper(world, "Practice Fits")
    Volunteer.objects.filter(pk=row.pk).update(details=fit.details)
    row.refresh_from_db()
    assert may()[row.pk] == frozenset()
    # The control: written by colleagues, the same counts.
    assert "meet" in queries.may_do_on([fit], on=timezone.localdate())[fit.pk]
    assert "changed outside Panah" not in world.client("ibrat").get(volunteer_page(fit)).text


def test_a_colleague_whom_the_database_says_to_be_vetted_is_put_on_no_duty(world):
    row = volunteer(world, name="Practice Elena", code_signed_on=date(2026, 1, 10))
    Volunteer.objects.filter(pk=row.pk).update(
        staff=world.staff["elena"], vetted_until=FAR, safeguarding_until=FAR
    )
    found = queries.unfit_volunteers([world.staff["elena"]], "calls", timezone.now())
    assert found[world.staff["elena"].pk].code == "volunteer-vetting"
    vouched(Volunteer.objects.get(pk=row.pk))
    assert queries.unfit_volunteers([world.staff["elena"]], "calls", timezone.now()) == {}, "control"


def test_what_a_writer_in_the_database_put_there_is_not_made_true_by_saving_the_page(world):
    row = volunteer(world, ready=True, born_year=timezone.localdate().year - 16)
    Volunteer.objects.filter(pk=row.pk).update(born_year=1990, code_signed_on=date(2026, 1, 9))
    ibrat, address = world.client("ibrat"), reverse("volunteers:change", args=[row.pk])
    [shown] = [one for one in Page(ibrat.get(address).text, address).forms if "born_year" in one.fields]
    form = {one.name: one.value for one in shown.fields.values() if one.value}
    assert form["name"] == row.name
    assert ibrat.post(address, form | {"other": "by the neighbour"}).status_code == 302
    row.refresh_from_db()
    assert queries.is_grown_up(row, on=timezone.localdate()) is False
    assert row.born_year is None and row.code_signed_on is None


# ---- the own page ------------------------------------------------------------------------------


def test_another_site_has_nothing_done_by_whoever_types_her_pin_here(world):
    row = helper(world, "Practice Poplar")
    phone = Phone(given(world, row))
    phone.first()
    # The form that another site sends has the address, and neither ticket nor PIN.
    stranger = Phone(phone.address)
    door = stranger.send(do="pause", name="Practice")
    assert 'name="do"' not in door.text and "What you typed is kept" not in door.text
    # Also where it carries what it wants done beside the field for the PIN.
    stranger.ticket = ""
    assert stranger.send(do="pause", pin=PIN).status_code == 200
    row.refresh_from_db()
    assert row.state == "active"
    # The control: with the page's own ticket, which has ended, it is done after the PIN.
    page, at = OwnPage.objects.get(), timezone.now()
    stranger.ticket = own_queries.ticket(page, at=at - timedelta(hours=2))
    assert "What you typed is kept" in stranger.send(do="pause").text
    stranger.ticket = own_queries.ticket(page, at=at - timedelta(hours=2))
    stranger.send(do="pause", pin=PIN)
    row.refresh_from_db()
    assert row.state == "paused"


def test_ring_me_pressed_ten_times_calls_the_branch_once(world):
    row = helper(world, "Practice Poplar")
    phone = Phone(given(world, row))
    phone.first()
    for _press in range(10):
        phone.send(do="tell")
    assert DueItem.objects.filter(subject=row.pk, purpose="tell").count() == 1
    # The control: done, and pressed anew, it is a new call.
    world.client("ibrat").post(reverse("volunteers:page_step", args=[row.pk, "tell"]))
    phone.send(do="tell")
    assert DueItem.objects.filter(subject=row.pk, purpose="tell", done_at=None).count() == 1


def test_yes_and_later_said_in_turns_stand_on_the_branchs_list_once(world):
    row, first = chosen(world)
    for answer in (Answer.LATER, Answer.YES) * 5:
        answered(row, first, answer)
    assert DueItem.objects.filter(subject=row.pk, purpose="answered").count() == 1


def test_a_page_that_is_pointed_at_another_volunteer_in_the_database_does_not_open(world):
    row, other = helper(world, "Practice Poplar"), helper(world, "Practice Oak")
    phone = Phone(given(world, row))
    assert phone.first().status_code == 200
    ticket = phone.ticket
    OwnPage.objects.update(volunteer=other)
    for form in ({"ticket": ticket}, {"pin": PIN}):
        answer = phone.client.post(phone.address, form)
        assert "Practice Oak" not in answer.text and "Practice Poplar" not in answer.text
    OwnPage.objects.update(volunteer=row)
    assert "Practice Poplar" in phone.client.post(phone.address, {"pin": PIN}).text, "control"


# ---- hostile tables ----------------------------------------------------------------------------


def test_signs_that_no_table_can_hold_break_no_report(world):
    bakyt = world.client("bakyt")
    body = 'name;born\n\x01\x0bPractice\x1f One;not a day\n=HYPERLINK("http://x");neither\n'
    assert bring(bakyt, body, branch=world.branches["arna"].pk).status_code == 302
    confirm(bakyt)
    work(world)
    answer = bakyt.get(TO_MEND)
    assert answer.status_code == 200 and answer.content.startswith(b"PK")


def test_a_stranger_learns_by_no_answer_whether_an_id_is_a_volunteers(world):
    row = volunteer(world)
    token = actions.renew_link(by=world.staff["ibrat"], branch=world.branches["arna"].pk, at=world.at)
    form = {
        "name": "Practice Stranger", "born_year": "1990", "languages": ["ru"], "phone": "+000 555 000 111",
        "may_be_contacted": "on",
    }  # fmt: skip
    door = world.client(None)
    said = {door.post(f"/j/{token}/", form | {"once": str(once)}).text for once in (row.pk, FRESH)}
    assert len(said) == 1 and Volunteer.objects.filter(pk=FRESH).exists()
    row.refresh_from_db()
    assert row.name != "Practice Stranger"


FRESH = "00000000-0000-4000-8000-00000000f00d"
