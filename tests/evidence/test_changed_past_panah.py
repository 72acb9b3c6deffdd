"""Whoever writes in the database takes nothing back that left or was spent: the journal tells of it."""

import io
import zipfile
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from panah.ground.audit import actions as audit
from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.network.models import Society
from panah.ground.vault import actions as vault
from panah.ground.vault.actions import cards
from panah.programmes.evidence import actions, events, joint, queries, sandbox, sealed_counts
from panah.programmes.evidence.models import BudgetSpend, Package, Population, PublishedFile, Release
from panah.programmes.evidence.words import ReleaseState, What
from panah.programmes.figures.models import Figure, Source
from tests.evidence.conftest import card, write_cards
from tests.evidence.preparing_releases import at, begun, decide, prepared, press_prepare, read, state

OTHERWISE = "stand here otherwise than the journal tells"


def published(world, **more):
    row = prepared(world, **more)
    read(world, row), decide(world, row, "publish")
    assert state(row) == ReleaseState.PUBLISHED
    return row


def refused(row):
    Release.objects.filter(pk=row.pk).update(state=ReleaseState.REFUSED)


def of_made_up_people(row):
    rehearsed = Population.objects.create(
        society=row.society, what=What.REHEARSAL, year=2020, epsilon=4, delta=row.population.delta, budget=1
    )
    Release.objects.filter(pk=row.pk).update(population=rehearsed)


def of_another_society(row):
    south = Society.objects.exclude(pk=row.society_id).first()
    people = Population.objects.get(pk=row.population_id)
    people.pk, people.society = uuid4(), south
    people.save(force_insert=True)
    Release.objects.filter(pk=row.pk).update(population=people)


def rows_of_it(row):
    Release.objects.filter(pk=row.pk).update(product="microdata")


def gone(row):
    PublishedFile.objects.filter(release=row.pk).delete()
    Package.objects.filter(release=row.pk).delete()
    Release.objects.filter(pk=row.pk).delete()


def no_state_at_all(row):
    Release.objects.filter(pk=row.pk).update(state="nothing")


def never_decided(row):
    """He hides it in the journal too; the chain tells."""
    Release.objects.filter(pk=row.pk).update(state=ReleaseState.REFUSED)
    Entry.objects.filter(about=row.pk, event=events.DECIDED.name).update(facts={"decision": "no"})


def test_a_row_that_somebody_spoilt_stops_no_list(world):
    row = begun(world)
    no_state_at_all(row)
    page = world.client("nurlan").get(reverse("evidence:releases"))
    assert page.status_code == 200 and row.title in page.text


def test_what_left_is_not_hidden_from_the_next_release_by_rows_that_were_changed(world):
    write_cards(world, [card("KZ") for _ in range(40)] + [card("TR") for _ in range(30)])
    first = published(world, what="cases", title="First")
    write_cards(world, [card("RU")])
    second = begun(world, what="cases", title="Second")
    decided = Entry.objects.get(about=first.pk, event=events.DECIDED.name)
    for hide in (
        refused,
        of_made_up_people,
        of_another_society,
        rows_of_it,
        no_state_at_all,
        never_decided,
        gone,
    ):
        assert queries.releases_as_journalled(first.society_id), f"control, before {hide.__name__}"
        hide(first)
        page = press_prepare(world, second)
        assert page.status_code == 422 and OTHERWISE in page.text, hide.__name__
        assert state(second) == ReleaseState.DRAFT
        Release.objects.filter(pk=first.pk).update(
            state=first.state, population=first.population_id, product=first.product
        )
        Entry.objects.filter(pk=decided.pk).update(facts=decided.facts)


def test_what_was_hidden_after_the_other_was_prepared_lets_that_one_not_out(world):
    ids = write_cards(world, [card("KZ") for _ in range(40)] + [card("TR") for _ in range(30)])
    one = prepared(world, what="cases", title="One")
    cards.bury(society=world.societies["north"].pk, kinds={"facts": ids[:1]}, at=world.at)
    two = prepared(world, what="cases", title="Two")
    read(world, one), decide(world, one, "publish")
    refused(one)
    read(world, two)
    late = decide(world, two, "publish")
    assert late.status_code == 422 and OTHERWISE in late.text and state(two) == ReleaseState.READ


