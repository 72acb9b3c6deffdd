"""The processes of a bench's node: ``python -m benchmarks.exchange.node web|worker|driver …``.

``web`` serves as ``./panah serve`` does, but strangers by threads of its own. ``worker`` delivers as ``./panah worker``
does, but without its pause between two rounds. ``driver`` does on standard input what people would (``driver.py``), one
JSON object a line.
All three end with the bench, and go by its clock.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.exchange import clock
from benchmarks.exchange.die_with_parent import end_with_parent

PAUSE = 0.05


def web(host: str, port: str) -> None:
    """Serve with one granian worker; its application is ``rsgi.py``."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "benchmarks.exchange.rsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.RSGI,
        workers=1,
        respawn_failed_workers=True,
        websockets=False,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()


def worker(seconds: str = "8", waits: str = "") -> None:
    """Deliver what is due, again and again; nothing that goes wrong ends it. ``waits``: until a line comes."""
    import logging

    import django

    django.setup()
    from django.db import close_old_connections
    from django.utils import timezone

    from panah.ground.exchange import actions as exchange
    from panah.ground.foundation import tenancy
    from panah.ground.network.queries import hosted_ids

    if waits:
        say({"ready": "worker"})
        sys.stdin.readline()
    while True:
        close_old_connections()
        settled = 0
        try:
            for society in hosted_ids():
                with tenancy.tenant_context(society):
                    settled += exchange.deliver_due(at=timezone.now(), seconds=float(seconds))
        except Exception:
            logging.getLogger(__name__).exception("deliver")
        if not settled:
            time.sleep(PAUSE)


def drive(society: str) -> None:
    """Do what standard input asks, and answer each line with one."""
    import django

    django.setup()
    from benchmarks.exchange import driver

    node = driver.Node(society)
    say({"ready": society})
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        if "seeds" in asked:
            node.seeds = {name: bytes.fromhex(seed) for name, seed in asked["seeds"].items()}
            continue
        try:
            done = getattr(node, asked["do"])(*asked.get("with", ()))
        except Exception as problem:  # noqa: BLE001  the driver is told, and decides
            say({"problem": type(problem).__name__, "said": str(problem)[:300]})
        else:
            say({"done": done})


def say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    end_with_parent()
    clock.begin()
    whats: dict[str, Callable[..., None]] = {"web": web, "worker": worker, "driver": drive}
    whats[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
