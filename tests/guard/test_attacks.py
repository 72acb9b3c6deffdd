"""Attacks by whoever holds the database, a cookie or a browser; each beside a control that shows it would work."""

import os
import re
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone

from panah.ground.accounts.models import Session
from panah.ground.audit.models import ChainHead, Entry
from panah.ground.audit.queries import head, verify_society
from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import second_factor
from panah.ground.sign_in.models import VaultSession
from panah.ground.vault import actions as vault
from panah.ground.vault import host_secrets, passphrases
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import cards, staff_keys
from panah.ground.vault.actions.focal_point_attestations import attest_focal_point
from panah.ground.vault.models import Grant, KeyHeld, Part, SocietyKey, StaffKey
from panah.ground.vault.seals import Private, seal, sign, signing_public
from panah.ground.vault.words import FileKind, KeyKind
from panah.people.cases import actions as cases
from tests.conftest import LINE_NORTH, PASSPHRASE
from tests.two_people import make_focal_point

NAME = "Practice Person Tulip"


def a_file(world, owner="amina", *, keys=None):
    keys = keys or world.keys(owner)
    file = vault.begin_file(
        keys=keys, kind=FileKind.CASE, staff=[world.staff[owner]], focal_points=True, at=world.at
    )
    vault.write(keys=keys, file=file, part="codes", value={"said": NAME}, at=world.at)
    return file


def reads(world, name, file):
    return vault_queries.value_of(keys=world.keys(name), file=file, part="codes").get("said") == NAME


def pinned_keys(world, name):
    """A colleague's keys after she signed in once: the society's signing key is pinned from then on."""
    world.client(name)
    keys = world.keys(name)
    assert keys.pinned
    return keys


# -- the stolen database -------------------------------------------------------------------------


def test_a_stolen_database_and_the_right_passphrase_open_nothing_without_the_pepper(world, monkeypatch):
    def thief_opens():
        try:
            return sign_in.check_passphrase(username="amina", passphrase=PASSPHRASE, at=world.at).seed
        except Refusal:
            return None

    assert thief_opens() == world.seeds["amina"], "control: with the pepper the same words open the key"
    real = host_secrets.host()
    other = type(real)(**{**vars(real), "pepper": os.urandom(len(real.pepper))})
    monkeypatch.setattr(passphrases, "host", lambda: other)
    assert thief_opens() is None


# -- grants, parts, keys -------------------------------------------------------------------------


def test_a_grant_made_by_hand_opens_nothing_for_daler(world):
    file, daler = a_file(world), world.staff["daler"]
    amina = Grant.objects.get(file=file, staff=world.staff["amina"])
    forged = Grant.objects.create(file_id=file, staff=daler, sealed=bytes(amina.sealed))
    assert not reads(world, "daler", file), "a copied row"
    public = bytes(StaffKey.objects.get(staff=daler).public)
    for name, secret in (("another secret", os.urandom(32)), ("too short", b"x")):
        forged.sealed = seal(public, secret, "grant", file, daler.pk)
        forged.save()
        assert not reads(world, "daler", file), name
    secret = world.keys("amina").secret(file)
    forged.sealed = seal(public, secret, "grant", file, daler.pk)
    forged.save()
    assert reads(world, "daler", file), "control: only the true secret makes a grant"


def test_a_sealed_text_moved_to_another_part_version_or_file_does_not_open(world):
    file, other = a_file(world), a_file(world)
    assert reads(world, "amina", file), "control: in its place it opens"
    amina = world.keys("amina")
    vault.write(keys=amina, file=file, part="plan", value={"said": "wait"}, at=world.at)
    codes = bytes(Part.objects.get(file=other).sealed)
    for row in Part.objects.filter(file=file):
        Part.objects.filter(pk=row.pk).update(sealed=codes)
    for part in ("codes", "plan"):
        keys = world.keys("amina")
        assert vault_queries.value_of(keys=keys, file=file, part=part) == {}
        assert set(keys.damaged.values()) == {file}, "and the page says so"
    Part.objects.filter(file=other).update(version=7)
    assert not reads(world, "amina", other)


