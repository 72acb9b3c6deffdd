"""Starting a process, and the memory of a worker."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from panah.desk.bench import Figure, seed

LOAD = "import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE','panah.config.settings'); import panah.config.wsgi"


def start(quick: bool) -> Iterator[Figure]:
    """Seconds of CPU until a web worker could answer, beside a Python that imports Django alone."""
    times = 3 if quick else 7
    bare = "import django.core.wsgi, django.db, django.forms, django.template"
    yield Figure("start", "web worker ready", _cpu(LOAD, times), "s CPU", _cpu(bare, times), times)


def _cpu(code: str, times: int) -> float:
    taken = []
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True, env=os.environ)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return sorted(taken)[len(taken) // 2]


def memory(quick: bool) -> Iterator[Figure]:
    """Resident memory of this process after many pages (steady), and its highest mark (peak, with a sign-in)."""
    made = seed.node()
    seed.fifty_cases(made)
    client = seed.browser(made, "bakyt")
    floor = _bare_memory()
    until = time.monotonic() + (5 if quick else 30)
    pages = 0
    while time.monotonic() < until:
        for address in ("/", "/cases/", "/network/"):
            client.get(address)
            pages += 1
    yield Figure("memory", "worker, steady", _resident(), "MB", floor, pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("memory", "worker, peak, with a sign-in's 128 MB", peak, "MB", floor, pages)


def _resident() -> float:
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * resource.getpagesize() / 1_048_576


def _bare_memory() -> float:
    code = (
        "import django.core.wsgi, django.db, django.forms, django.template, resource;"
        "print(int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() / 1048576)"
    )
    return float(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    )
