"""A release from its beginning to where it ends: two people, one ledger, a package that anybody can verify."""

import io
import os
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts.models import RoleHeld
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from panah.ground.vault.actions import cards
from panah.ground.vault.models import StaffKey
from panah.ground.work.models import DueItem
from panah.programmes.evidence import actions, sealed_counts
from panah.programmes.evidence.models import BudgetSpend, Package, Population, Release
from panah.programmes.evidence.words import ReleaseState
from panah.programmes.figures.models import Figure
from panah.programmes.figures.words import SourceKind
from panah.programmes.release.verifying import read_withdrawn, verify
from tests.evidence.conftest import card, few_countries, write_cards
from tests.evidence.preparing_releases import TABLES, at, begun, decide, prepared, press_prepare, read, state


def verified(world, body, who="nurlan"):
    upload = SimpleUploadedFile("release.zip", body, content_type="application/zip")
    return world.client(who).post(reverse("evidence:verify"), {"file": upload}).text


def in_package(body, name):
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return packed.read(name).decode()


def test_prepared_refused_to_its_own_hand_read_changed_published_verified_withdrawn(world):
    row = prepared(world, "bakyt")
    assert DueItem.objects.filter(subject=row.pk).exists()
    own = read(world, row, "bakyt")
    assert own.status_code == 422 and "Somebody else decides this" in own.text
    assert world.client("nurlan").get(at("review", row)).status_code == 404, (
        "the data officer does not decide"
    )

    early = decide(world, row, "publish", who="saule")
    assert early.status_code == 422 and state(row) == ReleaseState.PREPARED, "nobody decides unread"
    assert read(world, row, "saule").status_code == 302 and state(row) == ReleaseState.READ
    assert decide(world, row, "changes", who="saule").status_code == 422, "which changes?"
    assert decide(world, row, "changes", "Say that it is a rehearsal.", who="saule").status_code == 302
    assert "Say that it is a rehearsal." in world.client("bakyt").get(at("change", row)).text

    assert "This changes when it is published." in world.client("bakyt").get(at("release", row)).text
    first = Package.objects.get(release=row)
    assert "NOT PUBLISHED" in in_package(bytes(first.body), "release.json"), (
        "a file that leaves early says so"
    )
    said = {"title": "Rehearsal of 2025", "contact": TABLES["contact"], "about": "Made-up people."}
    assert world.client("bakyt").post(at("change", row), said).status_code == 302
    assert state(row) == ReleaseState.PREPARED and Package.objects.filter(release=row).count() == 2
    assert read(world, row, "saule").status_code == 302
    assert decide(world, row, "publish", who="saule").status_code == 302
    assert (
        state(row) == ReleaseState.PUBLISHED
        and not DueItem.objects.filter(subject=row.pk, done_at=None).exists()
    )

    body = world.client("nurlan").get(at("file", row)).content
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        assert "NOT PUBLISHED" not in packed.read("release.json").decode()
        assert "THESE PEOPLE ARE MADE UP" in packed.read("method.txt").decode()
        assert packed.read("tables/1.csv").decode().startswith("CountryOfExploitation,gender,count,state\n")
    assert "This is what was signed, unchanged. Published, and it stands." in verified(world, body)
    assert "This changes when it is published." not in world.client("bakyt").get(at("release", row)).text
    assert "has not published it" in verified(world, bytes(first.body)), "what was changed never left"
    assert "has not published it" in verified(world, body, "rustam"), "South has not published it"

    assert world.client("nurlan").get(at("withdraw", row)).status_code == 404
    assert (
        world.client("bakyt")
        .post(at("withdraw", row), {"reason": "A country was counted twice."})
        .status_code
        == 302
    )
    page = verified(world, body)
    assert "This release was withdrawn on" in page and "A country was counted twice." in page
    with zipfile.ZipFile(
        io.BytesIO(world.client("nurlan").get(reverse("evidence:withdrawn")).content)
    ) as packed:
        told = packed.read("withdrawn.json"), packed.read("withdrawn.sig")
    gone = read_withdrawn(*told, node_keys.public(), of="Practice Society North")
    assert read_withdrawn(*told, node_keys.public(), of="Practice Society South") is None, (
        "of another society"
    )
    assert not verify(body, node_keys.public(), gone).ok and verify(body, node_keys.public()).ok
    assert read(world, row, "saule").status_code in (404, 422), "from there nothing leads back"


