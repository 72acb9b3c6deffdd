"""A society writes its own curriculum: from Panah's module or from nothing, looked at by a second person, in versions."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.vault.models import StaffKey
from panah.ground.work.queries import items_of
from panah.programmes.training import actions as training
from panah.programmes.training import drafting
from panah.programmes.training.curricula import delivered
from panah.programmes.training.models import Module, ModuleDraft
from panah.programmes.training.words import DRAFTS, LOOK, DraftState
from tests.shelter.two_at_once import at_once
from tests.training.conftest import course, module
from tests.training.drafting import PART, copy_of, published, send

QUESTION = {
    "right": ["2"], "en_text": "Practice: whom do you ring?", "en_options": "Nobody\nThe hotline\nThe press",
    "en_why": "Practice: it is there day and night", "ru_text": "Учебный вопрос: кому вы звоните?",
    "ru_options": "Никому\nНа горячую линию\nВ газету",
}  # fmt: skip


def first_part(draft, language="en"):
    return draft.content[language]["parts"][0]


def test_ibrat_copies_a_module_changes_a_part_and_a_question_and_bakyt_publishes_it(world):
    draft = copy_of(world)
    panah = delivered()["safe-response"]["en"]
    assert draft.slug == "own-safe-response" and draft.based_on == "safe-response"
    assert send(world, "ibrat", "draft_part", draft, PART, 1).status_code == 302
    assert send(world, "ibrat", "add_question", draft, QUESTION).status_code == 302
    draft.refresh_from_db()
    assert first_part(draft)["title"] == "Practice: our own country"
    assert first_part(draft, "ru")["steps"] == ["Учебный шаг", "Учебный вопрос"]
    here = reverse("training:draft", args=[draft.pk])
    ibrat, bakyt = world.client("ibrat"), world.client("bakyt")
    text = ibrat.get(here).text
    assert "Practice: our own country" in text and "The hotline" in text
    # Nothing of it is taught yet, and nobody is offered it for a course.
    assert not Module.objects.exists()
    ibrat.post(reverse("training:draft_ready", args=[draft.pk]))
    items = items_of(draft.pk, purpose=LOOK)
    assert {one.owner.username for one in items} == {"bakyt", "saule"} and items[0].room == DRAFTS
    # Whoever wrote it, and whoever is no focal point, does not publish it.
    assert ibrat.post(reverse("training:decide_draft", args=[draft.pk]), {"publish": "1"}).status_code == 404
    assert "Publish this version" in bakyt.get(here).text
    answer = bakyt.post(reverse("training:decide_draft", args=[draft.pk]), {"publish": "1"})
    row = Module.objects.get()
    assert answer.url == reverse("training:module", args=[row.pk])
    one = row.in_language("en")
    assert (row.version, one.draft, len(one.questions)) == (1, False, len(panah.questions) + 1)
    assert one.minutes == sum(part.minutes for part in one.parts) != panah.minutes
    assert not ModuleDraft.objects.exists() and not items_of(draft.pk, purpose=LOOK)
    # A second press, and whoever comes to the draft, finds what it became.
    again = bakyt.post(reverse("training:decide_draft", args=[draft.pk]), {"publish": "1"})
    assert again.url == answer.url == ibrat.get(here).url
    # Its right answer is marked as such in the test of a course.
    assert one.questions[-1].right == (1,)


def test_a_focal_point_who_wrote_last_does_not_publish_it_herself_and_another_one_does(world):
    draft = copy_of(world, who="bakyt")
    send(world, "bakyt", "draft_part", draft, PART, 1)
    bakyt, saule = world.client("bakyt"), world.client("saule")
    bakyt.post(reverse("training:draft_ready", args=[draft.pk]))
    refused = bakyt.post(reverse("training:decide_draft", args=[draft.pk]), {"publish": "1"})
    assert "Had a hand in it: Bakyt" in refused.text and not Module.objects.exists()
    saule.post(reverse("training:decide_draft", args=[draft.pk]), {"publish": "1"})
    assert Module.objects.get().slug == "own-safe-response"


def test_whoever_may_be_the_one_who_wrote_it_is_no_second_person(world):
    """One person with two accounts: nobody but Bakyt knows whose account Saule's is."""
    draft = copy_of(world, who="bakyt")
    send(world, "bakyt", "draft_part", draft, PART, 1)
    training.make_ready(draft=draft, by=world.staff["bakyt"], at=timezone.now())
    StaffKey.objects.filter(staff=world.staff["saule"]).update(
        admitted_by=world.staff["bakyt"], known_by=None
    )
    saule, url = world.client("saule"), reverse("training:decide_draft", args=[draft.pk])
    refused = saule.post(url, {"publish": "1"})
    assert "One of you admitted the other" in refused.text and not Module.objects.exists()
    StaffKey.objects.filter(staff=world.staff["saule"]).update(known_by=world.staff["zarina"])
    assert saule.post(url, {"publish": "1"}).status_code == 302 and Module.objects.exists()


