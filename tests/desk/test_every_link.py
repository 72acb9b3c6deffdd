"""Every link on every page of the practice node leads somewhere, for whoever sees it, in both languages."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from panah.accounts.models import Staff
from panah.desk import practice
from panah.vault import actions as vault

WHO = ("bakyt", "amina", "elena", "zarina", "nurlan", "timur", "gulnar", "ibrat", "daler")
# What is the same page for each of many: one of a kind is enough.
ALIKE = (
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "<id>"),
    (r"/[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z](?=/|$)", "/<number>"),
    (r"/network/societies/(?!practice-)[a-z-]+/", "/network/societies/<country>/"),
    (r"\?.*", ""),
)
# Followed, these change something or start a download of everything.
LEFT = ("/vault/sign-out",)


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.found.append(address)


def kind_of(address):
    for pattern, sign in ALIKE:
        address = re.sub(pattern, sign, address)
    return address


def come_in(person, language):
    """Sign in as a colleague of the practice node, the vault open."""
    client = Client()
    opened = vault.check_passphrase(username=person["name"], passphrase=person["words"], at=timezone.now())
    Staff.objects.filter(pk=opened.staff.pk).update(language=language)
    client.force_login(opened.staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    secret = vault.open_vault(opened=opened, session_key=client.session.session_key, at=timezone.now())
    client.cookies[settings.PANAH_VAULT_COOKIE] = secret.hex()
    client.language = language
    return client


def follow(client):
    """Open every kind of page that can be reached from home; returns {kind: status}, which page led there."""
    waiting, answers = [("/", "the address bar")], {}
    while waiting:
        address, seen_on = waiting.pop(0)
        kind = kind_of(address)
        if kind in answers or address.startswith(LEFT):
            continue
        answer = client.get(address)
        answers[kind] = (answer.status_code, address, seen_on)
        if answer.status_code == 302:
            waiting.append((answer.url, address))
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        if "?in=" not in address:  # a paper that is asked for in another language
            assert f'<html lang="{client.language}"' in answer.content.decode(), address
        links = Links()
        links.feed(answer.content.decode())
        for link in links.found:
            there = urlsplit(urljoin(f"http://testserver{address}", link))
            if there.netloc == "testserver":
                waiting.append((there.path + (f"?{there.query}" if there.query else ""), address))
    return answers


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_link_that_someone_sees_leads_to_a_page(db, language):
    made = practice.build(at=timezone.now())
    reached = {}
    for name in WHO:
        person = {"name": name, **made.kept["people"][name]}
        answers = follow(come_in(person, language))
        wrong = {kind: found for kind, found in answers.items() if found[0] not in (200, 302)}
        assert wrong == {}, name
        reached[name] = set(answers)
    # The control: it went deep, and not everywhere for everyone.
    assert "/cases/<number>/consent/ask/assistance/" in reached["amina"]
    assert "/cases/<number>/" not in reached["timur"]
