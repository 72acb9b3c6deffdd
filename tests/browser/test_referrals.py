"""Referrals and finding as people see them: a page that opens once, and a name looked for in another script."""

from __future__ import annotations

import pytest

from panah.ground.kit.sealed_addresses import sealed
from panah.people.cases import actions as cases
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.consent import queries as consent_queries
from panah.people.consent.rules import MUST_BE_TOLD
from panah.people.finding import actions as finding
from panah.people.finding.actions import Sought
from panah.people.referrals import actions, queries
from tests.browser.conftest import press


@pytest.fixture
def agreed(world):
    """Amina's case: one yes to a partner, a referral that was sent as a page, another that waits, and a question."""
    keys, by, at = world.keys("amina"), world.staff["amina"], world.at
    names = [{"text": "Apricot", "kind": "called"}, {"text": "Gulzira Testova", "kind": "full"}]
    case = cases.open_case(
        keys=keys, by=by, at=at, language="uz", age_group="adult", identity={"names": names, "born": "2001"}
    )
    answer = {
        "purpose": "partner", "said": "yes", "receiver": "other", "receiver_name": "Clinic of Nowhere",
        "fields": ["called", "needs"], "seven": dict.fromkeys(MUST_BE_TOLD, "yes"), "guardian": "not_needed",
        "until": "2099-01-01", "way": "spoken_face", "language": "uz", "interpreter": "none", "understood": "",
    }  # fmt: skip
    consent.write_answer(
        keys=keys, subject=consent_subject(case.number, to=by, keys=keys), answer=answer, at=at
    )
    places = {
        "number": case.number,
        "ref": consent_queries.answers(keys=keys, file=case.file_id)[0].sealed.ref,
    }
    for name in ("sent", "draft"):
        content = {
            "purpose": "partner", "receiver": "other", "receiver_name": "Clinic of Nowhere", "need": "a check-up",
            "note": "quiet", "values": {"called": "Apricot", "needs": "a doctor who speaks Uzbek"},
        }  # fmt: skip
        places[name] = actions.prepare(keys=keys, case=case, content=content, at=at).pk
    opened = queries.one_or_404(case=case, keys=keys, referral=places["sent"])
    places["partner"], places["sealed_clinic"] = sealed("partner"), sealed(opened.sealed["receiver"])
    actions.send(keys=keys, case=case, opened=opened, way="letter", at=at)
    finding.ask(keys=keys, sought=Sought("Gulzira Testova", 2001, ""), at=at)
    return places


def test_the_page_that_opens_once_can_be_used_by_a_stranger(look):
    look(None, "/r/never-there/")


@pytest.mark.parametrize("scripts", [True, False])
def test_amina_looks_for_a_person_in_another_script_and_sees_no_name(visit, agreed, scripts):
    page = visit("amina", "/find/", width=360, scripts=scripts)
    page.fill("main [name=name]", "Тестова Гулзира")
    page.fill("main [name=birth_year]", "2001")
    press(page.locator("main button.btn-main"))
    assert agreed["number"] in page.locator("main section[aria-labelledby=matches]").inner_text()
    assert "Testova" not in page.locator("main").inner_text()
    assert page.url.endswith("/find/")
