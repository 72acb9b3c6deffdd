"""Being counted: only with a yes, without a number, and never again after a withdrawal."""

from datetime import date

from panah.ground.vault.actions import cards
from panah.people.cases import actions as cases
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.consent import queries


def counted(world):
    cards.shuffle_waiting(society=world.societies["north"].pk, at_least=1)
    return [value for _, value in cards.cards(keys=world.keys("nurlan"), kind="facts")]


def a_case(world):
    return cases.open_case(
        keys=world.keys("amina"),
        by=world.staff["amina"],
        at=world.at,
        identity={"names": [{"text": "Test Person"}]},
        codes={"vic_TypeOfExploitation": {"answer": "yes", "values": ["ForcedLabour"]}},
    )


def say(world, case, word):
    subject = consent_subject(case.number, to=world.staff["amina"], keys=world.keys("amina"))
    answer = {"purpose": "statistics", "said": word, "receiver": "", "fields": [], "seven": {}, "until": ""}
    consent.write_answer(keys=world.keys("amina"), subject=subject, answer=answer, at=world.at)
    return subject


def test_nobody_is_counted_before_a_yes_and_after_a_no(world):
    case = a_case(world)
    assert counted(world) == []
    say(world, case, "no")
    assert counted(world) == []


def test_a_yes_counts_codes_and_month_and_neither_name_nor_number(world):
    case = a_case(world)
    say(world, case, "yes")
    (card,) = counted(world)
    assert card["codes"] == {"vic_TypeOfExploitation": ["ForcedLabour"]}
    assert case.number not in str(card)
    assert "Test Person" not in str(card)


def test_a_withdrawal_takes_the_card_away(world):
    case = a_case(world)
    subject = say(world, case, "yes")
    assert len(counted(world)) == 1
    (answer,) = queries.answers(keys=world.keys("amina"), file=case.file_id)
    consent.withdraw(
        keys=world.keys("amina"), subject=subject, answer=answer, on=date(2026, 11, 24), words="", at=world.at
    )
    assert counted(world) == []
