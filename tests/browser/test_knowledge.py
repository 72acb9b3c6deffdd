"""Knowledge tests and certificates as trainers, pupils and whoever is shown a certificate see them."""

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from tests.browser.conftest import press
from tests.training.knowing import completed_course, course_with_bank, issued, prepared

PUPILS = [f"Aigul Practice{one}" for one in "abcdef"]


def an_open_test(world, when="before"):
    one = course_with_bank(world, *PUPILS)
    test = prepared(world, one, when)
    training.open_test(test=test, shuffled=False, by=world.staff["elena"], at=timezone.now())
    return one, test, reverse("knowledge", args=[training_queries.token_of(test.pk)])


def test_a_pupil_without_scripts_answers_the_test_on_a_telephone_and_reads_what_was_right(world, visit):
    _one, test, address = an_open_test(world, "after")
    page = visit(None, address, width=360, scripts=False)
    page.get_by_label("Who are you?").select_option(label="2. Aigul P.")
    for each in training_queries.questions_of(test, "en"):
        for place in each.question.right:
            page.locator(f"input[name=question-{each.number}][value='{place}']").check()
    press(page.get_by_role("button", name="Hand it in"))
    expect(page.get_by_text("10 of 10 questions were right")).to_be_visible()
    assert page.context.cookies() == []


def test_whoever_is_shown_a_certificate_checks_it_on_a_telephone_in_russian(world, visit):
    one = completed_course(world, "Aigul Toktosunova")
    (row,) = issued(world, one, language="ru")
    address = reverse("certificate", args=[training_queries.token_of(row.pk)])
    page = visit(None, address, width=360, scripts=False)
    press(page.get_by_role("link", name="Русский"))
    page.get_by_label("Имя на сертификате").fill("Айгуль Токтосунова")
    press(page.get_by_role("button", name="Проверить"))
    expect(page.get_by_text("Действует.")).to_be_visible()
    expect(page.get_by_role("link", name="Уйти с этой страницы")).to_be_visible()
    assert page.title() == "Информация" and page.context.cookies() == []