def test_the_swapped_key_of_cholpon_gets_no_grant_no_new_case_and_no_duty_key(world):
    amina, bakyt = pinned_keys(world, "amina"), pinned_keys(world, "bakyt")
    file, cholpon = a_file(world, keys=amina), world.staff["cholpon"]
    vault.grant(keys=amina, file=file, to=cholpon, at=world.at)  # control: her own key is let in
    thief = Private.new()
    StaffKey.objects.filter(staff=cholpon).update(public=thief.public)
    for attempt in (
        lambda: vault.grant(keys=amina, file=file, to=cholpon, at=world.at),
        lambda: vault.begin_file(keys=amina, kind=FileKind.CASE, staff=[cholpon], at=world.at),
        lambda: vault.give_key(keys=bakyt, kind=KeyKind.SEARCH, to=cholpon, at=world.at),
        lambda: vault.make_line_key(keys=bakyt, line=uuid4(), operators=[cholpon], at=world.at),
    ):
        with pytest.raises(Refusal, match="key-not-signed"):
            attempt()


SEALING = {
    KeyKind.RECOVERY: lambda w, k: vault.begin_file(keys=k, kind=FileKind.CASE, at=w.at),
    KeyKind.LINE: lambda w, k: vault.begin_file(keys=k, kind=FileKind.CONTACT, line=LINE_NORTH, at=w.at),
    KeyKind.SEARCH: lambda w, k: cards.put_card(
        keys=k, file=a_file(w, "bakyt"), kind="search", value={"n": NAME}, at=w.at
    ),
    KeyKind.FACTS: lambda w, k: cards.put_card(
        keys=k, file=a_file(w, "bakyt"), kind="facts", value={"n": 1}, at=w.at
    ),
}


@pytest.mark.parametrize("kind", SEALING)
@pytest.mark.parametrize("how", ["swapped", "slipped in", "signed by another society"])
def test_nothing_is_sealed_to_a_society_key_that_the_society_did_not_sign(world, kind, how):
    keys, north = pinned_keys(world, "bakyt"), world.societies["north"]
    SEALING[kind](world, keys)  # control: with the true key everything goes its way
    row = SocietyKey.objects.filter(society=north, kind=kind).order_by("-generation").first()
    row.public = Private.new().public
    if how != "swapped":
        row.pk, row._state.adding, row.generation = uuid4(), True, row.generation + 1
        what = ("society key", north.pk, kind, row.line or "", row.generation)
        row.signature = os.urandom(64)
        if how.startswith("signed"):
            souths = world.keys("rustam").holds(KeyKind.SIGNING)
            row.signature = sign(souths.seed, *what, row.public)
    row.save()
    with pytest.raises(Refusal, match="society-key-not-signed"):
        SEALING[kind](world, keys)


def test_a_swapped_signing_key_changes_nothing_for_those_who_pinned_the_true_one(world):
    keys, north = pinned_keys(world, "amina"), world.societies["north"]
    thief, fake = os.urandom(32), Private.new()
    public = fake.public
    SocietyKey.objects.filter(society=north, kind=KeyKind.SIGNING).update(public=os.urandom(32))
    SocietyKey.objects.filter(society=north, kind=KeyKind.RECOVERY).update(
        public=public, signature=sign(thief, "society key", north.pk, KeyKind.RECOVERY, "", 1, public)
    )
    world.client("amina")  # signing in once more does not pin anew
    assert world.keys("amina").pinned == keys.pinned
    with pytest.raises(Refusal, match="society-key-not-signed"):
        a_file(world, keys=world.keys("amina"))


def test_the_recovery_sheet_is_not_sealed_to_a_swapped_recovery_key(world):
    keys = pinned_keys(world, "bakyt")
    assert vault.recovery_sheet(keys=keys, at=world.at), "control"
    SocietyKey.objects.filter(society=world.societies["north"], kind=KeyKind.RECOVERY).update(
        public=Private.new().public
    )
    with pytest.raises(Refusal, match="society-key-not-signed"):
        vault.recovery_sheet(keys=keys, at=world.at)