def test_a_draft_is_thrown_away_by_two_presses_as_by_one_and_a_stranger_learns_nothing_of_it(world):
    draft = copy_of(world)
    ibrat, drop = world.client("ibrat"), reverse("training:drop_draft", args=[draft.pk])
    here = reverse("training:draft", args=[draft.pk])
    for _press in range(2):
        answer = ibrat.post(drop)
        assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("training:modules"))
    assert "The draft was thrown away" in ibrat.get(answer.url).text
    assert Entry.objects.filter(event="training:draft:dropped").count() == 1
    # Whoever had its page open is led there too.
    saule = world.client("saule")
    for answer in (saule.get(here), saule.post(reverse("training:draft_ready", args=[draft.pk]))):
        assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("training:modules"))
    for who in ("amina", "elena", "rustam"):
        assert world.client(who).post(drop).status_code == world.client(who).get(here).status_code == 404


@pytest.mark.parametrize("end", ["published", "thrown away"])
def test_what_is_typed_while_a_draft_is_published_or_thrown_away_stays_in_its_form(world, end):
    draft = copy_of(world)
    ibrat = world.client("ibrat")
    pages = {
        "draft_part": ([draft.pk, 1], PART),
        "add_question": ([draft.pk], QUESTION),
        "draft_about": ([draft.pk], {"en_title": "Practice: our own title", "ru_title": "Учебное"}),
    }
    seen = re.search(
        r'name="seen" value="([^"]*)"', ibrat.get(reverse("training:add_part", args=[draft.pk])).text
    )[1]
    if end == "published":
        published(world, draft)
    else:
        training.drop_draft(draft=draft, by=world.staff["saule"], at=timezone.now())
    for name, (args, typed) in pages.items():
        answer = ibrat.post(reverse(f"training:{name}", args=args), typed | {"seen": seen})
        assert answer.status_code == 422, name
        assert next(one for field, one in typed.items() if field.startswith("en_")) in answer.text
        assert next(one for field, one in typed.items() if field.startswith("ru_")) in answer.text
        if name != "draft_about":
            assert "published or thrown away meanwhile" in answer.text
    assert world.client("elena").post(reverse("training:add_part", args=[draft.pk]), PART).status_code == 404


def test_a_part_that_a_colleague_moved_or_took_off_is_never_written_over_another(world):
    draft = copy_of(world)
    at, saule = timezone.now(), world.staff["saule"]
    first, second, *_others = (one["title"] for one in draft.content["en"]["parts"])
    ibrat, url = world.client("ibrat"), reverse("training:draft_part", args=[draft.pk, 2])

    def carried(text):
        """What the page sends along by itself."""
        return {
            name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', text)[1])
            for name in ("seen", "was")
        }

    typed = PART | carried(ibrat.get(url).text)
    training.rearrange(draft=draft, part_earlier=1, by=saule, at=at)
    answer = ibrat.post(url, typed)
    assert "changed this entry in the meantime" in answer.text
    # The second press saves what was typed: into the part that was opened, which is the first one now.
    assert ibrat.post(url, PART | carried(answer.text)).status_code == 302
    draft.refresh_from_db()
    assert [one["title"] for one in draft.content["en"]["parts"][:2]] == [PART["en_title"], first]
    # Taken off meanwhile: it comes back as one more, the last.
    number = len(draft.content["en"]["parts"])
    last = reverse("training:draft_part", args=[draft.pk, number])
    text = ibrat.get(last).text
    typed = PART | carried(text) | {"en_title": "Practice: the end"}
    training.rearrange(draft=draft, part_off=number - 1, by=saule, at=timezone.now())
    answer = ibrat.post(last, typed)
    assert answer.status_code == 422 and "Practice: the end" in answer.text
    assert ibrat.post(last, typed | carried(answer.text)).status_code == 302
    draft.refresh_from_db()
    parts = [one["title"] for one in draft.content["en"]["parts"]]
    assert len(parts) == number and parts[0] == PART["en_title"] and parts[-1] == "Practice: the end"
    assert second not in parts


