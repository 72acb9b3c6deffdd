"""How far a commitment is, told between societies: cleared by a second person, never without newer dated evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.exchange.models import Outgoing
from panah.ground.exchange.words import ReceiptCode
from panah.programmes.cooperation.models import ReceivedEntry
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy.models import Report
from tests.cooperation.network_space import arrives, on_list, passed_on, status, text, told_to
from tests.diplomacy.running_commitments import report, running, say, show, today

TITLE = "Practice: no one is punished"


def page(world, who, name, *args):
    return text(world.client(who).get(reverse(f"diplomacy:{name}", args=args)))


def cleared(world, row, tells="read", state="cleared"):
    made = report(world, about=f"commitment:{row.pk}", tells=tells)
    answer = world.client("saule").post(
        reverse("diplomacy:report", args=[made.pk]), {"state": state, "remark": "Practice: not yet"}
    )
    assert answer.status_code == 302, text(answer)
    return made


def test_a_paired_society_reads_how_far_it_is_once_a_second_person_has_cleared_it(world, paired):
    row = running(world)
    say(world, row, "late", show(world, row, -5), why="Practice: no answer yet")
    cleared(world, row, state="refused")
    passed_on(world)
    assert not told_to(world, "south").exists(), "refused: it does not leave"
    cleared(world, row)
    passed_on(world)
    found = page(world, "rustam", "told")
    for said in (TITLE, "late: Practice: no answer yet", "Practice Society North", "to read, not to print"):
        assert said in found
    entry = told_to(world, "south").get(kind="status")
    one = text(world.client("daler").get(reverse("cooperation:told", args=[entry.pk])))
    assert "Practice: a letter -5" in one and "No. 12" in one and "It came here on" in one
    for name in ("Bakyt", "Saule", "Amina"):
        assert name not in str(entry.content)
    assert TITLE in page(world, "rustam", "instrument", "istanbul2007")


def test_what_nobody_has_shown_is_not_told(world, paired):
    row = running(world)
    refused = world.client("bakyt").post(
        reverse("diplomacy:make_report"), {"about": f"commitment:{row.pk}", "language": "en", "tells": "read"}
    )
    assert refused.status_code == 422 and "Nothing can be told" in text(refused)
    say(world, row, "under_way", show(world, row, -5))
    other = diplomacy.draft_commitment(
        kind="individual", title="Practice: silent", provisions=["palermo/9"], objective="x", begins_on=today(),
        ends_on=today(9), focal=str(world.staff["amina"].pk), by=world.staff["bakyt"], at=timezone.now(),
    )  # fmt: skip
    diplomacy.sign_off(commitment=other, by=world.staff["saule"], at=timezone.now())
    made = report(world, tells="read")
    diplomacy.decide_report(report=made, state="cleared", by=world.staff["saule"], at=timezone.now())
    passed_on(world)
    assert [one.content["title"] for one in told_to(world, "south")] == [TITLE]
    assert "Practice: silent" not in page(world, "rustam", "told")


def test_a_newer_word_replaces_what_was_told_and_what_is_taken_back_goes(world, paired):
    row = running(world)
    say(world, row, "under_way", show(world, row, -5))
    cleared(world, row)
    passed_on(world)
    say(world, row, "done", show(world, row, -2))
    passed_on(world)
    assert told_to(world, "south").get().content["progress"] == "under_way", "nobody has cleared the new word"
    cleared(world, row)
    passed_on(world)
    assert told_to(world, "south").get().content["progress"] == "done"
    assert not Outgoing.objects.filter(code=ReceiptCode.NO_EVIDENCE).exists()
    world.client("saule").post(reverse("diplomacy:tell_no_more", args=[row.pk]))
    passed_on(world)
    assert told_to(world, "south").get().content == {} and TITLE not in page(world, "rustam", "told")
    cleared(world, row)
    passed_on(world)
    assert TITLE in page(world, "rustam", "told"), "its own evidence carries it again"


def test_a_status_that_arrives_without_newer_dated_evidence_is_refused_with_the_reason(world, paired):
    first, second = today(-20).isoformat(), today(-10).isoformat()
    for wrong in ({"shown_on": ""}, {"evidence": ""}, {"source": ""}, {"progress": "late"}):
        assert arrives(world, paired, status(first, **wrong)) == ReceiptCode.NO_EVIDENCE
    assert arrives(world, paired, status(today(3).isoformat())) == ReceiptCode.NO_EVIDENCE
    assert not ReceivedEntry.objects.exists()
    assert arrives(world, paired, status(second)) == ReceiptCode.TAKEN
    for day in (first, second):
        assert arrives(world, paired, status(day, progress="done")) == ReceiptCode.NO_EVIDENCE
    assert ReceivedEntry.objects.get().content["progress"] == "under_way"
    assert arrives(world, paired, status(second, printed=False)) == ReceiptCode.TAKEN, "the same word"
    assert arrives(world, paired, status(today(-1).isoformat(), progress="done")) == ReceiptCode.TAKEN
    ended = status(second) | {"ended": True, "said": {}}
    assert arrives(world, paired, ended) == ReceiptCode.TAKEN
    again = status(today(-1).isoformat(), progress="not_started")
    assert arrives(world, paired, again) == ReceiptCode.NO_EVIDENCE, (
        "taking back is no way round newer evidence"
    )
    assert arrives(world, paired, status(second)) == ReceiptCode.NO_EVIDENCE, (
        "history is not told anew by taking back"
    )
    assert "evidence" in str(ReceiptCode.NO_EVIDENCE.label)


@pytest.mark.parametrize(("printed", "stands"), [(True, True), (False, False)])
@pytest.mark.parametrize("about", ["society:practice-north", "palermo", "route"])
def test_a_report_about_a_society_an_instrument_or_a_route_prints_only_what_that_society_lets_be_printed(
    world, paired, about, printed, stands
):
    if about == "route":
        ends = (world.societies["north"].iso2, "TR")
        about = f"route:{ends[0]}-{ends[1]}"
        from panah.programmes.cooperation import actions as cooperation

        cooperation.save_corridor(
            origin=ends[0],
            destination=ends[1],
            works={},
            note="",
            by=world.staff["rustam"],
            at=timezone.now(),
        )
    arrives(world, paired, status(today(-3).isoformat(), printed=printed))
    if not printed and about.startswith("society"):
        # Nothing of hers may be printed, but it is known here: it can be asked for, and holds nothing.
        assert "Practice: theirs" in page(world, "rustam", "told")
    made = report(world, by="rustam", about=about)
    content = str(Report.objects.get(pk=made.pk).content)
    assert ("Practice: theirs" in content) is stands
    assert "no evidence" not in content, "of another society nothing is said that it did not say"


def test_only_what_is_cleared_is_told_and_the_whole_never_twice(world, paired):
    row = running(world)
    say(world, row, "under_way", show(world, row, -5))
    report(world, about=f"commitment:{row.pk}", tells="print")
    passed_on(world)
    assert not told_to(world, "south").exists()
    cleared(world, row, tells="print")
    passed_on(world)
    sent = Outgoing.objects.count()
    cleared(world, row, tells="print")
    passed_on(world)
    assert Outgoing.objects.count() == sent
    assert told_to(world, "south").get().as_of <= timezone.now() + timedelta(seconds=1)


def test_what_is_cleared_again_after_it_was_taken_back_is_told_whenever_its_report_was_made(world, paired):
    row = running(world)
    say(world, row, "under_way", show(world, row, -5))
    cleared(world, row)
    passed_on(world)
    world.client("saule").post(reverse("diplomacy:tell_no_more", args=[row.pk]))
    # The next report is made before the others hear that the first was taken back, and cleared after it.
    made = report(world, about=f"commitment:{row.pk}", tells="read")
    passed_on(world)
    assert TITLE not in page(world, "rustam", "told")
    diplomacy.decide_report(report=made, state="cleared", by=world.staff["saule"], at=timezone.now())
    passed_on(world)
    assert TITLE in page(world, "rustam", "told")
    sent = Outgoing.objects.count()
    passed_on(world)
    assert Outgoing.objects.count() == sent, "once"


def test_a_zero_in_a_text_which_postgresql_does_not_keep_is_refused_and_not_asked_for_again_for_ever(
    world, paired
):
    day = today(-1).isoformat()
    for name in ("title", "evidence", "source", "why"):
        wrong = status(day, **{name: "Practice: \0"})
        assert arrives(world, paired, wrong) == ReceiptCode.UNKNOWN_VERSION, name
    assert not ReceivedEntry.objects.exists()
    assert arrives(world, paired, status(day)) == ReceiptCode.TAKEN, "control"


def test_others_ask_for_a_review_of_practices_alone(world, paired):
    asked = status(today(-1).isoformat()) | {"for_review": True}
    assert arrives(world, paired, asked) == ReceiptCode.TAKEN
    assert not on_list(world.staff["rustam"], "practice_review").exists(), "nobody could ever take it off"
    assert not ReceivedEntry.objects.get().for_review
