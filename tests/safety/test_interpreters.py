"""Interpreters: whoever was vetted and asked about ties comes first; what was answered is read by few."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.work import queries as work_queries
from panah.people.consent import queries as consent_queries
from panah.people.consent.words import SEVEN
from panah.people.safety import queries, rules
from panah.people.safety.models import Interpreter
from tests.hotline.conftest import contact, elenas, line, take  # noqa: F401  a call on the line of North
from tests.interpreters import TIES, add, vetted
from tests.shelter.conftest import a_case

DAY = date(2026, 11, 25)


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def test_bakyt_writes_an_interpreter_down_asks_about_ties_and_vets(world):
    bakyt, today = world.client("bakyt"), timezone.localdate()
    form = {
        "name": "Practice Voice Reed",
        "languages": ["uz", "ru"],
        "ways": ["phone", "face"],
        "phone": "+000 12",
    }
    assert bakyt.post(reverse("safety:add_interpreter"), form).status_code == 302
    row = Interpreter.objects.get()
    text = world.client("amina").get(reverse("safety:interpreter", args=[row.pk])).content.decode()
    assert "Not vetted" in text and "Uzbek" in text and "+000 12" in text
    vet = (
        {"checked": "Two colleagues"}
        | day("undertaking_on", today)
        | day("until", today + timedelta(days=300))
    )
    early = bakyt.post(reverse("safety:vet", args=[row.pk]), vet).content.decode()
    assert "Nobody has asked about ties yet" in early and "Two colleagues" in early
    ties = {"ties": TIES, "not_for": "Sora"} | day("on", today)
    assert bakyt.post(reverse("safety:ties", args=[row.pk]), ties).status_code == 302
    assert bakyt.post(reverse("safety:vet", args=[row.pk]), vet).status_code == 302
    text = world.client("amina").get(reverse("safety:interpreter", args=[row.pk])).content.decode()
    assert "Not vetted" not in text and "asked, none known" in text and "by Bakyt" in text


def test_what_was_answered_about_ties_is_read_by_focal_points_alone_and_journalled(world):
    row = vetted(world, ask_first=True)
    for who in ("amina", "elena", "gulnar"):
        client = world.client(who)
        text = client.get(reverse("safety:interpreter", args=[row.pk])).content.decode()
        assert "Qwertyman" not in text and "ask a focal point first" in text
        assert client.post(reverse("safety:few", args=[row.pk])).status_code == 404
        assert queries.restricted(row, keys=world.keys(who)) == queries.Restricted()
    saule = world.client("saule")
    assert "Qwertyman" not in saule.get(reverse("safety:interpreter", args=[row.pk])).content.decode()
    assert "Qwertyman" in saule.post(reverse("safety:few", args=[row.pk])).content.decode()
    assert "read what few may read" in saule.get(reverse("desk:journal")).content.decode()


def test_nobody_without_vetting_is_suggested_first_and_stale_vetting_sinks_and_says_so(world):
    vetted(world, "Practice Voice Zorro")
    vetted(world, "Practice Voice Ask", ask_first=True)
    stale = vetted(world, "Practice Voice Late")
    Interpreter.objects.filter(pk=stale.pk).update(
        vetted_on=timezone.localdate() - timedelta(days=400),
        vetted_until=timezone.localdate() - timedelta(days=1),
    )
    add(world, "Practice Voice Anew")
    vetted(world, "Practice Voice Arab", languages=["ar"])
    names = [name for name, _hint in queries.suggestions(to=world.staff["amina"], language="uz")]
    assert [one.rsplit(" ", 1)[1] for one in names] == ["Zorro", "Arab", "Ask", "Late", "Anew"]
    text = world.client("amina").get(reverse("safety:interpreters") + "?language=uz").content.decode()
    assert "Arab" not in text.replace("Arabic", "") and "vetting has run out" in text
    assert text.index("Zorro") < text.index("Practice Voice Ask") < text.index("Late") < text.index("Anew")


@pytest.mark.parametrize(
    ("until", "undertaking", "ties", "standing"),
    [
        (DAY, DAY, "none", "ready"),
        (DAY, DAY, "ask_first", "ask_first"),
        (DAY - timedelta(days=1), DAY, "none", "stale"),
        (DAY - timedelta(days=1), DAY, "ask_first", "stale"),
        (None, DAY, "none", "unvetted"),
        (DAY, None, "none", "unvetted"),
        (DAY, DAY, "not_asked", "unvetted"),
    ],
)
def test_vetted_means_looked_at_bound_and_asked_about_ties(until, undertaking, ties, standing):
    assert rules.standing(vetted_until=until, undertaking=undertaking, ties=ties, today=DAY) == standing


def test_before_vetting_runs_out_a_focal_point_has_it_on_her_list(world):
    row = vetted(world)
    (item,) = work_queries.open_items(to=world.staff["bakyt"]).filter(room="interpreters")
    assert item.due_at.date() == row.vetted_until - timedelta(days=30)
    (shown,) = work_queries.with_sentences([item], keys=world.keys("bakyt"))
    assert "Practice Voice Reed" in shown.say and shown.href == reverse("safety:interpreter", args=[row.pk])


def offers(html):
    """The names that a page suggests, in their order."""
    return re.findall(r'<option value="(Practice Voice [^"]+)">', html)


@pytest.fixture
def two(world):
    """One who is vetted, and one who is not and would come first by the alphabet."""
    vetted(world)
    add(world, "Practice Voice Anew")
    return ["Practice Voice Reed", "Practice Voice Anew"]


def test_where_consent_is_asked_names_are_suggested_and_any_other_is_kept(world, two):
    case = a_case(world)
    there = reverse("consent:ask", args=[case.number, "assistance"])
    amina = world.client("amina")
    assert offers(amina.get(there).content.decode()) == two
    form = {
        "said": "yes", "way": "spoken_phone", "language": "uz", "interpreter": "vetted", "guardian": "not_needed",
        "interpreter_name": "Her neighbour, a teacher", "step": "keep", "understood": "She said it back", **day("until", timezone.localdate()),
        **{f"seven_{name}": "yes" for name in SEVEN},
    }  # fmt: skip
    answer = amina.post(there, form)
    assert answer.status_code == 302, answer.content.decode()
    (kept,) = consent_queries.answers(keys=world.keys("amina"), file=case.file_id)
    assert kept.kept["interpreter_name"] == "Her neighbour, a teacher"


def test_at_a_screening_names_are_suggested_and_who_interpreted_stands_with_the_meeting(world, two):
    case = a_case(world)
    there = reverse("screening:start", args=[case.number])
    amina = world.client("amina")
    assert offers(amina.get(there).content.decode()) == two
    assert (
        amina.post(there, {"profile": "adult_labour", "interpreter": "Practice Voice Reed"}).status_code
        == 302
    )
    assert "Interpreted by Practice Voice Reed" in amina.get(there).content.decode()


def test_on_a_call_names_are_suggested_and_what_was_typed_is_there_again(world, two, elenas, contact):  # noqa: F811
    there = reverse("hotline:call", args=[contact.number])
    assert offers(elenas.get(there).content.decode()) == two
    elenas.post(there, {"interpreter_name": "A voice of the night", "do": "save"})
    assert "A voice of the night" in elenas.get(there).content.decode()


def test_two_of_one_name_are_told_apart_and_nothing_typed_is_lost(world):
    add(world)
    form = {"name": "practice  Voice Reed".title(), "languages": ["tg"], "ways": ["video"]}
    text = world.client("bakyt").post(reverse("safety:add_interpreter"), form).content.decode()
    assert "on the list already" in text and "checked" in text and Interpreter.objects.count() == 1


def test_whoever_is_taken_off_the_list_shows_to_focal_points_alone_with_why_until_erased(world):
    row = vetted(world)
    there = reverse("safety:interpreter", args=[row.pk])
    bakyt, amina = world.client("bakyt"), world.client("amina")
    assert bakyt.post(reverse("safety:end_interpreter", args=[row.pk]), {"why": ""}).status_code == 422
    assert (
        bakyt.post(reverse("safety:end_interpreter", args=[row.pk]), {"why": "Told the uncle"}).status_code
        == 302
    )
    assert (
        amina.get(there).status_code == 404
        and "Reed" not in amina.get(reverse("safety:interpreters")).content.decode()
    )
    assert queries.suggestions(to=world.staff["amina"]) == []
    assert "no longer on the list" in bakyt.get(there).content.decode()
    assert "Told the uncle" in bakyt.post(reverse("safety:few", args=[row.pk])).content.decode()
    assert not work_queries.open_items(to=world.staff["bakyt"]).filter(room="interpreters").exists()
    bakyt.post(reverse("safety:erase_interpreter", args=[row.pk]))
    assert not Interpreter.objects.exists()


def test_somebody_on_the_list_cannot_be_erased_before_being_taken_off(world):
    row = add(world)
    world.client("bakyt").post(reverse("safety:erase_interpreter", args=[row.pk]))
    assert Interpreter.objects.exists()


@pytest.mark.parametrize("who", ["nurlan", "timur", "ibrat", "zarina", "daler", "rustam"])
def test_whoever_does_not_speak_with_people_here_finds_no_interpreter(world, who):
    row = vetted(world)
    client = world.client(who)
    assert client.get(reverse("safety:interpreter", args=[row.pk])).status_code == 404
    answer = client.get(reverse("safety:interpreters"))
    assert "Reed" not in answer.content.decode()
    assert queries.suggestions(to=world.staff[who]) == []


@pytest.mark.parametrize("name", ["add_interpreter", "change_interpreter", "ties", "vet", "end_interpreter"])
def test_only_focal_points_keep_the_list(world, name):
    row = add(world)
    there = reverse(f"safety:{name}", args=[] if name == "add_interpreter" else [row.pk])
    for who, status in (("amina", 404), ("elena", 404), ("bakyt", 200)):
        assert world.client(who).get(there).status_code == status


def test_the_list_is_filtered_by_any_language_that_people_speak(world, two):
    page = world.client("amina").get(reverse("safety:interpreters")).content.decode()
    assert '<option value="uz">Uzbek</option>' in page
