"""What a node leaves open around its pages: whose files, which methods, which way from outside."""

import os
import stat
import subprocess
import sys

import pytest

from panah.ground.foundation.errors import Refusal
from panah.node import serving


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH"])
def test_a_page_answers_no_other_method(world, method):
    for address in ("/vault/sign-in", "/healthz", "/"):
        assert world.client("amina").generic(method, address).status_code == 405
    assert world.client("amina").get("/").status_code == 200, "control"


def test_beyond_the_machine_people_come_by_https_alone(settings):
    settings.HTTPS, settings.PANAH_PRACTICE = False, False
    for here in ("localhost", "127.0.0.1", "::1"):
        serving.only_https_beyond(here)
    with pytest.raises(Refusal, match="no-https"):
        serving.only_https_beyond("0.0.0.0")  # noqa: S104  that is what is tried
    settings.HTTPS = True
    serving.only_https_beyond("0.0.0.0")  # noqa: S104


def test_a_practice_node_says_that_others_read_along(settings, capsys):
    settings.HTTPS, settings.PANAH_PRACTICE = False, True
    serving.only_https_beyond("0.0.0.0")  # noqa: S104
    assert "made-up people" in capsys.readouterr().err


def test_what_a_node_writes_is_its_own_users_alone_whatever_the_shell_says(tmp_path):
    home = tmp_path / "node"
    env = {**os.environ, "PANAH_HOME": str(home), "PANAH_PRACTICE": "1", "PANAH_SECRET": ""}
    for name in ("DJANGO_SETTINGS_MODULE", "PANAH_DATABASE_URL", "PANAH_HOST_FILE"):
        env.pop(name, None)
    command = [
        sys.executable,
        "-m",
        "panah",
        "init",
        "--society",
        "kyrgyzstan",
        "--focal-points",
        "aigul",
        "bermet",
    ]
    made = subprocess.run(
        command, env=env, umask=0o022, capture_output=True, text=True, timeout=300, check=False
    )
    assert made.returncode == 0, made.stderr
    files = [one for one in home.rglob("*") if one.is_file()]
    assert any(one.name.endswith(".sqlite3") for one in files), "control"
    assert [one.name for one in files if stat.S_IMODE(one.stat().st_mode) & 0o077] == []


def test_what_was_not_sealed_here_is_no_address(world):
    amina = world.client("amina")
    assert amina.get("/cases/4TQ-7MX-R/referrals/new/partner/service:1/").status_code == 404
    assert amina.get(f"/cases/4TQ-7MX-R/referrals/new/~{'A' * 101}/~{'A' * 101}/").status_code == 404