def test_a_question_that_a_colleague_took_off_while_it_was_changed_is_not_called_saved(world):
    draft = copy_of(world)
    ibrat = world.client("ibrat")
    which = draft.content["en"]["questions"][0]["id"]
    url = reverse("training:draft_question", args=[draft.pk, which])
    seen = re.search(r'name="seen" value="([^"]*)"', ibrat.get(url).text)[1]
    training.rearrange(draft=draft, question_off=which, by=world.staff["saule"], at=timezone.now())
    answer = ibrat.post(url, QUESTION | {"seen": seen})
    assert answer.status_code == 422 and QUESTION["en_text"] in answer.text
    seen = re.search(r'name="seen" value="([^"]*)"', answer.text)[1]
    for _press in range(2):
        assert ibrat.post(url, QUESTION | {"seen": seen}).status_code == 302
    draft.refresh_from_db()
    for kept in draft.content.values():
        assert [one["id"] for one in kept["questions"]].count(which) == 1
    assert draft.content["en"]["questions"][-1]["text"] == QUESTION["en_text"]


def test_what_was_changed_after_it_was_ready_is_looked_at_again(world):
    draft = copy_of(world)
    training.make_ready(draft=draft, by=world.staff["ibrat"], at=timezone.now())
    bakyt = world.client("bakyt")
    page = bakyt.get(reverse("training:draft", args=[draft.pk])).text
    seen = re.search(r'name="publish" value="1">\s*<input type="hidden" name="seen" value="([^"]*)"', page)[1]
    send(world, "ibrat", "draft_part", draft, PART, 1)
    draft.refresh_from_db()
    assert draft.state == DraftState.WRITING and not items_of(draft.pk, purpose=LOOK)
    training.make_ready(draft=draft, by=world.staff["ibrat"], at=timezone.now())
    answer = bakyt.post(reverse("training:decide_draft", args=[draft.pk]), {"publish": "1", "seen": seen})
    assert "changed this entry in the meantime" in answer.text and not Module.objects.exists()


def test_a_draft_is_sent_back_with_a_sentence_and_an_empty_one_loses_nothing(world):
    draft = copy_of(world)
    training.make_ready(draft=draft, by=world.staff["ibrat"], at=timezone.now())
    bakyt, url = world.client("bakyt"), reverse("training:decide_draft", args=[draft.pk])
    assert bakyt.post(url, {"remark": ""}).status_code == 422
    bakyt.post(url, {"remark": "Practice: name our own hotline."})
    text = world.client("ibrat").get(reverse("training:draft", args=[draft.pk])).text
    assert "Practice: name our own hotline." in text and "Sent back" in text
    assert ModuleDraft.objects.get().state == DraftState.WRITING


def test_sent_back_by_two_presses_it_is_journalled_once(world):
    draft = copy_of(world)
    training.make_ready(draft=draft, by=world.staff["ibrat"], at=timezone.now())
    bakyt, url = world.client("bakyt"), reverse("training:decide_draft", args=[draft.pk])
    for _press in range(2):
        bakyt.post(url, {"remark": "Practice: name our own hotline."})
    assert Entry.objects.filter(event="training:draft:back").count() == 1


