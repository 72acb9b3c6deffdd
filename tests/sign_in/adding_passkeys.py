"""A passkey that a colleague adds on her page."""

import re

from tests.conftest import PASSPHRASE
from tests.sign_in.authenticator import asked_by

HERE = {"headers": {"host": "localhost"}}


def state_of(page):
    return re.search(r'name="state" value="([^"]+)"', page)[1]


def add_passkey(client, device, name="work telephone", words=PASSPHRASE):
    page = client.post("/vault/passkeys/new", {"name": name, "passphrase": words}, **HERE).content.decode()
    answer = device.create(asked_by(page))
    return client.post("/vault/passkeys/new", {"state": state_of(page), "answer": answer}, **HERE)
