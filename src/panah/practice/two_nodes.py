"""Two practice nodes on one machine, paired: a country where people are found, and the one they come from.

Each is a node of its own: folder, databases, keys, processes. They know each other by the same cards and words as real
ones; only the telephone is left out. ``./panah demo --pair``.
"""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.node import serving
from panah.practice import nodes

STOPPING = 25.0


@dataclass(frozen=True)
class Side:
    """One of the two: what stands for it on the screen, its society, its folder's name, whose code app all share."""

    name: str
    society: str
    folder: str
    leader: str


SIDES = (
    Side("destination", "practice-north", "practice-destination", "bakyt"),
    Side("origin", "practice-south", "practice-origin", "rustam"),
)


@dataclass(frozen=True)
class Running:
    """A side with its folder and port."""

    side: Side
    home: Path
    port: int

    @property
    def env(self) -> dict[str, str]:
        found = nodes.environment(self.home, self.port)
        return found | {"PANAH_PRACTICE_NAME": self.side.leader, "PANAH_PRACTICE_SIDE": self.side.society}

    def act(self, name: str, given: str = "") -> str:
        """Let the node do something in a process of its own; returns what it answers."""
        done = subprocess.run(
            [sys.executable, "-m", "panah", "demo", "--act", name, "--port", str(self.port)],
            env=self.env,
            input=given,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Refusal(
                _("The practice node in %(home)s could not be made ready.") % {"home": self.home},
                next_step=_("The reason stands above. ./panah demo --pair --fresh starts over."),
                code="practice-not-ready",
            )
        return done.stdout

    def serve(self) -> "subprocess.Popen[bytes]":
        command = ["serve", "--port", str(self.port), "--workers", "1"]
        return subprocess.Popen([sys.executable, "-m", "panah", *command], env=self.env)


def run(*, first: int, fresh: bool) -> int:
    """Make both nodes ready, pair them, serve them until a signal comes. Returns the exit code."""
    base = Path(os.environ.get("PANAH_PRACTICE_HOME", settings.BASE / "practice")).parent
    both = [Running(side, base / side.folder, first + i) for i, side in enumerate(SIDES)]
    for one in both:
        serving.port_is_free(host="localhost", port=one.port)
    for one in both:
        nodes.begin(one.home, fresh=fresh)
        one.act("ready")
    pair(*both)
    tell(both)
    return serve(both)


def pair(one: Running, other: Running) -> None:
    """Let both focal points show their card, take the other's and compare its words."""
    shown = {r.port: r.act("card") for r in (one, other)}
    one.act("take", shown[other.port])
    other.act("take", shown[one.port])


def serve(both: list[Running]) -> int:
    """Serve both; when one ends, or a signal comes, both end."""
    stopping: list[int] = []
    serving.on_stop(lambda *_: stopping.append(1))
    running = [one.serve() for one in both]
    while not stopping and all(process.poll() is None for process in running):
        time.sleep(0.2)
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    until = time.monotonic() + STOPPING
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if stopping else 1


def tell(both: list[Running]) -> None:
    """Print whose address is which, and how to sign in as whom."""
    lines = ["", _("Practice data: every person here is invented. Two nodes, paired with each other."), ""]
    said = {
        "destination": _("Where people are found: Practice Society North"),
        "origin": _("Where they come from: Practice Society South"),
    }
    for one in both:
        lines += [
            said[one.side.name],
            _("Open  %(address)s") % {"address": f"http://localhost:{one.port}"},
            *nodes.people(one.home),
            "",
        ]
    lines += [
        _("and sign in with a name and its six words; the sign-in page shows the six digits."),
        _("The folders are %(one)s and %(other)s.") % {"one": both[0].home, "other": both[1].home},
        _("Ctrl-C stops both; the same command goes on."),
        "",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


# -- in a process of one node ------------------------------------------------------------------


def ready(port: int) -> None:
    """Build this node, or bring it up to date."""
    nodes.make_ready(settings.HOME, only=os.environ["PANAH_PRACTICE_SIDE"])
    connections.close_all()


def card(port: int) -> None:
    """Print this society's card, and the words that its focal point would read aloud."""
    from panah.ground.exchange import actions as exchange
    from panah.ground.exchange.cards import read_body, words_of

    keys = leader_keys()
    row = exchange.open_card(keys=keys, address=f"http://localhost:{port}", at=timezone.now())
    shown = read_body(bytes(row.body), bytes(row.signature))
    sys.stdout.write(json.dumps({"card": shown.text(), "words": words_of(shown)}))


def take(port: int) -> None:
    """Take the other society's card from standard input, and compare its words unless that was done before."""
    from panah.ground.exchange import actions as exchange
    from panah.ground.exchange.peer_trust import usable

    given, keys, at = json.loads(sys.stdin.read()), leader_keys(), timezone.now()
    peer = exchange.take_card(keys=keys, raw=given["card"], at=at)
    if bytes(peer.next_card) or not usable(keys=keys, peer=peer, at=at):
        exchange.compare(keys=keys, peer=peer, words=given["words"], at=at)


def leader_keys() -> Any:
    """Return the keys of this side's focal point, as if she had just opened her vault with her printed code."""
    from panah.ground.sign_in import actions as sign_in
    from panah.ground.vault.keyring import Keyring
    from panah.ground.vault.seals import Private

    who = settings.PANAH_PRACTICE_NAME
    everyone: Any = nodes.kept(settings.HOME)["people"]
    at = timezone.now()
    opened = sign_in.check_passphrase(username=who, passphrase=everyone[who]["code"], at=at, with_code=True)
    # Opening the vault pins the society's keys; the session is nobody's, and ends by itself.
    sign_in.open_vault(opened=opened, session_key="practice", at=at)
    return Keyring(staff=opened.staff, private=Private(opened.seed))


ACTS = {"ready": ready, "card": card, "take": take}
