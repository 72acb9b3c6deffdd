"""My day, the team's day, what is due, and the journal: through the door that colleagues use."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from panah.ground.accounts import actions as accounts
from panah.ground.audit import queries as audit_queries
from panah.ground.audit.models import Entry
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work.models import DueItem
from panah.ground.work.words import AgeGroup, DueKind, LazySentence
from tests.conftest import LINE_NORTH

SAID = "Call back between nine and ten, first the safe word"


@pytest.fixture
def now():
    return timezone.now()


def put(world, owner, *, due, say="", **more):
    keys = world.keys(owner) if owner else world.keys("elena")
    staff = world.staff[owner] if owner else None
    file = None
    if say:
        file = vault.begin_file(
            keys=keys, kind=FileKind.CASE, staff=[staff] if staff else [], focal_points=True, at=world.at
        )
    return work.add_item(
        keys=keys,
        society=world.societies["north"].pk,
        kind=DueKind.CALL,
        due_at=due,
        room="nowhere",
        subject=world.staff["amina"].pk,
        at=world.at,
        owner=staff,
        branch=world.branches["arna"],
        file=file,
        sentence=say,
        **more,
    )


def test_amina_reads_the_sentence_while_her_vault_is_open_and_a_neutral_word_when_it_is_locked(world, now):
    put(world, "amina", due=now - timedelta(hours=2), say=SAID, age_group=AgeGroup.CHILD, language="uz")
    page = world.client("amina").get("/").content.decode()
    assert SAID in page and "2 h late" in page and "child" in page and "Uzbek" in page
    page = world.client("amina", open_vault=False).get("/").content.decode()
    assert SAID not in page and re.search(r'<h2 id="next">\s*<a [^>]*>Call</a>', page)
    assert "The vault is locked.</b>" in page


def test_a_sentence_of_ours_is_read_in_the_readers_language_and_a_colleagues_stays_as_it_was_typed(
    world, now
):
    amina = world.staff["amina"]
    with translation.override("ru"):
        ours = [
            put(world, "amina", due=now, say=gettext_lazy("Look at the risk again with the person")),
            put(
                world,
                "amina",
                due=now,
                say=LazySentence(gettext_lazy("Nobody was met: %(what)s"), what="call %(now)s Today"),
            ),
        ]
    put(world, "amina", due=now, say="Today")

    def own_pages():
        client = world.client("amina")
        return "".join(client.get(reverse("desk:item", args=[one.pk])).text for one in ours)

    assert "Look at the risk again with the person" in own_pages()
    assert "Nobody was met: call %(now)s Today" in own_pages()
    type(amina).objects.filter(pk=amina.pk).update(language="ru")
    assert "Look at the risk again" not in own_pages()
    assert "Nobody was met" not in own_pages() and "call %(now)s Today" in own_pages()
    page = world.client("amina").get("/").content.decode()
    assert ">Today<" in page, "her own words stand in the list too"
    assert "call %(now)s Today" not in page, "a sentence of ours stays on its own page"


def test_what_is_late_stands_before_what_comes_later(world, now):
    for hours, say in ((24 * 20, "next month"), (24 * 3, "in three days"), (-1, "an hour ago")):
        put(world, "amina", due=now + timedelta(hours=hours), say=say)
    page = world.client("amina").get("/").content.decode()
    assert page.index("an hour ago") < page.index("in three days") < page.index("next month")


def test_elena_sees_what_waits_on_the_line_she_answers_and_amina_does_not(world, now):
    put(world, None, due=now, line=LINE_NORTH, number="4TQ-7MX-R")
    assert "4TQ-7MX-R" in world.client("elena").get("/").content.decode()
    assert "4TQ-7MX-R" not in world.client("amina").get("/").content.decode()


def test_fifty_sentences_take_no_more_questions_to_the_database_than_two(
    world, now, django_assert_max_num_queries
):
    from django.db import connection, connections
    from django.test.utils import CaptureQueriesContext

    client, counted = world.client("amina"), []
    for number in (2, 48):
        for n in range(number):
            put(world, "amina", due=now + timedelta(minutes=n), say=f"sentence {n}")
        client.get("/")
        with (
            CaptureQueriesContext(connection) as asked,
            CaptureQueriesContext(connections["shred"]) as shredded,
        ):
            page = client.get("/").content.decode()
        counted.append((len(asked), len(shredded)))
    assert page.count("sentence ") >= 50
    assert counted[0] == counted[1] and sum(counted[1]) <= 28, counted


def test_more_than_fifty_go_on_from_the_last_one_shown(world, now):
    for n in range(53):
        put(world, "amina", due=now + timedelta(minutes=n + 5))
    client = world.client("amina")
    page = client.get("/").content.decode()
    assert page.count('<li class="row"') == 49 and page.count('class="next"') == 1
    more = re.search(r'rel="next" href="([^"]+)"', page)[1]
    assert re.fullmatch(r"\?after=~[\w-]{100,}", more), (
        "it says neither how urgent the last line is nor which it is"
    )
    assert client.get(f"/{more}").content.decode().count('<li class="row"') == 3
    assert client.get("/?after=nonsense").status_code == 200


def test_fifteen_lines_that_say_the_same_are_a_pile_that_opens_and_neutral_words_are_not(world, now):
    for n in range(16):
        put(world, "amina", due=now + timedelta(minutes=n + 5), say="Hear this person alone")
    for n in range(2):
        put(world, "amina", due=now + timedelta(hours=30, minutes=n), say="Ask the house")
    [pile] = re.findall(r'<details class="many">.*?</ol>', world.client("amina").get("/").text, re.DOTALL)
    assert '<span class="pile">15</span>' in pile
    assert pile.count('<li class="row"') == pile.count(">Reschedule</a>") == 15, "each with its own acts"
    locked = world.client("amina", open_vault=False).get("/").text
    assert 'class="many"' not in locked and locked.count('<li class="row"') == 17


def test_a_pile_says_how_late_its_first_is(world, now):
    for n in range(6):
        put(world, "amina", due=now - timedelta(hours=2, minutes=n), say="Ask whether she is safe")
    pile = world.client("amina").get("/").text.partition('<details class="many">')[2]
    assert "2 h late" in pile.partition("</summary>")[0] and pile.count('<li class="row"') == 5


def test_what_cannot_wait_longest_stands_above_the_list_with_one_button(world, now):
    client = world.client("amina")
    put(world, "amina", due=now + timedelta(days=3), say="in three days")
    assert 'class="next"' not in client.get("/").text, "nothing is for today"
    put(world, "amina", due=now + timedelta(minutes=20), say="Ring the house")
    put(world, "amina", due=now - timedelta(hours=3), say="Meet the person")
    card = client.get("/").text.partition('<section class="next"')[2].partition("</section>")[0]
    assert "Meet the person" in card and "3 h late" in card and card.count("btn-main") == 1
    page = client.get("/").text.partition("</section>")[2]
    assert "Ring the house" in page and 'href="/due/' in page and ">Meet the person</a>" not in page


def test_amina_says_that_it_is_done_moves_it_and_gives_it(world, now):
    item = put(world, "amina", due=now - timedelta(hours=1), say=SAID)
    client, address = world.client("amina"), f"/due/{item.pk}"
    assert SAID in client.get(address).content.decode()
    soon = timezone.localtime(now + timedelta(days=2))
    when = {
        "due_at_day": soon.day,
        "due_at_month": soon.month,
        "due_at_year": soon.year,
        "due_at_time": "10:00",
    }
    assert client.post(f"{address}/move", when | {"due_at_day": "40"}).status_code == 422
    assert client.post(f"{address}/move", when).status_code == 302
    item.refresh_from_db()
    assert item.due_at > now
    assert client.post(f"{address}/give", {"to": ""}).status_code == 422
    client.post(f"{address}/give", {"to": str(world.staff["cholpon"].pk)})
    item.refresh_from_db()
    assert item.owner == world.staff["cholpon"]
    assert client.post(f"{address}/done").status_code == 404
    assert (
        world.client("cholpon").post(f"{address}/done", {"back": "/team", "outcome": "done"})["Location"]
        == "/team"
    )
    item.refresh_from_db()
    assert item.done_by == world.staff["cholpon"]


def test_what_is_given_to_a_colleague_who_cannot_open_the_file_shows_only_the_word(world, now):
    item = put(world, "amina", due=now, say=SAID)
    work.assign(item=item, to=world.staff["cholpon"], by=world.staff["amina"], at=now)
    assert SAID not in world.client("cholpon").get("/").content.decode()


@pytest.mark.parametrize("name", ["cholpon", "daler", "rustam", "timur", None])
def test_aminas_item_is_for_others_like_one_that_does_not_exist(world, now, name):
    item, client = put(world, "amina", due=now), world.client(name)
    missing = "/due/00000000-0000-4000-8000-000000000000"
    for act in ("", "/done", "/move", "/give"):
        ask = client.get if act == "" else client.post
        assert ask(f"/due/{item.pk}{act}").status_code == ask(f"{missing}{act}").status_code != 200
    assert DueItem.objects.get(pk=item.pk).done_at is None


def test_a_focal_point_sees_every_branch_and_filters_by_branch_kind_and_colleague(world, now):
    put(world, "amina", due=now, say="for amina")
    put(world, "cholpon", due=now, say="for cholpon")
    client = world.client("bakyt")
    assert "for amina" in (page := client.get("/team").content.decode()) and "for cholpon" in page
    page = client.get(f"/team?owner={world.staff['amina'].pk}").content.decode()
    assert "for amina" in page and "for cholpon" not in page
    assert "for amina" in client.get(f"/team?branch={world.branches['arna'].pk}&kind=call").content.decode()
    assert "for amina" not in client.get("/team?kind=meet").content.decode()
    assert client.get("/team?owner=%27%3B--&branch=x&kind=<b>").status_code == 200
    assert world.client("rustam").get("/team").content.decode().count("for amina") == 0


@pytest.mark.parametrize("name", ["amina", "zarina", "timur", "elena"])
def test_the_teams_day_is_the_focal_points(world, name):
    assert world.client(name).get("/team").status_code == 404


def test_danger_now_stands_on_top_for_those_on_duty_and_ends_when_one_answers(world, now):
    # Reached by a channel: else the next would be called at once.
    world.staff["elena"].email = "elena@practice.example"
    world.staff["elena"].save()
    accounts.put_on_duty(
        staff=world.staff["elena"],
        what="danger",
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=2),
        at=now,
    )
    alarm = work.raise_alarm(
        society=world.societies["north"].pk,
        room="nowhere",
        subject=world.staff["amina"].pk,
        by=world.staff["amina"],
        at=now,
    )
    elena, bakyt = world.client("elena"), world.client("bakyt")
    page = elena.get("/").content.decode()
    assert "you are called in" in page and page.count("I answer") == 1, "once, not as a line as well"
    assert "I answer" not in world.client("cholpon").get("/").content.decode()
    for address in ("/", "/team"):
        page = bakyt.get(address).content.decode()
        assert "Paged: Elena" in page and page.count("I answer") == 1, "who is not paged reads who is"
    assert world.client("cholpon").post(f"/calls/alarms/{alarm.pk}/").status_code == 404
    assert elena.post(f"/calls/alarms/{alarm.pk}/").status_code == 302
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["elena"]
    assert "I answer" not in bakyt.get("/").content.decode()


# ---- the journal ------------------------------------------------------------------------------


def test_amina_reads_what_is_written_about_her_own_acts_in_her_language(world):
    world.staff["amina"].language = "ru"
    world.staff["amina"].save()
    page = world.client("amina").get("/about-me").content.decode()
    assert "Amina: выполнен вход, хранилище открыто." in page
    assert "Bakyt" not in page


@pytest.mark.parametrize(
    ("name", "status"), [("zarina", 200), ("bakyt", 200), ("amina", 404), ("timur", 404), (None, 302)]
)
def test_the_journal_is_for_the_data_protection_officer_and_the_focal_points(world, name, status):
    for address in ("/journal", "/journal/check"):
        assert world.client(name).get(address).status_code == status


def test_zarina_filters_the_journal_and_pages_through_it(world, now):
    for _ in range(60):
        sign_in.lock_vault(staff=world.staff["amina"], secret=None, at=now)
        world.client("amina")
    client = world.client("zarina")
    page = client.get(f"/journal?event=vault&who={world.staff['amina'].pk}").content.decode()
    assert page.count("<tr>") == 51 and "Bakyt made" not in page
    older = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert f"who={world.staff['amina'].pk}" in older
    assert client.get(f"/journal{older}").status_code == 200
    assert client.get("/journal?event=nothing&who=x&before=zz").status_code == 200


def test_one_societys_journal_shows_nothing_of_anothers(world):
    assert "Bakyt" not in world.client("rustam").get("/journal").content.decode()


def test_the_check_holds_and_finds_a_changed_entry_and_a_wrong_witness(world):
    client = world.client("zarina")
    number, digest = audit_queries.head(world.societies["north"].pk)
    assert "hold" in client.post("/journal/check", {}).content.decode()
    good = client.post("/journal/check", {"number": number, "hash": digest.hex()}).content.decode()
    assert "also fit the line" in good
    wrong = client.post("/journal/check", {"number": number, "hash": "00" * 32}).content.decode()
    assert "differs from the line" in wrong
    assert "64 characters" in client.post("/journal/check", {"number": 1, "hash": "abc"}).content.decode()
    assert "belong together" in client.post("/journal/check", {"number": 1, "hash": ""}).content.decode()
    Entry.objects.filter(society=world.societies["north"].pk, number=3).update(event="vault:session:locked")
    assert "breaks at entry 3" in client.post("/journal/check", {}).content.decode()
    Entry.objects.filter(society=world.societies["north"].pk, number=3).delete()
    assert "breaks at entry" in client.post("/journal/check", {}).content.decode()
