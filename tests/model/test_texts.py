"""The texts of the operational model: complete in both languages, edited by the network as a new version."""

import copy
import html

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.network import capabilities
from panah.programmes.model import queries as model_queries
from panah.programmes.model import texts
from panah.programmes.model.models import Assessment, Edition
from panah.programmes.model.words import ELEMENTS
from tests.model.agreeing import begin, text


@pytest.fixture
def maryam(world):
    """The network coordinator is a role of Nurlan's here, so that somebody is signed in with it."""
    accounts.change_roles(
        staff=world.staff["nurlan"],
        roles=["network_coordinator"],
        branch=None,
        by=world.staff["bakyt"],
        at=world.at,
    )
    return world.client("nurlan")


def test_the_delivered_languages_say_the_same_eleven_elements_at_four_levels():
    for version, found in texts.delivered().items():
        assert set(found) == set(texts.LANGUAGES), version
        for language in texts.LANGUAGES:
            assert tuple(found[language]) == ELEMENTS, (version, language)
            for one in found[language].values():
                assert len(one["levels"]) == len(set(one["levels"])) == 4 and 3 <= len(one["evidence"]) <= 6
                assert all(text.strip() == text and len(text) > 20 for text in one["levels"])
        assert texts.differences(found) == []
        cyrillic = [one["good"] for one in found["ru"].values()]
        assert all(any("а" <= letter <= "я" for letter in text) for text in cyrillic)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one["levels"].pop(),
        lambda one: one["evidence"].append("one more"),
        lambda one: one.update(good=""),
        lambda one: one["levels"].__setitem__(2, ""),
    ],
    ids=["a level too few", "a line too many", "nothing said", "an empty level"],
)
def test_a_language_that_lags_is_found(spoil):
    found = copy.deepcopy(dict(texts.delivered()["1"]))
    spoil(found["ru"]["shelter"])
    assert texts.differences(found) == ["shelter"]


def test_every_capability_names_elements_and_levels_that_there_are():
    for name, one in capabilities.CAPABILITIES.items():
        assert one.levels, f"{name}: which levels does a society need to do it itself?"
        assert set(one.levels) <= set(ELEMENTS) and set(one.levels.values()) <= {2, 3, 4}, name


def fields(client, address, **changed):
    """What the form of one element shows, with some of it changed."""
    page = client.get(address).text
    found = {}
    for part in page.split('name="')[1:]:
        name = part.split('"')[0]
        if name[:3] in ("en_", "ru_"):
            found[name] = (
                html.unescape(part.split(">", 1)[1].split("</textarea>")[0]).strip()
                if "_title" not in name
                else html.unescape(part.split('value="')[1].split('"')[0])
            )
        elif name == "seen":
            found[name] = html.unescape(part.split('value="')[1].split('"')[0])
    return found | changed


def test_the_network_makes_a_new_version_and_an_assessment_keeps_the_one_it_began_with(world, maryam):
    old = begin(world, "amina", "elena")
    answer = maryam.post(reverse("model:begin_edition"))
    edition = Edition.objects.get()
    assert answer.url == reverse("model:edition", args=[edition.pk]) and edition.version == "1.1"
    assert maryam.post(reverse("model:begin_edition")).url == answer.url, "one draft at a time"
    address = reverse("model:change_element", args=[edition.pk, "shelter"])
    before = fields(maryam, address)
    assert before["ru_title"] == "Безопасное жильё"
    wrong = maryam.post(address, before | {"en_title": "A safe night", "ru_evidence": "одна строка"})
    assert wrong.status_code == 422 and "As many lines as in the other language" in text(wrong)
    assert 'value="A safe night"' in wrong.text
    assert maryam.post(address, before | {"en_title": "A safe night"}).status_code == 302
    again = maryam.post(address, before | {"en_title": "Overwritten"})
    assert again.status_code == 422 and "changed this entry in the meantime" in text(again)
    assert "A safe night" not in text(world.client("amina").get(reverse("model:elements"))), (
        "a draft is no version"
    )
    assert world.client("amina").get(reverse("model:elements") + "?version=1.1").status_code == 404
    maryam.post(reverse("model:publish", args=[edition.pk]))
    assert "A safe night" in text(world.client("amina").get(reverse("model:elements")))
    assert maryam.get(address).status_code == 404, "what is published stays as it is"
    assert model_queries.elements(old.version)["shelter"].title == "Shelter"
    world.client("bakyt").post(
        reverse("model:begin"),
        {"year": str(timezone.localdate().year - 1), "people": [str(world.staff["amina"].pk)]},
    )
    assert Assessment.objects.get(year=timezone.localdate().year - 1).version == "1.1"


def test_what_does_not_agree_is_not_published(world, maryam):
    maryam.post(reverse("model:begin_edition"))
    row = Edition.objects.get()
    row.texts["ru"]["hotline"]["levels"].pop()
    row.save()
    answer = maryam.post(reverse("model:publish", args=[row.pk]), follow=True)
    assert "The languages do not agree: Hotline." in text(answer)
    row.refresh_from_db()
    assert row.state == "draft"


def test_nobody_but_the_network_coordinator_edits(world):
    for name in ("bakyt", "ibrat", "amina", "rustam"):
        assert world.client(name).post(reverse("model:begin_edition")).status_code == 404
    assert not Edition.objects.exists()