def test_own_figures_are_not_entered_beside_what_was_hidden(world, thirty):
    refused(published(world, what="cases"))
    with pytest.raises(Refusal, match="not-as-journalled"):
        actions.enter_own_facts(keys=world.keys("nurlan"), year=2025, at=world.at)


def test_a_withdrawal_that_was_taken_out_of_two_tables_is_not_left_out_of_the_signed_list(
    world, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        row = published(world)
        world.client("bakyt").post(at("withdraw", row), {"reason": "A country was counted twice."})
    listed = reverse("evidence:withdrawn")
    assert world.client("nurlan").get(listed).status_code == 200, "control: it is in the list"
    PublishedFile.objects.filter(release=row.pk).delete()
    Release.objects.filter(pk=row.pk).update(state=ReleaseState.PUBLISHED, withdrawn_on=None)
    refusal = world.client("nurlan").get(listed)
    assert refusal.status_code == 409 and OTHERWISE in refusal.text


def test_an_entry_that_was_taken_out_of_the_journal_keeps_nobody_from_withdrawing(world):
    row, bakyt = published(world), world.client("bakyt")
    Entry.objects.filter(event=events.DECIDED.name, about=row.pk).delete()
    assert at("withdraw", row) in bakyt.get(at("release", row)).text
    assert bakyt.post(at("withdraw", row), {"reason": "A country was counted twice."}).status_code == 302
    assert state(row) == ReleaseState.WITHDRAWN
    again = bakyt.post(at("withdraw", row), {"reason": "Once more."})
    assert again.status_code == 422 and "Meanwhile somebody went on" in again.text


def test_a_file_that_many_took_out_is_still_as_it_was_written(world):
    row = published(world)
    for _ in range(101):
        actions.record_taken(release=row, by=world.staff["nurlan"], at=world.at)
    assert queries.is_as_written(row)


def test_words_of_before_that_are_put_back_are_not_as_written(world):
    row = prepared(world)
    before, title = bytes(row.packages.get().body), row.title
    read(world, row), decide(world, row, "changes", "Say more.")
    world.client("nurlan").post(at("change", row), {"title": "Another", "contact": "x", "about": ""})
    row.refresh_from_db()
    assert queries.is_as_written(row), "control"
    row.packages.get(number=2).delete()
    Release.objects.filter(pk=row.pk).update(title=title, contact="Data office, data@north.example")
    row.refresh_from_db()
    assert bytes(queries.package_of(row).body) == before and not queries.is_as_written(row)


def spent(world, rho="0.1"):
    row = actions.population_of(what=What.CASES, year=2025, by=world.staff["nurlan"])
    actions.pay(population=row.pk, ref=uuid4(), rho=Decimal(rho), by=world.staff["nurlan"], at=world.at)
    return row


@pytest.mark.parametrize(
    "change",
    [
        lambda row: BudgetSpend.objects.filter(population=row).delete(),
        lambda row: BudgetSpend.objects.filter(population=row).update(rho=1),
        lambda row: Population.objects.filter(pk=row.pk).update(budget=row.budget * 9),
    ],
    ids=["taken away", "made small", "budget raised"],
)
def test_a_spend_that_was_taken_away_or_a_budget_that_was_raised_is_noticed(world, change):
    row = spent(world)
    spent(world, "0.01")
    assert row.spends.count() == 2, "control: who changed nothing pays again"
    change(row)
    with pytest.raises(Refusal, match="not-as-journalled"):
        spent(world)


def test_a_budget_that_was_raised_before_anything_was_spent_is_noticed(world):
    row = begun(world, what="cases", product="microdata", epsilon="1")
    Population.objects.filter(pk=row.population_id).update(budget=row.population.budget * 9)
    with pytest.raises(Refusal, match="not-as-journalled"):
        spent(world)


def test_a_ledger_that_was_closed_is_not_opened_again(world):
    row = actions.population_of(what=What.CASES, year=2025, by=world.staff["nurlan"])
    actions.mark_exact(population=row.pk, by=world.staff["nurlan"], at=world.at)
    Population.objects.filter(pk=row.pk).update(exact_released=False)
    with pytest.raises(Refusal, match="not-as-journalled"):
        spent(world)


def test_counts_of_another_society_that_were_changed_or_hidden_are_not_joined(
    world, django_capture_on_commit_callbacks
):
    both = [card(one) for one in ("KZ", "UZ") for _ in range(12)]
    write_cards(world, both)
    write_cards(world, both, holder="rustam")
    with django_capture_on_commit_callbacks(execute=True):
        theirs = prepared(world, "rustam", what="cases", title="South")
        read(world, theirs, "malika"), decide(world, theirs, "publish", who="malika")
        published(world, what="cases", title="North")
    given = world.client("rustam").get(at("counts", theirs)).content

    def joined(title):
        file = SimpleUploadedFile("counts.json", given)
        said = {"title": title, "contact": "x@north.example", "about": "", "given": file}
        assert world.client("nurlan").post(reverse("evidence:begin_joint"), said).status_code == 302
        return Release.objects.get(title=title)

    first, second = joined("First"), joined("Second")
    kept = bytes(first.given)
    Release.objects.filter(pk=first.pk).update(
        given=joint.kept([{**joint.given_in(kept)[0], "society": "West"}])
    )
    page = press_prepare(world, first)
    assert page.status_code == 422 and OTHERWISE in page.text
    PublishedFile.objects.filter(release=theirs.pk).delete()
    assert press_prepare(world, second).status_code == 422, "nobody knows whether they stand"


def test_who_finds_the_place_taken_where_releases_are_made_has_spent_nothing(world):
    row = begun(world, product="microdata", epsilon="1")
    with sandbox.turn():
        page = press_prepare(world, row)
    assert page.status_code == 422 and "Another release is being made" in page.text
    assert state(row) == ReleaseState.DRAFT and not BudgetSpend.objects.exists()


def withdrawn(world, row, reason="A country was counted twice."):
    answer = world.client("bakyt").post(at("withdraw", row), {"reason": reason})
    assert answer.status_code == 302 and state(row) == ReleaseState.WITHDRAWN


def test_a_withdrawal_reaches_who_has_the_file_also_where_its_package_is_gone(
    world, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        row = published(world)
    digest = queries.package_of(row).sha256
    Package.objects.filter(release=row).delete()
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(world, row)
    assert queries.published_file(digest).withdrawn_on


@pytest.mark.parametrize("also_at_the_door", [False, True], ids=["package", "package and door"])
def test_a_hash_of_another_release_that_was_written_over_takes_that_one_not_from_the_door(
    world, django_capture_on_commit_callbacks, also_at_the_door
):
    with django_capture_on_commit_callbacks(execute=True):
        one, other = published(world, title="One"), published(world, title="Other")
    mine, theirs = queries.package_of(one).sha256, queries.package_of(other).sha256
    Package.objects.filter(release=one, sha256=mine).update(sha256=theirs)
    if also_at_the_door:
        PublishedFile.objects.filter(release=one.pk).update(sha256="0" * 64)
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(world, one)
    assert queries.published_file(mine).withdrawn_on
    assert queries.published_file(theirs).withdrawn_on is None


def listed(world):
    return world.client("nurlan").get(reverse("evidence:withdrawn"))


def test_the_signed_list_names_the_true_reason_and_every_package_or_is_not_signed(
    world, django_capture_on_commit_callbacks
):
    row = prepared(world)
    read(world, row), decide(world, row, "changes", "Say more.")
    said = {"title": "Another", "contact": "x", "about": ""}
    assert world.client("nurlan").post(at("change", row), said).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        read(world, row), decide(world, row, "publish")
        withdrawn(world, row)
    Release.objects.filter(pk=row.pk).update(reason="Nothing is wrong.", withdrawn_on="2020-01-01")
    with zipfile.ZipFile(io.BytesIO(listed(world).content)) as packed:
        told = packed.read("withdrawn.json").decode()
    assert "A country was counted twice." in told and "Nothing is wrong." not in told
    assert "2020-01-01" not in told and told.count('"manifest"') == 3
    body = bytes(queries.package_of(row).body)
    Package.objects.filter(release=row, number=3).update(body=body + b"1")
    assert listed(world).status_code == 409, "another body"
    Package.objects.filter(release=row, number=3).delete()
    assert listed(world).status_code == 409, "the file that left would verify as good"


def test_the_signed_list_leaves_nothing_out_that_was_taken_out_of_the_journal_too(world):
    row = published(world)
    withdrawn(world, row)
    assert listed(world).status_code == 200, "control"
    PublishedFile.objects.filter(release=row.pk).delete()
    Entry.objects.filter(about=row.pk, event=events.WITHDRAWN.name).update(event=events.TAKEN.name)
    assert listed(world).status_code == 409


@pytest.mark.parametrize("act", ["prepares", "changes"])
def test_who_had_a_hand_in_it_decides_nothing_also_where_the_row_names_somebody_else(world, act):
    row = prepared(world, "bakyt" if act == "prepares" else "nurlan")
    if act == "changes":
        read(world, row, "saule"), decide(world, row, "changes", "Say more.", who="saule")
        said = {"title": "Another", "contact": "x", "about": ""}
        assert world.client("bakyt").post(at("change", row), said).status_code == 302
    Release.objects.filter(pk=row.pk).update(hands=[], prepared_by=world.staff["nurlan"])
    own = read(world, row, "bakyt")
    assert own.status_code == 422 and "Somebody else decides this" in own.text
    assert read(world, row, "saule").status_code == 302, "control: who had none reads"


def test_who_changed_a_draft_is_in_the_journal(world):
    row = begun(world)
    said = {"title": "Another", "contact": "x", "about": ""}
    assert world.client("bakyt").post(at("change", row), said).status_code == 302
    Release.objects.filter(pk=row.pk).update(hands=[])
    row.refresh_from_db()
    assert queries.hands_of(row) == {world.staff[one].pk for one in ("nurlan", "bakyt")}


def of_the_year_before(row):
    people = Population.objects.get(pk=row.population_id)
    people.pk, people.year = uuid4(), people.year - 1
    people.save(force_insert=True)
    Release.objects.filter(pk=row.pk).update(population=people)


@pytest.mark.parametrize("other", [of_the_year_before, of_another_society, of_made_up_people])
def test_a_release_that_was_pointed_at_another_ledger_counts_nobody(world, thirty, other):
    row = begun(world, what="cases")
    other(row)
    page = press_prepare(world, row)
    # On PostgreSQL what another society has is not there at all.
    assert page.status_code == 404 or (page.status_code == 422 and OTHERWISE in page.text)
    assert state(row) == ReleaseState.DRAFT


def test_there_are_no_other_people_than_those_with_a_case_and_made_up_ones(world):
    row = begun(world, what="cases")
    with pytest.raises(IntegrityError), transaction.atomic():
        Population.objects.filter(pk=row.population_id).update(what="casez")


def test_what_left_keeps_its_exact_counts_whatever_becomes_of_its_row(world, thirty):
    row = published(world, what="cases")
    society = row.society_id
    for change in ({"prepared_at": None}, {"product": "microdata"}):
        Release.objects.filter(pk=row.pk).update(**change)
        assert row.pk in sealed_counts.counts_needed(society)
    Release.objects.filter(pk=row.pk).update(state=ReleaseState.READ)
    assert world.client("nurlan").post(at("give_up", row)).status_code == 409
    no = decide(world, row, "no", "It never left.")
    assert no.status_code == 422 and state(row) == ReleaseState.READ
    assert vault.load_blob(kind=sealed_counts.KIND, key=row.pk)
    bakyt = world.client("bakyt")
    Release.objects.filter(pk=row.pk).update(product="tables")
    assert at("withdraw", row) in bakyt.get(at("release", row)).text
    assert bakyt.post(at("withdraw", row), {"reason": "It counts one country as another."}).status_code == 302
    row.refresh_from_db()
    assert (
        row.state == ReleaseState.WITHDRAWN and at("withdraw", row) not in bakyt.get(at("release", row)).text
    )
    drafted = begun(world, title="Given up")
    assert world.client("nurlan").post(at("give_up", drafted)).status_code == 302, "control"


@pytest.mark.parametrize("product", ["tables", "microdata"])
def test_a_budget_that_lay_there_raised_before_the_first_release_is_no_promise(world, product):
    row = actions.population_of(what=What.CASES, year=2025, by=world.staff["nurlan"])
    Population.objects.filter(pk=row.pk).update(budget=row.budget * 9)
    with pytest.raises(AssertionError, match=OTHERWISE):
        begun(world, what="cases", product=product, epsilon="1" if product == "microdata" else "")
    assert not Entry.objects.filter(event=events.BEGUN.name).exists()


def test_the_journal_hears_that_a_ledger_is_closed_also_where_its_row_said_so_before(world):
    row = actions.population_of(what=What.CASES, year=2025, by=world.staff["nurlan"])
    Population.objects.filter(pk=row.pk).update(exact_released=True)
    for _again in range(2):
        actions.mark_exact(population=row.pk, by=world.staff["nurlan"], at=world.at)
    assert Entry.objects.filter(about=row.pk, event=events.CLOSED.name).count() == 1
    Population.objects.filter(pk=row.pk).update(exact_released=False)
    with pytest.raises(Refusal, match="not-as-journalled"):
        spent(world)


def test_tables_that_left_keep_their_ledger_closed(world, thirty):
    row = published(world, what="cases")
    Entry.objects.filter(event=events.CLOSED.name).delete()
    assert queries.ledger_as_journalled(Population.objects.get(pk=row.population_id)), "control"
    Population.objects.filter(pk=row.population_id).update(exact_released=False)
    with pytest.raises(Refusal, match="not-as-journalled"):
        spent(world)


def test_a_second_entry_about_one_spend_gives_nothing_back(world):
    row = spent(world)
    spend = row.spends.get()
    facts = {"people": queries.people_of(row), "budget": row.budget, "rho": 1}
    audit.record(event=events.SPENT, by=world.staff["nurlan"], at=world.at, about=spend.ref, facts=facts)
    BudgetSpend.objects.filter(pk=spend.pk).update(rho=1)
    with pytest.raises(Refusal, match="not-as-journalled"):
        spent(world)


WALK = '"audit_entry"."number" >= '


def after_the_walk(change):
    """Do something once, as another connection would, as soon as the journal was walked."""
    left = [change]

    def watch(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if WALK in sql and left:
            left.pop()()
        return found

    return connection.execute_wrapper(watch)


def test_what_is_hidden_while_the_journal_is_walked_is_missed(world):
    write_cards(world, [card("KZ") for _ in range(40)] + [card("TR") for _ in range(30)])
    first = published(world, what="cases", title="First")
    second = begun(world, what="cases", title="Second")
    with after_the_walk(lambda: refused(first)):
        page = press_prepare(world, second)
    assert state(first) == ReleaseState.REFUSED, "control: it was hidden"
    assert OTHERWISE in page.text and state(second) == ReleaseState.DRAFT


def test_the_whole_journal_is_walked_before_anything_is_locked(world):
    row = prepared(world)
    read(world, row)
    said = {"release": row, "decision": "publish", "remark": "", "by": world.staff["bakyt"], "at": world.at}
    for act in (
        lambda: actions.decide(**said),
        lambda: actions.give_counts(release=row, by=world.staff["nurlan"], at=world.at),
        lambda: actions.enter_own_facts(keys=world.keys("nurlan"), year=2025, at=world.at),
    ):
        entries = Entry.objects.filter(society=row.society_id).count()
        outside, begins = len(connection.savepoint_ids), []

        def watch(execute, sql, params, many, context, outside=outside, begins=begins):
            if WALK in sql:
                begins.append((len(connection.savepoint_ids) > outside, params[-1]))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            act()
        assert begins[0] == (False, 0), "control: all of it was walked before"
        assert [number for inside, number in begins if inside and number < entries] == []
        assert any(inside for inside, _number in begins), "control: and what came since, inside"


@pytest.mark.parametrize(
    "change",
    [
        lambda: Figure.objects.filter(state="superseded").delete(),
        lambda: Figure.objects.update(low=7, high=7),
        lambda: Source.objects.update(title="Another"),
    ],
    ids=["taken away", "another number", "put elsewhere"],
)
def test_a_figure_of_the_own_count_that_was_changed_is_missed_by_the_next_count(world, thirty, change):
    keys, year = world.keys("nurlan"), 2025
    assert actions.enter_own_facts(keys=keys, year=year, at=world.at)
    write_cards(world, [card("KZ", assisted="yes") for _ in range(10)])
    assert actions.enter_own_facts(keys=keys, year=year, at=world.at), (
        "control: who changed nothing counts again"
    )
    Figure.objects.filter(state="stands").update(supersedes=None)
    change()
    with pytest.raises(Refusal, match="not-as-journalled"):
        actions.enter_own_facts(keys=keys, year=year, at=world.at)
