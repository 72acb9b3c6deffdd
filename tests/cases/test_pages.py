"""Amina's way through a case in the browser's client: list, opening, who this is, needs, plan, safety."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.kit import dates
from panah.ground.vault import queries as vault_queries
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from tests.cases.case_pages import NAME, at, opened


@pytest.fixture
def case(world):
    return opened(world)


@pytest.fixture
def amina_s(world):
    return world.client("amina")


def test_amina_opens_a_case_and_lands_on_it(world, amina_s):
    answer = amina_s.post(
        reverse("cases:open"),
        {
            "called": NAME,
            "phone": "+000 17",
            "phone_safe": "no",
            "language": "uz",
            "age_group": "unknown",
            "urgency": "now",
            "note": "Asks for a doctor.",
            "said": "Meet at the clinic",
        },
    )
    case = Case.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("cases:case", args=[case.number])
    page = amina_s.get(answer["Location"]).content.decode()
    assert "Asks for a doctor." in page
    assert "Meet at the clinic" in page
    assert NAME not in page


def chosen(page, name):
    """What a list to open shows as chosen: the first of its options unless one says so."""
    options = re.findall(
        r'<option value="([^"]*)"([^>]*)>', page.split(f'<select name="{name}"')[1].split("</select>")[0]
    )
    return next((value for value, more in options if "selected" in more), options[0][0])


@pytest.mark.parametrize("sent", [{"phone_safe": "forged"}, {"phone_safe": ""}, {}])
def test_a_number_whose_safety_was_lost_on_the_way_is_not_known_and_never_safe(world, amina_s, sent):
    typed = {"phone": "+000 17", "age_group": "unknown", **sent}
    again = amina_s.post(reverse("cases:open"), typed)
    assert again.status_code == 422
    assert chosen(again.content.decode(), "phone_safe") == "unknown"
    if sent.get("phone_safe") != "forged":
        amina_s.post(reverse("cases:open"), {**typed, "urgency": "now"})
        kept = vault_queries.value_of(
            keys=world.keys("amina"), file=Case.objects.get().file_id, part="identity"
        )
        assert kept["phones"][0]["safe"] == "unknown"


@pytest.mark.parametrize("sent", [{"phone_0_safe": ""}, {}])
def test_a_number_that_is_not_safe_stays_so_when_the_answer_is_lost(world, amina_s, case, sent):
    answer = amina_s.post(
        at("change_identity", case),
        {"version": "1", "name_0_text": NAME, "name_0_kind": "called", "phone_0_number": "+000 17", **sent},
    )
    assert answer.status_code == 302
    kept = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="identity")
    assert kept["phones"][0]["safe"] == "no"


@pytest.mark.parametrize(("number", "shown"), [("+000 17", "no"), ("+000 18", "unknown")])
def test_a_forged_answer_about_a_number_comes_back_as_kept_or_as_not_known(amina_s, case, number, shown):
    again = amina_s.post(
        at("change_identity", case),
        {"version": "1", "name_0_text": NAME, "phone_0_number": number, "phone_0_safe": "forged"},
    )
    assert again.status_code == 422
    assert chosen(again.content.decode(), "phone_0_safe") == shown
    assert "choose one of the answers" in again.content.decode()


def test_adult_is_never_chosen_beforehand_nor_how_it_is_known(amina_s, case):
    assert not re.search(r'name="(said|basis)"[^>]*checked', amina_s.get(at("age", case)).content.decode())
    bare = amina_s.post(at("age", case), {"said": "adult", "doubt": "no"})
    assert "“How is it known?” needs an answer." in bare.content.decode()
    assert amina_s.post(at("age", case), {"said": "unknown"}).status_code == 302
    page = amina_s.get(reverse("cases:open")).content.decode()
    assert re.search(r'value="unknown"[^>]*checked', page)
    assert not re.search(r'value="adult"[^>]*checked', page)


def test_an_error_keeps_what_was_typed(amina_s):
    answer = amina_s.post(reverse("cases:open"), {"note": "Long story", "age_group": "unknown"})
    assert answer.status_code == 422
    assert "Long story" in answer.content.decode()


def test_the_name_is_covered_until_asked_for_and_the_showing_is_journalled(amina_s, case):
    assert NAME not in amina_s.get(at("case", case)).content.decode()
    page = amina_s.post(at("identity", case), {"purpose": "call_back"})
    assert NAME in page.content.decode()
    assert 'data-cover-after="120"' in page.content.decode()
    entry = Entry.objects.filter(about=case.file_id, event="vault:identity:shown").get()
    assert entry.facts["purpose"] == "call_back"
    assert amina_s.post(at("cover", case)).status_code == 302


def test_without_a_purpose_nothing_is_shown(amina_s, case):
    assert amina_s.post(at("identity", case), {}).status_code == 302
    assert amina_s.get(at("identity", case)).status_code == 302
    assert not Entry.objects.filter(event="vault:identity:shown").exists()


def test_amina_corrects_who_this_is(world, amina_s, case):
    page = amina_s.post(at("change_identity", case)).content.decode()
    assert NAME in page
    answer = amina_s.post(
        at("change_identity", case),
        {
            "version": "1",
            "name_0_text": NAME,
            "name_0_kind": "called",
            "name_1_text": "Учебный Тюльпан",
            "name_1_kind": "papers",
            "born_year": "1999",
            "born_month": "4",
            "born_day": "",
            "contact": "After six",
            "phone_0_number": "+000 17",
            "phone_0_safe": "no",
        },
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    kept = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="identity")
    assert kept["names"][1]["script"] == "cyrillic"
    assert kept["born"] == "1999-04"
    assert kept["contact"] == "After six"


def test_a_colleague_who_wrote_in_between_is_not_overwritten(world, amina_s, case):
    cases.write_identity(
        keys=world.keys("bakyt"), case=case, identity={"names": [{"text": "Other"}]}, at=timezone.now()
    )
    answer = amina_s.post(
        at("change_identity", case), {"version": "1", "name_0_text": "Mine", "name_0_kind": "called"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "in the meantime" in page
    assert "Mine" in page and 'name="name_1_text" value="Other"' in page
    shown = Entry.objects.filter(event="vault:identity:shown", about=case.file_id).latest("number")
    assert shown.who == world.staff["amina"].pk


def test_after_a_colleague_wrote_in_between_both_are_kept_with_the_next_saving(world, amina_s, case):
    theirs = {"names": [{"text": "Other", "kind": "full"}], "born": "1998", "contact": "After nine"}
    cases.write_identity(keys=world.keys("bakyt"), case=case, identity=theirs, at=timezone.now())
    mine = {"name_0_text": "Mine", "name_0_kind": "called", "born_year": "1999", "phone_0_number": "+000 17"}
    page = amina_s.post(at("change_identity", case), {"version": "1", **mine}).content.decode()
    assert "What is there now: 1998" in page and "What is there now: After nine" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    both = {
        **mine,
        "name_1_text": "Other",
        "name_1_kind": "full",
        "contact": "After nine",
        "version": version,
    }
    assert amina_s.post(at("change_identity", case), both).status_code == 302
    kept = vault_queries.value_of(keys=world.keys("bakyt"), file=case.file_id, part="identity")
    assert [n["text"] for n in kept["names"]] == ["Mine", "Other"] and kept["contact"] == "After nine"


def test_unknown_no_and_not_asked_stay_three_things(world, amina_s, case):
    answer = amina_s.post(
        at("section", case, "exploitation"),
        {
            "version": "0",
            "vic_TypeOfExploitation": ["ForcedLabour", "ForcedCriminality"],
            "vic_TypeOfSexExploitation_answer": "no",
            "vic_ForcedLabourIndustry": "unknown",
            "pan_CountriesOfExploitation_0": "KZ",
            "vic_AgeWhenTrafficked": "?",
        },
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    kept = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="codes")
    assert kept["vic_TypeOfExploitation"] == {
        "answer": "yes",
        "values": ["ForcedLabour", "ForcedCriminality"],
    }
    assert kept["vic_TypeOfSexExploitation"] == {"answer": "no"}
    assert kept["vic_ForcedLabourIndustry"] == kept["vic_AgeWhenTrafficked"] == {"answer": "unknown"}
    assert "vic_ExploitationWebsitesAndApps" not in kept
    page = amina_s.get(at("told", case)).content.decode()
    assert "Forced criminality" in page
    assert "not asked" in page
    assert "none of these" in page


def test_more_countries_than_the_page_has_lines_are_kept_when_the_section_is_saved(world, amina_s, case):
    four = {"prs_Citizenship": {"answer": "yes", "values": ["KZ", "KG", "UZ", "RU"]}}
    cases.write_codes(keys=world.keys("amina"), case=case, answers=four, at=timezone.now())
    page = amina_s.get(at("section", case, "person")).content.decode()
    kept = {f"prs_Citizenship_{i}": chosen(page, f"prs_Citizenship_{i}") for i in range(4)}
    assert amina_s.post(at("section", case, "person"), kept).status_code == 302
    codes = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="codes")
    assert codes["prs_Citizenship"]["values"] == ["KZ", "KG", "UZ", "RU"]


def test_two_episodes_and_what_they_tell_is_not_typed_twice(world, amina_s, case):
    for year, kind in (("2020", "ForcedLabour"), ("2025", "ForcedMilitaryByStateActors")):
        amina_s.post(
            at("episode_new", case),
            {"began_year": year, "types": [kind], "countries": "RU", "story": f"Told {year}"},
        )
    page = amina_s.get(at("told", case)).content.decode()
    assert "Told 2020" in page
    assert "Told 2025" in page
    kept = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="codes")
    assert kept["vic_TypeOfExploitation"]["values"] == ["ForcedLabour", "ForcedMilitaryByStateActors"]
    assert kept["pan_CountriesOfExploitation"]["values"] == ["RU"]


def test_a_need_whose_day_is_over_is_marked_on_the_first_page_as_on_the_plan(world, amina_s, case):
    keys, now = world.keys("amina"), timezone.now()
    over = timezone.localdate() - timedelta(days=2)
    need = {"type": "medical", "horizon": "now", "do": "A doctor", "state": "planned", "by": over.isoformat()}
    cases.write_need(keys=keys, case=case, need={**need, "said": "My back hurts"}, at=now)
    late = re.compile(rf'data-tone="urgent"[^>]*>\s*{re.escape(dates.day(over))}')
    for name in ("case", "plan"):
        page = amina_s.get(at(name, case)).text
        assert late.search(page) and "A doctor" in page
        assert ("My back hurts" in page) == (name == "plan"), "the person's words stand on the plan"


def test_a_need_becomes_a_plan_that_saule_approves_and_a_change_reopens(world, amina_s, case):
    need = {
        "type": "medical",
        "horizon": "now",
        "said": "My back hurts",
        "do": "Clinic on Monday",
        "who": "City clinic",
        "state": "open",
    }
    assert amina_s.post(at("need", case), need).status_code == 302
    page = amina_s.get(at("plan", case)).content.decode()
    assert "My back hurts" in page
    assert "Clinic on Monday" in page
    assert amina_s.post(at("plan_ask", case)).status_code == 302
    assert amina_s.post(at("plan_decide", case), {"decision": "approve"}).status_code == 403
    saule = world.client("saule")
    due = f'<a href="{at("plan", case)}">Read the plan and approve it, or say what is missing</a>'
    assert due in saule.get(at("case", case)).content.decode(), "what is due leads to where it is done"
    assert 'btn-main" name="decision" value="approve"' in saule.get(at("plan", case)).content.decode()
    assert saule.post(at("plan_decide", case), {"decision": "return"}).status_code == 422
    assert saule.post(at("plan_decide", case), {"decision": "approve"}).status_code == 302
    case.refresh_from_db()
    assert case.plan_state == "approved"
    assert case.plan_approved_by.username == "saule"
    ref = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="need")[0].ref
    amina_s.post(at("need_change", case, ref), {**need, "do": "Clinic on Tuesday"})
    case.refresh_from_db()
    assert case.plan_state == "draft"
    assert case.plan_approved_by is None


def test_two_focal_points_approve_each_others_plans_not_their_own(world):
    case = opened(world, "bakyt")
    bakyt, saule = world.client("bakyt"), world.client("saule")
    bakyt.post(at("need", case), {"type": "legal", "horizon": "long", "do": "Lawyer", "state": "open"})
    bakyt.post(at("plan_ask", case))
    assert bakyt.post(at("plan_decide", case), {"decision": "approve"}).status_code == 403
    assert saule.post(at("plan_decide", case), {"decision": "approve"}).status_code == 302


def test_whoever_asked_for_an_approval_does_not_give_it_also_for_a_case_that_she_does_not_hold(
    world, amina_s, case
):
    """Bakyt may work in Amina's case: that its plan is good is then for Saule to say."""
    bakyt, saule = world.client("bakyt"), world.client("saule")
    amina_s.post(at("need", case), {"type": "legal", "horizon": "long", "do": "Lawyer", "state": "open"})
    assert bakyt.post(at("plan_ask", case)).status_code == 302
    assert bakyt.post(at("plan_decide", case), {"decision": "approve"}).status_code == 403
    case.refresh_from_db()
    assert case.plan_state == "waiting" and case.owner == world.staff["amina"]
    assert saule.post(at("plan_decide", case), {"decision": "approve"}).status_code == 302


