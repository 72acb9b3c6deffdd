"""A class of 38, five who came uninvited: from the list to certificates, by the pages alone."""

import re

import pypdfium2
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.programmes.training.models import AnswerSheet, Certificate, Course, Enrolment
from panah.programmes.training.queries import pre_post
from tests.training.knowing import BANK, module_with_bank

PUPILS = [f"Pupil{chr(97 + one // 26)}{chr(97 + one % 26)} Practice" for one in range(38)]
UNINVITED = [f"Guest{chr(97 + one)} Sample" for one in range(5)]


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def answer_on_phones(trainer, course, when, people, *, wrong):
    """The trainer opens the test; each of these answers on a telephone of her own, without an account."""
    trainer.post(reverse("training:test", args=[course.pk, when]))
    test = course.tests.get(when=when)
    trainer.post(reverse("training:test_phones", args=[test.pk]))
    page = trainer.get(reverse("training:test", args=[course.pk, when])).text
    address = re.search(r'href="http://[^/]+(/k/[^"]+)"', page)[1]
    right = {each.id: list(each.right) for each in BANK}
    for row in people:
        phone = Client()
        form = {"who": str(row.pk), "name": ""}
        form["once"] = re.search(r'name="once" value="([^"]+)"', phone.get(address).text)[1]
        for number, (_module, question) in enumerate(test.asked, start=1):
            form[f"question-{number}"] = [1] if number <= wrong else right[question]
        assert "Your answers are in" in phone.post(address, form).text
    trainer.post(reverse("training:test_phones", args=[test.pk]), {"close": "1"})
    return test


def test_38_pupils_and_five_guests_from_the_list_to_their_certificates(world):
    ibrat, elena, today = world.client("ibrat"), world.client("elena"), timezone.localdate()
    module = module_with_bank(world)
    ibrat.post(
        reverse("training:plan"),
        {"title": "Practice: 38 pupils", "modules": [module.pk], "trainers": [world.staff["elena"].pk],
         "audience": "pupils", "language": "ru", "place": "School 7", "places": "60", "begins": "10:00",
         "level": "basic", "enough_present": "80", "enough_right": "70"} | day("on", today),
    )  # fmt: skip
    course = Course.objects.get()
    ibrat.post(reverse("training:names", args=[course.pk]), {"names": "\n".join(PUPILS)})
    pupils = list(course.enrolments.all())

    # Before: twenty on telephones, eighteen on paper.
    before = answer_on_phones(elena, course, "before", pupils[:20], wrong=6)
    typed = {f"person-{row.pk}": "0 0 0 0 0 0 1 1 1 1" for row in pupils[20:]}
    paper = day("paper_on", today) | {"paper_by": "Elena"}
    assert elena.post(reverse("training:test_typed", args=[before.pk]), typed | paper).status_code == 302

    # Two are not there, five come uninvited.
    session = course.sessions.get()
    elena.post(
        reverse("training:register", args=[session.pk]),
        {"absent": [str(row.pk) for row in pupils[:2]], "added": "\n".join(UNINVITED)},
    )
    assert course.enrolments.count() == 43

    # After: the guests too; one of them fails, and one pupil hands nothing in.
    there = [*pupils[2:37], *course.enrolments.filter(came_by="walk_in")]
    answer_on_phones(elena, course, "after", there[:-1], wrong=1)
    after = course.tests.get(when="after")
    elena.post(
        reverse("training:test_typed", args=[after.pk]),
        {f"person-{there[-1].pk}": "0 0 0 0 0 0 0 0 0 0"} | paper,
    )
    change = pre_post(course)
    assert len(change.pairs) == 35 and (change.only_before, change.only_after) == (3, 5)
    assert all(before < after for before, after in change.pairs)

    elena.post(reverse("training:settle", args=[course.pk]))
    here = reverse("training:certificates", args=[course.pk])
    assert "39 people have no certificate yet" in elena.get(here).text
    elena.post(here, {"language": "ru"})
    assert Certificate.objects.count() == 39 == len(set(Certificate.objects.values_list("number", flat=True)))
    printed = pypdfium2.PdfDocument(
        elena.get(reverse("training:print_certificates", args=[course.pk])).content
    )
    assert len(printed) == 39
    first = " ".join(printed[0].get_textpage().get_text_range().split())
    assert "Pupilac Practice" in first and "Сертификат" in first

    # Her grandmother checks it by the address on the paper; a thief of the database reads no name anywhere.
    address = re.search(r"http://\S+?(/c/\S+/)", first)[1]
    assert "Действует." in Client().post(f"{address}?in=ru", {"name": "Pupilac Practice"}).text
    for model in (Enrolment, Certificate, AnswerSheet):
        kept = repr(list(model.objects.values()))
        assert "Pupil" not in kept and "Guest" not in kept
