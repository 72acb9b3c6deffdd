"""What stands on the pages of consent, and what a press does."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.directory import actions as directory
from panah.ground.kit.sealed_addresses import sealed
from panah.ground.network import queries as network_queries
from panah.ground.network.models import Society
from panah.people.consent import actions as consent
from panah.people.consent import queries, rules, subjects, views
from panah.people.consent.forms import AskForm
from panah.people.consent.words import SEVEN, SharedField
from panah.people.safety import actions as safety
from tests import delivered
from tests.consent.changed_subject import about
from tests.consent.conftest import posted

HOME = "/cases/3W4-6X7-Y/consent/"


@pytest.fixture
def amina(world):
    return world.client("amina")


def ask(browser, purpose, home=HOME, **more):
    return browser.post(f"{home}ask/{purpose}/", posted(**more))


def text(page):
    return page.content.decode()


def kept(world, subject):
    return queries.answers(keys=world.keys("amina"), file=subject.file)


def options(page, name):
    """The values that a list offers, in their order, and the one that is chosen."""
    (inside,) = re.findall(rf'<select name="{name}".*?</select>', text(page), re.S)
    chosen = re.findall(r'<option value="([^"]*)" selected', inside)
    return re.findall(r'<option value="([^"]*)"', inside), (chosen or [None])[0]


# -- who can be named ---------------------------------------------------------------------------------------


@pytest.fixture
def register(world, at):
    return delivered.load(directory.load_reference_data, at=at)


def kinds(named):
    """Whether societies or services come first, and who is there."""
    first = [value.partition(":")[0] for value, _name in named]
    return list(dict.fromkeys(first)), dict(named)


def test_a_partner_here_is_a_service_first_and_across_a_border_a_society_first(world, register):
    here, names = kinds(views.receivers("partner", to=world.staff["amina"]))
    assert here == ["service", "society"]
    assert names["society:practice-south"] == "Practice Society South"
    assert any(
        name.endswith(", Practice Clinic North") or ", " in name
        for v, name in names.items()
        if "service" in v
    )
    there, same = kinds(views.receivers("cross_border", to=world.staff["amina"]))
    assert there == ["society", "service"] and same == names
    known = {s.slug: s for s in network_queries.societies()}
    offered = {value.partition(":")[2] for value in names if value.startswith("society:")}
    assert offered == {slug for slug, s in known.items() if s.central_asian or s.practice or s.hosted}
    assert "kazakhstan" in offered and offered < set(known)


@pytest.mark.parametrize(("slug", "hosted", "practice"), [("here", True, False), ("exercise", False, True)])
def test_a_society_on_this_node_or_of_practice_can_be_named_wherever_it_lies(world, slug, hosted, practice):
    Society.objects.create(slug=slug, name_en=slug, iso2="XC", iso3="XCC", hosted=hosted, practice=practice)
    Society.objects.create(slug="far", name_en="far", iso2="XD", iso3="XDD", hosted=False, practice=False)
    named = dict(views.receivers("partner", to=world.staff["amina"]))
    assert f"society:{slug}" in named and "society:far" not in named


def test_whether_somebody_is_known_there_is_asked_of_paired_societies_alone(world, register, paired):
    assert views.receivers("known_there", to=world.staff["amina"]) == [
        ("society:practice-south", "Practice Society South")
    ]


def test_whoever_is_not_in_the_list_can_be_named_but_not_asked_whether_she_knows_the_person(
    world, subject, amina
):
    offered, chosen = options(amina.get(f"{HOME}ask/partner/"), "receiver")
    assert (offered[0], offered[-1], chosen) == ("", "other", "")
    page = amina.get(f"{HOME}ask/known_there/")
    assert "other" not in options(page, "receiver")[0] and "receiver_other" not in text(page)
    assert "receiver" not in AskForm(purpose="talk", receivers=[], age_group="adult").fields


def test_whoever_comes_from_a_referral_finds_its_receiver_chosen(world, subject, amina):
    page = text(amina.get(f"{HOME}ask/partner/?to={sealed('society:practice-south')}"))
    assert '<input type="hidden" name="receiver" value="society:practice-south"' in page
    assert "Practice Society South" in page
    assert options(amina.get(f"{HOME}ask/partner/?to={sealed('society:nowhere')}"), "receiver")[1] == ""


def test_a_name_that_is_not_in_the_list_comes_along_with_the_choice_of_someone_else(world, subject, amina):
    page = amina.post(f"{HOME}ask/partner/", {"step": "name", "receiver_other": "Clinic Birch"})
    assert options(page, "receiver")[1] == "other" and 'value="Clinic Birch"' in text(page)
    assert page.status_code == 200 and "needs an answer" not in text(page)
    without = amina.post(f"{HOME}ask/partner/", {"step": "name"})
    assert options(without, "receiver")[1] != "other"


# -- the form -------------------------------------------------------------------------------------------------


def test_what_can_be_told_depends_on_what_for(world, subject, amina):
    told = set(re.findall(r'name="fields_agreed" value="(\w+)"', text(amina.get(f"{HOME}ask/partner/"))))
    assert told == set(SharedField.values)
    known = set(re.findall(r'name="fields_agreed" value="(\w+)"', text(amina.get(f"{HOME}ask/known_there/"))))
    assert known == {"names", "birth_year", "phone_tail"}


def test_the_form_begins_with_the_language_of_the_case_and_a_year(world, subject, amina):
    page = amina.get(f"{HOME}ask/talk/")
    assert options(page, "language")[1] == "uz"
    today = timezone.localdate()
    for part, value in (("day", min(today.day, 28)), ("month", today.month), ("year", today.year + 1)):
        assert f'name="until_{part}" value="{value}"' in text(page)
    with about(subject, language="") as home:
        assert options(amina.get(f"{home}ask/talk/"), "language")[1] == "en", "else with that of the page"


def test_an_adult_is_not_asked_who_agrees_and_for_a_child_nobody_is_chosen_beforehand(world, subject, amina):
    page = text(amina.get(f"{HOME}ask/talk/"))
    assert re.search(r'<input type="hidden" name="guardian" value="not_needed"', page)
    for age in ("child", "unknown"):
        with about(subject, age_group=age) as home:
            offered, chosen = options(amina.get(f"{home}ask/talk/"), "guardian")
            assert offered == ["agrees", "representative", "may_be_involved", "none_found"]
            assert chosen == "none_found"


def test_a_guardian_who_may_be_involved_is_not_offered_and_the_page_says_why(world, subject, amina):
    involved = subjects.INVOLVED.temporarily("test", lambda *, keys, file: file == subject.file)
    with involved, about(subject, age_group="child") as home:
        page = amina.get(f"{home}ask/talk/")
        assert options(page, "guardian") == (
            ["representative", "may_be_involved", "none_found"],
            "may_be_involved",
        )
        assert "A parent or guardian may be involved." in text(page)
        assert "A parent or guardian may be involved." not in text(amina.get(f"{HOME}ask/talk/")), "an adult"
    with about(subject, age_group="child") as home:
        assert "A parent or guardian may be involved." not in text(amina.get(f"{home}ask/talk/"))


def test_vetted_interpreters_of_the_language_are_suggested(world, subject, amina):
    page = text(amina.get(f"{HOME}ask/talk/"))
    assert "Practice Voice Reed" not in page
    safety.add_interpreter(
        keys=world.keys("bakyt"), typed={"name": "Practice Voice Reed", "languages": ["uz"]}, at=world.at
    )
    assert "Practice Voice Reed" in text(amina.get(f"{HOME}ask/talk/"))


def test_a_yes_that_leaves_needs_a_receiver_and_fields_and_a_no_needs_neither(world, subject, amina):
    page = ask(amina, "partner", receiver="", fields_agreed=[])
    assert page.status_code == 422
    assert "Choose who would be told." in text(page) and "Ask what may be told, one by one." in text(page)
    assert "Write who would be told." not in text(page)
    named = ask(amina, "partner", receiver="society:practice-south", fields_agreed=["called"])
    assert named.status_code == 302
    assert ask(amina, "partner", said="no").status_code == 302
    assert ask(amina, "talk").status_code == 302


def test_everything_that_was_asked_is_kept_as_it_was_typed(world, subject, amina):
    typed = {
        "receiver": "society:practice-south", "fields_agreed": ["called", "phone"], "interpreter": "other",
        "interpreter_name": "A neighbour", "seven_research_told": "no",
    }  # fmt: skip
    assert ask(amina, "partner", **typed).status_code == 302
    (row,) = kept(world, subject)
    assert {name: value for name, value in row.kept.items() if name != "given_at"} == {
        "purpose": "partner", "said": "yes", "receiver": "society:practice-south",
        "receiver_name": "Practice Society South", "fields": ["called", "phone"],
        "seven": dict.fromkeys(SEVEN, "yes") | {"research_told": "no"}, "way": "spoken_phone", "language": "uz",
        "interpreter": "other", "interpreter_name": "A neighbour", "understood": "they tell only the clinic",
        "not_said": "", "guardian": "not_needed", "guardian_note": "", "reviewed_by": "",
        "until": "2027-05-24", "order": 1,
    }  # fmt: skip


def test_a_society_is_called_as_its_reader_calls_it_whatever_language_asked(world, subject, amina):
    to_south = {"receiver": "society:practice-south", "fields_agreed": ["called"]}
    assert ask(amina, "partner", **to_south).status_code == 302
    Society.objects.filter(slug="practice-south").update(name_ru="Учебное общество «Юг»")
    Staff.objects.filter(username="amina").update(language="ru")
    page = text(amina.get(HOME))
    assert "Учебное общество «Юг»" in page and "Practice Society South" not in page


def test_where_nobody_is_told_nobody_is_named(world, subject, amina):
    ask(amina, "talk")
    (row,) = kept(world, subject)
    assert (row.kept["receiver"], row.kept["receiver_name"], row.kept["fields"]) == ("", "", [])


def test_the_last_day_of_a_year_is_within_a_year_and_the_next_is_not(world, subject, amina):
    last = timezone.localdate() + timedelta(days=366)
    until = {"until_day": str(last.day), "until_month": str(last.month), "until_year": str(last.year)}
    assert ask(amina, "talk", **until).status_code == 302
    assert kept(world, subject)[0].consent.until == last
    after = last + timedelta(days=1)
    until = {"until_day": str(after.day), "until_month": str(after.month), "until_year": str(after.year)}
    assert ask(amina, "talk", **until).status_code == 422


def test_what_was_told_stands_open_once_one_point_of_it_was_answered(world, subject, amina):
    fold = '<details class="fold" open><summary><h2>What was told, point by point'
    as_told = re.findall(
        r'name="(seven_\w+)" value="(\w+)"[^>]* checked', text(amina.get(f"{HOME}ask/talk/"))
    )
    nothing = {f"seven_{name}": "none" for name in SEVEN}
    same = nothing | dict(as_told) | {"said": ""}
    assert fold not in text(ask(amina, "talk", **same))
    assert fold in text(ask(amina, "talk", **same | {"seven_interview": "no"}))
    assert fold in text(ask(amina, "talk", **same | {"seven_interview": "nonsense"}))


def test_how_it_was_asked_stands_open_while_something_of_it_must_be_put_right(world, subject, amina):
    fold = '<details class="fold" open><summary><h2>How it was asked'
    assert fold not in text(ask(amina, "talk", said=""))
    assert fold in text(ask(amina, "talk", said="", until_day="32"))
    assert fold in text(ask(amina, "talk", said="", way=""))


# -- reading aloud ------------------------------------------------------------------------------------------


def test_who_is_chosen_is_read_aloud_and_what_was_typed_stays_when_an_answer_is_missing(
    world, subject, amina
):
    page = text(
        ask(amina, "partner", said="", receiver="society:practice-south", fields_agreed=["called", "phone"])
    )
    aloud = re.search(r'aria-label="To be read aloud">(.*?)</section>', page, re.S)[1]
    assert "Practice Society South" in aloud
    assert len(re.findall(r'name="fields_agreed" value="\w+"[^>]* checked', page)) == 2
    assert "they tell only the clinic" in page and "Read back what was chosen" in page
    assert page.count('type="hidden" name="csrfmiddlewaretoken"') <= page.count("<form")
    assert kept(world, subject) == []


def test_the_exceptions_of_the_country_are_said_too_and_whether_anybody_checked_them(
    world, subject, amina, register
):
    page = text(amina.get(f"{HOME}ask/talk/"))
    said = re.search(r"Say the exceptions too:</p><ul class=\"small\">(.*?)</ul>", page, re.S)[1]
    assert said.count("<li>") == 3
    assert "When a life is in danger" in said


def test_without_a_rule_sheet_nothing_is_promised(world, subject, amina):
    assert "promise nothing beyond what you can keep" in text(amina.get(f"{HOME}ask/talk/"))


# -- the answers ---------------------------------------------------------------------------------------------------


def row_of(page, purpose):
    """The line of a purpose in the table of what counts now."""
    (line,) = [one for one in re.findall(r"<tr>.*?</tr>", text(page), re.S) if f"<b>{purpose}</b>" in one]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line))


def test_the_last_word_stands_first_and_the_ones_before_below(world, subject, amina):
    for said in ("yes", "no"):
        ask(amina, "talk", said=said)
    ask(amina, "partner", receiver="society:practice-south", fields_agreed=["phone", "called"])
    page = amina.get(HOME)
    assert " no " in row_of(page, "Talking with us") and "us" in row_of(page, "Talking with us")
    partner = row_of(page, "Telling a partner here")
    assert "Practice Society South" in partner and "what to call the person, safe phone and hours" in partner
    now, earlier = text(page).split("Earlier answers")
    assert "Talking with us</b> : yes" in re.sub(r"\s+", " ", earlier)
    assert now.index("Telling a partner here") < now.index("<b>Talking with us"), "the newest first"


def test_what_was_asked_of_us_alone_is_not_offered_twice_and_a_partner_always_is(world, subject, amina):
    ask(amina, "talk")
    ask(amina, "partner", receiver="society:practice-south", fields_agreed=["called"])
    offered = re.findall(r'class="btn" href="/cases/3W4-6X7-Y/consent/ask/(\w+)/"', text(amina.get(HOME)))
    assert "talk" not in offered and {"partner", "note", "statistics"} <= set(offered)


def test_what_ended_or_was_withdrawn_looks_so(world, subject, amina):
    today = timezone.localdate()
    answer = {"purpose": "talk", "said": "yes", "receiver": "", "fields": [], "seven": {}}
    keys = world.keys("amina")
    for purpose, until in (("talk", today - timedelta(days=1)), ("note", today)):
        consent.write_answer(
            keys=keys, subject=subject, at=timezone.now(),
            answer=answer | {"purpose": purpose, "until": until.isoformat()},
        )  # fmt: skip
    page = amina.get(HOME)
    assert "ended" in row_of(page, "Talking with us") and "ended" not in row_of(page, "Written notes")


# -- withdrawing -----------------------------------------------------------------------------------------------------


def withdrawal(world, subject, number=0):
    return f"{HOME}{kept(world, subject)[number].sealed.ref}/withdraw/"


def test_the_day_of_a_withdrawal_is_today_unless_another_is_said(world, subject, amina):
    ask(amina, "partner", receiver="society:practice-south", fields_agreed=["called"])
    page = text(amina.get(withdrawal(world, subject)))
    today = timezone.localdate()
    for part, value in (("day", today.day), ("month", today.month), ("year", today.year)):
        assert f'name="on_{part}" value="{value}"' in page
    assert "Telling a partner here, Practice Society South" in page
    assert "Nothing is on its way." in page
    done = amina.post(
        withdrawal(world, subject),
        {"on_day": "3", "on_month": "11", "on_year": "2026", "words": "no more"},
        follow=True,
    )
    assert "Help goes on as before" in text(done)
    (row,) = kept(world, subject)
    assert (row.consent.withdrawn_on, row.kept["withdrawn_words"]) == (date(2026, 11, 3), "no more")


def test_a_month_alone_is_no_day_either(world, subject, amina):
    ask(amina, "talk")
    amina.post(withdrawal(world, subject), {"on_day": "", "on_month": "3", "on_year": "2026"})
    assert kept(world, subject)[0].consent.withdrawn_on == timezone.localdate()


def test_a_withdrawal_without_any_day_asks_for_one_and_loses_no_word(world, subject, amina):
    ask(amina, "talk")
    page = amina.post(
        withdrawal(world, subject), {"on_day": "", "on_month": "", "on_year": "", "words": "no more"}
    )
    assert page.status_code == 422 and "no more" in text(page)
    assert kept(world, subject)[0].consent.withdrawn_on is None


def test_an_answer_that_is_not_there_is_not_withdrawn(world, subject, amina):
    assert amina.get(f"{HOME}00000000-0000-4000-8000-000000000009/withdraw/").status_code == 404


@pytest.mark.parametrize("purpose", ["statistics"])
def test_what_was_kept_is_said(world, subject, amina, purpose):
    page = amina.post(f"{HOME}ask/{purpose}/", posted(), follow=True)
    assert "Written down." in text(page) and page.redirect_chain[-1][0] == HOME


def test_nobody_reads_or_asks_with_a_locked_vault(world, subject, amina):
    ask(amina, "talk")
    (row,) = kept(world, subject)
    locked = world.client("amina", open_vault=False)
    for address in (HOME, f"{HOME}ask/talk/", f"{HOME}{row.sealed.ref}/withdraw/"):
        assert amina.get(address).status_code == 200, "control: with her vault open she reads it"
        assert locked.get(address).status_code == 302, address


@pytest.mark.parametrize("method", ["put", "delete"])
def test_a_page_is_read_and_a_form_is_sent_and_nothing_else(world, subject, amina, method):
    for address in (HOME, f"{HOME}ask/talk/", f"{HOME}00000000-0000-4000-8000-000000000009/withdraw/"):
        assert getattr(amina, method)(address).status_code == 405
    assert amina.post(HOME).status_code == 405


def test_what_a_browser_left_out_was_not_told(world, subject, amina):
    """An old telephone sends nothing for a row of buttons of which none is pressed."""
    amina.post(
        f"{HOME}ask/talk/", {name: one for name, one in posted().items() if not name.startswith("seven_")}
    )
    (row,) = kept(world, subject)
    assert row.kept["seven"] == dict.fromkeys(SEVEN, "none")


def test_that_something_was_told_is_the_good_answer():
    form = AskForm(purpose="talk", receivers=[], age_group="adult")
    assert all(form.fields[f"seven_{name}"].safe for name in SEVEN) and len(form.seven()) == len(SEVEN)


# -- an authority -------------------------------------------------------------------------------------------


def test_a_yes_for_an_authority_is_kept_only_once_its_risk_was_on_the_page(world, subject, amina):
    told = {"receiver": "other", "receiver_other": "Консульство Практики", "fields_agreed": ["called"]}
    page = ask(amina, "partner", **told)
    assert "Not kept yet" in text(page) and "its risk is said first" in text(page)
    assert "they tell only the clinic" in text(page) and 'value="Консульство Практики"' in text(page)
    assert kept(world, subject) == []
    (shown,) = re.findall(r'name="risk_read" value="([^"]*)"', text(page))
    other = ask(amina, "partner", **told | {"receiver_other": "Полиция Практики", "risk_read": shown})
    assert "Not kept yet" in text(other) and kept(world, subject) == [], "that was the risk of another one"
    assert ask(amina, "partner", **told, risk_read=shown).status_code == 302
    assert len(kept(world, subject)) == 1


def test_a_no_for_an_authority_is_kept_at_once(world, subject, amina):
    page = ask(amina, "partner", said="no", receiver="other", receiver_other="Embassy of Practice")
    assert page.status_code == 302 and len(kept(world, subject)) == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Консулдық бөлім", "consulate"),
        ("Практика елшілігі", "consulate"),
        ("Практика элчилиги", "consulate"),
        ("Сафорати Практика", "consulate"),
        ("Практика элчихонаси", "consulate"),
        ("Amaliyot elchixonasi", "consulate"),
        ("Praktika ilçihanasy", "consulate"),
        ("BÜYÜKELÇİLİK", "consulate"),
        ("Pratik Başkonsolosluğu", "consulate"),
        ("Шекара қызметі", "police"),
        ("Чек ара кызматы", "police"),
        ("Хадамоти муҳоҷират", "police"),
        ("Ichki ishlar boʻlimi", "police"),
        ("Чегара хизмати", "police"),
        ("Polisiýa bölümi", "police"),
        ("İl Göç İdaresi", "police"),
        ("Polis Merkezi", "police"),
        ("Юридическая консультация", ""),
        ("Consulting rooms of the metropolis", ""),
        ("Konsultatsiya markazi", ""),
    ],
)
def test_authorities_are_known_by_their_names_in_the_languages_of_the_region(name, kind):
    assert rules.authority_named(name) == kind


# -- what was chosen before, and the way back ------------------------------------------------------------------


def chosen(page):
    return re.findall(r'name="fields_agreed" value="(\w+)"[^>]* checked', text(page))


def test_what_was_chosen_stands_beforehand_only_in_the_same_talk_with_the_same_colleague(
    world, subject, amina, monkeypatch
):
    clinic = f"{HOME}ask/partner/?to={sealed('society:practice-south')}"
    ask(amina, "partner", receiver="society:practice-south", fields_agreed=["called", "phone"])
    assert set(chosen(amina.get(clinic))) == {"called", "phone"}
    monkeypatch.setattr(views, "SAME_TALK", timedelta(0))
    assert chosen(amina.get(clinic)) == []


@pytest.mark.parametrize("back", ["../x", "%2e%2e/x", "..\\x", "a\\b", ".%2E/x", ".\t./x"])
def test_the_way_back_stays_in_the_case(world, subject, amina, back):
    page = amina.get(f"{HOME}ask/talk/", {"back": f"/cases/3W4-6X7-Y/{back}"})
    assert (
        f'href="{HOME}"' in text(page) and "3W4-6X7-Y/." not in text(page) and "3W4-6X7-Y/%" not in text(page)
    )


def test_the_question_can_be_read_aloud_in_the_languages_of_the_region_with_the_receiver_named(
    subject, amina
):
    page = amina.get(f"{HOME}ask/partner/").text
    assert page.count("not checked by a native speaker") == 5
    assert '<b lang="kk">Бұған мына ұйым көмектесе алады: төменде таңдалған ұйым.' in page
    assert "Say them through an interpreter." in page, "what the text leaves out is said"
    assert "Read aloud:" not in amina.get(f"{HOME}ask/known_there/").text, (
        "a text that is not whole is not offered"
    )
