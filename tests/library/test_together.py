"""Good practices and meetings are found where documents are: in the reader's alphabet, and nobody finds a draft."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation.models import Practice
from panah.programmes.cooperation.words import PracticeState
from panah.programmes.library import queries
from tests.cooperation.network_space import here, passed_on
from tests.library.searching import found, link, look, text
from tests.library.shelved import put

TITLE = "Письмо, которое открывает двери консульства"


def practice(world, title=TITLE, *, state=PracticeState.PUBLISHED, **said):
    """A practice of North as it is after its review."""
    out = {"published_by": world.staff["saule"], "published_on": timezone.localdate()}
    out |= {"reviewed_on": timezone.localdate(), "reviewer": world.societies["south"]}
    words = {
        "need": "Люди ждали неделями.",
        "done": "Одно письмо с тремя подписями.",
        "language": "ru",
    } | said
    return Practice.objects.create(
        society=world.societies["north"], title=title, state=state, edited_at=timezone.now(),
        changed_by=world.staff["bakyt"], **words, **(out if state == PracticeState.PUBLISHED else {}),
    )  # fmt: skip


def meeting(world, title="Practice meeting", agenda=""):
    return cooperation.save_meeting(
        title=title, held_on=timezone.localdate(), place="Practice: Arna", agenda=agenda, by=world.staff["bakyt"],
        at=timezone.now(),
    )  # fmt: skip


def test_amina_finds_a_practice_in_her_alphabet_among_documents_and_opens_it(world):
    row = practice(world, provisions=["palermo/9"])
    put(world.staff["bakyt"], "О консульствах", "Письмо консульства.", language="ru")
    amina = world.client("amina")
    answer = look(amina, "три подписи")
    assert found(answer) == [TITLE] and "Good practice" in text(answer)
    assert "<mark>подписями</mark>" in answer.content.decode()
    assert amina.get(link(answer, TITLE)).status_code == 200 and here("practice", row.pk) == link(
        answer, TITLE
    )
    latin = look(amina, "podpisyami")
    assert found(latin) == [TITLE] and "found in another alphabet" in text(latin)
    assert not found(look(amina, "podpisyami", exact="on"))
    assert found(look(amina, '"тремя подписями"')) == [TITLE] and not found(look(amina, '"подписями тремя"'))
    assert sorted(found(look(amina, "письмо консульства"))) == sorted([TITLE, "О консульствах"])
    assert (
        found(look(amina, "письмо", kind="practice")) == found(look(amina, instrument="palermo")) == [TITLE]
    )
    assert "You typed “подпсиями”. Shown for “подписями”." in text(look(amina, "подпсиями"))
    # From the list of practices one gets there, with the kind chosen.
    page = amina.get(here("practices")).content.decode()
    assert "Search good practices" in page and 'name="kind" value="practice"' in page


def test_a_meeting_is_found_by_what_it_decided_and_by_nobodys_name(world):
    row = meeting(world, agenda="Shelter standards along the corridor")
    cooperation.add_decision(
        meeting=row, text="Ask the consulate about travel papers", owner=str(world.staff["amina"].pk),
        due_on=timezone.localdate() + timedelta(days=9), by=world.staff["bakyt"], at=timezone.now(),
    )  # fmt: skip
    cooperation.add_paper(
        meeting=row, title="Draft of a memorandum", where="", by=world.staff["bakyt"], at=timezone.now()
    )
    cholpon = world.client("cholpon")
    for words in ("standards", "travel papers", "memorandum", "Arna"):
        assert found(look(cholpon, words, kind="meeting")) == ["Practice meeting"], words
    assert link(look(cholpon, "memorandum"), "Practice meeting") == here("meeting", row.pk)
    assert not found(look(cholpon, world.staff["amina"].name))


def test_a_paper_of_a_meeting_leads_to_its_document_for_those_who_may_read_it(world):
    row, bakyt = meeting(world), world.staff["bakyt"]
    open_one, hidden = put(bakyt, "Memorandum"), put(bakyt, "Hidden paper", visibility="confidential")
    for where in (open_one.number.lower(), hidden.number, "https://example.org/paper", "in the cupboard"):
        cooperation.add_paper(meeting=row, title="x", where=where, by=bakyt, at=timezone.now())
    own, hers = (text(world.client(who).get(here("meeting", row.pk))) for who in ("bakyt", "cholpon"))
    assert "Memorandum" in own and "Hidden paper" in own
    assert "Memorandum" in hers and "Hidden paper" not in hers and hidden.number in hers
    assert "in the cupboard" in hers and "https://example.org/paper" in hers


@pytest.mark.parametrize("who", ["amina", "bakyt", "daler"])
def test_nobody_finds_a_draft_and_another_society_nothing_that_it_was_not_told(world, who):
    practice(world, state=PracticeState.DRAFT)
    if who == "daler":
        practice(world, "Закрытая практика", done="Подписями и печатями.")
        meeting(world, agenda="Подписями")
    shown = look(world.client(who), "подписями")
    assert not found(shown) and "Nothing here has the word" in text(shown)


def test_what_north_tells_is_found_in_the_south_as_its_word_until_it_is_taken_back(world, paired):
    row, held = practice(world), meeting(world, "Встреча о подписях")
    for kind, one in (("practice", row), ("meeting", held)):
        cooperation.share(kind=kind, entry=one.pk, shared=True, by=world.staff["bakyt"], at=timezone.now())
    passed_on(world)
    daler = world.client("daler")
    answer = look(daler, "подписи")
    assert sorted(found(answer)) == sorted([TITLE, "Встреча о подписях"]) and "says so" in text(answer)
    assert TITLE in text(daler.get(link(answer, TITLE)))
    cooperation.share(kind="practice", entry=row.pk, shared=False, by=world.staff["bakyt"], at=timezone.now())
    passed_on(world)
    assert found(look(daler, "подписи")) == ["Встреча о подписях"]


def test_a_changed_text_is_found_by_its_new_words_and_many_cost_no_more_questions(
    world, django_assert_max_num_queries
):
    row, amina = practice(world), world.staff["amina"]
    assert queries.search("подписями", to=amina).count == 1
    Practice.objects.filter(pk=row.pk).update(done="Одна печать.")
    assert not queries.search("подписями", to=amina).count and queries.search("печать", to=amina).count == 1
    queries.search("печать", to=amina)
    for turn in range(25):
        practice(world, f"Практика {turn}", done="Круглая печать.")
    with django_assert_max_num_queries(7):
        result = queries.search("печать", to=amina)
    assert (len(result.hits), result.count, result.more) == (20, 26, True)