def test_a_service_meets_its_need(world, amina_s, case):
    amina_s.post(at("need", case), {"type": "food_clothes", "horizon": "now", "state": "open"})
    ref = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="need")[0].ref
    today = timezone.localdate()
    answer = amina_s.post(
        at("service", case),
        {
            "type": "food_clothes",
            "what": "Warm coat",
            "given_on_day": today.day,
            "given_on_month": today.month,
            "given_on_year": today.year,
            "outcome": "given",
            "need": str(ref),
            "closes_need": "on",
        },
    )
    assert answer.status_code == 302, answer.content.decode()[:2500]
    assert "Warm coat" in amina_s.get(at("plan", case)).content.decode()
    assert (
        vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="need")[0].value["state"]
        == "met"
    )


@pytest.mark.parametrize(
    ("level", "hours", "urgency"),
    [("extreme", 24, "now"), ("high", 24, "today"), ("medium", 168, "week"), ("low", 720, "later")],
)
def test_the_level_sets_the_next_look_and_the_urgency(amina_s, case, level, hours, urgency):
    amina_s.post(at("risk", case), {"level": level, "why": "He knows the street"})
    case.refresh_from_db()
    page = amina_s.get(at("safety", case)).content.decode()
    assert "He knows the street" in page
    assert case.urgency == urgency
    from panah.ground.work.queries import items_of

    [item] = items_of(case.pk, purpose="review")
    assert abs((item.due_at - timezone.now()).total_seconds() / 3600 - hours) < 0.1