# -- the journal ---------------------------------------------------------------------------------


def test_a_journal_that_was_edited_shortened_or_added_to_is_found_out(world):
    north = world.societies["north"].pk
    witnessed = head(north)
    assert verify_society(north, witnessed=witnessed).wrong_at is None, "control: an untouched journal holds"
    rows = list(Entry.objects.filter(society=north).order_by("number"))
    middle, last = rows[len(rows) // 2], rows[-1]
    table = Entry._base_manager.filter(society=north)

    table.filter(pk=middle.pk).update(event="cases:case:closed")
    assert verify_society(north, witnessed=witnessed).wrong_at == middle.number, "edited"
    table.filter(pk=middle.pk).update(event=middle.event)
    table.filter(pk=middle.pk).update(number=10_000)
    assert verify_society(north, witnessed=witnessed).wrong_at == middle.number, "deleted"
    table.filter(pk=middle.pk).update(number=middle.number)
    extra = Entry.objects.get(pk=last.pk)
    extra.pk, extra._state.adding, extra.number = None, True, last.number + 1
    Entry._base_manager.bulk_create([extra])
    assert verify_society(north, witnessed=witnessed).wrong_at == last.number + 1, "inserted"
    table.filter(number__gte=last.number)._raw_delete("default")
    assert verify_society(north).wrong_at == last.number, "shortened, and its head left as it was"
    ChainHead.objects.filter(society=north).update(number=last.number - 1, hash=last.before)
    assert verify_society(north).wrong_at is None, "shortened with its head, a chain looks whole by itself"
    assert verify_society(north, witnessed=witnessed).wrong_at is not None, "cut off before the witness"


# -- cookies and sessions ------------------------------------------------------------------------


def is_open(client):
    return client.get("/").headers["X-Vault"].startswith("open")


def test_a_vault_cookie_is_worth_nothing_in_anothers_browser_after_lock_and_after_sign_out(world):
    cookie = settings.PANAH_VAULT_COOKIE
    amina, cholpon = world.client("amina"), world.client("cholpon", open_vault=False)
    stolen = amina.cookies[cookie].value
    assert is_open(amina), "control"
    cholpon.cookies[cookie] = stolen
    assert not is_open(cholpon)
    amina.post("/vault/lock")
    amina.cookies[cookie] = stolen
    assert not is_open(amina)
    again = world.client("amina")
    kept = {name: morsel.value for name, morsel in again.cookies.items()}
    assert is_open(again)
    again.post("/vault/sign-out")
    thief = Client()
    for name, value in kept.items():
        thief.cookies[name] = value
    assert thief.get("/").status_code == 302


@pytest.mark.parametrize("in_a_call", [False, True])
def test_a_vault_that_locked_by_itself_opens_no_more_for_whoever_has_its_cookie_and_the_row(world, in_a_call):
    """A laptop asleep holds the cookie; a copy of the database, or a hand in it, held the rest for a day."""
    amina, idle = world.client("amina"), timedelta(minutes=settings.PANAH_VAULT_IDLE_MINUTES)
    now = timezone.now()
    until = now + timedelta(minutes=5) if in_a_call else None
    VaultSession.objects.update(seen_at=now - idle, call_until=until)
    sign_in.sweep_sessions(at=now)
    VaultSession.objects.update(seen_at=now)
    # Control: while a call keeps it open, nothing goes.
    assert is_open(amina) == in_a_call
    VaultSession.objects.update(seen_at=now - idle, call_until=None)
    sign_in.sweep_sessions(at=now)
    VaultSession.objects.update(seen_at=now)
    assert not is_open(amina)


def test_a_sign_in_that_has_expired_does_nothing_whatever_its_browser_still_holds(world):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at, language="uz")
    amina, address = world.client("amina"), f"/cases/{case.number}/note/"
    assert amina.get(f"/cases/{case.number}/").status_code == 200, "control"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    before = Part.objects.count()
    answer = amina.get(f"/cases/{case.number}/")
    assert answer.status_code == 302 and "/vault/sign-in" in answer.url
    assert amina.post(address, {"text": "Practice words"}).status_code == 403
    assert Part.objects.count() == before


