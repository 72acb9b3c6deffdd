"""A certificate that the node trusts, and gateways that use it."""

import pytest

from tests.channels.stand_ins import certificate


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


@pytest.fixture(autouse=True)
def no_mail_of_the_host(settings):
    settings.PANAH_HOST_SENDS_MAIL = False
