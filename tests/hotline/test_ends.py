"""How calls end: every end is open to everyone, whatever was refused; attempts, hand-over, requests, paper, help."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.desk.queries import my_day
from panah.ground.audit.models import Entry
from panah.ground.foundation import dialled_numbers
from panah.ground.work.models import DueItem
from panah.ground.work.words import read_text
from panah.people.family_links.models import FamilyLinksRequest
from panah.people.hotline import queries
from panah.people.hotline.models import AidCount, AuthorityRequest, Contact, Line
from panah.people.hotline.words import AttemptOutcome, CallEnding, ContactState

REFUSED = {"c_note": "no", "c_back": "no", "e_police": "no", "c_talk": "no"}


@pytest.mark.parametrize("end", CallEnding.values)
@pytest.mark.parametrize("refused", [{}, REFUSED])
def test_whatever_is_refused_every_end_stays_open(elenas, contact, end, refused):
    page = elenas.get(f"/calls/{contact.number}/").content.decode()
    assert f'value="{end}"' in page
    answer = elenas.post(f"/calls/{contact.number}/", {**refused, "ends": [end], "do": "finish"}, follow=True)
    assert answer.status_code == 200
    contact.refresh_from_db()
    assert contact.state in (ContactState.FINISHED, ContactState.CALL_BACK)


@pytest.fixture
def called_back(elenas, contact):
    elenas.post(
        f"/calls/{contact.number}/",
        {
            "ends": ["call_back"],
            "back_when": "15min",
            "back_tries": "2",
            "safe_word": "apricot",
            "cover_story": "the library",
            "back_stop": "after Sunday",
            "do": "finish",
        },
    )
    contact.refresh_from_db()
    return contact


def test_before_ringing_the_cover_story_the_safe_word_and_the_hours_stand_first(elenas, called_back):
    page = elenas.get(f"/calls/{called_back.number}/back/").content.decode()
    assert "apricot" in page
    assert "the library" in page
    assert "after Sunday" in page


def test_outside_of_the_hours_in_which_ringing_is_safe_the_page_says_so_and_shows_no_number(
    world, elenas, contact
):
    soon = timezone.localtime() + timedelta(hours=2)
    hours = f"{soon:%H}:00–{soon + timedelta(hours=1):%H}:00"
    elenas.post(
        f"/calls/{contact.number}/",
        {
            "ends": ["call_back"],
            "back_when": "15min",
            "back_hours": hours,
            "safe_back": "yes",
            "phone": "0 700 111 222",
            "do": "finish",
        },
    )
    page = elenas.get(f"/calls/{contact.number}/back/").content.decode()
    assert f"Ringing is safe only at: {hours}." in page
    assert "0 700 111 222" not in page and "The number stands here in those hours." in page
    assert not Entry.objects.filter(event="vault:identity:shown").exists(), "nor was it opened"
    # Whoever has to ring all the same says for what.
    shown = elenas.post(f"/calls/{contact.number}/show", {"purpose": "safety"}).content.decode()
    assert "0 700 111 222" in shown and f"Ringing is safe only at: {hours}." in shown
    # Nor does a list say that it is due in a quarter of an hour.
    day = my_day(staff=world.staff["elena"], keys=world.keys("elena"), at=timezone.now())
    shown = (day.next, *day.now, *day.today, *day.week)
    row = next(one for one in shown if one is not None and one.calls_back)
    assert timezone.localtime(row.due_at).hour == soon.hour


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("no", "a call-back is not safe"),
        ("unknown", "It is not known whether a call-back is safe"),
        ("none", "It is not known whether a call-back is safe"),
    ],
)
def test_where_nobody_said_that_a_call_back_is_safe_the_page_says_so_before_ringing(
    elenas, called_back, answer, said
):
    elenas.post(f"/calls/{called_back.number}/", {"safe_back": answer, "phone": "0 700 111 222"})
    assert said in elenas.get(f"/calls/{called_back.number}/back/").content.decode()
    shown = elenas.post(f"/calls/{called_back.number}/show", {"purpose": "call_back"}).content.decode()
    assert "0 700 111 222" in shown
    assert said in shown
    elenas.post(f"/calls/{called_back.number}/", {"safe_back": "yes"})
    assert said not in elenas.get(f"/calls/{called_back.number}/back/").content.decode()


def test_a_forged_answer_leaves_what_was_said_about_calling_back(world, elenas, called_back):
    elenas.post(f"/calls/{called_back.number}/", {"safe_back": "no", "urgency": "now"})
    elenas.post(f"/calls/{called_back.number}/", {"safe_back": "forged", "urgency": "forged"})
    found = queries.answers_of(keys=world.keys("elena"), contact=called_back)
    assert (found["safe_back"], found["urgency"]) == ("no", "now")


def test_attempts_are_counted_and_after_the_agreed_number_nobody_rings_on(world, elenas, called_back):
    for _ in range(2):
        answer = elenas.post(
            f"/calls/{called_back.number}/back/", {"outcome": AttemptOutcome.NO_ANSWER}, follow=True
        )
    assert "Decide with a colleague" in answer.content.decode()
    assert DueItem.objects.get(subject=called_back.pk, done_at=None).kind == "decide"
    assert len(queries.attempts_of(keys=world.keys("elena"), contact=called_back)) == 2


def test_reached_the_call_back_is_done(elenas, called_back):
    elenas.post(
        f"/calls/{called_back.number}/back/", {"outcome": AttemptOutcome.REACHED, "text": "safe for now"}
    )
    called_back.refresh_from_db()
    assert called_back.state == ContactState.FINISHED
    assert "safe for now" in elenas.get(f"/calls/{called_back.number}/page/").content.decode()


def test_help_without_a_file_leaves_a_number_for_the_month_and_nothing_else(elenas, contact):
    before = Contact.objects.count(), DueItem.objects.count()
    for _ in range(2):
        elenas.post("/calls/help-without-a-file/", {"kinds": ["food", "bed"], "number": "2"})
    assert {(r.kind, r.number) for r in AidCount.objects.all()} == {("food", 4), ("bed", 4)}
    assert (Contact.objects.count(), DueItem.objects.count()) == before


def test_a_service_that_was_given_is_sealed_with_the_call(world, elenas, contact):
    from panah.ground.directory.models import Organization, Service

    organization = Organization.objects.create(
        name_en="Practice Aid", iso2="XA", kind="NGO", society=world.societies["north"]
    )
    service = Service.objects.create(
        organization=organization,
        name_en="Practice legal advice",
        iso2="XA",
        society=world.societies["north"],
        status="active",
    )
    assert "Practice legal advice" in elenas.get(f"/calls/{contact.number}/services/").content.decode()
    elenas.post(f"/calls/{contact.number}/services/", {"service": str(service.pk)})
    given = queries.given_of(keys=world.keys("elena"), contact=contact)[0].value
    assert read_text(given["name"]) == "Practice legal advice"


def test_where_the_person_is_abroad_the_numbers_there_are_found_and_no_need_stands_in_an_address(
    world, elenas, contact
):
    from panah.ground.directory.models import HotlineNumber

    there = HotlineNumber.objects.create(
        iso2="XB", name_en="Line of the far south", number="0 000 55", kind="ngo"
    )
    dialled_numbers.keep([there])
    address = f"/calls/{contact.number}/services/"
    assert "Line of the far south" not in elenas.get(address).content.decode()
    found = elenas.post(address, {"country": "XB", "need": "legal"})
    assert found.status_code == 200, "looked for by a form, not by an address"
    assert "Line of the far south" in found.content.decode()
    elenas.post(f"/calls/{contact.number}/", {"country": "XB"})
    page = elenas.get(address).content.decode()
    assert "Line of the far south" in page and 'method="get"' not in page[page.index("<main") :]
    elenas.post(address, {"number": str(there.pk)})
    given = queries.given_of(keys=world.keys("elena"), contact=contact)[0].value
    assert (read_text(given["name"]), given["phones"]) == ("Line of the far south", ["0 000 55"])
    assert "0 000 55" in elenas.get(f"/calls/{contact.number}/page/").content.decode()


def test_a_chat_is_taken_as_a_chat_also_where_there_is_one_line(elenas, line):
    page = elenas.get("/calls/").content.decode()
    assert "A message, a chat, somebody who comes" in page
    assert 'value="whatsapp"' in elenas.get("/calls/take/").content.decode()


def test_the_next_shift_finds_the_call_backs_with_a_word_from_elena(world, elenas, called_back):
    elenas.post(
        "/calls/hand-over/",
        {
            "contacts": [str(called_back.pk)],
            "to": str(world.staff["bakyt"].pk),
            f"word-{called_back.pk}": "ring before nine",
        },
    )
    assert DueItem.objects.get(subject=called_back.pk).owner == world.staff["bakyt"]
    assert (
        "ring before nine" in world.client("bakyt").get(f"/calls/{called_back.number}/page/").content.decode()
    )


def test_during_a_call_nothing_on_the_screen_searches_or_tells_who_is_known(elenas, contact, world):
    page = elenas.get(f"/calls/{contact.number}/").content.decode()
    assert queries.call_open(world.staff["elena"])
    assert not queries.call_open(world.staff["bakyt"])
    main = page[page.index("<main") :]
    assert "known already" not in main
    assert "/find/" not in main
    assert "match" not in main.replace("matchMedia", "").split("</form>")[-1]


# -- family links ------------------------------------------------------------------------------------


@pytest.fixture
def sought(elenas, contact):
    answer = elenas.post(
        f"/calls/{contact.number}/family/", {"asks": "a mother", "sought": "Zebrason"}, follow=True
    )
    assert answer.status_code == 200
    return FamilyLinksRequest.objects.get()


def test_a_request_for_a_relative_goes_to_the_focal_points_and_elena_cannot_read_it_back(
    world, elenas, sought
):
    assert elenas.get(f"/calls/family/{sought.number}/").status_code == 404
    assert "Zebrason" in world.client("bakyt").get(f"/calls/family/{sought.number}/").content.decode()
    assert DueItem.objects.get(subject=sought.pk).owner.has_role("focal_point")


ASKED = {
    "asked_by": "Gulnar", "how": "alone", "asked_on_day": "2", "asked_on_month": "2", "asked_on_year": "2026",
}  # fmt: skip


@pytest.mark.parametrize("consent", ["no", "unknown", "none"])
def test_whereabouts_are_told_only_with_a_clear_yes_of_the_person_sought(world, sought, consent):
    bakyts = world.client("bakyt")
    answer = bakyts.post(
        f"/calls/family/{sought.number}/", {"text": "spoke", "consent": consent, "told": "in Arna"}
    )
    assert "Nothing is told without a clear yes" in answer.content.decode()
    assert "in Arna" in answer.content.decode()
    bakyts.post(
        f"/calls/family/{sought.number}/", {"text": "spoke", "consent": "yes", "told": "in Arna", **ASKED}
    )
    sought.refresh_from_db()
    assert sought.state == "answered"


# -- authorities -------------------------------------------------------------------------------------


@pytest.fixture
def asked(elenas, contact):
    elenas.post(
        f"/calls/{contact.number}/authority/", {"who": "an inspector", "paper": "none", "what": "a name"}
    )
    return AuthorityRequest.objects.get()


def decide(client, asked, **more):
    return client.post(
        f"/calls/authorities/{asked.number}/",
        {"decision": "give", "basis": "order", "lawyer": "yes", "reason": "r", **more},
    )


def test_two_people_decide_and_neither_sees_the_others_first(world, asked):
    bakyts, saules = world.client("bakyt"), world.client("saule")
    decide(bakyts, asked, reason="zebra reason")
    assert "zebra reason" not in saules.get(f"/calls/authorities/{asked.number}/").content.decode()
    assert "decided already" in decide(bakyts, asked).content.decode()
    decide(saules, asked)
    asked.refresh_from_db()
    assert asked.state == "decided"
    assert asked.first_decider != asked.second_decider
    assert "zebra reason" in saules.get(f"/calls/authorities/{asked.number}/").content.decode()


@pytest.mark.parametrize(
    ("first", "second", "leaves"),
    [
        ({}, {}, True),
        ({"decision": "refuse"}, {}, False),
        ({"lawyer": "no"}, {"lawyer": "none"}, False),
        ({}, {"basis": "none"}, False),
        ({"basis": "none"}, {}, False),
    ],
)
def test_nothing_leaves_without_two_decisions_a_lawyer_and_a_ground(world, asked, first, second, leaves):
    bakyts = world.client("bakyt")
    decide(bakyts, asked, **first)
    decide(world.client("saule"), asked, **second)
    bakyts.post(f"/calls/authorities/{asked.number}/", {"handed_over": "a copy", "person_told": "yes"})
    asked.refresh_from_db()
    assert (asked.state == "answered") is leaves


def test_elena_writes_a_request_down_and_cannot_read_it_back(elenas, asked):
    assert elenas.get(f"/calls/authorities/{asked.number}/").status_code == 404


# -- paper, lines, the log ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["call", "emergency", "family", "authority", "cards"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_form_prints_in_both_languages(elenas, kind, language):
    assert elenas.get(f"/calls/paper/{kind}/?in={language}").status_code == 200


def test_paper_is_typed_in_with_its_own_time_and_author(world, elenas, line):
    elenas.post(
        "/calls/paper/new/",
        {
            "line": str(line.pk),
            "written_at_day": "3",
            "written_at_month": "2",
            "written_at_year": "2026",
            "written_at_time": "23:40",
            "author": "Volunteer Poplar",
        },
    )
    made = Contact.objects.get()
    assert (made.channel, made.started_at.strftime("%Y-%m-%d %H:%M")) == ("paper", "2026-02-03 23:40")
    assert made.typed_in_at
    assert made.taken_by == world.staff["elena"]
    elenas.post(f"/calls/{made.number}/", {"note": "from paper", "do": "save"})
    page = elenas.get(f"/calls/{made.number}/page/").content.decode()
    assert "Volunteer Poplar" in page
    assert "from paper" in page


def test_bakyt_makes_a_line_and_gives_elena_its_key_and_takes_it_back(world, line):
    bakyts, elenas = world.client("bakyt"), world.client("elena")
    bakyts.post(
        "/calls/lines/new/", {"name_en": "Night line", "numbers": "0 000 1\n0 000 2", "languages": ["ky"]}
    )
    night = Line.objects.get(name_en="Night line")
    assert night.numbers == ["0 000 1", "0 000 2"]
    taken = {"line": str(night.pk), "channel": "phone"}
    assert elenas.post("/calls/take/", taken).status_code == 403
    bakyts.post(f"/calls/lines/{night.pk}/", {"staff": str(world.staff["elena"].pk), "do": "give"})
    assert elenas.post("/calls/take/", taken).status_code == 302
    bakyts.post(f"/calls/lines/{night.pk}/", {"staff": str(world.staff["elena"].pk), "do": "take"})
    assert world.client("elena").post("/calls/take/", taken).status_code == 403
    assert elenas.get("/calls/lines/new/").status_code == 404


def test_the_log_is_filtered_by_work_facts_and_pages_without_a_count(elenas, take, world):
    for _ in range(31):
        take(elenas, channel="telegram")
    page = elenas.get("/calls/log/?channel=telegram&state=open").content.decode()
    assert page.count('class="row"') == 30
    assert "Older" in page
    assert "No contact fits" in elenas.get("/calls/log/?channel=sms").content.decode()


def test_a_sealed_draft_from_a_lost_line_is_kept_without_an_open_vault_and_merged_by_who_holds_the_line(
    world, elenas, contact
):
    import base64
    import json

    from panah.ground.vault.actions.drafts import draft_info
    from panah.ground.vault.queries import line_public
    from panah.ground.vault.seals import pad, seal

    page = elenas.get(f"/calls/{contact.number}/").content.decode()
    key, public = line_public(keys=world.keys("elena"), line=contact.line_id)
    assert base64.urlsafe_b64encode(public).decode().rstrip("=") in page
    assert str(key) in page
    words = json.dumps(
        {
            "at": "2026-11-24T10:00:00Z",
            "fields": [["note", "typed in the dark"], ["danger", "yes"], ["tab", "q"]],
        }
    ).encode()
    blob = seal(public, pad(words), "draft", contact.file_id)
    assert draft_info(contact.file_id)
    sent = {
        "draft": f"/calls/{contact.number}/draft",
        "key": str(key),
        "sealed": base64.urlsafe_b64encode(blob).decode().rstrip("="),
    }
    assert world.client("amina").post("/calls/drafts/sealed", sent).status_code == 404
    assert world.client("elena", open_vault=False).post("/calls/drafts/sealed", sent).status_code == 204
    assert "typed in the dark" in elenas.get(f"/calls/{contact.number}/").content.decode()


def test_a_contact_becomes_a_case_of_amina_and_the_note_goes_with_it(world, elenas, contact):
    pytest.importorskip("panah.people.cases")
    from panah.people.cases.models import Case

    elenas.post(
        f"/calls/{contact.number}/", {"note": "she wants a caseworker", "phone": "0 1", "do": "finish"}
    )
    elenas.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    case = Case.objects.get()
    assert case.owner == world.staff["amina"]
    contact.refresh_from_db()
    assert contact.state == ContactState.CASE


@pytest.mark.parametrize("said", [{"c_back": "no"}, {"safe_back": "no"}])
def test_where_nobody_may_ring_no_button_says_call(elenas, contact, said):
    elenas.post(f"/calls/{contact.number}/", {"urgency": "week", **said, "do": "finish"})
    page = elenas.get(f"/calls/{contact.number}/page/").content.decode()
    assert "Do not ring: look first" in page
    assert "Call back</a>" not in page
