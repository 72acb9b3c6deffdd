"""What Panah puts together is said in the reader's language, whatever the pages of the colleague who caused it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext, pgettext_lazy

from panah.ground.directory.models import Organization, Service
from panah.ground.vault import queries as vault_queries
from panah.ground.work.words import (
    Joined,
    LazySentence,
    NameByLanguage,
    as_sealed,
    is_sentence,
    kept_text,
    read_text,
    rendered,
    serialized,
    text_again,
)
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from tests.cases.hours_of_detention import moment
from tests.hotline.people_sent import SENT

CYRILLIC = re.compile("[А-Яа-яЁё]")


@pytest.fixture
def elenas_russian(world, elenas):
    """Elena, whose pages are Russian; Amina and Bakyt read English."""
    world.staff["elena"].language = "ru"
    world.staff["elena"].save(update_fields=["language"])
    return elenas


def say_in_russian(world, name):
    world.staff[name].language = "ru"
    world.staff[name].save(update_fields=["language"])


def become(client, contact, world):
    client.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    return Case.objects.get()


def notes_on_page(client, case):
    page = client.get(f"/cases/{case.number}/").text
    return page[page.index('id="notes"') : page.index('id="due"')]


def typed(client, contact, **more):
    sent = {
        "note": "A bed tonight.",
        "speak": "no",
        "danger": "yes",
        "language": "ky",
        "country": "KZ",
        "tab": "a",
    }
    client.post(f"/calls/{contact.number}/", {**sent, "safe_back": "yes", "back_hours": "after nine", **more})


def test_the_notes_of_a_call_are_english_for_amina_though_elena_made_the_case_in_russian(
    world, elenas_russian, contact
):
    typed(elenas_russian, contact, do="finish")
    case = become(elenas_russian, contact, world)
    notes = notes_on_page(world.client("amina"), case)
    assert "First contact, " in notes and "Can the person speak freely? No" in notes and "Kyrgyz" in notes
    assert not CYRILLIC.search(notes)
    # The moment too, by the clock of her society.
    assert re.search(r"First contact, .* 2026, \d\d:\d\d", notes)
    say_in_russian(world, "amina")
    notes = notes_on_page(world.client("amina"), case)
    assert re.search(r" 2026, \d\d:\d\d", notes)
    assert "First contact" not in notes and "A bed tonight." in notes
    assert "киргизский" in notes or "кыргызский" in notes


def test_what_was_heard_of_danger_and_how_to_reach_the_person_can_be_read_by_who_holds_the_case(
    world, elenas_russian, contact
):
    typed(elenas_russian, contact, called="Practice Person Tulip", phone="0 700 000 01", do="finish")
    case = become(elenas_russian, contact, world)
    amina = world.client("amina")
    for address in (f"/cases/{case.number}/safety/", reverse("cases:risk", args=[case.number])):
        page = amina.get(address).text
        heard = re.search(r"Heard on the call of.*?</(p|textarea)>", page, re.DOTALL)
        assert heard and "Hurt or threatened right now? Yes" in heard[0], address
        assert not CYRILLIC.search(heard[0]), heard[0]
    kept = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="identity")
    assert "after nine" in kept["contact"] and not CYRILLIC.search(kept["contact"])


def test_what_came_late_is_said_to_each_reader_too(world, elenas_russian, contact):
    typed(elenas_russian, contact, do="finish")
    case = become(world.client("bakyt"), contact, world)
    elenas_russian.post(f"/calls/{contact.number}/", {"note": "A sister.", "speak": "yes", "tab": "b"})
    say_in_russian(world, "bakyt")
    world.client("bakyt").get(f"/calls/{contact.number}/page/")
    notes = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    late = [text for one in notes if "A sister." in (text := read_text(one.value["text"]))]
    assert late and "Typed on the call, came later" in late[0] and not CYRILLIC.search(late[0])


def test_why_a_colleague_holds_more_than_the_ceiling_is_said_to_each_reader(world):
    cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now())
    say_in_russian(world, "bakyt")
    bakyt, before = world.client("bakyt"), set(Case.objects.values_list("pk", flat=True))
    bakyt.post("/cases/settings/", {"most": "1", "do": "ceiling"})
    owner = str(world.staff["amina"].pk)
    sent = {"age_group": "unknown", "urgency": "today", "owner": owner, "beyond": "nobody else"}
    bakyt.post("/cases/new/", sent)
    case = Case.objects.exclude(pk__in=before).get()
    assert "Beyond the ceiling: nobody else" in notes_on_page(world.client("amina"), case)
    assert "Beyond the ceiling" not in notes_on_page(bakyt, case)


def test_people_of_a_sheet_are_told_apart_without_a_word_of_ours(world, elenas_russian, contact):
    elenas_russian.post(f"/calls/{contact.number}/people/", {**SENT, "owner": str(world.staff["amina"].pk)})
    labels = [
        vault_queries.value_of(keys=world.keys("amina"), file=one.file_id, part="worklabel")["text"]
        for one in Case.objects.all()
    ]
    assert labels and not any(CYRILLIC.search(label) for label in labels), labels


def test_what_must_happen_by_a_deadline_is_said_to_each_reader(world):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now())
    say_in_russian(world, "amina")
    amina, until = world.client("amina"), timezone.now() + timedelta(hours=20)
    given = {"kind": "police", "country": "KZ", "before": "judge", "lawyer": "no", **moment("until", until)}
    assert amina.post(f"/cases/{case.number}/visits/where/", given).status_code == 302
    for address in (f"/cases/{case.number}/", f"/cases/{case.number}/dates/"):
        assert "brought before a judge" in world.client("bakyt").get(address).text, address
    assert "brought before a judge" not in amina.get(f"/cases/{case.number}/dates/").text


def test_a_society_that_must_answer_is_called_by_its_name_in_each_language(world):
    south = world.societies["south"]
    south.name_ru = "Общество Юга"
    south.save(update_fields=["name_ru"])
    kept = serialized(LazySentence(_("%(who)s has not answered yet"), who=NameByLanguage(south.name_in)))
    assert south.name_en in rendered(kept)
    with override("ru"):
        assert "Общество Юга" in rendered(kept)


def test_a_word_with_a_context_is_found_again():
    kept = serialized(pgettext_lazy("a visit", "refused"))
    with override("ru"):
        assert rendered(kept) == pgettext("a visit", "refused") != "refused"
    assert rendered(kept) == "refused"


def test_a_sentence_with_a_context_keeps_what_it_names_when_it_is_kept_in_another_place():
    with_context = LazySentence(pgettext_lazy("a visit", "refused %(who)s"), who="Practice Person")
    kept = serialized(LazySentence(_("%(who)s has not answered yet"), who=with_context))
    assert rendered(kept) == "refused Practice Person has not answered yet"
    assert rendered(serialized(as_sealed(kept))) == rendered(kept)


@pytest.mark.parametrize("typed", ['{"say": "Deadline: %(kind)s", "ours": true}', "100 %(who)s {0} {{ x }}"])
def test_a_text_that_looks_like_a_kept_sentence_is_read_word_for_word(world, elenas, contact, typed):
    elenas.post(f"/calls/{contact.number}/", {"note": typed, "tab": "a", "do": "finish"})
    case = become(elenas, contact, world)
    assert typed in unescape(notes_on_page(world.client("amina"), case))
    whole = Joined("\n", [typed, LazySentence(_("%(who)s has not answered yet"), who=typed)])
    assert read_text(kept_text(whole)) == f"{typed}\n{typed} has not answered yet"
    assert read_text(kept_text(text_again(kept_text(whole)))) == read_text(kept_text(whole))
    assert not is_sentence(typed)


def test_a_service_whose_number_was_given_is_called_by_its_name_in_each_language(
    world, elenas_russian, contact
):
    north = {"iso2": "XA", "society": world.societies["north"]}
    ngo = Organization.objects.create(name_en="Practice Aid", kind="NGO", **north)
    names = {"name_en": "Practice legal advice", "name_ru": "Учебная помощь юриста"}
    service = Service.objects.create(organization=ngo, status="active", **names, **north)
    address = f"/calls/{contact.number}/services/"
    elenas_russian.post(address, {"service": str(service.pk)})
    for page in (address, f"/calls/{contact.number}/page/"):
        assert "Practice legal advice" in world.client("bakyt").get(page).text, page
        assert "Учебная помощь юриста" in elenas_russian.get(page).text, page
    typed(elenas_russian, contact, do="finish")
    case = become(elenas_russian, contact, world)
    assert "Practice legal advice" in notes_on_page(world.client("amina"), case)
