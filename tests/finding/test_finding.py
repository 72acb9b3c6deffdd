"""Finding a person without telling anyone more than they may know."""

import pytest
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import search
from panah.ground.vault.actions import cards
from panah.ground.work.queries import items_of
from panah.people.cases import actions as cases
from panah.people.finding import actions
from panah.people.finding.actions import Sought
from panah.people.finding.actions.local_search import CLOSED
from panah.people.finding.models import Look, Question

NAME = "Гүлнара Токтосунова"


def a_case(world, owner, name):
    case = cases.open_case(
        keys=world.keys(owner), by=world.staff[owner], at=world.at, identity={"names": [{"text": name}]}
    )
    value = search.card_value(names=[name], birth_year=1990, phones=["+000 1234"], number=case.number)
    cards.put_card(keys=world.keys(owner), file=case.file_id, kind="search", value=value, at=world.at)
    return case


@pytest.fixture
def theirs(world):
    search._KEPT.clear()
    return a_case(world, "cholpon", NAME)


def post(world, name, **more):
    return world.client(name).post(
        "/find/", {"name": "Toktosunova Gulnara", "birth_year": "1990", "phone_tail": "", **more}
    )


def test_a_name_alone_is_not_enough_for_a_question(world):
    answer = post(world, "amina", birth_year="", ask="1")
    assert answer.status_code == 422
    assert "add the year of birth" in answer.content.decode()
    assert not Question.objects.exists()


def test_amina_finds_her_own_people_by_name_alone_and_nothing_of_cholpons(world, theirs):
    mine = a_case(world, "amina", NAME)
    page = post(world, "amina", birth_year="").content.decode()
    assert f"/cases/{mine.number}/" in page
    assert theirs.number not in page
    assert "These are your own cases" in page


def test_the_field_in_the_bar_looks_at_once(world, theirs):
    mine = a_case(world, "amina", NAME)
    page = world.client("amina").post("/find/", {"q": " Toktosunova "}).content.decode()
    assert f"/cases/{mine.number}/" in page
    assert theirs.number not in page
    assert Look.objects.filter(staff=world.staff["amina"]).count() == 1


def test_a_number_in_the_bar_leads_to_the_case_without_a_look(world):
    mine = a_case(world, "amina", NAME)
    answer = world.client("amina").post("/find/", {"q": mine.number})
    assert answer.url == f"/cases/{mine.number}/"
    assert not Look.objects.exists()


def test_by_name_alone_a_focal_point_looks_through_the_cases_in_her_own_hands(world, theirs):
    own = a_case(world, "bakyt", NAME)
    page = post(world, "bakyt", birth_year="").content.decode()
    assert f"/cases/{own.number}/" in page
    assert theirs.number not in page
    assert "only the cases in your own hands" in page


def test_with_a_locked_vault_the_bar_asks_for_the_six_words_and_nothing_is_looked_for(world):
    mine = a_case(world, "amina", NAME)
    page = world.client("amina", open_vault=False).post("/find/", {"q": "Toktosunova"}).content.decode()
    assert 'name="unlocking' in page or 'type="password"' in page
    assert mine.number not in page and "Toktosunova" not in page
    assert not Look.objects.exists()


def test_amina_finds_her_own_case_and_nothing_of_cholpons(world, theirs):
    mine = a_case(world, "amina", NAME)
    page = post(world, "amina").content.decode()
    assert f"/cases/{mine.number}/" in page
    assert theirs.number not in page


def test_a_focal_point_finds_every_case_of_the_society(world, theirs):
    assert f"/cases/{theirs.number}/" in post(world, "bakyt").content.decode()


def test_a_question_goes_to_the_focal_point_and_a_match_to_its_holder_who_decides(world, theirs):
    answer = post(world, "amina", ask="1")
    assert answer.status_code == 302
    question = Question.objects.get()
    bakyt = world.client("bakyt")
    assert theirs.number.replace("-", "") in bakyt.get(f"/find/{question.pk}/").content.decode().replace(
        "-", ""
    )
    bakyt.post(f"/find/{question.pk}/", {"case": [str(theirs.pk)]})
    (item,) = items_of(theirs.pk, purpose="match")
    assert item.owner == world.staff["cholpon"]
    page = world.client("amina").get("/find/").content.decode()
    assert "looked at" in page
    assert theirs.number not in page


def test_a_match_whose_case_is_erased_before_the_focal_point_decides_closes_the_question_all_the_same(
    world, theirs
):
    post(world, "amina", ask="1")
    question, bakyt = Question.objects.get(), world.client("bakyt")
    page = bakyt.get(f"/find/{question.pk}/").content.decode()
    assert str(theirs.pk) in page
    vault.erase(keys=world.keys("bakyt"), file=theirs.file_id, at=timezone.now())
    theirs.refresh_from_db()
    assert theirs.owner is None
    answer = bakyt.post(f"/find/{question.pk}/", {"case": [str(theirs.pk)]})
    assert answer.status_code == 302
    question.refresh_from_db()
    assert question.looked_at is not None
    assert items_of(theirs.pk, purpose="match") == []


def test_whoever_asked_sees_the_same_whether_there_was_a_match_or_none(world, theirs):
    def asked(pass_to):
        question = actions.ask(keys=world.keys("amina"), sought=Sought(NAME, 1990), at=world.at)
        actions.close_question(keys=world.keys("bakyt"), question=question, pass_to=pass_to, at=world.at)
        page = world.client("amina").get("/find/").content.decode()
        Question.objects.all().delete()
        return page.split('id="asked"')[1].split("</section>")[0]

    assert asked([theirs.pk]) == asked([])


@pytest.mark.parametrize("name", ["elena", "gulnar", "timur", "nurlan", "zarina"])
def test_whoever_does_not_work_on_cases_has_no_such_page(world, name):
    assert world.client(name).get("/find/").status_code == 404


def test_daler_in_another_society_cannot_see_the_question(world, theirs):
    question = actions.ask(keys=world.keys("amina"), sought=Sought(NAME, 1990), at=world.at)
    for name in ("daler", "rustam", "cholpon"):
        assert world.client(name).get(f"/find/{question.pk}/").status_code == 404


def test_the_twenty_first_look_within_an_hour_is_refused(world):
    for _ in range(20):
        actions.search_locally(keys=world.keys("amina"), sought=Sought("No One", 1990), at=world.at)
    with pytest.raises(Refusal, match="too-many-looks"):
        actions.search_locally(keys=world.keys("amina"), sought=Sought("No One", 1990), at=world.at)


def test_finding_is_closed_while_a_call_is_open(world):
    with CLOSED.temporarily("test", lambda *, staff, at: True):
        answer = post(world, "amina")
    assert "Finding is closed while a call is open." in answer.content.decode()


def test_a_case_number_in_the_field_of_the_bar_leads_to_the_case(world):
    mine = a_case(world, "amina", NAME)
    answer = world.client("amina").post("/find/", {"q": mine.number.lower().replace("-", " ")})
    assert answer["Location"] == f"/cases/{mine.number}/"


def test_a_focal_points_look_rewrites_away_what_must_go(world, theirs):
    from panah.ground.vault import actions as vault

    north = world.societies["north"].pk
    cards.compact(keys=world.keys("bakyt"), kind="search")
    vault.erase(keys=world.keys("cholpon"), file=theirs.file_id, at=world.at)
    assert cards.wants_compacting(society=north, kind="search")
    assert theirs.number not in post(world, "bakyt").content.decode()
    assert not cards.wants_compacting(society=north, kind="search")
