"""The society's own facts: counted in a keyholder's session, small numbers hidden, gone with the yes."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.vault.actions import cards
from panah.ground.vault.models import ShredRow
from panah.people.cases import actions as cases_actions
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.consent import queries as consent_queries
from panah.programmes.evidence import counting, queries
from panah.programmes.figures.models import Figure
from tests.evidence.conftest import card, write_cards

HERE = reverse("evidence:facts")


def facts_of(world, year=2025, who="nurlan"):
    return queries.own_facts(keys=world.keys(who), year=year, language="en")


def test_nurlan_reads_the_year_and_no_number_of_three_people(world, thirty):
    page = world.client("nurlan").get(HERE, {"year": "2025"}).text
    assert "Kazakhstan" in page and "Not deduplicated across societies" in page
    found = facts_of(world)
    assert found.counted == 30
    by_name = {one.name: one for one in found.countries}
    assert by_name["Kazakhstan"].counted == 20
    assert (
        by_name["Russia"].counted is None
        and by_name["Türkiye" if "Türkiye" in by_name else "Turkey"].counted is None
    )
    sheltered = next(one for one in found.people if one.code == "sheltered")
    assert sheltered.number is None, "three had a bed, and all three stand in Russia"


def spoil(alias, society):
    for row in ShredRow.objects.using(alias).filter(kind="facts_s", society=society):
        row.wrapped = bytes(row.wrapped)[:-1] + bytes([bytes(row.wrapped)[-1] ^ 1])
        row.save(using=alias)


@pytest.mark.parametrize("how", ["changed on the disk", "sealed by somebody else"])
def test_nurlan_reads_a_sentence_instead_of_numbers_that_are_too_small(world, thirty, how):
    nurlan, north = world.client("nurlan"), world.societies["north"].pk
    if how == "changed on the disk":
        spoil("shred", north)
        assert "Kazakhstan" in nurlan.get(HERE, {"year": "2025"}).text, "control: the other copy is whole"
        spoil("shred_copy", north)
    else:
        write_cards(world, [{"of": "case", "month": "soon"}])
    page = nurlan.get(HERE, {"year": "2025"})
    assert "Cards of this count do not open any more" in page.text and "Kazakhstan" not in page.text
    assert page.status_code == 409
    entered = nurlan.post(reverse("evidence:enter"), {"year": "2025"}, follow=True)
    assert "Cards of this count do not open any more" in entered.text
    assert not Figure.objects.filter(data_year=2025).exists()


def test_what_may_be_shown_becomes_figures_and_a_small_change_stays_out(world, thirty):
    nurlan, here = world.client("nurlan"), reverse("evidence:enter")
    assert nurlan.post(here, {"year": "2025"}).status_code == 302
    own = {one.measure: one for one in Figure.objects.filter(data_year=2025)}
    assert own["assisted"].low == 30 and "30 people" in own["assisted"].denominator_text
    assert own["assisted"].country == "XA" and "sheltered" not in own, "three had a bed"
    write_cards(world, [card("KZ", assisted="yes") for _ in range(3)])
    nurlan.post(here, {"year": "2025"})
    assert Figure.objects.get(measure="assisted", state="stands").low == 30, (
        "three more would be three people"
    )
    write_cards(world, [card("KZ", assisted="yes") for _ in range(7)])
    nurlan.post(here, {"year": "2025"})
    assert Figure.objects.get(measure="assisted", state="stands").low == 40
    assert Figure.objects.get(measure="assisted", state="superseded").low == 30
    page = nurlan.post(here, {"year": str(world.at.year)}, follow=True).text
    assert "This year is not over" in page


def test_a_share_is_hidden_where_those_who_are_left_out_are_few(world):
    write_cards(world, [card("KZ", screened="yes") for _ in range(18)] + [card("KZ") for _ in range(2)])
    found = facts_of(world)
    screened = next(one for one in found.people if one.code == "screened")
    assert found.counted == 20 and screened.number is None


def test_what_happened_twice_in_the_store_counts_once_and_another_year_apart(world):
    ids = write_cards(world, [card() for _ in range(6)])
    write_cards(world, [card() for _ in range(6)], ids=ids)
    write_cards(world, [card(year=2024) for _ in range(9)])
    assert facts_of(world).counted == 6 and facts_of(world, 2024).counted == 9
    assert facts_of(world).years[:2] == [2025, 2024]


def test_who_takes_the_yes_back_is_gone_before_anybody_compacts(world, thirty):
    cards.bury(society=world.societies["north"].pk, kinds={"facts": thirty[:1]}, at=world.at)
    assert facts_of(world).counted == 29
    cards.bury_waiting(society=world.societies["north"].pk, at=timezone.now())
    cards.compact(keys=world.keys("nurlan"), kind="facts")
    assert facts_of(world).counted == 29


def test_a_case_tells_its_card_what_was_done_and_nothing_finer(world):
    keys = world.keys("amina")
    case = cases_actions.open_case(
        keys=keys,
        by=world.staff["amina"],
        at=world.at,
        identity={"names": [{"text": "Test Person"}]},
        codes={},
    )
    cases_actions.write_service(
        keys=keys, case=case, at=world.at,
        service={"type": "return_transport", "outcome": "given", "what": "x", "own_view": ""},
    )  # fmt: skip
    subject = consent_subject(case.number, to=world.staff["amina"], keys=keys)
    answer = {"purpose": "statistics", "said": "yes", "receiver": "", "fields": [], "seven": {}, "until": ""}
    consent.write_answer(keys=keys, subject=subject, answer=answer, at=world.at)
    society = world.societies["north"].pk
    cards.shuffle_waiting(society=society, at_least=1)
    ((_, value),) = cards.cards(keys=world.keys("nurlan"), kind="facts")
    assert value["assisted"] == value["returned"] == "yes" and "reintegrated" not in value
    with counting.opened(keys=world.keys("nurlan")) as facts:
        ((row),) = facts.by_country(world.at.year).values()
    assert (row["counted"], row["assisted"], row["returned"]) == (1, 1, 1)
    (kept,) = consent_queries.answers(keys=keys, file=case.file_id)
    consent.withdraw(keys=keys, subject=subject, answer=kept, on=date(2026, 11, 24), words="", at=world.at)
    with counting.opened(keys=world.keys("nurlan")) as facts:
        assert facts.by_country(world.at.year) == {}


@pytest.mark.parametrize("who", ["amina", "elena", "zarina", "timur"])
def test_whoever_does_not_count_finds_nothing_here(world, who):
    assert world.client(who).get(HERE).status_code == 404


def test_with_a_locked_vault_nothing_is_counted(world, thirty):
    answer = world.client("nurlan", open_vault=False).get(HERE)
    assert answer.status_code == 302 and "unlock" in answer["Location"]


def test_south_counts_its_own_people_alone(world, thirty):
    write_cards(world, [card() for _ in range(5)], holder="rustam")
    assert facts_of(world, who="rustam").counted == 5


def test_the_engine_reaches_neither_files_nor_extensions_and_stays_so():
    connection = counting.in_memory()
    for wish in (
        "COPY (SELECT 1) TO 'planted.csv'", "SELECT * FROM read_text('/etc/hostname')", "ATTACH 'planted.db'",
        "SET temp_directory = '/tmp'", "SET enable_external_access = true", "INSTALL httpfs",
    ):  # fmt: skip
        with pytest.raises(Exception, match=r"Permission|disabled|locked|Cannot"):
            connection.execute(wish)
    assert connection.execute("SELECT current_setting('temp_directory')").fetchone()[0] in ("", None)
