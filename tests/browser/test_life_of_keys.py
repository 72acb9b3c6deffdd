"""The pages by which keys are given, taken and made anew, as people see them."""

from collections.abc import Callable

import pytest

from panah.ground.vault import actions as vault
from panah.ground.vault.actions import cards
from panah.people.cases import actions as cases
from tests.browser.conftest import press
from tests.two_people import end_access, make_focal_point


@pytest.fixture
def busy(world: object) -> object:
    """Amina holds a case; Cholpon is becoming a focal point; Saule has left, and a new signing key waits."""
    hers = world.keys("amina")
    made = [cases.open_case(keys=hers, by=world.staff["amina"], at=world.at) for _ in range(2)]
    cards.put_card(keys=hers, file=made[0].file_id, kind=cards.SEARCH, value={"n": ["x"]}, at=world.at)
    make_focal_point(world, "cholpon")
    end_access(world, "saule", at=world.at, second="cholpon")
    cards.compact(keys=world.keys("bakyt"), kind=cards.SEARCH)
    vault.erase(keys=hers, file=made[0].file_id, at=world.at)
    return world


PAGES = {
    "colleagues, with all that waits": ("bakyt", "/vault/colleagues"),
    "one colleague": ("bakyt", "/vault/colleagues/AMINA"),
    "a focal point": ("bakyt", "/vault/colleagues/CHOLPON"),
    "make a focal point": ("bakyt", "/vault/colleagues/GULNAR/focal-point"),
    "no longer one": ("bakyt", "/vault/colleagues/CHOLPON/no-focal-point"),
    "hand over": ("bakyt", "/vault/colleagues/AMINA/hand-over"),
    "nothing to hand over": ("bakyt", "/vault/colleagues/GULNAR/hand-over"),
    "end the access": ("bakyt", "/vault/colleagues/AMINA/end"),
    "end a focal point's access": ("bakyt", "/vault/colleagues/CHOLPON/end"),
    "signing key, made": ("bakyt", "/vault/signing-key"),
    "signing key, to confirm": ("cholpon", "/vault/signing-key"),
    "compare by telephone": ("amina", "/vault/signing-key/by-telephone"),
    "new recovery key": ("bakyt", "/vault/new-recovery-key"),
    "tidy": ("bakyt", "/vault/tidy"),
    "all tidy": ("nurlan", "/vault/tidy"),
}


def at(world: object, name: str) -> tuple[str, str]:
    who, url = PAGES[name]
    for colleague in ("amina", "cholpon", "gulnar"):
        url = url.replace(colleague.upper(), str(world.staff[colleague].pk))
    return who, url


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_keys_can_be_used_by_everyone(
    look: Callable[..., object], busy: object, name: str
) -> None:
    look(*at(busy, name))


def test_a_leavers_work_is_handed_over_with_two_clicks(visit: Callable[..., object], busy: object) -> None:
    page = visit("bakyt", at(busy, "hand over")[1], width=360)
    page.get_by_label("Cholpon").check()
    press(page.get_by_role("button", name="Hand everything over"))
    assert page.locator(".said").inner_text().startswith("1 case is handed over"), "the other one is erased"
    assert page.complaints == []
