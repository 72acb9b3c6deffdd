"""A screening through the pages that Amina uses, and what others see of it: nothing."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.audit import queries as journal
from panah.cases.models import Case
from panah.screening import queries
from panah.screening.rules import Outcome
from panah.screening.shapes import Answer
from panah.vault import queries as vault
from panah.vault.models import Part

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


def step(client, address, step, then="stop", **answers):
    fields = {code.replace("__", "-"): a for code, a in answers.items()}
    return client.post(f"{address}{step}/", {"seen": 99, "then": then, **fields})


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
    assert "Someone else keeps the papers Told before: Yes, today." in page
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
    assert amina.post(HOME, {"profile": "adult_labour"}).status_code == 200
    assert meetings_of(world, case) == ()


def test_a_childs_exploitation_and_who_brought_her_are_enough(world, case):
    amina = world.client("amina")
    meeting = begin(amina, "child_labour")
    assert f"{meeting}someone/" in amina.get(meeting).content.decode()
    step(amina, meeting, "someone", act__someone="yes")
    step(amina, meeting, "exploitation", exploitation__hours="yes", exploitation__pay="yes")
    result = text_of(amina.get(f"{HOME}result/"))
    assert "An indication of trafficking of a child." in result
    assert "no deception or force is needed" in result


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
    assert page.status_code == 200
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

    # The journal says the same words as for any meeting that ended.
    events = {e.event for e in journal.entries_about(now_adult.file_id)}
    assert {"screening:meeting:ended"} == {e for e in events if e.endswith("ended")}
    assert not any("decline" in e for e in events)


def test_a_refusal_does_not_count_against_what_was_told_before(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "deceived", deceived__work="yes", deceived__pay="yes")
    amina.post(f"{meeting}end/")
    amina.post(f"{HOME}decline/")
    glance = queries.glance(keys=world.keys("amina"), file=now_adult.file_id, age="adult")
    assert glance.result.outcome is Outcome.MEANS_WITHOUT_EXPLOITATION


PAGES = [
    ("get", HOME),
    ("get", f"{HOME}result/"),
    ("post", HOME),
    ("post", f"{HOME}decline/"),
    ("post", f"{HOME}paper/"),
    ("get", f"{HOME}blank/adult_labour/"),
    ("get", "{meeting}"),
    ("get", "{meeting}control/"),
    ("post", "{meeting}control/"),
    ("post", "{meeting}control/keep/"),
    ("post", "{meeting}end/"),
]


@pytest.mark.parametrize(("method", "address"), PAGES)
@pytest.mark.parametrize("who", ["cholpon", "daler", "elena", "timur"])
def test_who_does_not_hold_the_case_gets_the_same_answer_as_for_none(world, now_adult, who, method, address):
    meeting = begin(world.client("amina"), "adult_labour")
    client = world.client(who)
    theirs = getattr(client, method)(address.format(meeting=meeting))
    none = getattr(client, method)(address.format(meeting=meeting).replace("4TQ-7MX-G", "3A6-49C-R"))
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert _without_token(theirs) == _without_token(none)


def _without_token(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


@pytest.mark.parametrize(("method", "address"), PAGES)
def test_farid_and_a_locked_vault_are_sent_away_from_every_page(world, now_adult, method, address):
    meeting = begin(world.client("amina"), "adult_labour")
    for client in (world.client(None), world.client("amina", open_vault=False)):
        answer = getattr(client, method)(address.format(meeting=meeting))
        assert answer.status_code == 302
        assert "/screening/" not in answer.url.split("?")[0]
    assert len(meetings_of(world, now_adult)) == 1


def test_a_meeting_of_another_case_or_an_unknown_step_is_not_there(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    other = re.sub(r"/screening/[0-9a-f]{8}", "/screening/00000000", meeting)
    for address in (other, f"{other}control/", f"{meeting}nothing/"):
        assert amina.get(address).status_code == 404
    assert amina.get(f"{HOME}blank/nothing/").status_code == 404


def test_nothing_of_a_screening_lies_in_the_open(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    rows = [bytes(p.sealed) + bytes(p.label) for p in Part.objects.all()]
    assert rows
    for row in rows:
        for word in (b"control", b"papers", b"adult_labour", b"screening", b"yes"):
            assert word not in row
    for entry in journal.entries_about(now_adult.file_id):
        assert "adult" not in str(entry.facts)
        assert "control" not in str(entry.facts)


def test_the_journal_tells_who_began_wrote_and_ended(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    amina.post(f"{meeting}control/keep/", {"seen": 9, "control-debt": "yes"})
    amina.post(f"{meeting}end/")
    amina.post(f"{HOME}paper/")
    events = [e.event for e in reversed(journal.entries_about(now_adult.file_id))]
    assert [e for e in events if e.startswith("screening:")] == [
        "screening:meeting:begun",
        "screening:meeting:answered",
        "screening:meeting:ended",
        "screening:result:printed",
    ]


def test_the_page_to_print_says_what_the_screen_says(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes", control__debt="yes")
    paper = text_of(amina.post(f"{HOME}paper/?set=adult_labour"))
    assert "Deception, force or a used hardship, without exploitation so far." in paper
    assert "Someone else keeps the papers" in paper
    assert "This is not a legal finding." in paper
    assert "From 1 meeting." in paper
    assert "Amina" not in paper


@pytest.mark.parametrize("code", ["adult_labour", "operator_prompts", "volunteer_signs"])
def test_every_set_can_be_printed_empty(world, now_adult, code):
    page = text_of(world.client("amina").get(f"{HOME}blank/{code}/"))
    assert page.count("☐") in {201, 36, 8}
    assert "Write no name and no address on this sheet." in page


def test_the_result_can_be_looked_at_with_another_set(world, now_adult):
    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    page = text_of(amina.get(f"{HOME}result/?set=forced_criminality"))
    assert "What was told is listed below." in page
    assert "Someone else keeps the papers" in page
    assert "nothing is worked out from it" in page
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
    Case.objects.filter(pk=now_adult.pk).update(age_group="unknown")
    assert "An indication of trafficking of a child." in text_of(amina.get(f"{HOME}result/"))


def test_a_societys_own_set_is_offered_and_its_faults_are_said_at_start(world, case, tmp_path, settings):
    from panah.screening.checks import sets_of_questions_can_be_read

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
    from panah.vault import actions

    amina = world.client("amina")
    meeting = begin(amina, "adult_labour")
    step(amina, meeting, "control", control__papers="yes")
    actions.erase(keys=world.keys("amina"), file=now_adult.file_id, at=timezone.now())
    assert not vault.opens(keys=world.keys("amina"), file=now_adult.file_id)
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
    assert re.search(r"Скрининг|подсказывают|встреч", text)
    assert not HURTFUL.search(text)