def test_the_society_sets_its_own_times_of_review(world, amina_s, case):
    assert amina_s.get(reverse("cases:settings")).status_code == 404
    answer = world.client("bakyt").post(
        reverse("cases:settings"), {"extreme": 4, "high": 12, "medium": 72, "low": 500}
    )
    assert answer.status_code == 302
    due = cases.review_risk(keys=world.keys("amina"), case=case, level="extreme", why="x", at=world.at)
    assert (due - world.at).total_seconds() == 4 * 3600


def test_the_safety_plan_goes_on_paper_only_when_asked_for(amina_s, case):
    amina_s.post(at("safety_plan", case), {"reach": "After six, say the word", "never": "No messages"})
    assert "After six, say the word" in amina_s.get(at("safety", case)).content.decode()
    assert amina_s.post(at("safety_paper", case), {}).status_code == 422
    assert not Entry.objects.filter(event="cases:safety:printed").exists()
    paper = amina_s.post(at("safety_paper", case), {"asked": "on"}).content.decode()
    article = paper[paper.index("<article") : paper.index("</article>")]
    assert "No messages" in article
    assert case.number not in article
    assert "Panah" not in article
    assert Entry.objects.filter(event="cases:safety:printed", about=case.file_id).exists()


def test_the_trail_says_what_happened_in_sentences(amina_s, case):
    amina_s.post(at("note", case), {"text": "Slept well."})
    page = amina_s.get(at("case", case)).content.decode()
    assert "Amina opened the case." in page
    assert "Amina wrote a note for the team." in page
    assert "Slept well." not in amina_s.get(at("journal", case)).content.decode()


