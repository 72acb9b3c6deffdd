"""Invitations, the key ceremony and admission, as the people concerned walk through them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.models import Staff
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.reading_aid import in_cyrillic
from panah.ground.network.models import Society
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import second_factor
from panah.ground.sign_in.actions.invitations import claim_invitation
from panah.ground.vault import actions as vault
from panah.ground.vault import queries, shred_store
from panah.ground.vault.actions.recovery import combine
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.models import KeyHeld, SocietyKey, StaffKey
from panah.ground.vault.seals import Private
from panah.ground.vault.words import FileKind
from tests.conftest import PASSPHRASE
from tests.sign_in.code_apps import now_code


def state_of(page):
    return re.search(r'name="state" value="([^"]+)"', page)[1]


def words_of(page):
    return re.findall(r"<li>([a-z]+)</li>", page) or re.findall(r'<li lang="en">\s*([a-z]+)', page)


def join(client, link, *, stop_before="app"):
    """Walk through an invitation; returns (words, printed code, secret, last answer)."""
    page = client.post(link, {"step": "words"}).content.decode()
    words = " ".join(words_of(page))
    page = client.post(link, {"step": "type", "state": state_of(page)}).content.decode()
    assert words not in page
    page = client.post(link, {"step": "code", "state": state_of(page), "words": words}).content.decode()
    code = "-".join(re.findall(r'<span class="code">([0-9a-f]{4})</span>', page))
    page = client.post(link, {"step": "last", "state": state_of(page), "last": code[-4:]}).content.decode()
    secret = "".join(re.findall(r'<span class="code">([A-Z2-7]{4})</span>', page))
    answer = client.post(link, {"step": "app", "state": state_of(page), "digits": now_code(secret)})
    return words, code, secret, answer


@pytest.fixture
def newcomer(world):
    staff = accounts.add_colleague(
        society=world.societies["north"],
        username="jamila",
        name="Jamila",
        roles=["caseworker"],
        branch=world.branches["arna"],
        by=world.staff["bakyt"],
        at=world.at,
    )
    return staff, f"/vault/invitation/{sign_in.invite(staff=staff, at=timezone.now())}"


def test_jamila_makes_her_own_key_and_waits_for_admission(world, newcomer):
    staff, link = newcomer
    client = Client()
    assert "Welcome, Jamila" in client.get(link).content.decode()
    words, code, _secret, answer = join(client, link)
    codes = re.findall(r"<li>(\d{4} \d{4})</li>", answer.content.decode())
    assert answer.status_code == 200 and len(set(codes)) == 10 == second_factor.codes_left(staff)
    page = client.get("/").content.decode()
    state = queries.key_state(staff)
    assert state.state == "waiting" and all(f"<li>{word}</li>" in page for word in state.words.split())
    assert (
        sign_in.check_passphrase(username="jamila", passphrase=words, at=timezone.now()).seed
        == sign_in.check_passphrase(
            username="jamila", passphrase=code, at=timezone.now(), with_code=True
        ).seed
    )


def test_jamila_who_reads_russian_gets_russian_words_and_may_type_them_in_her_own_way(world, newcomer):
    _staff, link = newcomer
    client = Client(headers={"accept-language": "ru"})
    page = client.post(link, {"step": "words"}).text
    words = re.findall(r"<li>([а-яё]+)</li>", page)
    assert len(words) == 6 and "[" not in "".join(words)
    page = client.post(link, {"step": "type", "state": state_of(page)}).text
    typed = "  ".join(words).upper().replace("Ё", "Е")
    page = client.post(link, {"step": "code", "state": state_of(page), "words": typed}).text
    assert "Последние четыре знака" in page


def test_jamila_who_wants_english_words_types_them_as_they_are_said(world, newcomer):
    staff, link = newcomer
    client = Client(headers={"accept-language": "ru"})
    page = client.post(link, {"step": "english"}).text
    words = re.findall(r'<li lang="en">\s*([a-z]+)', page)
    said = re.findall(r"\[([а-яё]+)\]", page)
    assert len(words) == len(said) == 6
    page = client.post(link, {"step": "type", "state": state_of(page)}).text
    page = client.post(link, {"step": "code", "state": state_of(page), "words": " ".join(said)}).text
    code = "-".join(re.findall(r'<span class="code">([0-9a-f]{4})</span>', page))
    page = client.post(link, {"step": "last", "state": state_of(page), "last": code[-4:]}).text
    secret = "".join(re.findall(r'<span class="code">([A-Z2-7]{4})</span>', page))
    client.post(link, {"step": "app", "state": state_of(page), "digits": now_code(secret)})
    seeds = {
        sign_in.check_passphrase(username="jamila", passphrase=one, at=timezone.now()).seed
        for one in (" ".join(words), " ".join(said), " ".join(said).upper())
    }
    assert len(seeds) == 1, "one secret, whichever way it is typed"
    # The six words of her key are the same for everybody, so they stay English; she reads them by the aid.
    Staff.objects.filter(pk=staff.pk).update(language="ru")
    page = client.get("/").text
    assert all(f"[{in_cyrillic(word)}]" in page for word in queries.key_state(staff).words.split())


def test_an_invitation_is_used_once_and_ends_after_a_week(world, newcomer):
    staff, link = newcomer
    join(Client(), link)
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"step": "words"}).status_code == 410
    late = accounts.add_colleague(
        society=world.societies["north"], username="late", name="Late", roles=[], at=world.at
    )
    token = sign_in.invite(staff=late, at=timezone.now() - timedelta(days=8))
    assert Client().get(f"/vault/invitation/{token}").status_code == 410
    assert Client().get("/vault/invitation/nothing").status_code == 410


def test_of_two_who_open_the_same_link_at_once_one_is_refused(world, newcomer):
    staff, link = newcomer
    token = link.rsplit("/", 1)[1]
    claim_invitation(token, staff, timezone.now())
    with pytest.raises(Refusal, match="invitation-used"):
        claim_invitation(token, staff, timezone.now())


def test_a_newer_invitation_ends_the_older_one(world, newcomer):
    staff, link = newcomer
    sign_in.invite(staff=staff, at=timezone.now())
    assert Client().get(link).status_code == 410


def test_words_typed_back_wrong_and_wrong_digits_change_nothing(world, newcomer):
    staff, link = newcomer
    client = Client()
    page = client.post(link, {"step": "words"}).content.decode()
    page = client.post(
        link, {"step": "code", "state": state_of(page), "words": "a b c d e f"}
    ).content.decode()
    assert "These are not the six words" in page
    page = client.post(link, {"step": "show", "state": state_of(page)}).content.decode()
    words = " ".join(words_of(page))
    page = client.post(link, {"step": "code", "state": state_of(page), "words": words}).content.decode()
    page = client.post(link, {"step": "last", "state": state_of(page), "last": "zzzz"}).content.decode()
    assert "not the last four" in page
    assert not StaffKey.objects.filter(staff=staff).exists()


def test_the_state_of_one_invitation_is_worth_nothing_in_another(world, newcomer):
    _staff, link = newcomer
    other = accounts.add_colleague(
        society=world.societies["north"], username="other", name="Other", roles=[], at=world.at
    )
    second = f"/vault/invitation/{sign_in.invite(staff=other, at=timezone.now())}"
    state = state_of(Client().post(link, {"step": "words"}).content.decode())
    assert (
        "These six words are yours"
        in Client().post(second, {"step": "type", "state": state}).content.decode()
    )


def test_the_digits_that_confirmed_the_app_sign_nobody_in_a_moment_later(world, newcomer):
    _staff, link = newcomer
    words, _code, _secret, answer = join(Client(), link)
    given = {"name": "jamila", "passphrase": words, "digits": answer.wsgi_request.POST["digits"]}
    assert Client().post("/vault/sign-in", given).status_code == 422


# ---- admission --------------------------------------------------------------------------------


def test_bakyt_admits_jamila_after_comparing_the_words_and_gives_her_a_duty_key(world, newcomer):
    staff, link = newcomer
    join(Client(), link)
    bakyt, address = world.client("bakyt"), f"/vault/colleagues/{staff.pk}"
    words = queries.key_state(staff).words
    assert words in bakyt.get("/vault/colleagues").content.decode()
    assert bakyt.post(f"{address}/admit", {"words": words}).status_code == 409
    compared = {"words": words, "compared": "yes"}
    for wrong in ({}, {"passphrase": "a b c d e f"}):
        page = bakyt.post(f"{address}/admit", compared | wrong).content.decode()
        assert 'class="errors"' in page, "an open screen alone admits nobody"
        assert queries.key_state(staff).state == "waiting"
    assert bakyt.post(f"{address}/admit", compared | {"passphrase": PASSPHRASE}).status_code == 302
    assert queries.key_state(staff).state == "admitted"
    bakyt.post(f"{address}/key", {"kind": "G", "do": "give"})
    assert KeyHeld.objects.filter(staff=staff, key__kind="G").exists()
    bakyt.post(f"{address}/key", {"kind": "G", "do": "take"})
    assert not KeyHeld.objects.filter(staff=staff).exists()
    now = SocietyKey.objects.get(society=staff.society, kind="G", retired_at=None)
    assert now.generation == 2, "a copy that she kept opens nothing that comes"
    assert set(now.held.values_list("staff__username", flat=True)) == {"bakyt", "saule"}
    assert bakyt.post(f"{address}/key", {"kind": "D", "do": "give"}).status_code == 404


def test_a_key_that_was_swapped_after_the_call_is_not_admitted(world, newcomer):
    staff, link = newcomer
    join(Client(), link)
    words = queries.key_state(staff).words
    StaffKey.objects.filter(staff=staff).update(public=Private.new().public)
    answer = world.client("bakyt").post(
        f"/vault/colleagues/{staff.pk}/admit", {"words": words, "compared": "yes", "passphrase": PASSPHRASE}
    )
    assert answer.status_code == 409 and queries.key_state(staff).state == "waiting"


@pytest.mark.parametrize("name", ["amina", "zarina", "timur", "daler", "rustam"])
def test_nobody_but_the_societys_focal_points_sees_the_colleagues_pages(world, name):
    client, amina = world.client(name), world.staff["amina"]
    if name != "rustam":
        assert client.get("/vault/colleagues").status_code == 404
    for address in (f"/vault/colleagues/{amina.pk}", f"/vault/colleagues/{amina.pk}/end"):
        assert client.get(address).status_code == 404
    for act in ("admit", "key", "way-back", "end"):
        assert client.post(f"/vault/colleagues/{amina.pk}/{act}").status_code == 404


def test_bakyt_invites_a_colleague_and_the_link_is_shown_once(world):
    bakyt = world.client("bakyt")
    given = {"name": "Juldyz", "username": "Juldyz", "language": "ru", "branch": "", "roles": ["caseworker"]}
    page = bakyt.post("/vault/colleagues/invite", given)
    link = re.search(r"/vault/invitation/[\w-]+", page.content.decode())[0]
    assert Client().get(link).status_code == 200
    assert "already signs in" in bakyt.post("/vault/colleagues/invite", given).content.decode()
    assert "needs an answer" in bakyt.post("/vault/colleagues/invite", given | {"roles": []}).content.decode()


# ---- ways back ----------------------------------------------------------------------------------


def test_amina_who_lost_her_telephone_sets_up_a_new_app_with_her_words(world):
    second_factor.activate(world.staff["amina"], second_factor.new_secret())
    page = world.client("bakyt").post(
        f"/vault/colleagues/{world.staff['amina'].pk}/way-back", {"lost": "app"}
    )
    link = re.search(r"/vault/invitation/[\w-]+", page.content.decode())[0]
    client = Client()
    page = client.get(link).content.decode()
    secret = "".join(re.findall(r'<span class="code">([A-Z2-7]{4})</span>', page))
    given = {"state": state_of(page), "passphrase": "a b c d e f", "digits": now_code(secret)}
    assert "don’t match" in client.post(link, given).content.decode()
    assert client.post(link, given | {"passphrase": PASSPHRASE}).status_code == 302
    assert client.get(link).status_code == 410


def test_amina_who_lost_words_and_code_makes_a_new_key_and_gets_her_cases_back(world):
    amina = world.staff["amina"]
    file = vault.begin_file(
        keys=world.keys("amina"), kind=FileKind.CASE, staff=[amina], focal_points=True, at=world.at
    )
    vault.write(keys=world.keys("amina"), file=file, part="note", value={"text": "kept"}, at=world.at)
    bakyt, lost = world.client("bakyt"), {"lost": "everything"}
    for wrong in ({}, {"passphrase": ""}, {"passphrase": "a b c d e f"}):
        asked = bakyt.post(f"/vault/colleagues/{amina.pk}/way-back", lost | wrong).content.decode()
        assert "The old key ends now" in asked and "/vault/invitation/" not in asked
        assert queries.key_state(amina).state == "admitted", "a slip of the finger ends nobody's key"
    page = bakyt.post(f"/vault/colleagues/{amina.pk}/way-back", lost | {"passphrase": PASSPHRASE})
    link = re.search(r"/vault/invitation/[\w-]+", page.content.decode())[0]
    _words, code, _secret, _answer = join(Client(), link)
    seed = sign_in.check_passphrase(username="amina", passphrase=code, at=timezone.now(), with_code=True).seed

    def read():
        return queries.value_of(keys=Keyring(staff=amina, private=Private(seed)), file=file, part="note")

    assert read() == {}
    vault.admit(keys=world.keys("saule"), staff=amina, at=world.at)
    assert read() == {"text": "kept"}
    assert queries.value_of(keys=world.keys("amina"), file=file, part="note") == {}


def test_a_focal_point_cannot_begin_again_for_herself(world):
    with pytest.raises(Refusal, match="not-oneself"):
        sign_in.begin_again(keys=world.keys("bakyt"), staff=world.staff["bakyt"], at=world.at)


# ---- leaving --------------------------------------------------------------------------------------


def test_a_colleague_who_leaves_is_out_at_once_and_her_keys_get_a_new_generation(world):
    nurlan, browser = world.staff["nurlan"], world.client("nurlan")
    bakyt = world.client("bakyt")
    assert "cannot be undone" in bakyt.get(f"/vault/colleagues/{nurlan.pk}/end").content.decode()
    assert bakyt.post(f"/vault/colleagues/{nurlan.pk}/end").status_code == 302
    assert browser.get("/").status_code == 302
    assert not KeyHeld.objects.filter(staff=nurlan).exists()
    assert SocietyKey.objects.get(society=nurlan.society, kind="F", retired_at=None).generation == 2
    held = KeyHeld.objects.filter(key__society=nurlan.society, key__kind="F", key__generation=2).values_list(
        "staff__username", flat=True
    )
    assert set(held) == {"bakyt", "saule"}
    with pytest.raises(Refusal):
        sign_in.check_passphrase(username="nurlan", passphrase=PASSPHRASE, at=timezone.now())


def test_the_last_two_focal_points_cannot_leave(world):
    with pytest.raises(Refusal, match="too-few-focal-points"):
        sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["saule"], at=world.at)
    with pytest.raises(Refusal, match="not-oneself"):
        sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["bakyt"], at=world.at)
    with pytest.raises(Refusal, match="other-society"):
        sign_in.end_access(keys=world.keys("bakyt"), staff=world.staff["daler"], at=world.at)


# ---- the ceremony -----------------------------------------------------------------------------------


@pytest.fixture
def founders(world):
    """A third society, with two focal points who have keys and no ceremony yet, and a browser of the first."""
    society = Society.objects.create(
        slug="practice-east",
        name_en="Practice Society East",
        iso2="XC",
        iso3="XCC",
        practice=True,
        hosted=True,
    )
    for name in ("aigerim", "bolot"):
        staff = accounts.add_colleague(
            society=society, username=name, name=name.title(), roles=["focal_point"], at=world.at
        )
        vault.make_staff_key(staff=staff, passphrase=PASSPHRASE, code=f"{len(name):032x}", at=world.at)
        second_factor.activate(staff, second_factor.new_secret())
        world.staff[name] = staff
        world.seeds[name] = sign_in.check_passphrase(username=name, passphrase=PASSPHRASE, at=world.at).seed
    return society


def begin(world, client, **answers):
    return client.post(
        "/vault/ceremony",
        {
            "name": "bolot",
            "passphrase": PASSPHRASE,
            "digits": second_factor.current_code(world.staff["bolot"]),
            "apart": "yes",
            "abroad": "yes",
            **answers,
        },
    )


def confirm(client):
    words = words_of(client.get("/vault/ceremony/share").content.decode())
    page = client.get("/vault/ceremony/check").content.decode()
    assert len(words) == 33 and not words_of(page)
    first, second = map(int, re.findall(r"Word (\d+) on the paper", page))
    return words, client.post(
        "/vault/ceremony/check", {"first": words[first - 1], "second": words[second - 1].upper()}
    )


def test_two_focal_points_hold_the_ceremony_share_by_share(world, founders):
    from shamir_mnemonic import combine_mnemonics

    client = world.client("aigerim")
    assert "Hold the key ceremony" in client.get("/").content.decode()
    assert begin(world, client)["Location"] == "/vault/ceremony/share"
    shares = []
    for number in (1, 2, 3):
        assert not SocietyKey.objects.filter(society=founders).exists()
        words, answer = confirm(client)
        assert len(words) == 33
        shares.append(" ".join(words))
        assert answer["Location"] == ("/vault/ceremony/share" if number < 3 else "/vault/recovery-sheet")
    recovery = SocietyKey.objects.get(society=founders, kind="R")
    said = [" ".join(map(in_cyrillic, share.split())) for share in shares]
    assert combine([said[0], shares[2]]).public == bytes(recovery.public), "typed as they are said"
    for pair in ((0, 1), (1, 2), (0, 2)):
        seed = combine_mnemonics([shares[i] for i in pair])
        assert Private(seed).public == bytes(recovery.public)
    assert shred_store.get("ceremony", world.staff["aigerim"].pk) is None
    assert {queries.key_state(world.staff[n]).state for n in ("aigerim", "bolot")} == {"admitted"}
    assert "My day" in client.get("/").content.decode()
    assert begin(world, client).status_code == 422


def test_who_takes_a_share_is_asked_before_the_first_ceremony_and_shown_after_it(world, founders):
    client = world.client("aigerim")
    for lacks in ({"apart": ""}, {"abroad": ""}, {"apart": "no"}):
        assert begin(world, client, **lacks).status_code == 422
    begin(world, client, abroad="no")
    for _ in range(3):
        confirm(client)
    assert "but nobody outside the country" in client.get("/vault/ceremony").content.decode()


def test_the_recovery_sheet_opens_with_two_shares_and_nothing_else(world, founders):
    import base64
    import json

    from shamir_mnemonic import combine_mnemonics

    from panah.ground.vault.host_secrets import host

    client = world.client("aigerim")
    begin(world, client)
    shares = [" ".join(confirm(client)[0]) for _ in range(3)]
    answer = client.post("/vault/recovery-sheet", {"as": "file"})
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode().strip()
    sealed = base64.b32decode(text + "=" * (-len(text) % 8))
    opened = Private(combine_mnemonics(shares[1:])).open(sealed, "host keys", founders.pk)
    assert bytes.fromhex(json.loads(opened)["pepper"]) == host().pepper
    page = client.post("/vault/recovery-sheet", {"as": "page"}).content.decode()
    assert page.count('class="code sheet-line"') > 20


def test_a_stopped_ceremony_leaves_nothing(world, founders):
    client = world.client("aigerim")
    begin(world, client)
    confirm(client)
    client.post("/vault/ceremony/stop")
    assert not SocietyKey.objects.filter(society=founders).exists()
    assert shred_store.get("ceremony", world.staff["aigerim"].pk) is None
    assert client.get("/vault/ceremony/share").status_code == 302


def test_words_read_back_wrong_keep_the_share_on_the_table(world, founders):
    client = world.client("aigerim")
    begin(world, client)
    answer = client.post("/vault/ceremony/check", {"first": "acid", "second": "acid"})
    assert "not the words on the paper" in answer.content.decode()
    assert "Share 1 of 3" in client.get("/vault/ceremony/share").content.decode()


def test_the_ceremony_needs_a_second_focal_point_of_the_same_society_who_signs_in(world, founders):
    client = world.client("aigerim")
    second_factor.activate(world.staff["bakyt"], second_factor.new_secret())
    for name, passphrase in (
        ("aigerim", PASSPHRASE),
        ("bakyt", PASSPHRASE),
        ("bolot", "a b c d e f"),
        ("nobody", "x"),
    ):
        staff = world.staff.get(name)
        digits = second_factor.current_code(staff) if staff else "123456"
        answer = client.post("/vault/ceremony", {"name": name, "passphrase": passphrase, "digits": digits})
        assert answer.status_code == 422 and 'class="errors"' in answer.content.decode()
    assert client.get("/vault/ceremony/share").status_code == 302


def test_shares_between_the_screens_are_sealed_to_the_acting_focal_point_alone(world, founders):
    client = world.client("aigerim")
    begin(world, client)
    words = words_of(client.get("/vault/ceremony/share").content.decode())
    kept = shred_store.get("ceremony", world.staff["aigerim"].pk)
    assert words[7].encode() not in kept
    bolot = Keyring(staff=world.staff["bolot"], private=Private(world.seeds["bolot"]))
    assert vault.share_to_show(keys=bolot, at=timezone.now()) is None


def test_a_ceremony_left_lying_is_swept(world, founders):
    client = world.client("aigerim")
    begin(world, client)
    assert sign_in.sweep_ceremonies(at=timezone.now()) == 0
    assert sign_in.sweep_ceremonies(at=timezone.now() + timedelta(hours=2)) == 1


@pytest.mark.parametrize("name", ["amina", "zarina", "timur"])
def test_only_focal_points_reach_the_ceremony(world, name):
    for address in (
        "/vault/ceremony",
        "/vault/ceremony/share",
        "/vault/ceremony/check",
        "/vault/recovery-sheet",
    ):
        assert world.client(name).get(address).status_code == 404
