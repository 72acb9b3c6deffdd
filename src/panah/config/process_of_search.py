"""Holds search cards unlocked: ``python -m panah.config.process_of_search FILENO``, started by `./panah serve`.

``FILENO`` is a socket that `serve` listens on and has handed down. Processes that hold a share of the cards load this
module too, and nothing else of ours but what they need.
"""

import os
import socket
import sys
import time
from threading import Thread


def main() -> None:
    # Colleagues' pages come first where both want the processors, already while the node starts.
    os.nice(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panah.config.settings")
    import django

    django.setup()
    from panah.ground.kit.process_limits import keep_memory_to_itself
    from panah.ground.vault.search_process import Server
    from panah.node import serving

    keep_memory_to_itself()
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        server = Server(listener)
        serving.on_stop(lambda *_: server.stopped.set())

        def end_with(parent: int) -> None:
            while not serving.orphaned(parent):
                time.sleep(0.5)
            server.stopped.set()

        Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
        server.serve()


if __name__ == "__main__":
    main()
