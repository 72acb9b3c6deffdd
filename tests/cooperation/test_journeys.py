"""A good practice on its way, a duty number and its test calls, what arrives at another society, a meeting's decisions."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from panah.ground.directory.models import HotlineNumber, Verification
from panah.ground.exchange.words import ReceiptCode
from panah.ground.foundation import tenancy
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation.models import Decision, Meeting, Point, Practice, Profile, ReceivedEntry
from tests.cooperation import network_space
from tests.cooperation.network_space import arrives, here, on_list, parts, passed_on, text, told_to

shared = network_space.shared

PRACTICE = {
    "language": "en",
    "title": "Practice: a letter that opens the door of the consulate",
    "need": "Practice: people waited for weeks.",
    "done": "Practice: one letter with three signatures.",
    "took": "Practice: two days.",
    "elements": ["shelter", "advocacy"],
    "provisions": ["palermo/9"],
}
ALL_WORK = {f"on_{one}": "self" for one in ("reception", "escort", "tracing", "shelter", "legal")}


def written(world, by="bakyt"):
    answer = world.client(by).post(here("write"), PRACTICE)
    assert answer.status_code == 302, text(answer)
    return Practice.objects.get(title=PRACTICE["title"])


def test_rustam_reviews_no_practice_that_he_wrote_himself_with_an_account_of_the_north(world, paired):
    row = written(world)
    world.client("bakyt").post(here("ask_review", row.pk), {"society": "practice-south"})
    passed_on(world)
    told, bakyt, rustam = told_to(world, "south").get(), world.staff["bakyt"], world.client("rustam")
    before = bakyt.name, bakyt.email
    for name, email in ((f"{world.staff['rustam'].name.upper()}", ""), ("Somebody", "Practice@Example.org")):
        bakyt.name, bakyt.email = name, email
        bakyt.save()
        world.staff["rustam"].email = email.lower()
        world.staff["rustam"].save()
        refused = rustam.post(here("review", told.pk), {"verdict": "good"})
        assert refused.status_code != 302 and "wrote this yourself" in text(refused)
    bakyt.name, bakyt.email = before
    bakyt.save()
    assert rustam.post(here("review", told.pk), {"verdict": "good"}).status_code == 302


def test_a_practice_is_written_reviewed_by_the_south_published_by_a_second_person_and_found_from_the_model(
    world, paired
):
    row = written(world)
    bakyt, saule, rustam = (world.client(one) for one in ("bakyt", "saule", "rustam"))
    assert world.client("amina").get(here("practice", row.pk)).status_code == 404, "a draft"
    too_early = text(saule.post(here("publish", row.pk), follow=True))
    assert "Another society reviews it first" in too_early
    bakyt.post(here("ask_review", row.pk), {"society": "practice-south"})
    passed_on(world)
    told = told_to(world, "south").get()
    assert told.for_review and on_list(world.staff["rustam"], "practice_review").exists()
    assert "Bakyt" not in str(told.content), "no colleague is named"
    page = text(rustam.get(here("told", told.pk)))
    assert "one letter with three signatures" in page and "they ask for your review" in page
    assert PRACTICE["title"] not in text(rustam.get(reverse("model:elements"))), "nobody learns from a draft"
    questions = {"verdict": "questions", "words": "Practice: which signatures?"}
    rustam.post(here("review", told.pk), questions)
    passed_on(world)
    row.refresh_from_db()
    assert row.state == "draft" and "which signatures" in text(bakyt.get(here("practice", row.pk)))
    changed = PRACTICE | {
        "done": "Practice: one letter, signed by three offices.",
        "seen": row.edited_at.isoformat(),
    }
    assert bakyt.post(here("change", row.pk), changed).status_code == 302
    bakyt.post(here("ask_review", row.pk), {"society": "practice-south"})
    passed_on(world)
    assert rustam.post(here("review", told.pk), {"verdict": "good"}).status_code == 302
    assert not on_list(world.staff["rustam"], "practice_review").exists()
    passed_on(world)
    assert on_list(world.staff["saule"], "practice_publish").exists()
    assert "Had a hand in it: Bakyt" in text(bakyt.post(here("publish", row.pk), follow=True))
    saule.post(here("publish", row.pk))
    row.refresh_from_db()
    assert row.state == "published" and row.reviewer == world.societies["south"]
    found = text(world.client("amina").get(reverse("model:elements")))
    assert PRACTICE["title"] in found and here("practice", row.pk) in found
    assert PRACTICE["title"] in text(bakyt.get(reverse("diplomacy:instrument", args=["palermo"])))
    # Now it is shared: in the south it is found from the model too, as the north's word.
    bakyt.post(here("share", "practice", row.pk), {"shared": "yes"})
    passed_on(world)
    assert "signed by three offices" in text(rustam.get(here("told", told.pk)))
    assert "Reviewed by, in their words" in text(rustam.get(here("told", told.pk)))
    assert PRACTICE["title"] in text(world.client("daler").get(reverse("model:elements")))
    # The next version and a translation: outdated once the next one is out.
    page = text(bakyt.get(here("practices")))
    assert "missing: " in page and here("seats") in page
    bakyt.post(here("translate", row.pk), {"language": "ru"})
    russian = Practice.objects.get(language="ru")
    saule.post(here("publish", russian.pk))
    bakyt.post(here("next_version", row.pk))
    second = Practice.objects.get(family=row.family, version=2)
    cooperation.ask_review(
        practice=second, society="practice-south", by=world.staff["bakyt"], at=timezone.now()
    )
    passed_on(world)
    rustam.post(here("review", told.pk), {"verdict": "good"})
    passed_on(world)
    saule.post(here("publish", second.pk))
    assert "outdated: Russian" in text(bakyt.get(here("practice", second.pk)))
    assert "replaced by a newer version" in text(bakyt.get(here("practice", row.pk)))


def test_an_old_review_and_one_of_somebody_who_was_not_asked_count_for_nothing(world, paired):
    row = written(world)
    by, at = world.staff["bakyt"], timezone.now()
    cooperation.ask_review(practice=row, society="practice-south", by=by, at=at)
    passed_on(world)
    cooperation.call_back(practice=row, by=by, at=timezone.now())
    row.refresh_from_db()
    cooperation.change_practice(practice=row, need="Practice: another need.", by=by, at=timezone.now())
    told = told_to(world, "south").get()
    cooperation.review_told(told=told, verdict="good", words="", by=world.staff["rustam"], at=timezone.now())
    cooperation.ask_review(practice=row, society="practice-south", by=by, at=timezone.now())
    passed_on(world)
    row.refresh_from_db()
    assert row.state == "asked", "what was reviewed is not what it says now"
    told.refresh_from_db()
    assert told.for_review and not told.verdict, "they are asked anew"


POINT = {"function": "duty", "title": "Practice duty desk", "languages": ["ru", "en"]}


def test_a_duty_number_is_tried_and_due_again_next_month(world):
    bakyt = world.client("bakyt")
    private = bakyt.post(here("new_point"), POINT | {"phone": "+7 701 000 0000"})
    assert private.status_code == 422 and "own mobile telephone" in text(private)
    short = bakyt.post(here("new_point"), POINT | {"phone": "150"})
    assert short.status_code == 422 and "begins with +" in text(short)
    assert (
        bakyt.post(here("new_point"), POINT | {"phone": "+7 701 000 0000", "night": "on"}).status_code == 302
    )
    row = Point.objects.get()
    saule = world.staff["saule"]
    assert on_list(saule, "duty_try").get().due_at <= timezone.now()
    assert "never tried" in text(world.client("amina").get(here("start")))
    today = timezone.localdate()
    call = {"hour": "3", "language": "ru", "outcome": "answered", **parts("on", today)}
    nobody = bakyt.post(here("try_point", row.pk), call)
    assert nobody.status_code == 422 and "a role, no name" in text(nobody)
    assert bakyt.post(here("try_point", row.pk), call | {"answered_by": "duty"}).status_code == 302
    # Where nobody answered, no language was spoken; where somebody did, one was.
    silent = bakyt.post(
        here("try_point", row.pk),
        {"hour": "2", "outcome": "no_answer", **parts("on", today - timedelta(days=1))},
    )
    assert silent.status_code == 302, text(silent)
    unsaid = bakyt.post(here("try_point", row.pk), call | {"answered_by": "duty", "language": ""})
    assert unsaid.status_code == 422 and "in which language" in text(unsaid)
    (due,) = on_list(saule, "duty_try")
    assert timedelta(days=27) < due.due_at - timezone.now() < timedelta(days=32)
    page = text(world.client("amina").get(here("start")))
    assert "at night, answered, Duty officer" in page and "never tried" not in page
    Point.objects.filter(pk=row.pk).update(phone="+7 701 111 1111")
    assert "changed outside Panah" in text(bakyt.get(here("point", row.pk)))
    bakyt.post(here("end_point", row.pk))
    assert not on_list(saule, "duty_try").exists()


def test_a_contact_point_without_a_duty_number_offers_no_test_call(world):
    bakyt = world.client("bakyt")
    office = POINT | {"phone": "+7 727 000 0000"}
    assert bakyt.post(here("new_point"), office).status_code == 302
    row = Point.objects.get()
    assert "Write down a test call" not in text(bakyt.get(here("point", row.pk)))
    assert "Change" in text(bakyt.get(here("point", row.pk)))
    back = bakyt.get(here("try_point", row.pk))
    assert back.status_code == 302 and back.url == here("point", row.pk)


def test_a_line_of_the_directory_is_the_duty_number_and_its_attempts_stand_there(world):
    line = HotlineNumber.objects.create(
        society=world.societies["north"], iso2="XA", kind="own", number="+99 000 0001", name_en="Practice line",
        edited_at=timezone.now(),
    )  # fmt: skip
    row = cooperation.save_point(
        phone="", night=True, line=str(line.pk), languages=[], function="hotline", title="Practice nights",
        email="", hours="", by=world.staff["bakyt"], at=timezone.now(),
    )  # fmt: skip
    assert row.phone == "" and row.line_id == line.pk
    cooperation.record_test_call(
        point=row, on=timezone.localdate(), hour=3, language="ru", outcome="answered", answered_by="hotline",
        by=world.staff["bakyt"], at=timezone.now(),
    )  # fmt: skip
    assert Verification.objects.get().hotline_number == line


def test_what_north_shares_arrives_in_the_south_as_its_word_with_its_age_and_goes_when_it_is_taken_back(
    world, shared
):
    daler = world.client("daler")
    page = text(daler.get(here("start")))
    assert "Practice duty desk" in page and "says so" in page and "+7 701 000 0000" in page
    corridors = text(daler.get(here("corridors")))
    assert "<svg" in corridors and "works at times" not in corridors and "stroke-dasharray" in corridors
    own = cooperation.save_corridor(
        origin="KZ",
        destination="TR",
        works={},
        note="Practice: ours",
        by=world.staff["rustam"],
        at=timezone.now(),
    )
    cooperation.record_test_call(
        point=shared, on=timezone.localdate(), hour=2, language="ru", outcome="answered", answered_by="duty",
        by=world.staff["saule"], at=timezone.now(),
    )  # fmt: skip
    passed_on(world)
    point = told_to(world, "south").get(kind="point")
    assert point.content["tried_at_night"] and point.content["answered"] == "answered"
    assert "Saule" not in str(point.content)
    own.refresh_from_db()
    assert own.note == "Practice: ours" and own.society == world.societies["south"], "what is ours stays ours"
    with tenancy.tenant_context(world.societies["north"].pk):
        assert cooperation.tell_all(at=timezone.now()) == 0, "nothing is told twice"
    world.client("bakyt").post(here("share", "point", shared.pk), {"shared": "no"})
    passed_on(world)
    assert "Practice duty desk" not in text(daler.get(here("start")))
    assert told_to(world, "south").get(kind="point").content == {}
    assert not told_to(world, "north").exists() and Profile.objects.count() == 1
    # Shared again, it is there again.
    world.client("bakyt").post(here("share", "point", shared.pk), {"shared": "yes"})
    passed_on(world)
    assert "Practice duty desk" in text(daler.get(here("start")))


def test_a_society_speaks_for_itself_alone_and_an_older_word_changes_nothing(world, paired):
    now = timezone.now()
    message = {
        "cooperation": 1, "kind": "profile", "entry": "00000000-0000-4000-8000-000000000001",
        "society": "practice-north", "as_of": now.isoformat(), "ended": False, "for_review": False,
        "said": {"mandate": "Practice: newer", "means": {"escort": "self"}},
    }  # fmt: skip
    assert arrives(world, paired, message | {"society": "practice-south"}) == ReceiptCode.WRONG_PLACE
    assert arrives(world, paired, message | {"society": "kz-kzrc"}) == ReceiptCode.WRONG_PLACE
    assert not ReceivedEntry.objects.exists()
    assert arrives(world, paired, message) == ReceiptCode.TAKEN
    old = {
        "as_of": (now - timedelta(days=3)).isoformat(),
        "said": {"mandate": "Practice: older", "means": {}},
    }
    assert arrives(world, paired, message | old) == ReceiptCode.TAKEN
    assert ReceivedEntry.objects.get().content["mandate"] == "Practice: newer"
    assert (
        arrives(world, paired, message | {"said": {"mandate": 7, "means": {}}}) == ReceiptCode.UNKNOWN_VERSION
    )
    assert arrives(world, paired, message | {"cooperation": 2}) == ReceiptCode.UNKNOWN_VERSION
    assert arrives(world, paired, {"organization": {}}) is None, (
        "the directory's own entries are the directory's"
    )


def test_a_decision_of_a_meeting_is_due_from_whoever_does_it_who_says_what_came_of_it(world, paired):
    bakyt, today = world.client("bakyt"), timezone.localdate()
    bakyt.post(
        here("new_meeting"), {"title": "Practice meeting", "agenda": "One\nTwo", **parts("held_on", today)}
    )
    row = Meeting.objects.get()
    bakyt.post(here("paper", row.pk), {"title": "Practice paper", "where": "https://example.org/paper"})
    amina = world.staff["amina"]
    decided = {"text": "Practice: ask the consulate", "owner": str(amina.pk), **parts("due_on", today)}
    bakyt.post(here("decide", row.pk), decided)
    decision = Decision.objects.get()
    assert on_list(amina, "decision_do").exists()
    page = text(world.client("cholpon").get(here("meeting", row.pk)))
    assert "Practice paper" in page and "Practice: ask the consulate" in page
    ended = {"state": "done", "outcome": "Practice: they said yes."}
    assert world.client("cholpon").post(here("decision", decision.pk), ended).status_code == 404
    assert world.client("amina").post(here("decision", decision.pk), ended).status_code == 302
    assert not on_list(amina, "decision_do").exists()
    assert "they said yes" in text(bakyt.get(here("meeting", row.pk)))
    bakyt.post(here("share", "meeting", row.pk), {"shared": "yes"})
    passed_on(world)
    told = told_to(world, "south").get()
    page = text(world.client("daler").get(here("told", told.pk)))
    assert "Practice: ask the consulate" in page and "Amina" not in page
