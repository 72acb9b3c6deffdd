"""The pages of the inbox, from the first screen to the last, by the people who use them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import DueItem
from panah.ground.work.words import read_text
from panah.people.cases.models import Case
from panah.people.hotline.models import Contact
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import ArrivalState
from panah.people.intake import actions
from tests.guard.forms import page_of
from tests.hotline.conftest import line  # noqa: F401  the line of North


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def came(arrives, now):
    def one(content=None, **more):
        return arrives(content, at=more.pop("at", now), expires=now + timedelta(days=30), **more)

    return one


def text(answer):
    return answer.content.decode()


def opened(client, arrival):
    answer = client.post(f"/inbox/{arrival.pk}/open/")
    assert answer.status_code == 302, text(answer)
    return client.get(answer.url)


# ---- who sees what ---------------------------------------------------------------------------------


def test_elena_finds_it_in_the_menu_on_her_day_and_in_the_list_from_the_outside_alone(world, intake, came):
    arrival = came()
    elena = world.client("elena")
    assert "Sealed inbox" in text(elena.get("/"))
    page = text(elena.get("/inbox/"))
    assert "A report, Practice Society South" in page
    assert f"/inbox/{arrival.pk}/open/" in page
    assert "Tulip" not in page
    page = text(elena.get(f"/inbox/{arrival.pk}/"))
    assert "Open it" in page
    assert "Tulip" not in page


@pytest.mark.parametrize("name", ["amina", "gulnar", "timur", "nurlan", "zarina", "daler", "rustam"])
def test_for_everybody_else_it_is_not_there(world, intake, came, name):
    arrival = came()
    client = world.client(name)
    for way in ("", "open/", "close/", "seen/", "turn/case/"):
        ask = client.get if way in ("", "turn/case/") else client.post
        assert ask(f"/inbox/{arrival.pk}/{way}").status_code == 404, way
    page = client.get("/inbox/")
    assert page.status_code == 404 or str(arrival.pk) not in text(page)


def test_somebody_on_intake_duty_without_the_key_sees_the_outside_and_who_can_open_it(
    world, intake, came, now
):
    from panah.ground.accounts.models import Duty

    Duty.objects.create(
        society=world.societies["north"], staff=world.staff["gulnar"], what="intake",
        starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=7),
    )  # fmt: skip
    arrival = came()
    gulnar = world.client("gulnar")
    assert str(arrival.pk) in text(gulnar.get("/inbox/"))
    page = text(gulnar.get(f"/inbox/{arrival.pk}/"))
    assert "You do not hold the key that opens this." in page
    assert "Elena" in page
    assert "Open it" not in page
    assert gulnar.post(f"/inbox/{arrival.pk}/open/").status_code == 403
    assert gulnar.post(f"/inbox/{arrival.pk}/close/", {"closing": "empty"}).status_code == 404


def test_the_most_urgent_stands_first_then_the_one_that_waited_longest(world, intake, came, now):
    week = came(urgency="week", at=now - timedelta(hours=9))
    old, young = came(at=now - timedelta(hours=2)), came(at=now - timedelta(hours=1))
    danger = came(urgency="now")
    page = text(world.client("elena").get("/inbox/"))
    places = [page.index(f"/inbox/{one.pk}/") for one in (danger, old, young, week)]
    assert places == sorted(places)
    page = text(world.client("elena").get("/inbox/?urgency=week"))
    assert str(week.pk) in page
    assert str(danger.pk) not in page


def test_a_long_list_goes_on_by_keyset_and_shows_each_once(world, intake, came, now):
    made = {str(came(urgency=["today", "week"][n % 2]).pk) for n in range(33)}
    elena, seen, address = world.client("elena"), [], "/inbox/"
    while address:
        page = text(elena.get(address)).split('id="rows"')[1]
        seen += [part.split("/")[0] for part in page.split('<h3><a href="/inbox/')[1:]]
        more = page.split('rel="next" href="')[1:]
        address = "/inbox/" + more[0].split('"')[0].replace("&amp;", "&") if more else ""
    assert sorted(seen) == sorted(made)


# ---- opening ---------------------------------------------------------------------------------------


def test_elena_opens_it_and_reads_what_came(world, intake, came):
    page = text(opened(world.client("elena"), came()))
    for words in (
        "Practice Person Tulip",
        "+000 000 1234",
        "practice brickyard",
        "A bed from Friday",
        "Open a case",
    ):
        assert words in page


def test_with_a_locked_vault_opening_asks_for_the_six_words_and_goes_on(world, intake, came):
    from tests.conftest import PASSPHRASE

    arrival, elena = came(), world.client("elena", open_vault=False)
    answer = elena.post(f"/inbox/{arrival.pk}/open/")
    assert answer.status_code == 423
    answer = elena.post(f"/inbox/{arrival.pk}/open/", {"vault-passphrase": PASSPHRASE})
    assert answer.status_code == 302
    assert Arrival.objects.get().state == ArrivalState.OPENED


def test_bakyt_looks_again_by_saying_what_for(world, intake, came):
    arrival = came()
    opened(world.client("elena"), arrival)
    bakyt = world.client("bakyt")
    page = text(bakyt.get(f"/inbox/{arrival.pk}/"))
    assert "Tulip" not in page
    assert "What for?" in page
    assert bakyt.post(f"/inbox/{arrival.pk}/", {"purpose": ""}).status_code == 422
    page = text(bakyt.post(f"/inbox/{arrival.pk}/", {"purpose": "assist"}, follow=True))
    assert "Practice Person Tulip" in page


def test_a_damaged_one_says_so_and_is_closed_with_that_reason(world, intake, came):
    arrival = came(body=b"\x02" + bytes(5000))
    elena = world.client("elena")
    answer = elena.post(f"/inbox/{arrival.pk}/open/")
    assert answer.status_code == 409
    assert "it was changed or damaged" in text(answer)
    page = text(elena.get(f"/inbox/{arrival.pk}/"))
    assert "This does not open" in page
    answer = elena.post(f"/inbox/{arrival.pk}/close/", {"closing": "damaged"})
    assert answer.status_code == 302
    assert Arrival.objects.get().closing == "damaged"


# ---- what it becomes -------------------------------------------------------------------------------


def test_it_becomes_aminas_case_without_retyping_anything(world, intake, came):
    arrival, elena = came(), world.client("elena")
    opened(elena, arrival)
    form = elena.get(f"/inbox/{arrival.pk}/turn/case/")
    kept = form.content.decode()
    assert 'value="Practice Person Tulip"' in kept
    assert "A bed from Friday" in kept
    typed = {
        "called": "Practice Person Tulip", "phone": "+000 000 1234", "language": "uz", "age_group": "adult",
        "urgency": "today", "note": "Works without papers at the practice brickyard.",
        "choice": str(world.staff["amina"].pk),
    }  # fmt: skip
    asked = elena.post(f"/inbox/{arrival.pk}/turn/case/", typed)
    assert "could be a child is asked first" in text(asked), (
        "a stranger's word that somebody is an adult is no answer"
    )
    answer = elena.post(f"/inbox/{arrival.pk}/turn/case/", typed | {"doubt": "no"})
    assert answer.status_code == 302, text(answer)
    case = Case.objects.get()
    assert (case.owner, case.language, case.age_group) == (world.staff["amina"], "uz", "adult")
    arrival.refresh_from_db()
    assert (arrival.state, arrival.room, arrival.subject) == (ArrivalState.SETTLED, "cases", case.pk)
    keys = world.keys("amina")
    identity = vault_queries.value_of(keys=keys, file=case.file_id, part="identity")
    assert identity["names"][0]["text"] == "Practice Person Tulip"
    assert identity["phones"][0]["number"] == "+000 000 1234"
    (note,) = vault_queries.read_all(keys=keys, file=case.file_id, part="note")
    assert "practice brickyard" in read_text(note.value["text"])
    assert "A bed from Friday" in read_text(note.value["text"])
    assert DueItem.objects.filter(room="inbox", done_at=None).count() == 0
    page = text(elena.get("/inbox/"))
    assert "a case" in page
    assert case.number not in page, "Elena does not see Amina's cases"
    page = text(world.client("bakyt").get("/inbox/"))
    assert case.number in page


def test_a_case_that_nobody_was_chosen_for_comes_back_with_everything_typed(world, intake, came):
    arrival, elena = came(), world.client("elena")
    opened(elena, arrival)
    answer = elena.post(
        f"/inbox/{arrival.pk}/turn/case/",
        {"called": "Practice Person Rose", "age_group": "unknown", "urgency": "now", "choice": ""},
    )
    assert answer.status_code == 422
    assert "Practice Person Rose" in text(answer)
    assert Arrival.objects.get().state == ArrivalState.OPENED
    assert Case.objects.count() == 0


def test_what_elena_typed_is_not_lost_when_bakyt_was_quicker(world, intake, came, now):
    arrival, elena = came(), world.client("elena")
    opened(elena, arrival)
    actions.close_arrival(
        keys=world.keys("bakyt"), arrival=arrival, closing="known", by=world.staff["bakyt"], at=now
    )
    there = f"/inbox/{arrival.pk}/turn/case/"
    typed = {"called": "Practice Person Rose", "age_group": "unknown", "urgency": "today"}
    answer = elena.post(there, {**typed, "choice": str(world.staff["amina"].pk)})
    assert answer.status_code == 422
    assert "Practice Person Rose" in text(answer)
    assert "This was settled already" in text(answer)
    assert Case.objects.count() == 0
    assert elena.get(there).url == f"/inbox/{arrival.pk}/"


def test_what_was_only_arrived_and_never_opened_becomes_nothing(world, intake, came):
    arrival, elena = came(), world.client("elena")
    there = f"/inbox/{arrival.pk}/turn/case/"
    assert elena.get(there).url == f"/inbox/{arrival.pk}/"
    typed = {"age_group": "unknown", "urgency": "today", "choice": str(world.staff["amina"].pk)}
    assert elena.post(there, typed).status_code == 422
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "kept"), [("prs", "prs"), ("uk", "uk"), ("de", "de"), ("fa-AF", "fa"), ("uz-Cyrl", "uz")]
)
def test_the_language_that_a_person_speaks_goes_along_whichever_of_the_region_it_is(
    world, intake, came, line, said, kept  # noqa: F811
):  # fmt: skip
    arrival, elena = (
        came({"person": {"names": ["Practice Person Tulip"], "language": said}}),
        world.client("elena"),
    )
    opened(elena, arrival)
    there = f"/inbox/{arrival.pk}/turn/contact/"
    (form,) = (one for one in page_of(elena.get(there), there).forms if one.action == there)
    assert form.fields["language"].value == kept
    sent = form.fill(lambda one: one.value) | {
        "language": form.fields["language"].value,
        "choice": str(line.pk),
    }
    assert elena.post(there, sent).status_code == 302
    assert Contact.objects.get().language == kept


def test_a_language_that_no_list_knows_goes_along_word_for_word(world, intake, came, line):  # noqa: F811
    arrival, elena = came({"person": {"language": "sw"}}), world.client("elena")
    opened(elena, arrival)
    there = f"/inbox/{arrival.pk}/turn/contact/"
    assert "Swahili" in text(elena.get(there))
    sent = {"age_group": "unknown", "urgency": "today", "choice": str(line.pk)}
    assert elena.post(there, sent).status_code == 302
    (note,) = vault_queries.read_all(
        keys=world.keys("elena"), file=Contact.objects.get().file_id, part="note"
    )
    assert "Swahili" in read_text(note.value["text"])


def test_it_becomes_a_contact_of_elenas_line(world, intake, came, line):  # noqa: F811
    arrival, elena = came(source="web", sender=None, kind="report"), world.client("elena")
    opened(elena, arrival)
    answer = elena.post(
        f"/inbox/{arrival.pk}/turn/contact/",
        {
            "called": "Practice Person Tulip", "phone": "+000 000 1234", "language": "uz", "age_group": "child",
            "urgency": "now", "note": "at the brickyard", "choice": str(line.pk),
        },
    )  # fmt: skip
    assert answer.status_code == 302, text(answer)
    contact = Contact.objects.get()
    assert (contact.channel, contact.language, contact.age_group, contact.urgency) == (
        "sealed",
        "uz",
        "child",
        "now",
    )
    assert elena.get(answer.url).status_code == 200
    identity = vault_queries.value_of(keys=world.keys("elena"), file=contact.file_id, part="identity")
    assert identity == {"called": "Practice Person Tulip", "phone": "+000 000 1234"}
    (note,) = vault_queries.read_all(keys=world.keys("elena"), file=contact.file_id, part="note")
    assert "A bed from Friday" in read_text(note.value["text"])
    assert DueItem.objects.filter(room="hotline", subject=contact.pk, line=line.pk, done_at=None).count() == 1
    assert contact.number in text(elena.get("/inbox/")).replace(" ", "")


def test_it_is_closed_with_a_reason(world, intake, came):
    arrival, elena = came(), world.client("elena")
    opened(elena, arrival)
    assert elena.post(f"/inbox/{arrival.pk}/close/", {}).status_code == 422
    elena.post(f"/inbox/{arrival.pk}/close/", {"closing": "known"})
    assert "The same came before" in text(elena.get("/inbox/"))


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"person": "no mapping", "deep": {"a": {"b": {"c": {"d": {"e": "too deep"}}}}}},
        {"person": {"names": {"a": 1}, "phones": 7, "language": ["x"], "age_group": 3, "story": None}},
        {
            "person": {"names": ["n" * 9000], "story": "<script>alert(1)</script>\x00"},
            "list": [[1, [2]], {"x": True}],
        },
        {f"field {n}": n for n in range(500)},
    ],
)
def test_whatever_somebody_outside_put_into_it_is_shown_as_text_and_becomes_a_case(
    world, intake, came, content
):
    arrival, elena = came(content), world.client("elena")
    page = text(opened(elena, arrival))
    assert "<script>alert" not in page
    page = elena.get(f"/inbox/{arrival.pk}/turn/case/")
    assert page.status_code == 200
    answer = elena.post(
        f"/inbox/{arrival.pk}/turn/case/",
        {"age_group": "unknown", "urgency": "today", "choice": str(world.staff["amina"].pk)},
    )
    assert answer.status_code == 302, text(answer)


# ---- what was lost ---------------------------------------------------------------------------------


def test_what_expired_stands_in_the_list_until_the_focal_points_have_seen_it(world, intake, came, now):
    arrival = came(at=now - timedelta(hours=1))
    Arrival.objects.update(expires_at=now - timedelta(minutes=1))
    inbox.expire_and_remind(at=now)
    bakyt = world.client("bakyt")
    assert "expired before anyone opened it" in text(bakyt.get("/inbox/"))
    page = text(bakyt.get(f"/inbox/{arrival.pk}/"))
    assert "I have seen this" in page
    bakyt.post(f"/inbox/{arrival.pk}/seen/")
    assert "I have seen this" not in text(bakyt.get(f"/inbox/{arrival.pk}/"))
    assert "I have seen this" in text(world.client("saule").get(f"/inbox/{arrival.pk}/"))


def test_what_was_withdrawn_says_so_in_the_list(world, intake, came, now):
    arrival = came()
    inbox.withdraw(
        society=arrival.society_id, sender=arrival.sender_id, conversation=arrival.conversation, at=now
    )
    elena = world.client("elena")
    assert "was withdrawn before anyone opened it" in text(elena.get("/inbox/"))
    assert elena.post(f"/inbox/{arrival.pk}/open/").status_code == 410


def test_what_waits_too_long_is_said_on_top_of_the_list(world, intake, came, now):
    came(urgency="now", at=now - timedelta(minutes=20))
    page = text(world.client("elena").get("/inbox/"))
    assert "1 has waited too long." in page


def test_whoever_is_paged_by_danger_now_gets_to_it_or_to_those_who_can_open_it(world, intake, came, now):
    from panah.ground.accounts.models import Duty
    from panah.ground.work.models import Alarm

    for what, name in (("danger", "amina"), ("danger_second", "elena")):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff[name], what=what,
            starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=7),
        )  # fmt: skip
    arrival = came(urgency="now")
    alarm = Alarm.objects.get()
    page = text(world.client("amina").get(f"/calls/alarms/{alarm.pk}/"))
    assert str(arrival.pk) not in page
    assert "Elena" in page and "I answer" not in page
    # Who cannot open it calls nobody off: it would lie unopened, and nobody would be called any more.
    world.client("amina").post(f"/calls/alarms/{alarm.pk}/")
    assert Alarm.objects.get().answered_at is None
    page = text(world.client("elena").post(f"/calls/alarms/{alarm.pk}/", follow=True))
    assert str(arrival.pk) in page
    assert Alarm.objects.get().answered_by == world.staff["elena"]


def test_an_erased_case_is_named_nowhere_not_even_by_what_it_was(world, intake, came, now):
    from panah.ground.vault import actions as vault
    from panah.people.cases import actions as cases

    arrival, other = came(), came()
    keys, bakyt = world.keys("bakyt"), world.staff["bakyt"]
    made = [cases.open_case(keys=keys, by=bakyt, at=now) for _ in range(2)]
    for one, case in zip((arrival, other), made, strict=True):
        inbox.open_arrival(keys=keys, arrival=one, by=bakyt, at=now)
        inbox.settle(arrival=one, room="cases", subject=case.pk, by=bakyt, at=now)
    vault.erase(keys=world.keys("bakyt"), file=made[0].file_id, at=now)
    arrival.refresh_from_db()
    other.refresh_from_db()
    assert (arrival.subject, other.subject) == (None, made[1].pk)


def test_what_a_leaver_had_opened_goes_to_a_focal_point_who_can_open_it(world, intake, came, now):
    from panah.ground.vault import actions as vault

    arrival = came()
    opened(world.client("elena"), arrival)
    vault.hand_over_all(keys=world.keys("bakyt"), staff=intake, to=world.staff["amina"], at=now)
    (item,) = DueItem.objects.filter(subject=arrival.pk, done_at=None)
    assert item.owner in (world.staff["bakyt"], world.staff["saule"])


# ---- it comes by the wire --------------------------------------------------------------------------


def sent(world, paired, **more):
    from uuid import uuid4

    from panah.ground.exchange import actions as exchange
    from panah.ground.exchange.words import MessageKind

    conversation = more.pop("conversation", None) or uuid4()
    row = exchange.send(
        keys=world.keys("daler"), peer=paired.south, conversation=conversation, at=timezone.now(),
        **({"kind": MessageKind.OUTCOME, "content": {"reason": "Practice Person Tulip is well"}} | more),
    )  # fmt: skip
    exchange.deliver_due(at=timezone.now())
    return row


def test_what_south_seals_and_sends_elena_opens(world, paired, intake):
    sent(world, paired, urgency="now")
    (arrival,) = Arrival.objects.all()
    assert (arrival.society, arrival.sender) == (world.societies["north"], world.societies["south"])
    page = text(opened(world.client("elena"), arrival))
    assert "Practice Person Tulip is well" in page
    assert "checked: it comes from the society named above" in page
    assert arrival.urgency == "now"


def test_a_withdrawal_by_the_wire_deletes_what_nobody_opened(world, paired, intake):
    from panah.ground.exchange.words import MessageKind

    row = sent(world, paired)
    sent(world, paired, conversation=row.conversation, kind=MessageKind.WITHDRAWN, content={})
    assert Arrival.objects.get().state == ArrivalState.WITHDRAWN
