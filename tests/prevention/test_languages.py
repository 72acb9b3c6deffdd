"""The safe-response card and the printed plans in the languages of the region."""

import re

import pytest
from django.urls import reverse

from panah.programmes.prevention.models import Plan
from panah.programmes.training.curricula import delivered
from tests.region import TAGS, not_said, sentences

TOLD = re.compile(r"No native speaker has checked: [^<]+")


@pytest.mark.parametrize("more", [{}, {"minor": "1"}])
def test_the_card_says_every_step_in_each_language(world, more):
    elena, card = world.client("elena"), reverse("prevention:card")
    pages = {tag: TOLD.sub("", elena.get(card, {"in": tag} | more).text) for tag in ("en", *TAGS)}
    assert not {tag: left for tag in TAGS if (left := not_said(tag, pages[tag], pages["en"]))}
    numbers = {len(sentences(one.partition("<article")[2].partition("</main>")[0])) for one in pages.values()}
    assert len(numbers) == 1, "each language says as much as the others"


def test_colleagues_are_told_that_nobody_checked_the_card_and_paper_does_not_say_it(world):
    page = world.client("elena").get(reverse("prevention:card"), {"in": "kk", "minor": "1"}).text
    assert TOLD.search(page)[0].strip() == "No native speaker has checked: Kazakh."
    assert not TOLD.search(page.partition('<article class="paper"')[2])
    assert "&amp;minor=1" in page and 'href="?in=uz-cyrl' in page
    assert not TOLD.search(world.client("elena").get(reverse("prevention:card"), {"in": "ru"}).text)


def test_a_plan_is_printed_with_its_frame_in_the_language_and_its_text_in_russian_where_it_has_none(world):
    ibrat = world.client("ibrat")
    sheet = reverse("prevention:module_sheet", args=["safe-response"])
    assert sheet in ibrat.get(reverse("prevention:module", args=["safe-response"])).text
    kyrgyz, russian = (ibrat.get(sheet, {"in": tag}).text for tag in ("ky", "ru"))
    title = re.search(r'<h1 lang="ru">([^<]+)</h1>', kyrgyz)[1]
    assert title in russian and "Максаттар" in kyrgyz and "18ге чыга элексизби?" in kyrgyz
    assert '<h1 lang="en">' in ibrat.get(sheet, {"in": "en"}).text
    frames, titles = {}, [part.title for part in delivered()["safe-response"]["ru"].parts]
    for tag in ("ru", "en", *TAGS):
        text = TOLD.sub("", ibrat.get(sheet, {"in": tag}).text)
        frames[tag] = sentences(text, titles)
    for tag in TAGS:
        own = frames[tag] - frames["ru"]
        assert not not_said(
            tag, "".join(f"<p>{one}</p>" for one in own), "".join(f"<p>{one}</p>" for one in frames["en"])
        )
        assert len(frames[tag] & frames["ru"]) < len(frames["ru"]) - 15, (
            "control: the frame speaks its own language"
        )
    assert world.client("elena").get(sheet).status_code == 404


def test_a_plan_of_the_society_is_printed_too(world):
    ibrat = world.client("ibrat")
    said = {"title": "Practice plan", "language": "ky", "minutes": "40", "aims": "One", "steps": "Two\nThree"}
    ibrat.post(reverse("prevention:write_plan"), said)
    row = Plan.objects.get()
    page = ibrat.get(reverse("prevention:own_plan_sheet", args=[row.pk]), {"in": "tg"}).text
    assert '<h1 lang="ky">Practice plan</h1>' in page and "Қадамҳо" in page and "Three" in page
