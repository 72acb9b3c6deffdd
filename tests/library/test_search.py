"""The search of the library and the documents that are alike, as colleagues use them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.programmes.library import actions as library
from panah.programmes.library import queries
from panah.programmes.library.models import Block, Document, Entry, Term
from tests.library.searching import found, link, look, text
from tests.library.shelved import put


@pytest.fixture
def shelf(world):
    bakyt = world.staff["bakyt"]
    law = {"kind": "law", "countries": ["kz"], "instruments": ["palermo"]}
    return {
        "ru": put(bakyt, "Закон о противодействии торговле людьми", ["Общие положения.", "Помощь пострадавшим от торговли людьми."], language="ru", **law),
        "kk": put(bakyt, "Адам саудасына қарсы заң", "Адам саудасынан зардап шеккендерге көмек Қазақстанда.", language="kk", **law),
        "uz": put(bakyt, "Odam savdosiga qarshi kurash", "Odam savdosidan jabr koʻrganlarga yordam.", language="uz", kind="leaflet"),
        "en": put(bakyt, "Trafficking in human beings", "Assistance to victims of trafficking.", visibility="public", state="replaced"),
    }  # fmt: skip


def test_amina_finds_documents_in_her_own_letters_and_opens_the_page_with_the_words_marked(world, shelf):
    amina = world.client("amina")
    first = look(amina, "торговли людьми")
    assert found(first) == [shelf["ru"].title]
    assert "another alphabet" not in text(first)
    # The same in Latin letters, and Uzbek of one script by the other; each hit says so.
    for typed, one in (("torgovlya lyudmi", "ru"), ("adam saudasy", "kk"), ("одам савдоси", "uz")):
        answer = look(amina, typed)
        assert found(answer) == [shelf[one].title], typed
        assert "found in another alphabet" in text(answer)
        assert shelf[one].title not in found(look(amina, typed, exact="on")), typed
    # The page that has most of the words, and no word of hers in its address.
    there = link(first, shelf["ru"].title)
    assert "/found/2/" in there
    assert re.fullmatch(r"words=~[\w-]{100,}", there.split("?")[1])
    opened = amina.get(there).content.decode()
    assert "<mark>торговли</mark>" in opened
    assert "in force" in text(amina.get(there))
    replaced = look(amina, "assistance victims")
    assert "no longer in force" in text(replaced)
    found_page = text(amina.get(link(replaced, shelf["en"].title)))
    assert "This document is no longer in force." in found_page
    assert "replaced" not in text(replaced) + found_page, "what came after it may be confidential"


def test_what_is_in_force_stands_above_what_it_replaced(world):
    bakyt = world.staff["bakyt"]
    old = put(bakyt, "Plan of action of two years", "Plan of action. One branch answers.", state="replaced")
    new = put(bakyt, "Plan of action of the society", f"Plan of action. {'Every branch answers. ' * 30}")
    for words in ("plan of action", "план"):
        assert found(look(world.client("amina"), words))[:2] == [new.title, old.title], words
    assert found(look(world.client("amina"), "plan", state="replaced")) == [old.title]
    nothing = text(look(world.client("amina"), "левиафан"))
    assert "try the English word too" in nothing


def test_phrases_filters_and_slips_of_the_finger(world, shelf):
    amina = world.client("amina")
    assert found(look(amina, '"victims of trafficking"')) == [shelf["en"].title]
    assert not found(look(amina, '"trafficking victims"'))
    # A slip is forgiven, and said.
    slip = look(amina, "victmis")
    assert found(slip) == [shelf["en"].title]
    said = text(slip)
    assert "You typed “victmis”. Shown for “victims”." in said[said.index("Found: 1") :]
    # Also one that sounds as the word does.
    assert "You typed “victtims”. Shown for “victims”." in text(look(amina, "victtims"))
    assert "You typed" not in text(look(amina, "victim assist"))
    # A right word that nobody has written is not changed into one of another alphabet.
    put(world.staff["bakyt"], "Reports on labour", "A report on wages.")
    nothing = look(amina, "депортация")
    assert not found(nothing) and "Nothing here has the word “депортация”." in text(nothing)
    unknown = look(amina, "торговля левиафан")
    assert "Nothing here has the word “левиафан”." in text(unknown)
    assert "Nothing here has all the words." in text(unknown)
    assert found(look(amina, kind="law")) == found(look(amina, country="kz", instrument="palermo"))
    assert sorted(found(look(amina, kind="law"))) == sorted([shelf["ru"].title, shelf["kk"].title])
    assert found(look(amina, kind="law", language="kk")) == [shelf["kk"].title]
    assert found(look(amina, "адам", state="in_force")) == [shelf["kk"].title]
    assert found(look(amina)) == []


def test_what_is_changed_withdrawn_or_made_confidential_is_found_so_from_then_on(world, shelf):
    amina, uz = world.client("amina"), shelf["uz"]
    Document.objects.filter(pk=uz.pk).update(title="Bolalar huquqlari")
    library.index_document(Document.objects.get(pk=uz.pk))
    assert library.index_waiting(at=timezone.now()) == 1
    assert found(look(amina, "болалар ҳуқуқлари")) == ["Bolalar huquqlari"]
    # Out of the index that all read at once, before the worker comes.
    Document.objects.filter(pk=uz.pk).update(visibility="confidential")
    library.index_document(Document.objects.get(pk=uz.pk))
    assert not Term.objects.filter(term__contains="bolalar").exists()
    library.index_waiting(at=timezone.now())
    assert not Term.objects.filter(term__contains="bolalar").exists()
    assert not found(look(amina, "болалар"))
    assert found(look(world.client("bakyt"), "болалар")) == ["Bolalar huquqlari"]
    for one in shelf.values():
        library.unindex(one)
    assert not (Term.objects.exists() or Block.objects.exists() or Entry.objects.exists())


def test_similar_documents_say_why_and_unlike_ones_are_left_out(world, shelf):
    bakyt = world.staff["bakyt"]
    words = (
        "Red Crescent shelters receive survivors of trafficking with cultural mediators and legal counselling"
    )
    one = put(bakyt, "Shelters for survivors", words)
    put(bakyt, "Guide for shelters", f"Legal counselling for survivors. {words}")
    put(
        bakyt,
        "Vaccination of cattle",
        "Livestock disease, pasture rotation, veterinary doses and storage of vaccine.",
    )
    for turn in range(12):
        put(bakyt, f"Flood relief {turn}", f"Blankets stoves pumps tents sandbags boats number{turn}")
    amina = world.client("amina")
    told = text(amina.get(reverse("library:similar", args=[one.number])))
    assert "Guide for shelters" in told
    assert "shared words:" in told
    assert "survivors" in told
    assert "cattle" not in told
    assert "Flood" not in told
    # On the document's own page they stand too: as a link, which a script replaces by the list alone.
    address = reverse("library:similar", args=[one.number])
    assert f'hx-get="{address}"' in amina.get(reverse("library:document", args=[one.number])).content.decode()
    part = amina.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Guide for shelters" in part and "<html" not in part
    # Across languages by the treaty and the country, and it says so.
    other = text(amina.get(reverse("library:similar", args=[shelf["ru"].number])))
    assert shelf["kk"].title in other
    assert "the same treaty or law:" in other
    assert "in another language: found by names, treaties and words that sound alike" in other
    assert "No document is alike enough" in text(
        amina.get(reverse("library:similar", args=[shelf["uz"].number]))
    )


def test_a_list_of_hits_asks_the_same_number_of_questions_however_long_it_is(
    world, django_assert_max_num_queries
):
    amina, bakyt = world.staff["amina"], world.staff["bakyt"]
    put(bakyt, "Shelters", "shelter")
    for turn in range(25):
        put(bakyt, f"Shelters {turn}", "shelter and counselling")
    with django_assert_max_num_queries(16):
        result = queries.search("shelter cuonselling", to=amina)
    assert (len(result.hits), result.count, result.more) == (20, 25, True)
    assert len(queries.search("shelter counselling", to=amina, first=20).hits) == 5
