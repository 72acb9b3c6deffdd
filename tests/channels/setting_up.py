"""Bakyt sets a channel up on its page."""

from __future__ import annotations

import pytest

from tests.conftest import PASSPHRASE


def typed(box, **more):
    return {
        "name": "Modem in the hall", "address": box.address, "form": "json", "number_field": "to", "text_field": "text",
        "fields_more": "from=Panah", "header": "Authorization", "secret": "Bearer s3cret",
        "passphrase": PASSPHRASE, **more,
    }  # fmt: skip


@pytest.fixture
def bakyts(world):
    world.staff["bakyt"].duty_phone = "+996555000004"
    world.staff["bakyt"].email = "bakyt@practice.example"
    world.staff["bakyt"].save()
    return world.client("bakyt")
