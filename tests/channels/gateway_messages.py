"""Messages ready for a gateway, and what a gateway makes of them."""

from __future__ import annotations

import pytest

from panah.ground.channels import gateways


def message(kind, settings, *addresses):
    return gateways.Outgoing(
        kind,
        settings,
        list(addresses),
        "Panah: open it now",
        "Something waits for you.",
        "danger",
        "ref-1",
        1_800_000_000.0,
    )


def failure(one):
    with pytest.raises(gateways.NotTaken) as caught:
        gateways.send(one)
    return caught.value.failure


def smtp(port, **more):
    return {
        "host": "localhost", "port": port, "tls": "starttls", "user": "panah", "password": "a long one",
        "sender": "panah@practice.example", **more,
    }  # fmt: skip


def sms(address, **more):
    return {
        "address": address + "/send?v=1", "form": "json", "number_field": "to", "text_field": "text",
        "fields": {"from": "Panah"}, "header": "Authorization", "secret": "Bearer s3cret", **more,
    }  # fmt: skip


AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
