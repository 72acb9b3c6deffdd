"""Starting a process, and the memory of a worker."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator

from benchmarks import seed
from benchmarks.figures import Figure

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


# What a web worker does, and nothing else: the process that filled the register has loaded more than any worker.
WORKER = """
import json, os, resource, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panah.config.settings")
from panah.config.wsgi import application
from django.test import Client
given, client, pages = json.loads(sys.argv[1]), Client(HTTP_HOST="localhost"), 0
client.cookies.load(given["cookies"])
until = time.monotonic() + given["seconds"]
while time.monotonic() < until:
    for address in ("/", "/cases/", "/network/"):
        assert client.get(address).status_code == 200, address
        pages += 1
resident = int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1048576
client.post("/vault/sign-in", {"name": "nobody", "passphrase": "six words that nobody has here", "digits": "000000"})
# Not the mark of getrusage: there the process that started this one counts too.
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([pages, resident, peak / 1024]))
"""


def memory(quick: bool) -> Iterator[Figure]:
    """Resident memory of a worker after many pages (steady), and its highest mark (peak, with a sign-in)."""
    made = seed.node()
    seed.open_cases(made)
    cookies = {name: one.value for name, one in seed.browser(made, "bakyt").cookies.items()}
    given = json.dumps({"cookies": cookies, "seconds": 5 if quick else 30})
    done = subprocess.run([sys.executable, "-c", WORKER, given], check=True, capture_output=True, text=True)
    pages, steady, peak = json.loads(done.stdout.splitlines()[-1])
    floor = _bare_memory()
    yield Figure("memory", "worker, steady", steady, "MB", floor, pages)
    yield Figure("memory", "worker, peak, with a sign-in's 128 MB", peak, "MB", floor, pages)


def _bare_memory() -> float:
    code = (
        "import django.core.wsgi, django.db, django.forms, django.template, resource;"
        "print(int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() / 1048576)"
    )
    return float(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    )
