"""What a hostile page, a forged request or a careless cookie could do with a colleague's browser."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import include, path

from tests.conftest import PASSPHRASE
from tests.guard.addresses import ADDRESSES
from tests.guard.journey import NAME

STRICT = Client(enforce_csrf_checks=True, raise_request_exception=False)


def broken(request):
    raise ValueError(NAME)


urlpatterns = [path("broken", broken), path("", include("panah.config.urls"))]
handler400 = "panah.ground.kit.error_pages.bad"
handler403 = "panah.ground.kit.error_pages.forbidden"
handler404 = "panah.ground.kit.error_pages.not_found"
handler500 = "panah.ground.kit.error_pages.broken"


# Doors of strangers that read no cookie: nobody is signed in there whose name could be used.
NO_COOKIE = {"join", "own", "knowledge", "certificate", "verify_public"}
NO_COOKIE |= {"public:check", "public:write", "public:answer", "public:talk"}


def who_may(address, method):
    return next(
        (w for w in ("amina", "elena", "bakyt") if address.answers[method][w] not in ("never", "none")), None
    )


def test_no_address_takes_a_post_without_the_pages_own_token(house, monkeypatch):
    monkeypatch.setattr(house, "browser", STRICT)
    tried = 0
    for name, address in ADDRESSES.items():
        who = who_may(address, "POST") or "bakyt"
        if address.answers["POST"]["bakyt"] == "never":
            continue
        for sent in ({}, {"csrfmiddlewaretoken": "x" * 64}):
            asked = house.ask(who, "POST", address.path(house.own), sent)
            if name == "health":
                continue
            if name in NO_COOKIE:
                assert asked.status != 403 and not asked.wrote, name
                continue
            # Another node is known by what it signed, not by a cookie; a form is no bundle.
            assert asked.status == (415 if name == "exchange:envelopes" else 403), name
            assert not asked.wrote, name
        tried += 1
    assert tried >= 110
    assert house.ask("amina", "GET", "/cases/").status == 200, "control: she is signed in"


LOOKING = {
    # Numbers that leave as a file are written down.
    "prevention:report_table": {"audit_entry", "audit_chainhead"},
    "prevention:report_document": {"audit_entry", "audit_chainhead"},
    # An open call stays alive while it is looked at; showing an identity and looking for somebody are written down.
    "hotline:call": {"hotline_contact"},
    # The number to call back stands there once somebody was called in, and each showing is journalled.
    "hotline:emergency": {"hotline_contact", "audit_entry", "audit_chainhead"},
    # What the line knows of somebody who rang before is opened on purpose, and journalled.
    "hotline:earlier": {"hotline_contact", "audit_entry", "audit_chainhead"},
    "hotline:back": {"audit_entry", "audit_chainhead"},
    "hotline:services": {"hotline_contact"},
    "hotline:people": {"hotline_contact"},
    "hotline:prompts": {"hotline_contact"},
    "hotline:held": {"hotline_contact"},
    "hotline:held_end": {"hotline_contact"},
    "family_links:call": {"hotline_contact"},
    "hotline:call_authority": {"hotline_contact"},
    "referrals:new": {"audit_entry", "audit_chainhead"},
    "finding:question": {"audit_entry", "audit_chainhead", "finding_look"},
    # A report that leaves, and a stranger's file that somebody looks at, are written down.
    "figures:table": {"audit_entry", "audit_chainhead"},
    "figures:figure_table": {"audit_entry", "audit_chainhead"},
    "figures:chart_csv": {"audit_entry", "audit_chainhead"},
    "figures:brief_file": {"audit_entry", "audit_chainhead"},
    "figures:file": {"audit_entry", "audit_chainhead"},
    "library:file": {"audit_entry", "audit_chainhead"},
    "library:packed": {"audit_entry", "audit_chainhead"},
    "evidence:file": {"audit_entry", "audit_chainhead"},
    "evidence:counts": {"audit_entry", "audit_chainhead"},
    "diplomacy:report_docx": {"audit_entry", "audit_chainhead"},
    "diplomacy:report_pdf": {"audit_entry", "audit_chainhead"},
    "diplomacy:report_zip": {"audit_entry", "audit_chainhead"},
    "intake:file": {"audit_entry", "audit_chainhead"},
    "intake:picture": {"audit_entry", "audit_chainhead"},
}


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_a_post_changes_anything(house, method):
    """A picture or a link on another site can make a browser GET anything."""
    wrote = {}
    for name, address in ADDRESSES.items():
        who = who_may(address, "GET") or who_may(address, "POST") or "bakyt"
        asked = house.ask(who, method, address.path(house.own))
        assert asked.status < 500, name
        if asked.wrote:
            wrote[name] = asked.wrote
    assert wrote == (LOOKING if method == "GET" else {})


def test_a_get_that_says_it_is_something_else_stays_a_get(house):
    number = house.own["number"]
    for more in (
        {"headers": {"X-HTTP-Method-Override": "POST"}},
        {"headers": {"X-Method-Override": "DELETE"}},
    ):
        asked = house.ask(
            "amina", "GET", f"/cases/{number}/facts/", {"_method": "POST", "urgency": "now"}, **more
        )
        assert asked.status == 200
        assert not asked.wrote
    assert house.ask("amina", "POST", f"/cases/{number}/facts/", {"urgency": "now"}).wrote, "control"


# -- cookies -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("https", [False, True])
def test_every_cookie_is_out_of_reach_of_scripts_and_other_sites(house, settings, https):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = https
    found = {}
    with house.undone():
        number = house.own["number"]
        for who, method, to, data in (
            ("stranger", "get", "/vault/sign-in", {}),
            ("stranger", "post", "/kit/language", {"language": "ru", "next": "/"}),
            ("amina", "post", f"/cases/{number}/note/", {"text": "x"}),
            ("amina", "post", "/vault/lock", {}),
            ("amina", "post", "/vault/unlock", {"passphrase": PASSPHRASE, "next": "/"}),
        ):
            found |= getattr(house.client(who), method)(to, data).cookies
    assert {settings.CSRF_COOKIE_NAME, settings.PANAH_VAULT_COOKIE, settings.LANGUAGE_COOKIE_NAME} <= set(
        found
    )
    for name, cookie in found.items():
        if cookie.value:
            assert cookie["httponly"], name
            assert cookie["samesite"] in ("Lax", "Strict"), name
            assert bool(cookie["secure"]) == https, name
    assert found[settings.PANAH_VAULT_COOKIE]["samesite"] == "Strict"


# -- the pages of errors -----------------------------------------------------------------------------------------


@pytest.mark.urls("tests.guard.test_browser")
@pytest.mark.parametrize("who", ["amina", "stranger"])
def test_an_error_is_kept_nowhere_and_says_nothing(house, who):
    for to, status in (("/broken", 500), ("/nothing/here", 404), (f"/cases/{NAME}/", 404)):
        asked = house.ask(who, "GET", to)
        if asked.status == 302:
            continue  # a stranger is sent to the door
        assert asked.status == status, to
        head, text = asked.response.headers, asked.response.content.decode()
        assert "no-store" in head["Cache-Control"]
        assert head["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in head["Content-Security-Policy"]
        assert NAME not in text
        assert "Traceback" not in text
        assert "ValueError" not in text


@pytest.mark.parametrize("made_up", ["evil.example", "localhost.evil.example", "localhost:80@evil.example"])
def test_no_address_that_a_page_gives_out_follows_a_made_up_host(house, made_up):
    for to in ("/", "/vault/sign-in", f"/vault/colleagues/{house.own['colleague']}/way-back"):
        method = "POST" if to.endswith("way-back") else "GET"
        asked = house.ask("bakyt", method, to, headers={"host": made_up})
        assert asked.status == 400, to
        forwarded = house.ask("bakyt", method, to, headers={"x-forwarded-host": made_up}).response
        assert made_up not in forwarded.content.decode() + str(forwarded.headers), to
    assert settings.USE_X_FORWARDED_HOST is False
