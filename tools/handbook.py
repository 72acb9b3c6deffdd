"""Build the handbook: start a practice node, walk it, take the pictures, make HTML and PDF. ``./panah handbook``.

The text is Markdown in ``docs/handbook/en`` and ``ru``: a chapter for each person at work. A picture names who looks at
which page, ``![what is seen](elena:/calls/)``; a page without a picture stands in a comment, ``<!-- elena:/me/ -->``.
**Bold** is what stands on the screen: ``tests/practice/test_handbook.py`` walks the same pages and finds each word.
What differs from node to node stands in braces, ``{Apricot}`` for the number of that person's case: see ``places``.
"""

from __future__ import annotations

import argparse
import base64
import html
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from panah.practice.cast import Practice

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "docs" / "handbook"
LANGUAGES = ("en", "ru")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([a-z]+):([^)]+)\)")
PAGE = re.compile(r"<!-- ([a-z]+):(\S+) -->")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)
NOBODY = "nobody"  # who looks at the page without having signed in
WIDTH, HEIGHT = 900, 620
STYLE = """
body { font: 11pt/1.45 sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }
h1 { page-break-before: always; border-bottom: 3px solid #c00; padding-bottom: .3rem }
h1:first-of-type { page-break-before: avoid }
h2, h3 { page-break-after: avoid } figure { margin: 1rem 0; page-break-inside: avoid }
img { width: 100%; border: 1px solid #bbb } figcaption { font-size: 9.5pt; color: #555 }
code { background: #f2f2f2 } li { margin: .2rem 0 }
@media print { body { font-size: 10pt; margin: 0 } figure { margin: .5rem 0 } img { width: 62% } }
"""


@dataclass
class Section:
    """What stands under one heading: the pages that it walks, and the words that stand on them."""

    chapter: str
    heading: str
    pages: list[tuple[str, str]] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)


def chapters(language: str) -> list[Path]:
    return sorted((TEXTS / language).glob("*.md"))


def sections(language: str) -> Iterator[Section]:
    """Yield each section of the handbook in one language."""
    for chapter in chapters(language):
        for block in re.split(r"^(?=#{1,2} )", chapter.read_text(), flags=re.M):
            if not block.strip():
                continue
            heading, _, text = block.partition("\n")
            found = Section(chapter.name, heading.lstrip("# "))
            found.pages = [(who, where) for _alt, who, where in PICTURE.findall(text)] + PAGE.findall(text)
            found.bold = [" ".join(one.split()) for one in BOLD.findall(text)]
            yield found


def on_the_page(page: str) -> str:
    """Return everything that somebody reads or hears on a page, as one line."""
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page)
    said = re.findall(r'(?:aria-label|placeholder|title|value|alt)="([^"]*)"', page)
    return " ".join(html.unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *said])).split())


def places(practice: Practice) -> dict[str, str]:
    """Return what stands for each name in braces on this node: numbers and ids are made anew with each."""
    from panah.ground.vault import queries as vault_queries
    from panah.ground.work.models import DueItem
    from panah.people.cases.models import Case
    from panah.people.cases.words import CasePart
    from panah.people.complaints.models import Matter
    from panah.people.hotline.models import AuthorityRequest, Contact
    from panah.people.shelter.models import Place, Stay

    found: dict[str, str] = {}
    for who in ("bakyt", "rustam"):
        keys = practice.keys(who)
        for case in Case.objects.filter(society_id=practice.staff[who].society_id):
            identity = vault_queries.value_of(keys=keys, file=case.file_id, part=CasePart.IDENTITY)
            for name in identity.get("names", ()):
                if name["kind"] == "called":
                    found.setdefault(name["text"], case.number)
    north = practice.staff["bakyt"].society_id
    by_itself = Contact.objects.filter(society_id=north, ended_by_itself=True).first()
    undecided = by_itself and DueItem.objects.filter(subject=by_itself.pk, done_at=None).first()
    back = Contact.objects.filter(society_id=north, state="call_back").order_by("started_at").first()
    matter = Matter.objects.filter(society_id=north, state="looking").first()
    request = AuthorityRequest.objects.filter(society_id=north, state="waiting").first()
    found["by-itself"] = by_itself.number if by_itself else ""
    found["undecided"] = str(undecided.pk) if undecided else ""
    found["call-back"] = back.number if back else ""
    found["complaint"] = matter.number if matter else ""
    found["authority"] = request.number if request else ""
    found |= teaching_places(practice)
    leaving = DueItem.objects.filter(society_id=north, room="shelter", purpose="second").first()
    found["stay-leaving"] = str(leaving.subject) if leaving else ""
    found["House 3"] = str(Place.objects.get(society_id=north, name="House 3").pk)
    for state in ("asked", "here", "missing"):
        stay = Stay.objects.filter(society_id=north, state=state).order_by("from_day").first()
        found[f"stay-{state}"] = str(stay.pk) if stay else ""
    return found