def test_a_file_that_was_touched_anywhere_says_so(world):
    row = prepared(world)
    read(world, row), decide(world, row, "publish")
    body = world.client("nurlan").get(at("file", row)).content

    def touched(change):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            files = {one: packed.read(one) for one in packed.namelist()}
        change(files)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for name, content in files.items():
                packed.writestr(name, content)
        return verified(world, out.getvalue())

    assert "tables/3.csv was changed" in touched(lambda f: f.update({"tables/3.csv": b"1"}))
    assert "tables/3.csv is missing" in touched(lambda f: f.pop("tables/3.csv"))
    assert "more.csv was put in" in touched(lambda f: f.update({"more.csv": b"1"}))
    assert "The signature does not fit" in touched(lambda f: f.update({"manifest.sig": bytes(64)}))
    assert "public-key.pem was changed" in touched(lambda f: f.update({"public-key.pem": b"another"}))
    for rubbish in (b"", b"PK", b"no zip at all", body[: len(body) // 2]):
        page = verified(world, rubbish)
        assert "no release package" in page or "empty" in page.lower() or "no bytes" in page


def test_one_person_with_two_accounts_is_no_second_person(world):
    row = prepared(world, "nurlan")
    StaffKey.objects.filter(staff=world.staff["saule"]).update(
        admitted_by=world.staff["nurlan"], known_by=None
    )
    answer = read(world, row, "saule")
    assert answer.status_code in (403, 422) and "One of you admitted the other" in answer.text
    assert read(world, row, "bakyt").status_code == 302


def test_a_focal_point_made_after_it_was_prepared_does_not_decide(world):
    row = prepared(world)
    later = row.prepared_at + timedelta(seconds=1)
    RoleHeld.objects.filter(staff=world.staff["saule"], role="focal_point").update(since=later)
    StaffKey.objects.filter(staff=world.staff["saule"]).update(admitted_at=later)
    # Also where somebody writes another time into the database.
    Release.objects.filter(pk=row.pk).update(prepared_at=later + timedelta(days=1))
    assert read(world, row, "saule").status_code in (403, 422) and state(row) == ReleaseState.PREPARED


def test_what_an_attack_broke_is_published_by_nobody(world):
    row = prepared(world)
    report = [{"code": "no-truth", "values": {"table": "by-kind"}, "fails": True}]
    Release.objects.filter(pk=row.pk).update(passed=False, report=report)
    page = world.client("bakyt").get(at("review", row)).text
    assert "An attack succeeded" in page and "“By kind of exploitation” was not attacked" in page
    assert "by-kind" not in page and "<summary>By citizenship</summary>" in page
    read(world, row)
    refused = decide(world, row, "publish")
    assert refused.status_code == 422 and "it cannot be published, by nobody" in refused.text
    assert (
        decide(world, row, "no", "An attack succeeded.").status_code == 302
        and state(row) == ReleaseState.REFUSED
    )


def test_another_release_that_leaves_meanwhile_is_read_too(world):
    one, other = prepared(world), prepared(world, year="2024", title="People in 2024")
    read(world, one)
    read(world, other, "saule"), decide(world, other, "publish", who="saule")
    refused = decide(world, one, "publish")
    assert refused.status_code == 422 and "Something has changed since" in refused.text
    page = world.client("bakyt").get(at("review", one)).text
    assert "Read once more" in refused.text and "People in 2024" in page
    assert state(one) == ReleaseState.READ


def test_a_package_that_was_swapped_in_the_database_does_not_leave(world):
    row = prepared(world)
    read(world, row)
    Package.objects.filter(release=row).update(
        body=b"other", sha256="d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa"
    )
    assert world.client("nurlan").get(at("file", row)).status_code == 404
    assert decide(world, row, "publish").status_code == 422 and state(row) != ReleaseState.PUBLISHED


def test_what_was_swapped_after_it_was_read_is_not_packed_anew_and_given_to_nobody(world):
    row = prepared(world)
    read(world, row)
    kept = bytes(row.made)
    for changed in ({"made": kept + b"0"}, {"title": "Other words"}, {"passed": False}):
        Release.objects.filter(pk=row.pk).update(**changed)
        answer = decide(world, row, "publish")
        assert answer.status_code == 422 and state(row) == ReleaseState.READ
        Release.objects.filter(pk=row.pk).update(made=kept, title=TABLES["title"], passed=True)
    assert decide(world, row, "publish").status_code == 302
    Release.objects.filter(pk=row.pk).update(made=kept + b"0")
    assert world.client("nurlan").get(at("counts", row)).status_code == 409


def test_a_withdrawal_that_was_taken_back_in_the_database_is_not_left_out_of_the_list(world):
    row = prepared(world)
    read(world, row), decide(world, row, "publish")
    world.client("bakyt").post(at("withdraw", row), {"reason": "A country was counted twice."})
    here = reverse("evidence:withdrawn")
    assert world.client("nurlan").get(here).status_code == 200
    Release.objects.filter(pk=row.pk).update(
        state="published", withdrawn_on=None, withdrawn_by=None, reason=""
    )
    with zipfile.ZipFile(io.BytesIO(world.client("nurlan").get(here).content)) as packed:
        assert "A country was counted twice." in packed.read("withdrawn.json").decode()


def of_few_countries(world):
    text = few_countries(declared_on=timezone.localdate())
    return actions.sign_columns(keys=world.keys("bakyt"), at=timezone.now(), text=text)


def test_rows_are_paid_first_and_come_with_error_bars_budget_and_the_sentence(world):
    tables = begun(world, title="Exact")
    again = begun(world, product="microdata", epsilon="4", title="Again")
    row = begun(world, product="microdata", epsilon="1")
    Population.objects.filter(pk=row.population_id).update(columns=of_few_countries(world))
    press_prepare(world, row)
    assert state(row) == ReleaseState.PREPARED
    assert row.passed and BudgetSpend.objects.get().ref == row.pk
    page = world.client("bakyt").get(at("review", row)).text
    assert "After reading this release: at most 56." in page
    with zipfile.ZipFile(io.BytesIO(world.client("nurlan").get(at("file", row)).content)) as packed:
        names = packed.namelist()
        head, *lines = packed.read("microdata.csv").decode().splitlines()
        assert "yearOfRegistration" in head and 1800 < len(lines) < 2200
        assert "After reading this release: at most 56." in packed.read("method.txt").decode()
        assert packed.read("estimates/gender.csv").decode().startswith("gender,count,low,high\n")
        assert packed.read("estimates/utility.csv").decode().startswith("columns together,combinations,")
    assert not [one for one in names if one.startswith("tables/")], "exact tables have no place beside rows"
    refused = press_prepare(world, again).text
    assert "So much privacy budget is not left" in refused and BudgetSpend.objects.count() == 1
    refused = press_prepare(world, tables).text
    assert "exact tables cannot follow" in refused
    pressed = press_prepare(world, row).text
    assert "Counting for this release has begun before" in pressed and BudgetSpend.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_killed_between_payment_and_noise_it_stays_paid_and_nothing_is_made(world, monkeypatch, settings):
    row = begun(world, product="microdata", epsilon="1")
    killed = []
    settings.PANAH_MAY_DIE = True
    monkeypatch.setenv("PANAH_KILL_AT", "release: paid")

    class PowerCut(BaseException):
        pass

    def cut(_pid, _signal):
        killed.append(True)
        raise PowerCut

    monkeypatch.setattr(os, "kill", cut)
    with pytest.raises(PowerCut):
        actions.prepare(keys=world.keys("nurlan"), release=row, at=timezone.now())
    assert killed and BudgetSpend.objects.get().ref == row.pk
    assert state(row) == ReleaseState.SPENT and not Package.objects.exists() and row.made is None
    monkeypatch.delenv("PANAH_KILL_AT")
    page = press_prepare(world, row).text
    assert "Counting for this release has begun before" in page and BudgetSpend.objects.count() == 1
    assert "nothing came of it" in page


def test_below_the_floor_rows_are_refused_before_anything_is_spent(world, thirty):
    row = begun(world, what="cases", product="microdata", epsilon="1")
    page = press_prepare(world, row).text
    assert "There are fewer than 1000 people in it" in page.replace("1,000", "1000")
    assert not BudgetSpend.objects.exists() and state(row) == ReleaseState.DRAFT


def test_a_small_society_publishes_tables_and_closes_its_ledger_for_rows(world, thirty):
    rows = begun(world, what="cases", product="microdata", epsilon="1")
    assert "rows cannot follow" not in world.client("nurlan").get(at("prepare", rows)).text
    row = prepared(world, what="cases")
    assert row.passed and Population.objects.get(pk=row.population_id).exact_released
    with zipfile.ZipFile(io.BytesIO(world.client("nurlan").get(at("file", row)).content)) as packed:
        lines = packed.read("tables/1.csv").decode().splitlines()
    assert "RUS,Total,,not shown" in lines and "KAZ,Total,20,count" in lines, "three people are in Russia"
    write_cards(world, [card() for _ in range(1000)])
    asked = world.client("nurlan").get(at("prepare", rows)).text
    assert "rows cannot follow" in asked and "Choose another year, or tables." in asked
    assert "Rehearse" not in asked and 'name="costs"' not in asked
    page = press_prepare(world, rows).text
    assert "no rows can follow" in page and not BudgetSpend.objects.exists()
    late = world.client("nurlan").post(
        reverse("evidence:begin"), {**TABLES, "what": "cases", "product": "microdata", "epsilon": "1"}
    )
    assert late.status_code == 422 and "rows cannot follow" in late.text
    assert begun(world, what="cases", title="More tables"), "control: tables may follow tables"


def test_this_year_and_rows_without_a_budget_are_not_begun(world):
    client = world.client("nurlan")
    assert client.post(reverse("evidence:begin"), {**TABLES, "year": str(world.at.year)}).status_code == 422
    answer = client.post(reverse("evidence:begin"), {**TABLES, "product": "microdata"})
    assert answer.status_code == 422 and "none was chosen" in answer.text and not Release.objects.exists()


def test_a_release_that_nobody_decided_about_ends_and_one_that_left_does_not(world, thirty):
    draft, nurlan = begun(world, title="Draft"), world.client("nurlan")
    row = prepared(world, what="cases")
    assert "Give this release up" in nurlan.get(at("release", row)).text
    assert vault.load_blob(kind=sealed_counts.KIND, key=row.pk), "control"
    for one in (draft, row):
        assert nurlan.post(at("give_up", one)).status_code == 302 and state(one) == ReleaseState.REFUSED
        assert press_prepare(world, one).status_code == 422 and state(one) == ReleaseState.REFUSED
    assert not DueItem.objects.filter(subject=row.pk, done_at=None).exists()
    assert vault.load_blob(kind=sealed_counts.KIND, key=row.pk) is None
    read(world, row), decide(world, row, "publish")
    assert state(row) == ReleaseState.REFUSED, "nobody takes it up again"
    left = prepared(world)
    read(world, left), decide(world, left, "publish")
    assert "Give this release up" not in nurlan.get(at("release", left)).text
    assert nurlan.post(at("give_up", left)).status_code == 409 and state(left) == ReleaseState.PUBLISHED
    assert world.client("rustam").post(at("give_up", left)).status_code == 404


@pytest.mark.parametrize("who", ["amina", "zarina", "timur"])
def test_nobody_else_finds_releases(world, who):
    assert world.client(who).get(reverse("evidence:releases")).status_code == 404


def test_south_finds_no_release_of_north(world):
    row = begun(world)
    assert world.client("rustam").get(at("release", row)).status_code == 404
    assert "People in 2025" not in world.client("rustam").get(reverse("evidence:releases")).text


def test_two_societies_publish_one_table_and_neither_can_subtract_its_own(world):
    both = [card(one) for one in ("KZ", "UZ", "KG") for _ in range(12)]
    write_cards(world, [*both, *(card("AE") for _ in range(7)), *(card("RU") for _ in range(3))])
    write_cards(world, [*both, *(card("TR") for _ in range(20))], holder="rustam")
    theirs = prepared(world, "rustam", what="cases", title="South")
    assert world.client("rustam").get(at("counts", theirs)).status_code != 200, (
        "one person alone gives nothing"
    )
    read(world, theirs, "malika"), decide(world, theirs, "publish", who="malika")
    counts = world.client("rustam").get(at("counts", theirs)).content
    said = {"title": "Both", "contact": "x@north.example", "about": ""}

    def joined(body, follow=False):
        upload = SimpleUploadedFile("counts.json", body)
        return world.client("nurlan").post(
            reverse("evidence:begin_joint"), {**said, "given": upload}, follow=follow
        )

    assert "are not published yet" in joined(counts).text
    own = prepared(world, what="cases", title="North")
    read(world, own), decide(world, own, "publish")
    for wrong in (
        b"",
        b"{}",
        b"[" * 100_000,
        counts.replace(b"12", b"13"),
        world.client("nurlan").get(at("counts", own)).content,
    ):
        assert joined(wrong).status_code == 422
    assert joined(counts).status_code == 302
    row = Release.objects.get(title="Both")
    press_prepare(world, row)
    page = world.client("bakyt").get(at("review", row)).text
    assert "by each of these societies: Practice Society North, Practice Society South" in page
    assert state(row) == ReleaseState.PREPARED and row.passed
    read(world, row), decide(world, row, "publish")
    with zipfile.ZipFile(io.BytesIO(world.client("nurlan").get(at("file", row)).content)) as packed:
        lines = packed.read("tables/1.csv").decode().splitlines()
        assert "Not deduplicated" in packed.read("method.txt").decode()
    assert [one for one in lines if one.endswith("Total,24,count")], "what both fed may be read"
    assert "TUR,Total,,not shown" in lines, "South alone was there: North would read South's own number"
    assert "RUS,Total,,not shown" in lines, "three people of North"
    assert not BudgetSpend.objects.exists()


def test_two_tables_that_were_attacked_apart_do_not_both_leave(world):
    """Prepared side by side and one person apart: neither was looked at beside the other."""
    ids = write_cards(world, [card("KZ") for _ in range(40)] + [card("TR") for _ in range(30)])
    one = prepared(world, what="cases", title="One")
    cards.bury(society=world.societies["north"].pk, kinds={"facts": ids[:1]}, at=world.at)
    two = prepared(world, what="cases", title="Two")
    read(world, one), decide(world, one, "publish")
    read(world, two)
    late = decide(world, two, "publish")
    assert late.status_code == 422 and "left since this one was attacked" in late.text
    assert (state(one), state(two)) == (ReleaseState.PUBLISHED, ReleaseState.READ)


def test_whoever_enters_exact_figures_closes_the_ledger_of_these_people(world):
    write_cards(world, [card("KZ", assisted="yes") for _ in range(30)])
    actions.enter_own_facts(keys=world.keys("nurlan"), year=2025, at=world.at)
    assert Population.objects.get(what="cases", year=2025).exact_released


def test_a_table_and_the_own_figures_do_not_tell_together_who_is_one_of_few(world):
    ids = write_cards(world, [card("KZ", assisted="yes") for _ in range(40)])
    actions.enter_own_facts(keys=world.keys("nurlan"), year=2025, at=world.at)
    cards.bury(society=world.societies["north"].pk, kinds={"facts": ids[:1]}, at=world.at)
    row = prepared(world, what="cases", title="One less")
    read(world, row)
    late = decide(world, row, "publish")
    assert late.status_code == 422 and "differs by one to four people" in late.text


def test_own_figures_that_differ_by_few_from_a_table_that_left_stay_out(world):
    ids = write_cards(world, [card("KZ", assisted="yes") for _ in range(40)])
    row = prepared(world, what="cases", title="Forty")
    read(world, row), decide(world, row, "publish")
    assert state(row) == ReleaseState.PUBLISHED
    cards.bury(society=world.societies["north"].pk, kinds={"facts": ids[:1]}, at=world.at)
    actions.enter_own_facts(keys=world.keys("nurlan"), year=2025, at=world.at)
    measures = set(Figure.objects.filter(source__kind=SourceKind.OWN_COUNT).values_list("measure", flat=True))
    assert measures == {"trained", "reached"}, "what is of no people with a case comes in"
