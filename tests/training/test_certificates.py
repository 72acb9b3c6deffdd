"""Certificates: issued to who completed a course, printed, checked by whoever is shown one, corrected, revoked."""

from datetime import timedelta

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.training.models import Certificate
from panah.programmes.training.sealed_names import sealed_name
from tests.training.conftest import course, volunteer
from tests.training.knowing import completed_course, course_with_bank, issued, module_with_bank, settled
from tests.training.printed_certificates import NAME, PUPILS, address, check, printed


@pytest.fixture
def one(world):
    return completed_course(world, *PUPILS)


@pytest.fixture
def aiguls(world, one):
    return issued(world, one)[0]


def test_elena_issues_a_certificate_to_each_who_completed_and_pressing_twice_issues_no_second(world, one):
    elena, here = world.client("elena"), reverse("training:certificates", args=[one.pk])
    assert "2 people have no certificate yet" in elena.get(here).text
    for _press in range(2):
        assert elena.post(here, {"language": "ru"}).status_code == 302
    rows = list(Certificate.objects.all())
    assert len(rows) == 2 and len({row.number for row in rows}) == 2
    page = elena.get(here).text
    assert all(row.number in page for row in rows) and "no certificate yet" not in page
    # A name lies sealed, and bound to its certificate.
    assert all(b"Aigul" not in bytes(row.sealed_name) for row in rows)
    first, second = rows
    Certificate.objects.filter(pk=second.pk).update(sealed_name=first.sealed_name)
    second.refresh_from_db()
    assert sealed_name(second) not in PUPILS
    for who in ("amina", "cholpon", "rustam"):
        assert world.client(who).get(here).status_code == 404


