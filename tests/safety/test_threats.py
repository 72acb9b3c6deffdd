"""A threat against a colleague: told in a minute, read by few, never by whom it may come from."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.foundation import dialled_numbers
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.work import queries as work_queries
from panah.ground.work.item_rooms import ITEM_ROOMS
from panah.ground.work.models import Alarm
from panah.people.safety import actions, queries, rules
from panah.people.safety.models import Threat
from tests.safety.reporting import STORY, send
from tests.two_people import end_access, make_focal_point


def page_of(world, who):
    return world.client(who).get(reverse("safety:threat", args=[Threat.objects.get().file_id]))


@pytest.mark.parametrize("who", ["amina", "elena", "gulnar", "timur", "ibrat"])
def test_anybody_here_reports_a_threat_and_the_focal_points_read_it(world, who):
    answer = send(world, who, needs=["not_alone", "case"], of_case="yes", case="House 3")
    text = answer.content.decode()
    assert "It is protected" in text and "Bakyt" in text and "Saule" in text
    read = page_of(world, "bakyt").content.decode()
    assert STORY in read and "not to be alone" in read and world.staff[who].name in read
    assert page_of(world, who).status_code == 404, "closed to whoever sent it"
    assert STORY not in world.client(who).get(reverse("safety:start")).content.decode()


def test_whom_it_may_come_from_meets_it_nowhere(world):
    send(world, concerns=["bakyt"])
    row = Threat.objects.get()
    assert page_of(world, "saule").status_code == 200
    bakyt = world.client("bakyt")
    assert page_of(world, "bakyt").status_code == 404
    for there in (
        reverse("safety:start"),
        reverse("safety:figures"),
        reverse("desk:journal"),
        reverse("desk:team"),
    ):
        text = bakyt.get(there).content.decode()
        assert (
            str(row.file_id) not in text and "threat:reported" not in text and "reported a threat" not in text
        )
    assert not work_queries.open_items(to=world.staff["bakyt"]).filter(room="threats").exists()
    assert not vault_queries.opens(keys=world.keys("bakyt"), file=row.file_id)
    assert "reported a threat" in page_of(world, "saule").content.decode()


def test_when_it_concerns_everybody_who_reads_nothing_is_sent_and_nothing_lost(world):
    text = send(world, concerns=["bakyt", "saule"]).content.decode()
    assert "Nothing was sent" in text and STORY in text and "as a complaint" in text
    assert not Threat.objects.exists()


def test_without_a_word_of_what_happened_the_form_says_so_and_keeps_the_rest(world):
    text = send(world, story="", case="House 3").content.decode()
    assert "Say in a few words what happened" in text and "House 3" in text and not Threat.objects.exists()


def test_sent_twice_it_is_one_report(world):
    once = str(uuid4())
    send(world, once=once)
    assert "Reported" in send(world, once=once).content.decode()
    assert Threat.objects.count() == 1
    send(world, once=once, story="And today a second car.")
    assert Threat.objects.count() == 2, "what is changed and sent again is one of its own"


def on_duty(world, what, name):
    at = timezone.now()
    accounts.put_on_duty(
        staff=world.staff[name],
        what=what,
        starts_at=at - timedelta(hours=1),
        ends_at=at + timedelta(hours=7),
        at=at,
    )


def test_where_no_channel_reaches_anybody_whoever_reports_reads_that_nobody_has_been_told(world):
    on_duty(world, "danger", "cholpon")
    text = send(world, now="yes", story="").content.decode()
    assert "Nobody has been told." in text and "Called in now" not in text


def test_danger_now_pages_who_is_on_duty_and_she_can_open_it(world):
    on_duty(world, "danger", "cholpon")
    world.staff["cholpon"].email = "cholpon@practice.example"
    world.staff["cholpon"].save()
    text = send(world, now="yes", story="").content.decode()
    assert "Called in now: Cholpon" in text, "a yes is enough: nobody in danger has time for words"
    alarm = Alarm.objects.get()
    assert alarm.first == world.staff["cholpon"]
    cholpon = world.client("cholpon")
    assert "Danger now" in cholpon.get("/").content.decode()
    assert "I answer" in cholpon.get(reverse("hotline:alarm", args=[alarm.pk])).content.decode()
    answered = cholpon.post(reverse("hotline:alarm", args=[alarm.pk]), follow=True).content.decode()
    assert reverse("safety:threat", args=[Threat.objects.get().file_id]) in answered
    assert "It was going on when it was reported" in page_of(world, "cholpon").content.decode()


def test_danger_never_pages_whom_it_may_come_from_nor_shows_them_the_alarm(world):
    on_duty(world, "danger", "bakyt")
    send(world, concerns=["bakyt"], now="yes")
    alarm = Alarm.objects.get()
    assert alarm.first == world.staff["saule"] and alarm.second is None
    bakyt = world.client("bakyt")
    assert "you are called in" not in bakyt.get("/").content.decode()
    assert bakyt.get(reverse("hotline:alarm", args=[alarm.pk])).status_code == 404
    journal = bakyt.get(reverse("desk:journal")).content.decode()
    assert str(alarm.subject) not in journal and "called for help" not in journal


def test_beside_the_alarm_stands_nobody_to_ring_whom_it_may_be_about(world):
    """Bakyt is on duty with a number, and it concerns him: nobody on its list has one."""
    bakyt = world.staff["bakyt"]
    bakyt.duty_phone = "+996555000004"
    bakyt.save()
    dialled_numbers.keep([bakyt])
    on_duty(world, "danger", "bakyt")
    on_duty(world, "shelter", "bakyt")
    send(world, concerns=["bakyt"], now="yes")
    alarm = Alarm.objects.get()
    saule, amina = world.client("saule"), world.client("amina", open_vault=False)
    for page in (saule.get(reverse("hotline:alarm", args=[alarm.pk])), amina.get(reverse("sign_in:unlock"))):
        assert "No number is written. Ring whoever you know now." in page.text
        assert "Bakyt" not in page.text and "+996555000004" not in page.text
    # Also for whoever is on its list and cannot open what it is about.
    closed = replace(ITEM_ROOMS[alarm.room], may_open=lambda subject, staff: False)
    with ITEM_ROOMS.temporarily(alarm.room, closed):
        page = saule.get(reverse("hotline:alarm", args=[alarm.pk])).text
        assert "Whom to telephone" in page and "Bakyt" not in page


def test_a_focal_point_who_is_threatened_herself_is_not_paged_by_her_own_report(world):
    on_duty(world, "danger", "bakyt")
    send(world, "bakyt", now="yes")
    assert Alarm.objects.get().first == world.staff["saule"]


def step(world, who, name, **data):
    there = reverse("safety:step", args=[Threat.objects.get().file_id, name])
    return world.client(who).post(there, data)


def review(day):
    return {"review_on_day": day.day, "review_on_month": day.month, "review_on_year": day.year}


def test_steps_are_written_down_with_a_day_to_ask_again(world):
    send(world, now="yes")
    day = timezone.localdate() + timedelta(days=3)
    assert step(world, "bakyt", "done", **review(day)).status_code == 422, (
        "something was done, or it is not a step"
    )
    assert step(world, "bakyt", "done", done=["accompanied"], agreed="yes", **review(day)).status_code == 302
    text = page_of(world, "saule").content.decode()
    assert "does not go alone" in text and "Bakyt" in text
    assert not Alarm.objects.filter(answered_at=None).exists(), "whoever acts has answered"
    (item,) = work_queries.open_items(to=world.staff["bakyt"]).filter(room="threats")
    assert timezone.localtime(item.due_at).date() == day and item.kind == "review"
    assert not work_queries.open_items(to=world.staff["saule"]).filter(room="threats").exists()


def test_it_is_closed_opened_again_and_erased_for_good(world):
    send(world)
    assert step(world, "bakyt", "close", outcome="stopped", text="Moved away").status_code == 302
    assert "it stopped" in page_of(world, "bakyt").content.decode()
    assert "No report" in world.client("bakyt").get(reverse("safety:start")).content.decode()
    assert (
        "A threat against"
        in world.client("bakyt").get(reverse("safety:start") + "?state=closed").content.decode()
    )
    assert step(world, "saule", "reopen", text="He is back").status_code == 302
    assert step(world, "bakyt", "erase", sure="on").status_code == 302 and Threat.objects.exists()
    step(world, "saule", "close", outcome="unknown", text="")
    assert step(world, "bakyt", "erase").status_code == 422 and Threat.objects.exists()
    file = Threat.objects.get().file_id
    assert step(world, "bakyt", "erase", sure="on").status_code == 302
    assert not Threat.objects.exists() and not vault_queries.opens(keys=world.keys("bakyt"), file=file)
    assert not work_queries.open_items(to=world.staff["saule"]).filter(room="threats").exists()


def test_a_focal_point_who_came_later_is_let_in_and_whom_it_concerns_never_is(world):
    send(world, concerns=["saule"])
    row = Threat.objects.get()
    assert [one.name for one in queries.could_read(row, keys=world.keys("bakyt"))] == []
    accounts.change_roles(
        staff=world.staff["cholpon"],
        roles=["focal_point"],
        branch=None,
        by=world.staff["bakyt"],
        at=timezone.now(),
    )
    assert "Let another colleague read" in page_of(world, "bakyt").content.decode()
    refused = step(world, "bakyt", "let", to=str(world.staff["saule"].pk))
    assert refused.status_code == 422
    assert step(world, "bakyt", "let", to=str(world.staff["cholpon"].pk)).status_code == 302
    assert STORY in page_of(world, "cholpon").content.decode()


def test_figures_count_without_names_and_only_for_focal_points(world):
    send(world, what=["followed", "words"], source="trafficker", of_case="yes", now="no")
    send(world, "elena", what=["followed"], concerns=["bakyt"])
    rows = dict(queries.figures(to=world.staff["saule"], keys=world.keys("saule")))
    assert dict(rows["What it was"]) == {"followed or watched": 2, "threatened in words": 1}
    assert dict(rows["Also"])["touches a case"] == 1
    assert dict(dict(queries.figures(to=world.staff["bakyt"], keys=world.keys("bakyt")))["What it was"]) == {
        "followed or watched": 1, "threatened in words": 1,
    }  # fmt: skip
    text = world.client("saule").get(reverse("safety:figures")).content.decode()
    assert "Amina" not in text and "followed or watched" in text
    for who in ("amina", "timur", "zarina", "rustam"):
        answer = world.client(who).get(reverse("safety:figures"))
        assert answer.status_code == (200 if who == "rustam" else 404)
        assert "followed or watched" not in answer.content.decode()


def test_nobody_of_another_society_meets_it(world):
    send(world)
    for who in ("daler", "rustam", "malika"):
        assert page_of(world, who).status_code == 404


def test_a_leavers_due_things_about_a_threat_go_to_whoever_reads_it(world):
    send(world)
    day = timezone.localdate() + timedelta(days=3)
    step(world, "bakyt", "done", done=["talked"], **review(day))
    actions.hand_over_all(
        keys=world.keys("saule"), staff=world.staff["bakyt"], to=world.staff["amina"], at=timezone.now()
    )
    assert not work_queries.open_items(to=world.staff["bakyt"]).filter(room="threats").exists()
    assert work_queries.open_items(to=world.staff["saule"]).filter(room="threats").count() == 1


def lead(world, name):
    make_focal_point(world, name, at=timezone.now())
    vault.regrant_chunk(keys=world.keys("bakyt"), at=timezone.now())
    world.staff[name] = type(world.staff[name]).objects.get(pk=world.staff[name].pk)


def test_the_only_focal_point_who_reads_it_leaves_and_the_officer_goes_on_with_it(world):
    """It may come from Bakyt, who ends Saule's access: he learns nothing, and nothing is lost."""
    answer = send(world, concerns=["bakyt"])
    assert "Saule" in answer.content.decode() and "Zarina" in answer.content.decode()
    lead(world, "cholpon")
    asked = world.client("bakyt").get(reverse("sign_in:end-access", args=[world.staff["saule"].pk]))
    assert "ask them to look at Staff safety" in asked.content.decode(), "said whether there is one or not"
    end_access(world, "saule", at=timezone.now())
    assert STORY in page_of(world, "zarina").content.decode()
    assert [
        item.purpose for item in work_queries.open_items(to=world.staff["zarina"]).filter(room="threats")
    ] == ["look"]
    assert not work_queries.open_items(to=world.staff["saule"]).filter(room="threats").exists()
    assert page_of(world, "bakyt").status_code == 404
    assert not work_queries.open_items(to=world.staff["bakyt"]).filter(room="threats").exists()


