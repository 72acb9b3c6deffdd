"""Walking through the node as its colleagues do: from home along every link, and into every form with wrong answers.

``walk`` opens one page of each kind that somebody can reach; ``mistakes`` sends the forms of these pages empty and with
nonsense, and undoes what that did. Both give ``Sheet``s: an answer of the node as a browser would get it.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.sign_in import actions as sign_in
from tests.guard.forms import Form, Page
from tests.sealed import opened

WHO = ("bakyt", "amina", "elena", "zarina", "nurlan", "timur", "gulnar", "ibrat", "daler")
# What is the same page for each of many: one of a kind is enough.
ALIKE = (
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "<id>"),
    (r"/[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z](?=/|$)", "/<number>"),
    (r"/network/societies/(?!practice-)[a-z-]+/", "/network/societies/<country>/"),
    (r"/page-texts/[a-z-]+/[0-9a-f]{16}", "/page-texts/<language>/<text>"),
    (r"\?.*", ""),
)
# Drawn by one template from rows of one shape: that each of them leads somewhere is enough for one colleague to see.
ROWS = (
    (r"/network/societies/[^/]+/", "/network/societies/<society>/"),
    (r"/rules/(?!print)[a-z_]+/", "/rules/<rule>/"),
    (r"/branches/(?!new)[a-z]+/", "/branches/<branch>/"),
    (r"/blank/(?!volunteer_signs|operator_prompts)[a-z_]+/", "/blank/<indicators>/"),
    (r"/rehearsal/[a-z-]+/", "/rehearsal/<story>/"),
    (r"/consent/ask/(?!partner|talk)[a-z_]+/", "/consent/ask/<purpose>/"),
    (r"/cross_border/society:[a-z-]+/", "/cross_border/<society>/"),
    (r"/page-texts/[a-z-]+/", "/page-texts/<language>/"),
    (r"/commitments/instruments/(?!new)[a-z0-9-]+/", "/commitments/instruments/<instrument>/"),
    (r"/question/[a-z]+-[0-9]+/", "/question/<question>/"),
    (r"/part/[0-9]+/", "/part/<part>/"),
    (r"/(page|from)/[0-9]+/", r"/\1/<page>/"),
    (r"/agree/[a-z_]+/", "/agree/<element>/"),
    (r"/what-may-be-said/[a-z]{2}/", "/what-may-be-said/<country>/"),
    (r"/charts/[A-Z]{2}/", "/charts/<country>/"),
    (r"/modules/(?!new)[a-z-]+/", "/modules/<module>/"),
    (r"/quarters/[0-9]{4}-Q[0-9]/", "/quarters/<quarter>/"),
)
# Followed, these change something or start a download of everything.
LEFT = ("/vault/sign-out",)
# These would end the visit itself; their own tests try them.
ENDS = ("/vault/sign-out", "/vault/lock", "/kit/language")
# What stands in a template is no part of the page until a script takes it out.
TEMPLATE = re.compile(r"<template\b.*?</template>", re.DOTALL)
LINK = re.compile(r"""<a(?=\s)(?:[^>"]|"[^"]*")*?\shref="([^"]*)\"""")
NONSENSE = "?? nonsense 31.02.2026 ??"


@dataclass(frozen=True)
class Sheet:
    """One answer: ``kind`` is its address without what differs from thing to thing, ``view`` the name of what answered."""

    who: str
    kind: str
    address: str
    seen_on: str
    language: str
    status: int
    headers: dict[str, str]
    body: bytes
    view: str = ""

    @property
    def is_page(self) -> bool:
        return "text/html" in self.headers.get("Content-Type", "")

    @property
    def html(self) -> str:
        return self.body.decode()

    @property
    def speaks_its_language(self) -> bool:
        # But for a paper that is asked for in another language.
        if self.status != 200 or not self.is_page or re.search(r"[?&]in=", self.address):
            return True
        return f'<html lang="{self.language}"' in self.html


def kind_of(address: str) -> str:
    address = opened(address)
    for pattern, sign in ALIKE:
        address = re.sub(pattern, sign, address)
    return address


def shape_of(kind: str) -> str:
    """A kind of page without what tells one row from the next."""
    for pattern, sign in ROWS:
        kind = re.sub(pattern, sign, kind)
    return kind


def come_in(person: dict[str, Any], language: str) -> Client:
    """Sign in as a colleague of the practice node, the vault open."""
    client = Client()
    opened = sign_in.check_passphrase(username=person["name"], passphrase=person["words"], at=timezone.now())
    Staff.objects.filter(pk=opened.staff.pk).update(language=language)
    client.force_login(opened.staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    secret = sign_in.open_vault(opened=opened, session_key=client.session.session_key, at=timezone.now())
    client.cookies[settings.PANAH_VAULT_COOKIE] = secret.hex()
    client.who, client.language = person["name"], language
    return client


def sheet(client: Any, answer: Any, *, kind: str, address: str, seen_on: str = "") -> Sheet:
    body = b"" if answer.streaming else answer.content
    headers, match = dict(answer.headers), answer.wsgi_request.resolver_match
    return Sheet(
        client.who, kind, address, seen_on, client.language, answer.status_code, headers, body,
        view=match.view_name if match else "",
    )  # fmt: skip


def walk(client: Any, *, every_row: bool = False) -> Iterator[Sheet]:
    """Open every kind of page that can be reached from home; ``every_row``: also all that differ only in their row."""
    waiting, known = [("/", "the address bar")], set()
    while waiting:
        address, seen_on = waiting.pop(0)
        kind = kind_of(address)
        sign = kind if every_row else shape_of(kind)
        if sign in known or address.startswith(LEFT):
            continue
        known.add(sign)
        answer = client.get(address)
        if answer.status_code == 302:
            waiting.append((answer.url, address))
        found = sheet(client, answer, kind=kind, address=address, seen_on=seen_on)
        yield found
        if found.status == 200 and found.is_page:
            waiting += [(there, address) for there in links_of(found)]


def links_of(found: Sheet) -> Iterator[str]:
    """The addresses of this node that a page links to."""
    for href in hrefs(found.html):
        there = urlsplit(urljoin(f"http://testserver{found.address}", href))
        if there.netloc == "testserver":
            yield there.path + (f"?{there.query}" if there.query else "")


def hrefs(html: str) -> list[str]:
    """Where the links of a page lead; reading its every tag for that would take a third of what making it takes."""
    return [unescape(href) for href in LINK.findall(TEMPLATE.sub("", html)) if href]


def mistakes(client: Any, pages: list[Sheet], known: set[Any]) -> Iterator[Sheet]:
    """Send each form that is not ``known`` yet empty and with nonsense; the pages that come back, not the way on."""
    for found in pages:
        for form in Page(found.html, found.address).forms:
            sign = (kind_of(form.action), form.method, tuple(form.fields))
            if sign in known or form.action.startswith(ENDS):
                continue
            known.add(sign)
            for how, sent in (("empty", {}), ("nonsense", _nonsense(form))):
                if how == "empty" and form.method == "get":
                    continue
                answer = _send(client, form, sent)
                kind = f"{kind_of(form.action)} {how}"
                back = sheet(client, answer, kind=kind, address=form.action, seen_on=found.address)
                if back.status != 302:
                    yield back


def _nonsense(form: Form) -> dict[str, Any]:
    return {one.name: NONSENSE for one in form.fields.values() if one.kind not in ("file", "button")}


def _send(client: Any, form: Form, sent: dict[str, Any]) -> Any:
    cookies = {name: one.value for name, one in client.cookies.items()}
    try:
        with undone():
            if form.method == "get":
                return client.get(f"{form.action.partition('?')[0]}?{urlencode(sent)}")
            return client.post(form.action, sent)
    finally:
        client.cookies.clear()
        for name, value in cookies.items():
            client.cookies[name] = value


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen."""
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)