def test_what_happened_three_times_in_a_row_fills_one_line_of_the_overview(amina_s, case):
    for text in ("Slept well.", "Ate little.", "Called home."):
        amina_s.post(at("note", case), {"text": text})
    page = amina_s.get(at("case", case)).content.decode()
    assert page.count("Amina wrote a note for the team.") == 1
    assert "3 times in a row" in page
    assert amina_s.get(at("journal", case)).content.decode().count("Amina wrote a note for the team.") == 3


def test_what_is_put_on_the_list_is_sealed_and_can_be_done(amina_s, case):
    amina_s.post(
        at("due_new", case),
        {
            "kind": "call",
            "due_at_day": "1",
            "due_at_month": "2",
            "due_at_year": "2099",
            "due_at_time": "9:30",
            "sentence": "Ask about the letter",
        },
    )
    page = amina_s.get(at("case", case)).content.decode()
    assert "Ask about the letter" in page
    from panah.ground.work.queries import items_of

    [item] = items_of(case.pk, purpose="extra")
    assert f"/due/{item.pk}/done?back=" in page
    amina_s.post(f"/due/{item.pk}/done", {"outcome": "done", "note": "The letter is there"})
    assert items_of(case.pk, purpose="extra") == []
    assert "The letter is there" in amina_s.get(at("journal", case)).content.decode()


