"""Two who press at the same moment."""

import threading

from django.db import connections

from panah.ground.foundation.errors import Refusal


def at_once(*acts):
    """Do these in threads of their own that begin together; returns what each returned or refused."""
    line, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            line.wait(timeout=20)
            results[number] = act()
        except Refusal as refused:
            results[number] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
