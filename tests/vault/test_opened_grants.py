"""What a process keeps of the grants it opened: nothing that opens without the key that opened it first."""

from uuid import uuid4

import pytest

from panah.ground.vault import actions as vault
from panah.ground.vault import opened_grants, queries
from panah.ground.vault.models import Grant
from panah.ground.vault.opened_grants import open_grant
from panah.ground.vault.seals import DoesNotOpen, Private, seal
from panah.ground.vault.words import FileKind

SECRET = b"the secret of aminas file, 32 by"
FILE, HERS = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def just_started():
    opened_grants.forget_all()
    yield
    opened_grants.forget_all()


@pytest.fixture
def amina():
    return Private.new()


@pytest.fixture
def grant(amina):
    return seal(amina.public, SECRET, "grant", FILE, HERS)


def test_what_opened_once_opens_again_to_the_same(amina, grant):
    assert open_grant(amina, grant, "grant", FILE, HERS) == SECRET
    kept = dict(opened_grants._kept)
    assert kept, "control: something is kept"
    # Another request: her key is loaded anew.
    assert open_grant(Private(amina.seed), grant, "grant", FILE, HERS) == SECRET
    assert opened_grants._kept == kept, "it was found, not opened and kept anew"


def test_what_amina_opened_opens_for_nobody_else(amina, grant):
    open_grant(amina, grant, "grant", FILE, HERS)
    with pytest.raises(DoesNotOpen):
        open_grant(Private.new(), grant, "grant", FILE, HERS)


@pytest.mark.parametrize(
    "place", [("grant", uuid4(), HERS), ("grant", FILE, uuid4()), ("society key", FILE, HERS)]
)
def test_a_grant_that_was_copied_to_another_place_opens_nothing_there(amina, grant, place):
    open_grant(amina, grant, "grant", FILE, HERS)
    with pytest.raises(DoesNotOpen):
        open_grant(amina, grant, *place)


def test_a_grant_that_was_changed_opens_nothing(amina, grant):
    open_grant(amina, grant, "grant", FILE, HERS)
    with pytest.raises(DoesNotOpen):
        open_grant(amina, grant[:-1] + bytes([grant[-1] ^ 1]), "grant", FILE, HERS)


def test_memory_between_requests_shows_no_secret(amina, grant):
    open_grant(amina, grant, "grant", FILE, HERS)
    whole = b"".join(mark + locked for mark, locked in opened_grants._kept.items())
    assert len(whole) > len(SECRET)
    assert SECRET not in whole
    assert amina.seed not in whole


def test_no_more_is_kept_than_there_is_room_for(amina, monkeypatch):
    monkeypatch.setattr(opened_grants, "MOST", 3)
    for _ in range(5):
        open_grant(amina, seal(amina.public, SECRET, "grant", FILE, HERS), "grant", FILE, HERS)
    assert len(opened_grants._kept) == 3


def test_amina_does_not_read_on_when_her_grant_is_taken_away_or_the_file_is_erased(world):
    amina = world.staff["amina"]

    def made():
        keys = world.keys("amina")
        file = vault.begin_file(keys=keys, kind=FileKind.CASE, staff=[amina], focal_points=True, at=world.at)
        vault.write(keys=keys, file=file, part="note", value={"text": "x"}, at=world.at)
        return file

    def reads(file):
        return queries.value_of(keys=world.keys("amina"), file=file, part="note")

    taken, erased = made(), made()
    assert reads(taken) == reads(erased) == {"text": "x"}
    assert reads(taken), "control: from what was kept, too"
    Grant.objects.filter(file=taken, staff=amina).delete()
    vault.erase(keys=world.keys("bakyt"), file=erased, at=world.at)
    assert reads(taken) == reads(erased) == {}