def test_the_list_works_with_a_locked_vault(world, case):
    locked = world.client("amina", open_vault=False)
    assert case.number in locked.get(reverse("cases:list")).content.decode()


def test_an_identity_from_the_hotline_is_shown_whatever_its_words(world):
    """The hotline says *not asked* and *document*; the page must not break over a word it does not know."""
    case = cases.open_case(
        keys=world.keys("elena"),
        by=world.staff["elena"],
        owner=world.staff["amina"],
        at=timezone.now(),
        identity={
            "called": NAME,
            "names": [{"text": "Тюльпан", "kind": "document"}],
            "phones": [{"number": "+000 18", "safe": "none", "note": ""}],
        },
    )
    kept = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="identity")
    assert [n["kind"] for n in kept["names"]] == ["called", "papers"]
    assert kept["phones"][0]["safe"] == "unknown"
    page = world.client("amina").post(at("identity", case), {"purpose": "call_back"}).content.decode()
    assert NAME in page
    assert "not known" in page
    cases.write_identity(
        keys=world.keys("amina"),
        case=case,
        identity={"names": [{"text": NAME, "kind": "odd"}]},
        at=timezone.now(),
    )
    assert world.client("amina").post(at("identity", case), {"purpose": "call_back"}).status_code == 200


@pytest.mark.parametrize("page", ["dates/deadline/", "plan/need/", "plan/service/"])
def test_a_deadline_a_need_and_a_service_begin_with_nothing_chosen(amina_s, case, page):
    drawn = amina_s.get(f"/cases/{case.number}/{page}").content.decode()
    first = re.search(r'<select name="(?:kind|type)"[^>]*>\s*<option value="([^"]*)"', drawn)
    assert first.group(1) == ""
    assert "needs an answer" in amina_s.post(f"/cases/{case.number}/{page}", {}).content.decode()


def tabs_on(page):
    """The rows of tabs of a page: the addresses in each, and the one it says is this page."""
    rows = []
    for row in re.findall(r'<nav class="tabs".*?</nav>', page, re.S):
        links = re.findall(r"<a [^>]+>", row)
        addresses = [re.search(r'href="([^"]+)"', link)[1] for link in links]
        here = [to for to, link in zip(addresses, links, strict=True) if "aria-current" in link]
        rows.append((addresses, here))
    return rows


OF_OTHER_ROOMS = {
    "consent:answers": [("consent:answers", []), ("consent:ask", ["assistance"])],
    "referrals:list": [("referrals:list", []), ("referrals:find", [])],
    "finding:there": [("finding:there", [])],
    "shelter:case": [("shelter:case", [])],
    "screening:start": [("screening:start", []), ("screening:result", [])],
    "complaints:kept": [("complaints:kept", [])],
}


@pytest.mark.parametrize("tab", OF_OTHER_ROOMS)
def test_amina_keeps_the_tabs_of_the_case_on_the_pages_that_other_rooms_bring(amina_s, case, tab):
    ((six, _here),) = tabs_on(amina_s.get(at("case", case)).content.decode())
    for name, more in OF_OTHER_ROOMS[tab]:
        page = amina_s.get(reverse(name, args=[case.number, *more])).content.decode()
        (addresses, (tab_here,)), (inside, here) = tabs_on(page)
        assert addresses == six
        assert here == [reverse(tab, args=[case.number])]
        assert inside[0] == tab_here, "the tab leads to the first of its pages"