def teaching_places(practice: Practice) -> dict[str, str]:
    """Return the same of the branch that ibrat coordinates: its courses, and a volunteer with an own page."""
    from panah.programmes.training.models import Course
    from panah.programmes.volunteers.models import Volunteer

    courses = Course.objects.filter(branch=practice.staff["ibrat"].branch)
    pupils = courses.get(title="Practice: 38 pupils")
    helper = (
        Volunteer.objects.filter(branch=pupils.branch, own_page__isnull=False).order_by("name_key").first()
    )
    return {
        "arna": str(pupils.branch_id),
        "pupils": str(pupils.pk),
        "pupils-session": str(pupils.sessions.get().pk),
        "lost-course": str(courses.get(title="Practice: nobody wrote who was there").pk),
        "helper": str(helper.pk) if helper else "",
    }


def address(where: str, there: dict[str, str]) -> str:
    """Put what this node has into the braces of an address; what stands behind ~ is sealed as the node seals it."""
    from panah.ground.kit.sealed_addresses import sealed

    where = re.sub(r"\{~([^}]+)\}", lambda match: sealed(match[1]), where)
    return re.sub(r"\{([^}]+)\}", lambda match: there[match[1].replace("_", " ")], where)


# ---- HTML ----------------------------------------------------------------------------------


def as_html(text: str, pictures: dict[tuple[str, str], str]) -> str:
    """Turn the little Markdown that the handbook uses into HTML: headings, lists, paragraphs, bold, pictures."""
    out: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.strip().splitlines() if not PAGE.fullmatch(line.strip())]
        if not lines:
            continue
        first = lines[0]
        if heading := re.match(r"(#{1,3}) (.*)", first):
            out.append(f"<h{len(heading[1])}>{_inline(heading[2])}</h{len(heading[1])}>")
            lines = lines[1:]
        if lines and (picture := PICTURE.fullmatch(lines[0].strip())):
            source = pictures.get((picture[2], picture[3]), "")
            out.append(
                f'<figure><img alt="{html.escape(picture[1])}" src="{source}">'
                f"<figcaption>{_inline(picture[1])}</figcaption></figure>"
            )
        elif lines and re.match(r"(\d+\.|-) ", lines[0]):
            # A list goes on with its own number after a picture.
            number = re.match(r"\d+", lines[0])
            begins, ends = (f'<ol start="{number[0]}">', "</ol>") if number else ("<ul>", "</ul>")
            items = re.split(r"^(?:\d+\.|-) ", "\n".join(lines), flags=re.M)[1:]
            out.append(begins + "".join(f"<li>{_inline(one)}</li>" for one in items) + ends)
        elif lines:
            out.append(f"<p>{_inline(' '.join(lines))}</p>")
    return "\n".join(out)


def _inline(text: str) -> str:
    text = BOLD.sub(r"<b>\1</b>", html.escape(" ".join(text.split()), quote=False))
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"\*([^*]+)\*", r"<i>\1</i>", text)


