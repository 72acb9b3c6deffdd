"""Sealed files: who opens them, what is refused, what a stolen database shows."""

import pytest
from django.db import connection

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries
from panah.ground.vault.actions.files import StalePart
from panah.ground.vault.models import Grant, Part
from panah.ground.vault.words import FileKind, RevealPurpose


@pytest.fixture
def case_file(world):
    return vault.begin_file(
        keys=world.keys("amina"),
        kind=FileKind.CASE,
        staff=[world.staff["amina"]],
        focal_points=True,
        at=world.at,
    )


def test_amina_reads_back_what_she_sealed(world, case_file):
    keys = world.keys("amina")
    vault.write(keys=keys, file=case_file, part="codes", value={"forms": ["ForcedLabour"]}, at=world.at)
    assert queries.value_of(keys=world.keys("amina"), file=case_file, part="codes") == {
        "forms": ["ForcedLabour"]
    }


def test_both_focal_points_can_open_every_case(world, case_file):
    vault.write(
        keys=world.keys("amina"), file=case_file, part="note", value={"text": "she called"}, at=world.at
    )
    for name in ("bakyt", "saule"):
        assert queries.value_of(keys=world.keys(name), file=case_file, part="note") == {"text": "she called"}


@pytest.mark.parametrize("name", ["cholpon", "elena", "daler", "rustam", "timur", "nurlan", "zarina"])
def test_nobody_else_opens_the_case(world, case_file, name):
    vault.write(
        keys=world.keys("amina"), file=case_file, part="note", value={"text": "she called"}, at=world.at
    )
    assert queries.read(keys=world.keys(name), file=case_file, part="note") is None
    with pytest.raises(Refusal):
        vault.write(keys=world.keys(name), file=case_file, part="note", value={}, at=world.at)


def test_an_identity_is_shown_only_with_a_purpose_and_journalled(world, case_file):
    from panah.ground.audit.queries import entries_about

    vault.write(
        keys=world.keys("amina"), file=case_file, part="identity", value={"names": "Test"}, at=world.at
    )
    found = vault.reveal(
        keys=world.keys("amina"), file=case_file, purpose=RevealPurpose.CALL_BACK, at=world.at
    )
    assert found.value == {"names": "Test"}
    assert entries_about(case_file)[0].event == "vault:identity:shown"
    assert entries_about(case_file)[0].facts == {"purpose": "call_back", "written": 1}


def test_of_two_who_write_at_once_one_is_told_and_nothing_is_overwritten(world, case_file):
    seen = vault.write(
        keys=world.keys("amina"), file=case_file, part="note", value={"text": "first"}, at=world.at
    )
    vault.write(
        keys=world.keys("bakyt"),
        file=case_file,
        part="note",
        value={"text": "second"},
        at=world.at,
        based_on=seen,
    )
    with pytest.raises(StalePart):
        vault.write(
            keys=world.keys("amina"),
            file=case_file,
            part="note",
            value={"text": "third"},
            at=world.at,
            based_on=seen,
        )
    assert queries.value_of(keys=world.keys("amina"), file=case_file, part="note") == {"text": "second"}


def test_cholpon_reads_after_amina_lets_her_in_and_not_after_it_is_taken_back(world, case_file):
    vault.write(keys=world.keys("amina"), file=case_file, part="note", value={"text": "x"}, at=world.at)
    vault.grant(keys=world.keys("amina"), file=case_file, to=world.staff["cholpon"], at=world.at)
    assert queries.opens(keys=world.keys("cholpon"), file=case_file)
    vault.revoke(keys=world.keys("bakyt"), file=case_file, staff=world.staff["cholpon"], at=world.at)
    assert not queries.opens(keys=world.keys("cholpon"), file=case_file)


def test_a_case_keeps_at_least_two_ways_in(world, case_file):
    vault.revoke(keys=world.keys("bakyt"), file=case_file, staff=world.staff["amina"], at=world.at)
    with pytest.raises(Refusal, match="too-few-grants"):
        vault.revoke(keys=world.keys("bakyt"), file=case_file, staff=world.staff["saule"], at=world.at)


def test_a_swapped_public_key_gets_no_grant(world, case_file):
    from panah.ground.vault.models import StaffKey

    theirs = StaffKey.objects.get(staff=world.staff["cholpon"])
    theirs.public = StaffKey.objects.get(staff=world.staff["daler"]).public
    theirs.save()
    with pytest.raises(Refusal, match="key-not-signed"):
        vault.grant(keys=world.keys("bakyt"), file=case_file, to=world.staff["cholpon"], at=world.at)


def test_a_part_moved_to_another_file_does_not_open(world, case_file):
    other = vault.begin_file(
        keys=world.keys("amina"),
        kind=FileKind.CASE,
        staff=[world.staff["amina"]],
        focal_points=True,
        at=world.at,
    )
    vault.write(keys=world.keys("amina"), file=case_file, part="note", value={"text": "x"}, at=world.at)
    Part.objects.filter(file=case_file).update(file=other)
    assert queries.read(keys=world.keys("amina"), file=other, part="note") is None


def test_a_grant_copied_from_a_colleague_does_not_open(world, case_file):
    amina_s = Grant.objects.get(file=case_file, staff=world.staff["amina"])
    Grant.objects.create(file_id=case_file, staff=world.staff["cholpon"], sealed=amina_s.sealed)
    assert not queries.opens(keys=world.keys("cholpon"), file=case_file)


def test_after_erasure_nobody_opens_it_and_the_journal_still_holds(world, case_file):
    from panah.ground.audit.queries import verify_society

    vault.write(keys=world.keys("amina"), file=case_file, part="note", value={"text": "x"}, at=world.at)
    vault.erase(keys=world.keys("amina"), file=case_file, at=world.at)
    for name in ("amina", "bakyt", "saule"):
        assert not queries.opens(keys=world.keys(name), file=case_file)
    assert verify_society(world.societies["north"].pk).wrong_at is None


def test_a_list_of_fifty_sealed_sentences_takes_a_handful_of_queries(world, django_assert_max_num_queries):
    keys = world.keys("amina")
    pairs = []
    for n in range(50):
        file = vault.begin_file(
            keys=keys, kind=FileKind.CASE, staff=[world.staff["amina"]], focal_points=True, at=world.at
        )
        pairs.append(
            (file, vault.add(keys=keys, file=file, part="due", value={"say": f"no {n}"}, at=world.at))
        )
    with django_assert_max_num_queries(5):
        found = queries.read_refs(keys=world.keys("amina"), wanted=pairs, part="due")
    assert len(found) == 50
    assert connection.vendor in {"sqlite", "postgresql"}