def test_the_six_tabs_of_a_case_lead_to_everything_that_eighteen_led_to(amina_s, case):
    ((six, here),) = tabs_on(amina_s.get(at("case", case)).content.decode())
    assert here == [at("case", case)] and len(six) == 6
    found = {at("case", case)}
    for address in six[1:]:
        _six, (inside, _here) = tabs_on(amina_s.get(address).content.decode())
        found |= set(inside)
    own = [
        "told",
        "plan",
        "safety",
        "detention",
        "stage",
        "child",
        "dates",
        "documents",
        "means",
        "links",
        "team",
        "close",
    ]
    wanted = {at(name, case) for name in ("case", *own)} | {
        reverse(t, args=[case.number]) for t in OF_OTHER_ROOMS
    }
    assert found == wanted
    for address in found:
        assert amina_s.get(address).status_code == 200, "no tab leads where she may not go"
        assert all(current for _addresses, current in tabs_on(amina_s.get(address).content.decode()))


# ---- nothing typed is cut ----------------------------------------------------------------------------------


def notes(world, case):
    found = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    return [one.value["text"] for one in found]


def test_a_note_of_twenty_thousand_letters_in_any_script_is_kept_to_the_last_one(world, amina_s, case):
    for letter in ("ы", "👩", "\n"):
        text = f"Beginning {letter * (20_000 - 13)}end"
        assert amina_s.post(at("note", case), {"text": text.replace("\n", "\r\n")}).status_code == 302
        assert text in notes(world, case)
    assert "ыыы" + "end" in amina_s.get(at("case", case)).content.decode()


@pytest.mark.parametrize("letter", ["ы", "👩", "\r\n"])
def test_a_note_one_letter_longer_is_refused_and_stands_there_to_its_end(world, amina_s, case, letter):
    before = notes(world, case)
    answer = amina_s.post(at("note", case), {"text": f"Beginning {letter * (20_000 - 12)}end"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "has room for 20000 characters; 20001 were typed" in page
    assert page.partition("Beginning ")[2].partition("end")[0].count(letter[-1]) == 20_000 - 12
    assert notes(world, case) == before


def test_as_many_telephones_names_and_papers_as_came_stay_when_one_is_corrected(world, amina_s, case):
    many = {
        "names": [{"text": f"Name {number}", "kind": "full"} for number in range(12)],
        "phones": [{"number": f"+000 {number}", "safe": "no"} for number in range(12)],
    }
    cases.write_identity(keys=world.keys("amina"), case=case, identity=many, at=timezone.now())
    page = amina_s.post(at("change_identity", case)).content.decode()
    typed = dict(
        re.findall(r'name="((?:name|phone|paper|address)_\d+_(?:text|number))" value="([^"]*)"', page)
    )
    typed |= dict.fromkeys(
        re.findall(r'name="((?:name|phone|paper|address)_\d+_(?:text|number))"(?! value)', page), ""
    )
    assert "name_12_text" in typed, "there is a line for one more"
    typed |= {"name_12_text": "Name 12", "version": re.search(r'name="version" value="(\d+)"', page)[1]}
    typed |= {f"phone_{number}_safe": "no" for number in range(12)}
    assert amina_s.post(at("change_identity", case), typed).status_code == 302
    kept = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="identity")
    assert [one["text"] for one in kept["names"]] == [f"Name {number}" for number in range(13)]
    assert [one["number"] for one in kept["phones"]] == [f"+000 {number}" for number in range(12)]


def test_when_a_colleague_adds_more_than_there_are_empty_lines_each_gets_one(world, amina_s, case):
    theirs = {"names": [{"text": f"Theirs {number}", "kind": "full"} for number in range(12)]}
    cases.write_identity(keys=world.keys("bakyt"), case=case, identity=theirs, at=timezone.now())
    mine = {"version": "1", "name_0_text": "Mine", "name_0_kind": "called"}
    page = amina_s.post(at("change_identity", case), mine).content.decode()
    assert [n for n in range(12) if f'value="Theirs {n}"' not in page] == []