def test_whoever_is_left_alone_with_a_report_opens_it_to_another_when_she_hands_over(world):
    send(world)
    lead(world, "cholpon")
    file = Threat.objects.get().file_id
    assert not vault_queries.opens(keys=world.keys("cholpon"), file=file)
    end_access(world, "saule", at=timezone.now())
    vault.hand_over_all(
        keys=world.keys("bakyt"), staff=world.staff["saule"], to=world.staff["amina"], at=timezone.now()
    )
    assert STORY in page_of(world, "cholpon").content.decode()


def test_whoever_alone_can_open_a_report_is_told_and_lets_another_read_before_she_leaves(world):
    send(world, concerns=["bakyt", "zarina"])
    saule = world.client("saule")
    assert "Only you can open 1 of these reports" in saule.get(reverse("safety:start")).content.decode()
    assert "has to be named first" in page_of(world, "saule").content.decode()
    lead(world, "cholpon")
    assert "let another colleague read" in page_of(world, "saule").content.decode()
    assert step(world, "saule", "let", to=str(world.staff["cholpon"].pk)).status_code == 302
    assert "Only you" not in saule.get(reverse("safety:start")).content.decode()
    assert STORY in page_of(world, "cholpon").content.decode()


def test_only_a_clear_yes_pages_and_everything_else_is_looked_at_within_hours():
    at = timezone.now()
    assert rules.look_at(reported=at, now="yes") == at
    for answer in ("no", "unknown", "none", ""):
        assert not rules.is_danger(answer)
        assert rules.look_at(reported=at, now=answer) == at + timedelta(hours=12)
    a, b = UUID(int=1), UUID(int=2)
    assert rules.readers(leads=[a, b], concerned=[b]) == {a}