def test_a_session_planted_before_the_sign_in_is_not_the_one_after_it(world):
    victim = Client()
    victim.get("/vault/sign-in")
    session = victim.session
    session["planted"] = "by a stranger"
    session.save()
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key
    digits = world_digits(world, "amina")
    answer = victim.post("/vault/sign-in", {"name": "amina", "passphrase": PASSPHRASE, "digits": digits})
    assert answer.status_code == 302, "control: the sign-in itself works"
    assert victim.session.session_key != planted
    assert "planted" not in victim.session
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get("/").status_code == 302


def world_digits(world, name):
    second_factor.activate(world.staff[name], second_factor.new_secret())
    return second_factor.current_code(world.staff[name])


@pytest.mark.parametrize(
    ("path", "secret", "derivation"),
    [("/vault/sign-in", "passphrase", "from_passphrase"), ("/vault/forgotten", "code", "from_code")],
)
def test_existing_and_missing_names_cost_the_same_derivations(world, monkeypatch, path, secret, derivation):
    counted = []
    real = getattr(staff_keys, derivation)
    monkeypatch.setattr(staff_keys, derivation, lambda *a, **k: counted.append(1) or real(*a, **k))
    answers = {}
    for name in ("amina", "nobody-of-that-name"):
        counted.clear()
        page = Client().post(path, {"name": name, secret: "ffff-" * 7 + "ffff", "digits": "123456"})
        text = page.content.decode().replace(name, "NAME")
        answers[name] = (page.status_code, len(counted), re.sub(r"[\w-]{32,}", "T", text))
    assert counted, "control: something was derived"
    assert answers["amina"] == answers["nobody-of-that-name"]


# -- the browser ---------------------------------------------------------------------------------


def test_signing_in_and_every_change_want_the_pages_own_token(world):
    for path in ("/vault/sign-in", "/vault/forgotten", "/kit/language"):
        answer = Client(enforce_csrf_checks=True).post(path, {"name": "amina", "passphrase": PASSPHRASE})
        assert answer.status_code == 403, path
    amina = Client(enforce_csrf_checks=True)
    amina.cookies = world.client("amina").cookies
    for path in ("/vault/lock", "/vault/sign-out", "/cases/new/", "/me/sessions/end-others"):
        assert amina.post(path).status_code == 403, path
    assert is_open(amina), "control: nothing of it was done"


AWAY = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:x",
    "/\t/evil.example",
]


@pytest.mark.parametrize("to", AWAY)
def test_next_never_leads_to_another_site(world, to):
    amina = world.client("amina")
    for path in ("/vault/sign-in", "/vault/unlock"):
        answer = amina.get(path, {"next": to})
        assert answer.status_code == 302
        assert answer.url == "/", path
    assert amina.get("/vault/unlock", {"next": "/team"}).url == "/team", "control"
    answer = amina.post("/kit/language", {"language": "ru", "next": to})
    assert "evil" not in answer.get("Location", "")
    assert "javascript" not in answer.get("Location", "")


def test_a_made_up_host_is_refused(world):
    amina = world.client("amina")
    assert amina.get("/").status_code == 200, "control"
    for made_up in ("evil.example", "localhost.evil.example", "localhost:80@evil.example"):
        assert amina.get("/", headers={"host": made_up}).status_code == 400


def test_a_body_that_is_too_large_is_refused_not_broken(world):
    amina = world.client("amina")
    amina.raise_request_exception = False
    answer = amina.post("/cases/new/", {"called": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 10)})
    assert answer.status_code in (400, 413)
    many = {f"f{n}": "1" for n in range(5000)}
    assert amina.post("/cases/new/", many).status_code in (400, 413)


