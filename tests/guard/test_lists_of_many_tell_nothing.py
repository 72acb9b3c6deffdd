"""Who sleeps in a house, who rang on a line, who was together: no list of them says what is coded of one of them."""

import pytest

from panah.people.cases.models import Case
from tests.casework import opened
from tests.guard.addresses import ADDRESSES
from tests.guard.coded import LANGUAGES, coded_in, everything_coded, speaks

# Pages of these show many people; a case, a contact or a stay is one person's.
OF_MANY = {"place", "line", "branch", "event", "room", "bed"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["amina", "gulnar", "bakyt"])
def test_no_list_of_a_house_a_line_a_branch_or_an_event_says_what_is_coded_of_somebody_in_it(
    house, who, language
):
    """Also as it is printed: who sleeps in a house, who rang on a line, who was together."""
    things = house.own | house.of["bakyt"] | house.of["gulnar"]
    pages = sorted(
        one.path(things)
        for one in ADDRESSES.values()
        if one.of_a_thing
        and set(one.things) <= OF_MANY
        and one.answers["GET"].get(who, "").startswith("page")
    )
    with house.undone():
        speaks(house.world, language)
        before = {path: answered(house, who, path, language) for path in pages}
        case = Case.objects.get(number=house.of["amina again"]["number"])
        everything_coded(house.world, case, opened(house.world))
        after = {path: answered(house, who, path, language) for path in pages}
    assert sum(said is not None for said in before.values()) >= 2, pages
    told = [(path, after[path] - before[path]) for path in pages if before[path] is not None]
    assert not [one for one in told if one[1]], told


def answered(house, who, path, language):
    """What a page says that is coded; None where it is not hers."""
    asked = house.ask(who, "GET", path)
    return coded_in(asked.body.decode(errors="replace"), language) if asked.status == 200 else None
