"""Every page to which no link of the practice node leads as it begins, looked at in a browser: one that needs a state of its own.

In the house of ``tests/guard/house.py`` each of them can be opened. ``test_every_page.py`` sees to it that none is missing here.
In the gate, which leaves these out, each page is looked at whose template changed since every test last passed.
"""

import pytest

from panah.ground.accounts.models import Staff
from tests.browser.measures import ONLY_THE_LOOK
from tests.browser.pages_without_links import NO_LINK_LEADS_THERE
from tests.changed_pages import changed_templates, templates_drawn
from tests.guard.addresses import ADDRESSES
from tests.guard.conftest import house  # noqa: F401  two societies at work
from tests.walk import sheet


@pytest.mark.parametrize("name", NO_LINK_LEADS_THERE)
def test_a_page_that_needs_a_state_of_its_own_can_be_used_by_everyone(house, desk, phone, name):  # noqa: F811
    assert not (found := looked_at(house, desk, phone, name)), "\n".join(found)


def looked_at(house, desk, phone, name):  # noqa: F811
    """What is wrong with the page of an address, in English at 1280 px in the dark and in Russian on a phone in the light."""
    found = []
    for glass, language, how in (
        (desk, "en", {}),
        (phone, "ru", {"narrow": True, "large_text": True, "rules": ONLY_THE_LOOK}),
    ):
        page = opened(house, name, language)
        assert page.status == 200, page.address
        # Some are a part of a page, a picture or an answer for a script.
        if page.is_page and "<html" in page.html:
            found += glass.finds(page, **how)
    return found


def opened(house, name, language):  # noqa: F811
    """The answer at an address for whoever may open it."""
    who = next(one for one, answer in ADDRESSES[name].answers["GET"].items() if answer == "page")
    address = ADDRESSES[name].path(house.own)
    Staff.objects.filter(username=who).update(language=language)
    house.browser.who, house.browser.language = who, language
    return sheet(house.browser, house.ask(who, "GET", address).response, kind=name, address=address)


def test_every_page_whose_template_changed_can_be_used_by_everyone(house, desk, phone):  # noqa: F811
    rooms = {name.partition("/")[0] for name in changed_templates()}
    found = []
    for name, address in ADDRESSES.items():
        if name.partition(":")[0] in rooms and "page" in address.answers["GET"].values() and not address.open:
            with templates_drawn() as drawn:
                opened(house, name, "en")
            if drawn & changed_templates():
                found += looked_at(house, desk, phone, name)
    assert not found, "\n".join(found)


def test_the_control_what_a_page_is_drawn_with_is_noticed(house):  # noqa: F811
    with templates_drawn() as drawn:
        opened(house, "cases:danger", "en")
    assert {"cases/danger.html", "kit/staff.html"} <= drawn
