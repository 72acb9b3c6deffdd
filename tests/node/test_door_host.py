"""The door on a host name of its own: who looks there finds the door, and nothing that says what else is behind it."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest
from django.test import Client

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.error_pages import broken
from panah.people.public.middleware import LOADED
from panah.people.public.views import start
from panah.rooms import folder_of, folders

# Whom to ring is asked of what is kept beside the database.
pytestmark = pytest.mark.django_db(databases="__all__")

DOOR, ONION, STAFF = "info.example", "a2b3" * 14 + ".onion", "testserver"
# Whatever of the rooms behind the door a page could give away.
TOLD = re.compile(r"panah|sign|vault|войти|/calls|/cases|csrf", re.IGNORECASE)


@pytest.fixture(autouse=True)
def own_host(settings):
    settings.PANAH_DOOR_HOSTS = [DOOR, ONION]
    settings.ALLOWED_HOSTS = [STAFF, DOOR, ONION]
    settings.PANAH_PRACTICE = False


def ask(path, *, host=DOOR, method="GET", **more):
    client = Client(raise_request_exception=False)
    return client.generic(method, path, headers={"host": host, **more.pop("headers", {})}, **more)


def is_neutral(response):
    text = response.content.decode()
    return (
        not TOLD.search(text)
        and "<title>Information</title>" in text
        and not response.cookies
        and "default-src 'none'" in response.headers["Content-Security-Policy"]
        and response.headers["Cache-Control"] == "no-store"
    )


def test_whoever_opens_the_doors_host_is_led_to_its_first_page():
    assert (ask("/").status_code, ask("/").headers["Location"]) == (302, "/info/")
    page = ask("/info/")
    assert page.status_code == 200
    assert is_neutral(page)
    assert page.headers["Referrer-Policy"] == "same-origin"


STAFFS = ["/vault/sign-in", "/cases/", "/healthz", "/static/kit/css/panah.css", "/exchange/v1/envelopes", "/j/abc/", "/r/abc/", "/x"]  # fmt: skip


@pytest.mark.parametrize("path", [*STAFFS, "/info/nothing-here", "/infos", "/INFO/", "/static/publicity"])
def test_every_other_address_of_that_host_gets_one_and_the_same_answer(path):
    page = ask(path)
    assert page.status_code == 404
    assert is_neutral(page)
    assert page.content == ask("/x").content
    assert ask("/vault/sign-in", host=STAFF).status_code == 200, "control"


@pytest.mark.parametrize("host", ["info.example.", "INFO.example:443", ONION, "10.0.0.1", "bad_name"])
def test_a_name_written_otherwise_or_nobodys_leads_to_no_page_of_colleagues(host):
    page = ask("/vault/sign-in", host=host)
    assert page.status_code in (400, 404)
    assert is_neutral(page)


def test_a_colleague_who_is_signed_in_is_nobody_on_that_host(world):
    amina = world.client("amina")
    assert amina.get("/").status_code == 200, "control"
    page = amina.get("/info/", headers={"host": DOOR})
    assert "Amina" not in page.content.decode()
    assert not page.cookies


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"method": "PUT"}, 405),
        ({"method": "TRACE"}, 405),
        ({"method": "POST", "headers": {"sec-fetch-site": "cross-site"}}, 405),
        ({"method": "POST", "data": bytes(27 * 1024 * 1024)}, 413),
    ],
)
@pytest.mark.parametrize("host", [DOOR, STAFF])
def test_what_goes_wrong_at_the_door_is_said_in_its_own_look_on_any_host(asked, status, host):
    page = ask("/info/", host=host, **asked)
    assert page.status_code == status
    assert is_neutral(page)


def test_a_page_that_breaks_says_so_without_a_word_of_what_it_is(monkeypatch, db):
    def breaks(*_given: object, **_named: object):
        raise RuntimeError("Tulip")

    monkeypatch.setattr(start, "answer", breaks)
    page = ask("/info/")
    assert page.status_code == 500
    assert is_neutral(page)
    assert b"Tulip" not in page.content
    assert b"Panah" in broken(HttpRequest()).content, "control: colleagues are told where they are"


def test_where_no_page_can_be_drawn_any_more_the_words_are_there_still(monkeypatch, db):
    from panah.people.public import failure

    def breaks(*_given: object, **_named: object):
        raise OSError

    monkeypatch.setattr(failure, "answer", breaks)
    page = ask("/cases/")
    assert page.status_code == 404
    assert is_neutral(page)


def test_what_the_door_refuses_is_said_in_its_look(monkeypatch, db):
    def refuses(*_given: object, **_named: object):
        raise Refusal("Not today.", next_step="Come tomorrow.", code="trial", status=409)

    monkeypatch.setattr(start, "answer", refuses)
    page = ask("/info/", host=STAFF)
    assert page.status_code == 409
    assert is_neutral(page)
    assert b"Not today. Come tomorrow." in page.content


def test_a_reader_of_arabic_reads_what_went_wrong_from_right_to_left():
    page = ask("/x?in=ar").content.decode()
    assert 'lang="ar" dir="rtl"' in page


def test_the_door_answers_on_the_staffs_host_too_unless_it_is_told_not_to(settings):
    assert ask("/info/", host=STAFF).status_code == 200
    settings.PANAH_DOOR_ONLY_HOST = True
    assert ask("/info/", host=STAFF).status_code == 404
    assert ask("/info/").status_code == 200


def test_an_onion_address_is_said_only_where_every_country_here_allows_it_and_holds_no_browser(
    world, settings
):
    settings.PANAH_ONION_ADDRESS = ONION
    settings.SECURE_HSTS_SECONDS = 3600
    assert "Onion-Location" not in ask("/info/").headers, "no country was named"
    theirs = {one.iso2 for one in hosted()}
    settings.PANAH_ONION_COUNTRIES = sorted(theirs)[:-1] or ["XX"]
    assert "Onion-Location" not in ask("/info/").headers, "one of them does not allow it"
    settings.PANAH_ONION_COUNTRIES = sorted(theirs)
    assert ask("/info/").headers["Onion-Location"] == f"http://{ONION}/info/"
    at_the_onion = ask("/info/", host=ONION, secure=True)
    assert "Onion-Location" not in at_the_onion.headers
    assert "Strict-Transport-Security" not in at_the_onion.headers
    assert "Strict-Transport-Security" in ask("/info/", secure=True).headers, "control"
    assert "Onion-Location" not in ask("/vault/sign-in", host=STAFF).headers


@pytest.mark.parametrize("rest", ["%0Ax", "%0D%0Ax", "тест", "%00"])
@pytest.mark.parametrize("host", [DOOR, STAFF])
def test_with_an_onion_address_a_broken_address_is_answered_like_every_other(world, settings, rest, host):
    settings.PANAH_ONION_ADDRESS = ONION
    settings.PANAH_ONION_COUNTRIES = sorted({one.iso2 for one in hosted()})
    page = ask(f"/info/{rest}", host=host)
    assert page.status_code == 404
    assert is_neutral(page)
    assert page.headers["Onion-Location"].startswith(f"http://{ONION}/info/")


def hosted():
    from panah.ground.network.queries import hosted_societies

    return hosted_societies()


NAMED = re.compile(r"""(?:from |import\()"(\.[^"]+)\"""")


def test_every_file_that_a_page_of_the_door_loads_is_there_on_its_host():
    public = folder_of("public") / "static" / "public"
    wanted, seen = sorted(public.glob("*.js")), set()
    while wanted:
        one = wanted.pop()
        where = next(part for part in one.parents if part.name == "static")
        address = f"/static/{one.relative_to(where)}"
        seen.add(address)
        assert address.startswith(LOADED), address
        for name in NAMED.findall(one.read_text()):
            found = [room / "static" for room in folders() if (room / "static").exists()]
            path = (one.parent / name).resolve().relative_to(where)
            wanted += [
                room / path for room in found if (room / path).exists() and f"/static/{path}" not in seen
            ]
    assert "/static/panah/vendor/hpke.js" in seen, "control"


def test_a_machine_that_serves_only_the_door_has_no_page_of_colleagues_on_any_name(settings):
    settings.PANAH_DOOR_ONLY = True
    settings.ROOT_URLCONF = "panah.config.door_urls"
    for path in STAFFS:
        for host in (DOOR, STAFF):
            if (host, path) != (STAFF, "/healthz"):
                assert is_neutral(ask(path, host=host)), path
    assert ask("/healthz", host=STAFF).json() == {"status": "ok"}, "its supervisor asks on the machine"
    assert ask("/info/").status_code == 200