def test_the_page_on_which_a_module_was_begun_makes_no_second_one_once_it_is_published(world):
    ibrat, url = world.client("ibrat"), reverse("training:write_module")
    once = re.search(r'name="once" value="([^"]*)"', ibrat.get(url).text)[1]
    typed = {"title": "Practice: scam centres", "language": "en", "once": once}
    ibrat.post(url, typed)
    draft = ModuleDraft.objects.get()
    about = {
        "audience": ["migrants"], "teaches": "", "valid_months": "24", "en_title": "Practice: scam centres",
        "en_aims": "Practice: know the offer",
    }  # fmt: skip
    send(world, "ibrat", "draft_about", draft, about)
    part = {"minutes": "30", "en_title": "Practice part", "en_steps": "Practice step"}
    send(world, "ibrat", "add_part", draft, part)
    published(world, draft)
    again = ibrat.post(url, typed)
    assert again.status_code == 422 and "published or thrown away meanwhile" in again.text
    assert not ModuleDraft.objects.exists()


def test_versions_are_kept_and_a_course_keeps_the_one_that_it_was_held_with(world):
    adopted = module(world, "safe-response")
    first = published(world, copy_of(world))
    # What it was copied from is off the list for new courses.
    adopted.refresh_from_db()
    assert adopted.retired_on is not None
    held = course(world, first)
    ibrat = world.client("ibrat")
    ibrat.post(reverse("training:copy_adopted", args=[first.pk]))
    draft = ModuleDraft.objects.get()
    send(world, "ibrat", "draft_part", draft, PART, 1)
    second = published(world, draft)
    assert (second.version, second.based_on) == (2, "safe-response")
    assert [each.module for each in held.taught.all()] == [first]
    assert first.in_language("en").parts[0].title != second.in_language("en").parts[0].title
    text = ibrat.get(reverse("training:module", args=[second.pk])).text
    assert "Version 1" in text and reverse("training:module", args=[first.pk]) in text
    # For a new course the newer one is offered, and Panah's own not beside it.
    offered = ibrat.get(reverse("training:plan")).text
    assert str(second.pk) in offered and str(first.pk) not in offered and str(adopted.pk) not in offered


def test_a_module_is_written_from_nothing_in_one_language_then_in_a_second(world):
    ibrat = world.client("ibrat")
    answer = ibrat.post(
        reverse("training:write_module"), {"title": "Practice: scam centres", "language": "ky"}
    )
    draft = ModuleDraft.objects.get()
    assert answer.url == reverse("training:draft", args=[draft.pk])
    # Not whole yet: a sentence says what is missing.
    text = ibrat.post(reverse("training:draft_ready", args=[draft.pk])).text
    assert "no part yet" in text
    about = {
        "audience": ["migrants"], "teaches": "", "valid_months": "24", "ky_title": "Practice: scam centres",
        "ky_aims": "Practice: know the offer", "ky_disclosure": "Practice: ring the line",
    }  # fmt: skip
    assert send(world, "ibrat", "draft_about", draft, about).status_code == 302
    part = {"minutes": "30", "ky_title": "Practice part", "ky_steps": "Practice step"}
    assert send(world, "ibrat", "add_part", draft, part).status_code == 302
    ibrat.post(reverse("training:arrange_draft", args=[draft.pk]), {"language": "ru"})
    draft.refresh_from_db()
    assert set(draft.content) == {"ky", "ru"}
    # It has the words of the first language until somebody writes it.
    text = ibrat.post(reverse("training:draft_ready", args=[draft.pk])).text
    assert "still has the words of the first language" in text
    both = part | {"ru_title": "Учебная часть", "ru_steps": "Учебный шаг"}
    assert send(world, "ibrat", "draft_part", draft, both, 1).status_code == 302
    row = published(world, ModuleDraft.objects.get())
    assert row.in_language("ru").parts[0].title == "Учебная часть"
    assert row.in_language("ky").audience == ("migrants",) and row.in_language("ky").minutes == 30


