"""While cards are counted and a release is made, nothing readable reaches a disk: with a planted control."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from panah.programmes.evidence import counting
from tests.dump_scan import plant, scan
from tests.evidence.conftest import card, write_cards

MARK = "Unmistakable Practice Industry"


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_no_card_is_readable_on_any_disk_while_it_is_counted_or_after(world, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    write_cards(
        world,
        [card() | {"codes": {"prs_Gender": [MARK]}} for _ in range(40)],
        ids=[uuid4() for _ in range(40)],
    )
    places = [Path(settings.HOME), tmp_path]
    with counting.opened(keys=world.keys("nurlan")) as facts:
        inside = facts.rows("SELECT codes.prs_Gender[1] FROM facts LIMIT 1")
        while_open = scan(places, [MARK])
    assert world.client("nurlan").get(reverse("evidence:facts"), {"year": "2025"}).status_code == 200
    assert inside == [(MARK,)], "control: it was counted in clear, in memory"
    assert while_open == scan(places, [MARK]) == []
    plant(tmp_path / "planted", MARK)
    assert scan(places, [MARK]), "control: in a file it would be found"
