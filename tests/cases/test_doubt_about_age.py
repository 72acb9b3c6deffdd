"""Whoever calls herself an adult is asked about the doubt; until it is answered, what stood stays."""

import pytest
from django.urls import reverse

from panah.ground.accounts.models import Staff
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.cases.queries import sealed_age

SAYS_ADULT = {"said": "adult", "basis": "said", "remark": "Practice: told on the telephone"}


@pytest.fixture(params=["adult", "child", "unknown"])
def case(world, request):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=world.at, age_group=request.param, language="uz"
    )


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_adult_by_her_own_word_is_asked_about_the_doubt_and_what_stood_stays(world, case, language):
    Staff.objects.filter(username="amina").update(language=language)
    amina, stood = world.client("amina"), case.age_group
    page = amina.post(reverse("cases:age", args=[case.number]), SAYS_ADULT)
    assert page.status_code == 422 and "Practice: told on the telephone" in page.text
    said = {"en": "Whether the person could be a child was not asked", "ru": "не ребёнок ли это, не задан"}
    assert said[language] in page.text
    case.refresh_from_db()
    assert (case.age_group, sealed_age(keys=world.keys("amina"), file=case.file_id)) == (stood, stood)


def test_with_a_clear_no_to_the_doubt_it_is_an_adult(world, case):
    amina = world.client("amina")
    kept = amina.post(reverse("cases:age", args=[case.number]), SAYS_ADULT | {"doubt": "no"})
    assert kept.status_code == 302
    case.refresh_from_db()
    assert case.age_group == "adult"


def test_of_an_adult_who_counts_as_not_known_from_now_on_the_page_says_so(world):
    keys = world.keys("amina")
    case = cases.open_case(keys=keys, by=world.staff["amina"], at=world.at, age_group="adult", language="uz")
    told = SAYS_ADULT | {"doubt": "unknown"}
    page = world.client("amina").post(reverse("cases:age", args=[case.number]), told, follow=True).text
    assert "From now on the age counts as not known" in page
    case.refresh_from_db()
    assert case.age_group == "unknown"


OPENS = {"urgency": "today", "language": "uz", "called": "Practice Person Tulip"}


def test_opening_a_case_of_an_adult_asks_about_the_doubt_and_loses_nothing(world):
    page = world.client("amina").post(reverse("cases:open"), OPENS | {"age_group": "adult"})
    assert page.status_code == 422 and "could be a child is asked first" in page.text
    assert "Practice Person Tulip" in page.text and not Case.objects.exists()


@pytest.mark.parametrize(
    ("said", "doubt", "counts"),
    [
        *(("adult", "no", "adult"), ("adult", "yes", "child"), ("adult", "unknown", "unknown")),
        *(("unknown", "none", "unknown"), ("unknown", "unknown", "child"), ("child", "no", "child")),
    ],
)
def test_a_case_is_opened_as_an_adults_only_where_there_is_no_doubt(world, said, doubt, counts):
    world.client("amina").post(reverse("cases:open"), OPENS | {"age_group": said, "doubt": doubt})
    assert Case.objects.get().age_group == counts