# ---- a node to look at -----------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Build the handbook into ``--output``; the practice node lies there too and goes with it."""
    parser = argparse.ArgumentParser(prog="python -m tools.handbook", description=__doc__.split("\n")[0])
    parser.add_argument("--output", type=Path, default=ROOT / "handbook", help="folder (default: handbook)")
    parser.add_argument("--port", type=int, default=8077, help="port on localhost (default: 8077)")
    asked = parser.parse_args(arguments)
    home = asked.output.absolute() / "node"
    if os.environ.get("PANAH_PRACTICE") != "1" or os.environ.get("PANAH_HOME") != str(home):
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        from panah.practice import nodes

        nodes.begin(home, fresh=True)
        env = nodes.environment(home, asked.port) | {"DJANGO_SETTINGS_MODULE": "panah.config.settings"}
        again = [sys.executable, "-m", "tools.handbook", *arguments]
        os.execve(sys.executable, again, env)
    return _build(asked.output.absolute(), home, asked.port)


def _build(output: Path, home: Path, port: int) -> int:
    import django

    django.setup()
    from panah.practice import nodes

    nodes.make_ready(home)
    command = [sys.executable, "-m", "panah", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        _answers(port)
        for language in LANGUAGES:
            _write(output, language, _pictures(home, port, language))
    finally:
        server.terminate()
        server.wait()
    return 0


def _answers(port: int, within: float = 60) -> None:
    until = time.monotonic() + within
    while not _is_up(port):
        if time.monotonic() > until:
            raise SystemExit("The practice node does not answer.")
        time.sleep(0.2)


def _is_up(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5):
        return True
    return False


def _pictures(home: Path, port: int, language: str) -> dict[tuple[str, str], str]:
    """Take each picture of a language once, as whoever looks; the node is asked in her language."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    from tools.system_needs import chromium

    people = json.loads((home / "practice.json").read_text())["people"]
    there, taken = places(_practice(people)), {}
    wanted = [
        (who, where)
        for chapter in chapters(language)
        for _alt, who, where in PICTURE.findall(chapter.read_text())
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for who in dict.fromkeys(who for who, _where in wanted):
            context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale=language)
            if who != NOBODY:
                context.add_cookies(_cookies(people[who] | {"name": who}, language, port))
            page = context.new_page()
            for where in dict.fromkeys(where for one, where in wanted if one == who):
                page.goto(f"http://localhost:{port}{address(where, there)}")
                taken[who, where] = "data:image/png;base64," + base64.b64encode(page.screenshot()).decode()
            context.close()
        browser.close()
    return taken


def _practice(people: dict[str, Any]) -> Practice:
    """Open the vaults of those who lead: what stands in braces is found with their keys."""
    from django.utils import timezone

    from panah.ground.sign_in import actions as sign_in
    from panah.practice.cast import Practice

    found = Practice(timezone.now())
    for name in ("bakyt", "rustam"):
        words = people[name]["words"]
        opened = sign_in.check_passphrase(username=name, passphrase=words, at=timezone.now())
        found.staff[name], found.seeds[name] = opened.staff, opened.seed
    return found


def _cookies(person: dict[str, Any], language: str, port: int) -> list[Any]:
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from panah.ground.accounts.models import Staff
    from panah.ground.sign_in import actions as sign_in

    at = timezone.now()
    opened = sign_in.check_passphrase(username=person["name"], passphrase=person["words"], at=at)
    Staff.objects.filter(pk=opened.staff.pk).update(language=language)
    client = Client()
    client.force_login(opened.staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    secret = sign_in.open_vault(opened=opened, session_key=client.session.session_key or "", at=at)
    names = {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
        settings.PANAH_VAULT_COOKIE: secret.hex(),
    }
    return [
        {"name": name, "value": value, "url": f"http://localhost:{port}"} for name, value in names.items()
    ]


def _write(output: Path, language: str, pictures: dict[tuple[str, str], str]) -> None:
    from playwright.sync_api import sync_playwright

    from tools.system_needs import chromium

    body = "\n".join(as_html(chapter.read_text(), pictures) for chapter in chapters(language))
    page = output / f"handbook-{language}.html"
    head = f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Panah</title><style>{STYLE}</style>'
    page.write_text(head + body)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        sheet = browser.new_page()
        sheet.goto(page.as_uri())
        margin: Any = dict.fromkeys(("top", "bottom", "left", "right"), "18mm")
        sheet.pdf(path=str(page.with_suffix(".pdf")), format="A4", margin=margin)
        browser.close()
    sys.stdout.write(f"{page}\n{page.with_suffix('.pdf')}\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