def test_a_course_that_is_not_settled_says_what_to_do_first(world):
    one = course_with_bank(world, *PUPILS)
    elena, here = world.client("elena"), reverse("training:certificates", args=[one.pk])
    assert "This course is not settled yet" in elena.get(here).text
    assert "then settle it" in elena.post(here, {"language": "en"}).text
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Certificate", "Practice: safe-response", "basic course", "Hours: 1.5", "Valid until")),
        ("ru", ("Сертификат", "Учебный модуль: safe-response", "базовый курс", "Часы: 1.5", "Действует до")),
    ],
)
def test_the_pdf_says_name_course_level_hours_dates_and_number_in_its_language(world, one, language, said):
    row = issued(world, one, language=language)[0]
    answer = world.client("elena").get(reverse("training:print_certificate", args=[row.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="document.pdf"'
    (text,) = printed(answer)
    assert all(one in text for one in (NAME, row.number, *said)), text
    assert address(row) in text
    # Neither branch nor place, nor what the trainer called the course.
    assert "School 7" not in text and one.branch.name_en not in text
    assert not pypdfium2.PdfDocument(answer.content).get_metadata_value("Title").strip()


def test_whoever_is_shown_a_certificate_types_the_name_in_any_script_and_reads_that_it_is_valid(one, aiguls):
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(address(aiguls))
    assert page.status_code == 200 and "<title>Information" in page.text
    for hidden in (NAME, "safe-response", aiguls.number, "School 7", one.branch.name_en):
        assert hidden not in page.text
    for name in (NAME, "Айгуль Токтосунова", "toktosunova  AYGUL"):
        answer = check(aiguls, name, client=stranger)
        assert answer.status_code == 200, name
        for said in ("It is valid", "Practice: safe-response", "basic course", "1.5", aiguls.number):
            assert said in answer.text
        for hidden in (NAME, "School 7", one.branch.name_en, "Osh"):
            assert hidden not in answer.text
    russian = check(aiguls, NAME, language="ru").text
    assert "Действует" in russian and "Учебный модуль" in russian
    assert not stranger.cookies
    assert "script-src" not in answer.headers["Content-Security-Policy"] and "<script" not in answer.text
    assert 'href="https://www.wikipedia.org/"' in answer.text


def test_a_name_that_does_not_fit_a_page_that_is_off_and_no_certificate_at_all_get_one_answer(world, aiguls):
    def said(answer, at):
        return answer.status_code, answer.text.replace(at, "")

    wrong = check(aiguls, "Bolot Practice")
    assert wrong.status_code == 404 and "Under this name nothing is shown here" in wrong.text
    for little in ("Aigul", "Toktosunova", "Aigul T", "Nurgul Toktosunova"):
        assert check(aiguls, little).status_code == 404, little
    none_at = reverse("certificate", args=["x" * 24])
    none = Client().post(f"{none_at}?in=en", {"name": "Bolot Practice"})
    assert said(none, none_at) == said(wrong, address(aiguls))
    training.switch_page(certificate=aiguls, checkable=False, by=world.staff["ibrat"], at=timezone.now())
    off = check(aiguls, NAME)
    assert off.status_code == 404 and off.text.replace(NAME, "") == wrong.text.replace("Bolot Practice", "")


def test_after_ten_wrong_names_the_page_rests_until_tomorrow_and_then_answers_again(aiguls):
    for _try in range(10):
        assert check(aiguls, "Bolot Practice").status_code == 404
    # Not even the right name: else it could be guessed on and on.
    answer = check(aiguls, NAME)
    assert answer.status_code == 429 and "Come back tomorrow" in answer.text
    Certificate.objects.update(tried_on=timezone.localdate() - timedelta(days=1))
    assert check(aiguls, NAME).status_code == 200


def test_ibrat_corrects_a_name_and_the_old_number_says_that_it_was_replaced(world, one, aiguls):
    ibrat, here = world.client("ibrat"), reverse("training:certificate", args=[aiguls.pk])
    assert ibrat.post(here, {"name": "", "language": "en"}).status_code == 422
    answer = ibrat.post(here, {"name": "Aigul Toktosunova-Bekova", "language": "en"}, follow=True)
    new = Certificate.objects.get(replaces=aiguls)
    assert new.number in answer.text and aiguls.number in answer.text, "the history stays"
    assert new.number != aiguls.number and new.minutes == aiguls.minutes
    assert "It was replaced" in check(aiguls, NAME).text and "It is valid" not in check(aiguls, NAME).text
    assert "It is valid" in check(new, "Aigul Toktosunova-Bekova").text
    # What was replaced is not corrected again; nobody is given a second one by the list.
    assert "replaced already" in ibrat.post(here, {"name": "X Y", "language": "en"}).text
    assert len(issued(world, one)) == 3
    pages = printed(ibrat.get(reverse("training:print_certificates", args=[one.pk])))
    assert len(pages) == 2 and "Toktosunova-Bekova" in pages[0]


def test_elena_who_leads_the_course_prints_and_neither_corrects_nor_revokes(world, aiguls):
    elena, here = world.client("elena"), reverse("training:certificate", args=[aiguls.pk])
    page = elena.get(here).text
    assert aiguls.number in page and "Revoke the certificate" not in page
    assert elena.post(here, {"name": "X Y", "language": "en"}).status_code == 404
    for act in ("revoke_certificate", "switch_certificate"):
        assert elena.post(reverse(f"training:{act}", args=[aiguls.pk])).status_code == 404
    aiguls.refresh_from_db()
    assert aiguls.state == "valid" and aiguls.checkable


def test_a_revoked_certificate_says_so_and_the_volunteer_may_no_longer_do_what_it_stood_for(world):
    today = timezone.localdate()
    helper = volunteer(
        world, "Aigul Practice", born_year=1990, code_signed_on=today,
        vetted_until=today + timedelta(days=99), safeguarding_until=today + timedelta(days=99),
    )  # fmt: skip
    one = course(world, module_with_bank(world), days_ago=1)
    training.enrol_volunteer(course=one, volunteer=helper, by=world.staff["ibrat"], at=timezone.now())
    settled(world, one)
    (row,) = issued(world, one)

    def held():
        return training_queries.held_by(helper.pk, on=today)

    assert held()
    ibrat = world.client("ibrat")
    assert ibrat.post(reverse("training:revoke_certificate", args=[row.pk])).status_code == 302
    assert not held() and "It was revoked" in check(row, "Aigul Practice").text
    # Revoked by mistake: issued anew, it counts again; the list issues none by itself.
    assert len(issued(world, one)) == 1
    ibrat.post(reverse("training:certificate", args=[row.pk]), {"name": "Aigul Practice", "language": "en"})
    assert held() and Certificate.objects.get(state="valid").replaces == row


def test_a_certificate_runs_out_with_what_was_learnt_and_its_page_says_so(world, aiguls, one):
    assert aiguls.valid_until > timezone.localdate()
    Certificate.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert "It has run out" in check(aiguls, NAME).text
    assert "run out" in world.client("ibrat").get(reverse("training:certificate", args=[aiguls.pk])).text


def test_a_volunteer_who_signs_in_finds_her_certificates_and_switches_a_page_off(world):
    helper = volunteer(world, "Elena Practice", staff=world.staff["elena"])
    one = course(world, module_with_bank(world), days_ago=1, trainers=("ibrat",))
    training.enrol_volunteer(course=one, volunteer=helper, by=world.staff["ibrat"], at=timezone.now())
    # Nobody writes down of herself that she was there.
    settled(world, one, by="ibrat")
    (row,) = issued(world, one)
    elena, mine = world.client("elena"), reverse("training:mine")
    assert row.number in elena.get(mine).text
    assert elena.get(reverse("training:print_mine", args=[row.pk])).content.startswith(b"%PDF")
    elena.post(reverse("training:switch_mine", args=[row.pk]))
    assert check(row, "Elena Practice").status_code == 404
    elena.post(reverse("training:switch_mine", args=[row.pk]), {"on": "1"})
    assert check(row, "Elena Practice").status_code == 200
    # Nobody else's: also not her who keeps the course.
    for who in ("ibrat", "amina"):
        client = world.client(who)
        assert client.post(reverse("training:switch_mine", args=[row.pk])).status_code == 404
        assert client.get(reverse("training:print_mine", args=[row.pk])).status_code == 404
        assert "No certificate yet" in client.get(mine).text
    assert row.number in world.client("ibrat").get(reverse("training:volunteer", args=[helper.pk])).text
    heading, lines = training_queries.told_of(helper)
    assert heading == "Certificates"
    assert (f"Certificate {row.number}", "Practice: safe-response") in lines


def test_a_register_that_comes_late_says_beside_the_certificate_that_it_does_not_stand(world, one, aiguls):
    session, elena = one.sessions.get(), world.staff["elena"]
    training.keep_from_page(session=session, absent=[str(aiguls.enrolment_id)], by=elena, at=timezone.now())
    page = world.client("ibrat").get(reverse("training:certificates", args=[one.pk])).text
    assert "not completed by what is known now" in page and aiguls.number in page


def test_a_thief_of_the_database_finds_no_address_and_no_name(aiguls):
    kept = repr(Certificate.objects.filter(pk=aiguls.pk).values().get())
    token = training_queries.token_of(aiguls.pk)
    assert token not in kept and "Aigul" not in kept and len(token) == 24


def test_a_name_is_taken_as_it_is_printed_where_only_one_word_was(world):
    one = completed_course(world, "Manuchehr")
    (row,) = issued(world, one)
    assert check(row, "Манучеҳр").status_code == 200


def test_no_certificate_is_replaced_twice_at_once(world, aiguls):
    said = {"name": NAME, "language": "en", "by": world.staff["ibrat"], "at": timezone.now()}
    training.replace_certificate(certificate=aiguls, **said)
    with pytest.raises(Refusal, match="replaced-already"):
        training.replace_certificate(certificate=aiguls, **said)
    assert Certificate.objects.filter(state="valid", enrolment=aiguls.enrolment).count() == 1


def test_a_volunteer_who_is_erased_takes_her_certificates_along(world):
    helper = volunteer(world, "Aigul Practice")
    one = course(world, module_with_bank(world), days_ago=1)
    training.enrol_volunteer(course=one, volunteer=helper, by=world.staff["ibrat"], at=timezone.now())
    settled(world, one)
    (row,) = issued(world, one)
    said = {"name": "Aigul Practice", "language": "en", "by": world.staff["ibrat"], "at": timezone.now()}
    new = training.replace_certificate(certificate=row, **said)
    helper.delete()
    assert not Certificate.objects.exists()
    assert check(row, "Aigul Practice").status_code == check(new, "Aigul Practice").status_code == 404