def fields_of(page):
    return set(re.findall(r'name="([^"]+)"', page.content.decode())) - {"csrfmiddlewaretoken"}


FORMS = [
    "/cases/new/",
    "/cases/group/",
    "/cases/events/new/",
    "/find/",
    "/vault/sign-in",
    "/vault/forgotten",
    "/vault/unlock",
    "/network/services/new/",
    "/network/numbers/new/",
    "/calls/lines/new/",
    "/calls/family/new/",
    "/calls/authorities/new/",
    "/calls/help-without-a-file/",
    "/calls/paper/new/",
    "/me/settings",
    "/vault/colleagues/invite",
    "/team",
    "/journal",
    "/network/",
    "/calls/log/",
    "/cases/",
]


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("bad", ["\x00", "a\x00b", "\ud800", "\udfff\ud800x", "9" * 400, "<b>&'\"", "=1+1"])
def test_broken_characters_in_any_field_never_break_a_page(world, path, bad):
    client = world.client(None if "sign-in" in path or "forgotten" in path else "bakyt")
    client.raise_request_exception = False
    page = client.get(path)
    names = fields_of(page) | {"name", "next", "q"}
    raw = "&".join(f"{quote(n)}={quote(bad.encode('utf-8', 'surrogatepass'))}" for n in sorted(names))
    assert client.get(f"{path}?{raw}").status_code < 500, raw
    answer = client.post(path, raw, content_type="application/x-www-form-urlencoded")
    assert answer.status_code < 500, raw
    multi = {n: bad for n in names if not any("\ud800" <= c <= "\udfff" for c in bad)}
    assert client.post(path, multi).status_code < 500


def test_a_focal_point_whom_only_the_table_of_roles_names_gets_no_file_and_no_key(world):
    amina, bakyt, cholpon = pinned_keys(world, "amina"), pinned_keys(world, "bakyt"), world.staff["cholpon"]
    old = a_file(world, keys=amina)
    apps.get_model("accounts.RoleHeld").objects.create(staff=cholpon, role="focal_point", since=world.at)
    held = KeyHeld.objects.filter(staff=world.staff["saule"], key__kind=KeyKind.SIGNING).get()
    KeyHeld.objects.create(key=held.key, staff=cholpon, sealed=held.sealed, since=world.at)
    new = a_file(world, keys=amina)
    assert vault.regrant_chunk(keys=bakyt, at=world.at).done == 0
    vault.make_line_key(keys=bakyt, line=uuid4(), operators=[], at=world.at)
    with pytest.raises(Refusal, match="two-people-decide"):
        vault.admit(keys=bakyt, staff=cholpon, at=world.at)
    assert not reads(world, "cholpon", old) and not reads(world, "cholpon", new)
    assert world.keys("cholpon").held() == []
    seen = world.client("bakyt").get(f"/vault/colleagues/{cholpon.pk}").text
    assert "has not named" in seen, "and the page says that something is missing"
    make_focal_point(world, "cholpon")  # control: what two focal points decide does it
    vault.regrant_chunk(keys=world.keys("bakyt"), at=world.at)
    assert reads(world, "cholpon", old) and world.keys("cholpon").holds(KeyKind.SIGNING)


def test_a_focal_point_named_by_another_signing_key_stops_the_work_aloud(world):
    amina, cholpon, society = pinned_keys(world, "amina"), world.staff["cholpon"], world.societies["north"].pk
    apps.get_model("accounts.RoleHeld").objects.create(staff=cholpon, role="focal_point", since=world.at)
    seed = os.urandom(32)
    attest_focal_point(society=society, staff=cholpon.pk, signing_seed=seed)
    a_file(world, keys=amina)  # her statement does not hold under the key in force: she is nobody
    SocietyKey.objects.filter(society=society, kind=KeyKind.SIGNING).update(public=signing_public(seed))
    with pytest.raises(Refusal, match="focal-point-not-named"):
        a_file(world, keys=amina)
