"""Cases on paper: the first sheet, the list for many people, a summary for a meeting in numbered copies."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.vault import queries as vault_queries
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.cases.words import read_aloud
from tests.cases.case_pages import NAME, at, opened
from tests.cases.typed_days import day


def numbers(page):
    """The numbers before the questions of a page, in their order."""
    return [int(one) for one in re.findall(r">\s*(\d{1,2})\. [^<]", page)]


def test_the_first_sheet_and_the_page_on_which_it_is_typed_in_have_the_same_numbers(world):
    amina = world.client("amina")
    sheet = numbers(amina.get(reverse("cases:sheet", args=["case"])).text)
    page = numbers(amina.get(reverse("cases:open"), {"from": "paper"}).text)
    assert sheet == page == list(range(1, len(sheet) + 1)) and len(sheet) >= 7
    assert not numbers(amina.get(reverse("cases:open")).text), "without paper there are no numbers"


def test_a_case_typed_in_keeps_the_day_of_the_paper_and_who_wrote_it(world):
    amina, on = world.client("amina"), timezone.localdate() - timedelta(days=2)
    typed = {"called": NAME, "age_group": "unknown", "urgency": "today", "paper_by": "Elena, volunteer"}
    address = reverse("cases:open") + "?from=paper"
    assert "Date on the paper" in amina.get(address).text
    assert amina.post(address, typed).status_code == 422
    answer = amina.post(address, {**typed, **day("paper_on", on)})
    assert answer.status_code == 302
    page = amina.get(answer["Location"]).text
    assert "Taken on paper:" in page and "by Elena, volunteer" in page


def test_the_list_is_typed_in_by_its_lines_with_what_was_seen(world):
    amina, on = world.client("amina"), timezone.localdate()
    sheet = amina.get(reverse("cases:sheet", args=["group"])).text
    assert all(f'<th scope="row">{number}</th>' in sheet for number in (1, 17, 30))
    assert (
        numbers(sheet)
        == numbers(amina.get(reverse("cases:group"), {"from": "paper"}).text)
        == list(range(1, 9))
    )
    rows = {"p0_looks": "blue jacket", "p4_called": NAME, "p4_age": "adult"}
    about = {"title": "Site 7", "informer": "none", "paper_by": "Elena", **day("paper_on", on)}
    assert amina.post(reverse("cases:group") + "?from=paper", {**about, **rows}).status_code == 302
    keys = world.keys("amina")
    labels = {
        vault_queries.value_of(keys=keys, file=case.file_id, part="worklabel")["text"]
        for case in Case.objects.all()
    }
    assert labels == {"Site 7, № 1, blue jacket", "Site 7, № 5"}
    papers = [
        vault_queries.value_of(keys=keys, file=case.file_id, part="onpaper") for case in Case.objects.all()
    ]
    assert papers == [{"on": on.isoformat(), "by": "Elena"}] * 2


@pytest.mark.parametrize("tag", ["kk", "ky", "uz", "tg", "tk", "en", "ru"])
def test_the_list_brings_what_is_said_to_all_and_asked_of_each_in_the_languages_of_consent(world, tag):
    page = world.client("amina").get(reverse("cases:sheet", args=["group"]), {"in": "ru", "aloud": tag}).text
    said, checked = read_aloud.said_to_a_group(tag)
    assert len(said) == 4 and all(one in page for one in said)
    asked = re.findall(rf'<p lang="{tag}">([^<]+)</p>', page)
    assert len(asked) == 6, "four to all, two to each"
    assert ("с детства, ещё не проверил эти слова" in page) == (not checked) == (tag not in ("en", "ru"))


def test_a_summary_is_printed_in_numbered_copies_without_a_name_and_journalled(world):
    case, amina = opened(world), world.client("amina")
    need = {"type": "shelter", "horizon": "now", "do": "A bed in a quiet room", "state": "planned"}
    cases.write_need(keys=world.keys("amina"), case=case, need=need, at=timezone.now())
    assert amina.post(at("summary", case), {"parts": ["need"], "copies": "3"}).status_code == 422
    assert not Entry.objects.filter(event="cases:summary:printed").exists()
    page = amina.post(at("summary", case), {"parts": ["need", "clock"], "copies": "3", "known": "on"}).text
    assert [f"Copy {number} of 3" in page for number in (1, 2, 3)] == [True] * 3
    articles = page[page.index("<article") :]
    assert "A bed in a quiet room" in articles
    for telling in (NAME, "+000 17", "small bag", "Practice Society", "Red Crescent", "traffick"):
        assert telling not in articles
    assert Entry.objects.filter(event="cases:summary:printed").exists()
    assert world.client("cholpon").get(at("summary", case)).status_code == 404


def test_the_paper_kit_leads_to_every_sheet(world):
    page = world.client("elena").get(reverse("hotline:paper")).text
    for address in (reverse("cases:sheet", args=["case"]), reverse("cases:sheet", args=["group"])):
        assert f"{address}?in=ru" in page
    for tag in ("kk", "ky", "uz", "tg", "tk", "ru", "en"):
        assert f"{reverse('consent:sheet')}?aloud={tag}" in page
        assert f"{reverse('cases:sheet', args=['group'])}?in={tag}&amp;aloud={tag}" in page