@pytest.mark.parametrize(
    ("name", "wrong", "sentence"),
    [
        ("add_part", {"ru_steps": "Учебный шаг"}, "As many lines as in the other language."),
        ("add_part", {"minutes": "much"}, "write a number, in digits"),
        ("add_part", {"en_disclosure": "Ring the line."}, "Write it in each language, or in none"),
        ("add_question", {"right": ["4"]}, "There is no answer in that line."),
        ("add_question", {"right": ["1", "2", "3"]}, "One answer at least has to be wrong."),
        ("add_question", {"right": []}, "needs an answer"),
        ("add_question", {"en_options": "Nobody\nnobody\nThe press"}, "Two of the answers are the same."),
        ("add_question", {"en_options": "Nobody", "ru_options": "Никому"}, "Write two answers at least"),
    ],
)
def test_a_wrong_answer_meets_a_sentence_and_what_was_typed_stays(world, name, wrong, sentence):
    draft = copy_of(world)
    before = draft.content
    typed = (PART if name == "add_part" else QUESTION) | wrong
    answer = send(world, "ibrat", name, draft, typed)
    assert answer.status_code == 422 and sentence in answer.text
    assert (typed.get("en_title") or typed["en_text"]) in answer.text
    draft.refresh_from_db()
    assert draft.content == before


@pytest.mark.django_db(transaction=True)
def test_two_who_copy_one_module_at_one_moment_write_in_one_draft(world):
    def copying(who):
        staff, languages = world.staff[who], delivered()["safe-response"]
        return lambda: training.begin_copy(languages=languages, by=staff, at=timezone.now())

    for _round in range(4):
        first, second = at_once(copying("ibrat"), copying("saule"))
        assert first == second == ModuleDraft.objects.get()
        training.drop_draft(draft=first, by=world.staff["ibrat"], at=timezone.now())


def test_two_who_write_at_once_see_each_other_and_two_presses_add_one_part(world):
    draft = copy_of(world)
    number = len(draft.content["en"]["parts"])
    ibrat, url = world.client("ibrat"), reverse("training:add_part", args=[draft.pk])
    seen = re.search(r'name="seen" value="([^"]*)"', ibrat.get(url).text)[1]
    for _press in range(2):
        assert ibrat.post(url, PART | {"seen": seen}).status_code == 302
    draft.refresh_from_db()
    assert len(draft.content["en"]["parts"]) == number + 1
    saule = world.client("saule").post(url, PART | {"minutes": "25", "seen": seen})
    assert "changed this entry in the meantime" in saule.text and 'value="25"' in saule.text
    # Taken off twice, one part is gone, not two.
    off = {
        "part_off": str(number + 1),
        "seen": re.search(r'name="seen" value="([^"]*)"', ibrat.get(url).text)[1],
    }
    for _press in range(2):
        ibrat.post(reverse("training:arrange_draft", args=[draft.pk]), off)
    draft.refresh_from_db()
    assert len(draft.content["en"]["parts"]) == number


def test_parts_move_and_questions_go_and_a_new_one_never_takes_the_id_of_another(world):
    draft = copy_of(world)
    at, ibrat = timezone.now(), world.staff["ibrat"]
    first, second = (one["title"] for one in draft.content["en"]["parts"][:2])
    training.rearrange(draft=draft, part_earlier=1, by=ibrat, at=at)
    gone = draft.content["en"]["questions"][0]["id"]
    training.rearrange(draft=draft, question_off=gone, by=ibrat, at=at)
    draft.refresh_from_db()
    assert [one["title"] for one in draft.content["en"]["parts"][:2]] == [second, first]
    for kept in draft.content.values():
        assert gone not in {one["id"] for one in kept["questions"]}
    send(world, "ibrat", "add_question", draft, QUESTION)
    draft.refresh_from_db()
    ids = [one["id"] for one in draft.content["en"]["questions"]]
    assert len(ids) == len(set(ids))


def test_amina_and_another_society_find_no_draft(world):
    draft = copy_of(world)
    here = reverse("training:draft", args=[draft.pk])
    for who in ("amina", "elena", "rustam"):
        assert world.client(who).get(here).status_code == 404


def test_no_module_of_panah_has_the_slug_of_a_societys_own():
    assert not [slug for slug in delivered() if slug.startswith(drafting.OWN)]


def test_a_newer_version_of_panah_is_shown_beside_the_societys_own(world):
    row = published(world, copy_of(world))
    ibrat = world.client("ibrat")
    assert "There is a newer version" not in ibrat.get(reverse("training:modules")).text
    Module.objects.filter(pk=row.pk).update(based_version=0)
    text = ibrat.get(reverse("training:modules")).text
    assert "There is a newer version" in text and reverse("training:brought", args=["safe-response"]) in text
