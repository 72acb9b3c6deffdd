"""The process that answers strangers: ``python -m panah.config.public_process FILENO``, started by `./panah serve`.

``FILENO`` is a socket that `serve` listens on and has handed down: while this process is replaced, who asks waits.
"""

import os
import socket
import sys
import time
from threading import Thread

from panah.config.wsgi import application
from panah.node import serving
from panah.node.gateway import public


def main() -> None:
    public.stand_back()
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        server = public.Server(listener, application)
        serving.on_stop(lambda *_: server.stopped.set())
        Thread(target=_end_with_parent, args=(os.getppid(), server), daemon=True).start()
        server.serve(grace=serving.GRACE)


def _end_with_parent(parent: int, server: public.Server) -> None:
    while not serving.orphaned(parent):
        time.sleep(0.5)
    server.stopped.set()


if __name__ == "__main__":
    main()
