"""A screening through the pages that Amina uses, and what others see of it: nothing."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from panah.ground.audit import queries as audit_queries
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.sealed_addresses import sealed
from panah.ground.vault import actions as vault_actions
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import Part
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.models import Case
from panah.people.cases.words.due_types import EXTRA
from panah.people.screening import actions, queries, subjects
from panah.people.screening.rules import Conclusion
from panah.people.screening.schema import Answer
from tests.screening.conftest import say_age

HOME = "/cases/4TQ-7MX-G/screening/"
HURTFUL = re.compile(r"victim|suspect|\bscore\b|жертв|балл", re.IGNORECASE)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def begin(client, code, **more):
    answer = client.post(HOME, {"profile": code, **more})
    assert answer.status_code == 302, text_of(answer)
    return answer.url


def meetings_of(world, case, who="amina"):
    return queries.meetings(keys=world.keys(who), file=case.file_id)


def step(client, address, step, callback="stop", **answers):
    fields = {code.replace("__", "-"): a for code, a in answers.items()}
    return client.post(f"{address}{step}/", {"seen": 99, "then": callback, **fields})


def test_amina_screens_over_two_meetings_and_reads_what_the_answers_suggest(world, now_adult):
    amina = world.client("amina")
    page = amina.get(HOME)
    assert "Nobody has asked anything yet" in text_of(page)
    assert "this full set fits best: Labour, adults" in text_of(page)

    first = begin(amina, "adult_labour")
    assert "Go on with the questions" in text_of(amina.get(first))
    step(amina, first, "deceived", deceived__work="yes", deceived__pay="yes")
    step(amina, first, "control", control__papers="no", control__debt="unknown")
    assert amina.post(f"{first}end/").url == f"{HOME}result/"

    second = begin(amina, "adult_labour")
    page = text_of(amina.get(f"{second}control/"))
    assert "Told before" in page
    assert "Told before: No, today." in page
    step(amina, second, "control", control__papers="yes", control__isolation="yes")
    step(amina, second, "exploitation", exploitation__hours="yes", exploitation__pay="yes")
    amina.post(f"{second}end/")

    result = text_of(amina.get(f"{HOME}result/"))
    assert "An indication of trafficking for forced labour." in result
    assert "This is not a legal finding." in result
    assert "Help does not depend on it" in result
    assert "No open question would change this." in result
    assert "Two strong answers are enough." in result
    assert "Told differently at different times Someone else keeps the papers" in _plain(result)
    assert "Not yet checked against the primary source." in result
    assert not HURTFUL.search(result)


def test_the_result_names_what_was_asked_and_is_not_known(world, now_adult):
    amina = world.client("amina")
    first = begin(amina, "adult_labour")
    step(amina, first, "control", control__papers="unknown", control__debt="no")
    amina.post(f"{first}end/")
    for page in (amina.get(f"{HOME}result/"), amina.post(f"{HOME}paper/")):
        told = text_of(page).partition("Asked, and not known:")[2]
        assert told.strip().startswith("Someone else keeps the papers")


def test_who_interpreted_stays_with_the_meeting_after_the_first_answer_and_its_end(world, now_adult):
    amina = world.client("amina")
    first = begin(amina, "adult_labour", interpreter="Practice Voice Reed")
    step(amina, first, "control", control__papers="yes")
    assert "Interpreted by Practice Voice Reed" in text_of(amina.get(HOME))
    amina.post(f"{first}end/")
    assert "Interpreted by Practice Voice Reed" in text_of(amina.get(HOME))
    assert "Practice Voice Reed" in text_of(amina.get(first))


def _plain(text):
    return text.replace("People remember and dare to say more as time goes on. ", "").replace(
        "The latest answer counts; the earlier ones stay here. ", ""
    )


def test_what_was_told_on_a_call_is_already_there_in_the_full_questions(world, now_adult):
    amina = world.client("amina")
    call = begin(amina, "operator_prompts")
    assert amina.get(call).url == f"{call}prompts/"
    page = text_of(amina.get(f"{call}prompts/"))
    assert "Where are your papers now?" in page
    step(amina, call, "prompts", "end", prompt__papers="yes", prompt__leave="yes", prompt__debt="no")

    full = begin(amina, "adult_labour")
    page = text_of(amina.get(f"{full}control/"))
    assert "Told before 3" in page
    assert "Can you get at them?” Told before: Yes, today." in page
    picture = queries.picture(
        held=meetings_of(world, now_adult), profile=queries.sets().by_code["adult_labour"]
    )
    assert [d.code for d in picture.result.positive] == ["control"]


def test_a_volunteer_ticks_what_was_seen_and_nothing_is_concluded_from_it(world, case):
    amina = world.client("amina")
    seen = begin(amina, "volunteer_signs")
    page = text_of(amina.get(f"{seen}seen/"))
    assert "Ask no questions about it." in page
    assert "Not asked" not in page
    amina.post(f"{seen}seen/", {"seen": 1, "noticed": ["sign.papers"], "then": "end"})

    (held,) = meetings_of(world, case)
    assert held.meeting.answers == {"sign.papers": Answer.YES}
    result = text_of(amina.get(f"{HOME}result/"))
    assert "Nothing can be said yet." in result
    assert "Someone else holds the papers or the phone" in result
    full = begin(amina, "child_labour")
    assert "Something noticed earlier points here." in text_of(amina.get(f"{full}control/"))


def test_a_sign_ticked_by_mistake_can_be_unticked_before_the_end(world, case):
    amina = world.client("amina")
    seen = begin(amina, "volunteer_signs")
    amina.post(f"{seen}seen/", {"seen": 1, "noticed": ["sign.fear"], "then": "stop"})
    amina.post(f"{seen}seen/", {"seen": 2, "noticed": ["sign.place"], "then": "stop"})
    (held,) = meetings_of(world, case)
    assert {c for c, a in held.meeting.answers.items() if a is Answer.YES} == {"sign.place"}


def test_with_the_age_not_known_the_rule_for_children_is_offered_and_said(world, case):
    amina = world.client("amina")
    page = text_of(amina.get(HOME))
    assert "In doubt the rule for children applies" in page
    assert "Labour, children" in page
    assert "Labour, adults" not in page
    assert amina.post(HOME, {"profile": "adult_labour"}).status_code == 422
    assert meetings_of(world, case) == ()


def test_a_childs_exploitation_and_who_brought_her_are_enough(world, case):
    amina = world.client("amina")
    meeting = begin(amina, "child_labour")
    assert f"{meeting}someone/" in amina.get(meeting).content.decode()
    step(amina, meeting, "someone", act__someone="yes")
    step(amina, meeting, "exploitation", exploitation__hours="yes", exploitation__pay="yes")
    result = text_of(amina.get(f"{HOME}result/"))
    assert "An indication of trafficking of a child." in result
    assert "exploitation counts even without deception or force" in result


def test_a_grown_person_may_have_been_a_child_when_it_happened(world, now_adult):
    page = text_of(world.client("amina").get(HOME))
    assert "Labour, adults" in page
    assert "Labour, children" in page


def test_a_screening_can_be_left_and_taken_up_again_where_it_stopped(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    moved_on = step(amina, meeting, "deceived", "on", deceived__work="yes")
    assert moved_on.url == f"{meeting}forced/"
    tomorrow = world.client("amina")
    page = tomorrow.get(meeting)
    assert "1 / 10" in text_of(page)
    form = tomorrow.get(f"{meeting}deceived/").content.decode()
    assert re.search(r'name="deceived-work" value="yes"[^>]*checked', form)
    assert re.search(r'name="deceived-pay" value="none"[^>]*checked', form)
    assert "goes on" in text_of(tomorrow.get(HOME))


def test_each_step_is_saved_while_she_chooses(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    kept = amina.post(f"{meeting}control/keep/", {"seen": 1, "control-papers": "unknown"})
    assert kept.status_code == 204
    (held,) = meetings_of(world, now_adult)
    assert held.meeting.answers == {"control.papers": Answer.UNKNOWN}
    wrong = amina.post(f"{meeting}control/keep/", {"seen": 1, "control-papers": "perhaps"})
    assert wrong.status_code == 422


def test_an_answer_that_is_none_of_the_four_is_refused_and_the_others_are_kept(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    page = step(amina, meeting, "control", control__papers="perhaps", control__debt="yes")
    assert page.status_code == 422
    body = page.content.decode()
    assert 'href="#id_control-papers' in body
    assert re.search(r'name="control-debt" value="yes"[^>]*checked', body)
    assert "<title>Error:" in body


def test_two_colleagues_on_one_meeting_do_not_write_over_each_other(world, now_adult):
    amina, bakyt = world.client("amina"), world.client("bakyt")
    meeting = begin(amina, "adult_labour")
    amina.get(f"{meeting}control/")
    bakyt.post(f"{meeting}control/", {"seen": 1, "control-papers": "yes", "then": "stop"})
    page = amina.post(f"{meeting}control/", {"seen": 1, "control-papers": "no", "control-debt": "yes"})
    assert "A colleague answered here: Yes." in text_of(page)
    body = page.content.decode()
    assert re.search(r'name="control-papers" value="no"[^>]*checked', body)
    (held,) = meetings_of(world, now_adult)
    assert held.meeting.answers == {"control.papers": Answer.YES}
    seen = re.search(r'name="seen" value="(\d+)"', body).group(1)
    amina.post(
        f"{meeting}control/", {"seen": seen, "control-papers": "no", "control-debt": "yes", "then": "stop"}
    )
    (held,) = meetings_of(world, now_adult)
    assert held.meeting.answers["control.papers"] is Answer.NO


def test_an_ended_meeting_stays_as_it_was_told(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    amina.post(f"{meeting}end/")
    assert amina.get(f"{meeting}control/").url == meeting
    assert step(amina, meeting, "control", control__papers="no").url == meeting
    assert amina.post(f"{meeting}end/").status_code == 409
    assert amina.post(f"{meeting}control/keep/", {"seen": 9}).status_code == 409
    page = text_of(amina.get(meeting))
    assert "its answers stay as they were told" in page
    assert "Someone else keeps the papers Yes" in page


def test_a_meeting_without_answers_is_not_kept(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    assert amina.post(f"{meeting}end/").url == HOME
    assert meetings_of(world, now_adult) == ()
    assert "Nothing was answered" in text_of(amina.get(HOME))


def test_notes_from_paper_keep_the_time_of_the_meeting(world, now_adult):
    amina = world.client("amina")
    when = timezone.now() - timedelta(days=2)
    moment = {
        "held_at_day": when.day,
        "held_at_month": when.month,
        "held_at_year": when.year,
        "held_at_time": "14:30",
    }
    begin(amina, "adult_labour", **moment)
    (held,) = meetings_of(world, now_adult)
    assert (held.meeting.at.day, held.meeting.at.hour) == (when.day, 14)
    assert held.typed_at > held.meeting.at
    future = amina.post(HOME, {"profile": "adult_labour", **moment, "held_at_year": when.year + 1})
    assert "must not lie in the future" in text_of(future)


def test_saying_no_to_screening_changes_nothing_about_the_help(world, now_adult):
    """What is stored outside the vault, and every way on, are the same as for one who was asked."""
    amina = world.client("amina")
    before = queries.glance(keys=world.keys("amina"), file=now_adult.file_id, age="adult")
    row, due = Case.objects.filter(pk=now_adult.pk).values().get(), _due(now_adult)
    answer = amina.post(f"{HOME}decline/")
    assert answer.url == HOME
    page = text_of(amina.get(HOME))
    assert "Nothing about the help changes." in page
    assert "Rather not asked" in page

    # No result and no outcome comes from it; another day everything is open as on the first.
    after = queries.glance(keys=world.keys("amina"), file=now_adult.file_id, age="adult")
    assert (before.result, after.result) == (None, None)
    assert after.open_meeting is None
    assert begin(amina, "adult_labour")

    # The case and what is due for the person are as before, and go on as before.
    assert Case.objects.filter(pk=now_adult.pk).values().get() == row
    assert _due(now_adult) == due
    about, due_at = cases.on_case(now_adult), world.at + timedelta(days=1)
    work.due(
        EXTRA, about, keys=world.keys("amina"), sentence="Bring warm clothes.", due_at=due_at, at=world.at
    )
    assert len(_due(now_adult)) == len(due) + 1

    # The journal says the same words as for any meeting that ended.
    events = {e.event for e in audit_queries.entries_about(now_adult.file_id)}
    assert {"screening:meeting:ended"} == {e for e in events if e.endswith("ended")}
    assert not any("decline" in e for e in events)


def _due(case):
    return [(i.kind, i.due_at) for i in work_queries.items_of(case.pk)]


def test_a_refusal_does_not_count_against_what_was_told_before(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "deceived", deceived__work="yes", deceived__pay="yes")
    amina.post(f"{meeting}end/")
    amina.post(f"{HOME}decline/")
    glance = queries.glance(keys=world.keys("amina"), file=now_adult.file_id, age="adult")
    assert glance.result.outcome is Conclusion.MEANS_WITHOUT_EXPLOITATION


PAGES = [
    ("get", HOME),
    ("get", f"{HOME}result/"),
    ("post", HOME),
    ("post", f"{HOME}decline/"),
    ("post", f"{HOME}paper/"),
    ("get", f"{HOME}blank/{sealed('adult_labour')}/"),
    ("get", "{meeting}"),
    ("get", "{meeting}control/"),
    ("post", "{meeting}control/"),
    ("post", "{meeting}control/keep/"),
    ("post", "{meeting}end/"),
]


@pytest.mark.parametrize("who", ["cholpon", "daler", "elena", "timur"])
def test_who_does_not_hold_the_case_gets_the_same_answer_as_for_none(world, now_adult, who):
    meeting = begin(world.client("amina"), "adult_labour")
    client = world.client(who)
    for method, address in PAGES:
        theirs = address.format(meeting=meeting)
        none = theirs.replace("4TQ-7MX-G", "3A6-49C-R")
        answers = [getattr(client, method)(a) for a in (theirs, none)]
        assert [a.status_code for a in answers] == [404, 404], address
        assert _without_token(answers[0]) == _without_token(answers[1]), address
    assert meetings_of(world, now_adult)[0].answered == 0


def _without_token(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


@pytest.mark.parametrize("who", [None, "amina"])
def test_farid_and_a_locked_vault_are_sent_away_from_every_page(world, now_adult, who):
    meeting = begin(world.client("amina"), "adult_labour")
    client = world.client(who, open_vault=False)
    for method, address in PAGES:
        answer = getattr(client, method)(address.format(meeting=meeting))
        # 423: the page that opens the vault, holding what was sent until it is open.
        assert answer.status_code in (302, 423), address
        assert "screening" not in getattr(answer, "url", "").split("?")[0]
        assert '<fieldset class="ask' not in answer.content.decode()
    (held,) = meetings_of(world, now_adult)
    assert (held.answered, held.is_open) == (0, True)


def test_a_meeting_of_another_case_or_an_unknown_step_is_not_there(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    other = re.sub(r"/screening/[0-9a-f]{8}", "/screening/00000000", meeting)
    for address in (other, f"{other}control/", f"{meeting}nothing/"):
        assert amina.get(address).status_code == 404
    assert amina.get(f"{HOME}blank/nothing/").status_code == 404


def test_actions_refuse_in_a_sentence_what_may_not_be(world, case):
    adults = queries.sets().by_code["adult_labour"]
    know = {
        "keys": world.keys("amina"),
        "file": case.file_id,
        "profile": adults,
        "by": world.staff["amina"],
        "at": world.at,
    }
    tomorrow = world.at + timedelta(days=1)
    with pytest.raises(Refusal, match="age-in-doubt"):
        actions.begin(age="unknown", held_at=world.at, **know)
    with pytest.raises(Refusal, match="in-the-future"):
        actions.begin(age="adult", held_at=tomorrow, **know)
    with pytest.raises(Refusal, match="no-such-meeting"):
        actions.answer(meeting_id=uuid4(), answers={}, seen=0, **know)
    cholpon = {**know, "keys": world.keys("cholpon"), "by": world.staff["cholpon"]}
    with pytest.raises(Refusal, match="not-openable"):
        actions.begin(age="adult", held_at=world.at, **cholpon)
    assert meetings_of(world, case) == ()
    assert queries.meetings(keys=world.keys("cholpon"), file=case.file_id) == ()


def test_nothing_of_a_screening_lies_in_the_open(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    rows = [bytes(p.sealed) + bytes(p.label) for p in Part.objects.all()]
    assert rows
    for row in rows:
        for word in (b"control", b"papers", b"adult_labour", b"screening", b"yes"):
            assert word not in row
    for entry in audit_queries.entries_about(now_adult.file_id):
        assert "adult" not in str(entry.facts)
        assert "control" not in str(entry.facts)


def test_the_journal_tells_who_began_wrote_and_ended(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    amina.post(f"{meeting}control/keep/", {"seen": 9, "control-debt": "yes"})
    step(amina, meeting, "control", control__papers="yes", control__debt="no")
    step(world.client("bakyt"), meeting, "deceived", deceived__pay="yes")
    amina.post(f"{meeting}end/")
    amina.post(f"{HOME}paper/")
    events = [e.event for e in reversed(audit_queries.entries_about(now_adult.file_id))]
    assert [e for e in events if e.startswith("screening:")] == [
        "screening:meeting:begun",
        "screening:meeting:answered",
        "screening:meeting:answered",
        "screening:meeting:ended",
        "screening:result:printed",
    ]


def test_the_journal_names_a_writer_once_a_meeting_also_after_a_draft(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    amina.post(f"{meeting}control/keep/", {"seen": 1, "control-debt": "yes"})
    entries = audit_queries.entries_about(now_adult.file_id)
    assert not [e for e in entries if e.event == "screening:meeting:answered"]
    step(world.client("bakyt"), meeting, "control", control__debt="yes")
    step(amina, meeting, "control", control__debt="yes")
    step(amina, meeting, "deceived", deceived__pay="yes")
    entries = audit_queries.entries_about(now_adult.file_id)
    assert len([e for e in entries if e.event == "screening:meeting:answered"]) == 1


def test_the_page_to_print_says_what_the_screen_says(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes", control__debt="yes")
    paper = text_of(amina.post(f"{HOME}paper/?set={sealed('adult_labour')}"))
    assert "What was told points to trafficking: control at the place." in paper
    assert "Someone else keeps the papers" in paper
    assert "This is not a legal finding." in paper
    assert "From 1 meeting." in paper
    assert "Amina" not in paper


@pytest.mark.parametrize("code", ["adult_labour", "operator_prompts", "volunteer_signs"])
def test_every_set_can_be_printed_empty(world, now_adult, code):
    page = text_of(world.client("amina").get(f"{HOME}blank/{sealed(code)}/"))
    assert page.count("☐") in {201, 36, 8}
    assert "Write no name and no address on this sheet." in page


def test_the_result_can_be_looked_at_with_another_set(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    page = text_of(amina.get(f"{HOME}result/?set={sealed('forced_criminality')}"))
    assert "Something was told that can point to trafficking" in page
    assert "Someone else keeps the papers" in page
    assert "No result is calculated" in page
    nonsense = amina.get(f"{HOME}result/?set=nonsense")
    assert "Labour, adults" in text_of(nonsense)


def test_when_the_age_turns_out_to_be_unknown_the_rule_for_children_is_used_on_what_was_told(
    world, now_adult
):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "exploitation", exploitation__hours="yes", exploitation__pay="yes")
    step(amina, meeting, "deceived", deceived__work="yes")
    assert "Exploitation at work" in text_of(amina.get(f"{HOME}result/"))
    say_age(world, now_adult, "unknown")
    assert "An indication of trafficking of a child." in text_of(amina.get(f"{HOME}result/"))


def test_a_societys_own_set_is_offered_and_its_faults_are_said_at_start(world, case, tmp_path, settings):
    from panah.people.screening.checks import sets_of_questions_can_be_read

    settings.PANAH_SCREENING_PROFILES = str(tmp_path)
    assert sets_of_questions_can_be_read() == []
    (tmp_path / "own.json").write_text("{", encoding="utf-8")
    (fault,) = sets_of_questions_can_be_read()
    assert "own.json: not JSON at line 1" in fault.msg
    assert fault.id == "screening.E001"


def test_a_set_that_was_taken_away_leaves_its_answers_readable(world, case, tmp_path, settings):
    import json

    own = json.loads(
        (queries.own_folders.__globals__["load"].__globals__["BUILT_IN"] / "forced_begging.json")
        .read_text(encoding="utf-8")
        .replace('"forced_begging"', '"north_begging"')
        .replace('"begging.', '"north.')
    )
    (tmp_path / "own.json").write_text(json.dumps(own), encoding="utf-8")
    settings.PANAH_SCREENING_PROFILES = tmp_path
    amina = world.client("amina")
    meeting = begin(amina, "north_begging")
    step(amina, meeting, "act", north__placed="yes")
    settings.PANAH_SCREENING_PROFILES = ()
    assert amina.get(HOME).status_code == 200
    assert amina.get(f"{HOME}result/").status_code == 200
    assert amina.get(meeting).status_code == 404


def test_the_file_erased_takes_every_screening_with_it(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    vault_actions.erase(keys=world.keys("amina"), file=now_adult.file_id, at=timezone.now())
    assert not vault_queries.opens(keys=world.keys("amina"), file=now_adult.file_id)
    assert amina.get(HOME).status_code == 404


@pytest.mark.parametrize("address", [HOME, f"{HOME}result/", "{meeting}", "{meeting}control/"])
def test_every_page_speaks_russian_and_says_nothing_hurtful(world, now_adult, address):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    staff = world.staff["amina"]
    staff.language = "ru"
    staff.save()
    page = amina.get(address.format(meeting=meeting))
    text = text_of(page)
    assert re.search(r"Опрос по признакам|подсказывают|встреч", text)
    assert not HURTFUL.search(text)


def test_the_case_shows_a_tab_and_how_many_meetings_there_were(world, now_adult):
    tab = cases_queries.TABS["screening"]
    assert tab.url_name == "screening:start"
    say = next(s for s in cases_queries.STRIP if s.__module__.startswith("panah.people.screening"))
    strip = {"case": now_adult, "keys": world.keys("amina"), "at": world.at}
    assert say(**strip) is None
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    assert (str(say(**strip).value), str(say(**strip).small)) == ("1 meeting", "goes on")
    step(amina, meeting, "control", control__papers="yes", control__debt="yes")
    amina.post(f"{meeting}end/")
    told = f"{say(**strip).term} {say(**strip).value} {say(**strip).small} {say(**strip).tone}"
    assert told == "Screening 1 meeting today "


def test_the_set_that_fits_the_recorded_kind_of_exploitation_is_offered_first(world, now_adult):
    kind = {"answer": "yes", "values": ["ForcedBegging"]}
    vault_actions.write(
        keys=world.keys("amina"),
        file=now_adult.file_id,
        part="codes",
        value={"vic_TypeOfExploitation": kind},
        at=world.at,
    )
    assert "fits best: Forced begging" in text_of(world.client("amina").get(HOME))


def test_parts_that_are_shown_already_are_passed_over(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "forced", forced__violence="yes", forced__debt="yes")
    after = step(amina, meeting, "deceived", "on", deceived__work="yes")
    assert after.url == f"{meeting}vulnerable/"
    page = text_of(amina.get(f"{meeting}forced/"))
    assert "This part is already shown by the answers." in page
    assert "There is no need to ask more about it." in page


def test_when_no_part_needs_more_questions_the_pages_say_so(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    for part in queries.sets().by_code["adult_labour"].dimensions:
        codes = [i.code.replace(".", "__") for i in part.indicators]
        answers = dict.fromkeys(codes, "no") | dict.fromkeys(codes[:1], "unknown")
        last = step(amina, meeting, part.code, "on", **answers)
    assert last.url == meeting
    page = text_of(amina.get(meeting))
    assert "No other part needs more questions." in page
    assert "Nothing open could change it." in page
    assert "What is still open here could not change this part." in text_of(amina.get(f"{meeting}control/"))
    assert "Nothing that was told points to exploitation" in text_of(amina.get(f"{HOME}result/"))


def test_a_room_above_can_use_the_same_pages_rules_over_files_of_its_own(world, case):
    def find_contact(number, *, to, keys):
        mine = number == "1" and to == world.staff["elena"]
        return subjects.ScreeningSubject(number, case.file_id, "unknown", "/calls/1/") if mine else None

    subjects.register("practice-contact", find_contact)
    keys = world.keys("elena")
    assert subjects.find("practice-contact", "1", to=world.staff["elena"], keys=keys)
    assert subjects.find("practice-contact", "1", to=world.staff["amina"], keys=keys) is None
    assert subjects.find("nothing", "1", to=world.staff["elena"], keys=keys) is None


@pytest.fixture
def open_meeting(world, now_adult):
    amina = world.client("amina")
    return amina, begin(amina, "adult_labour")


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(["seen", "then", "control-papers", "control-debt", "noticed", "other"]),
        st.text(max_size=30) | st.sampled_from(["yes", "no", "unknown", "none", "on", "end"]),
    )
)
def test_whatever_is_sent_gets_a_page_and_loses_nothing(open_meeting, world, now_adult, sent):
    amina, meeting = open_meeting
    sent.pop("then", None) if sent.get("then") == "end" else None
    before = meetings_of(world, now_adult)[0].meeting.answers
    answer = amina.post(f"{meeting}control/", sent)
    assert answer.status_code in (200, 302, 422)
    kept = amina.post(f"{meeting}control/keep/", sent)
    assert kept.status_code in (204, 422)
    after = meetings_of(world, now_adult)[0].meeting.answers
    if answer.status_code != 302:
        assert after == before


@pytest.mark.parametrize(
    "address", ["result/?set=%00", "blank/%00/", "blank/../x/", "result/?set=" + "x" * 5000]
)
def test_strange_addresses_get_a_page_or_a_404(world, now_adult, address):
    assert world.client("amina").get(HOME + address).status_code in (200, 404)


def test_what_was_told_on_a_call_goes_along_when_the_call_becomes_a_case(world, case):
    prompts = queries.sets().by_code["operator_prompts"]
    know = {"keys": world.keys("amina"), "by": world.staff["amina"], "at": world.at}
    call = vault_actions.begin_file(
        keys=world.keys("amina"), kind="contact", at=world.at, staff=[world.staff["amina"]]
    )
    told = actions.begin(file=call, profile=prompts, age="unknown", held_at=world.at, **know)
    yes = {"prompt.papers": Answer.YES, "prompt.paid": Answer.UNKNOWN}
    actions.answer(file=call, meeting_id=told, profile=prompts, answers=yes, seen=1, **know)
    actions.end(file=call, meeting_id=told, **{k: know[k] for k in ("keys", "by", "at")})
    actions.note_declined(file=call, profile=prompts, **know)
    for carried in (2, 0):
        assert actions.carry_over(source=call, target=case.file_id, **know) == carried
    before = queries.meetings(keys=world.keys("amina"), file=call)
    after = queries.meetings(keys=world.keys("bakyt"), file=case.file_id)
    assert [h.meeting for h in after] == [h.meeting for h in before]
    assert [h.declined for h in after] == [h.declined for h in before]
    assert queries.merged(after).answers["control.papers"] is Answer.YES
    with pytest.raises(Refusal, match="not-openable"):
        actions.carry_over(source=call, target=uuid4(), **know)
