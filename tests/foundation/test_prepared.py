"""Questions that every page asks are kept in their form; their answers never are."""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

import panah
from panah.ground.accounts import backend, sessions
from panah.ground.accounts import models as accounts_models
from panah.ground.accounts import queries as accounts_queries
from panah.ground.audit import actions as audit
from panah.ground.audit import queries as audit_queries
from panah.ground.foundation import protected_rows
from panah.ground.foundation.compiled_queries import LONGEST, Prepared, prepared
from panah.ground.sign_in.actions import sessions as vaults
from panah.ground.vault import (
    events,
    file_pins,
    keyring,
    pin_store,
    reading_parts,
    shred_lookup,
    signing_key_chain,
)
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import files as vault_files
from panah.ground.vault.models import Grant, Part, SocietyKey
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.queries import lists
from panah.people.complaints.queries import matters
from panah.people.hotline.queries import chats, contacts
from panah.people.inbox import queries as inbox_queries
from panah.people.intake.queries import joined
from panah.people.page_texts import queries as page_texts_queries
from panah.people.reporters.actions import submitting
from panah.people.reporters.queries import reports, tallies
from panah.people.shelter.queries import places
from tests.conftest import LINE_NORTH

# A function of the same name stands before the module.
societies = import_module("panah.ground.network.queries.societies")
threats = import_module("panah.people.safety.queries.threats")


@prepared
def colleagues_among(among, before):
    return accounts_models.Staff.objects.filter(pk__in=among, joined_at__lt=before).order_by("name")


def a_busy_morning(world):
    """Amina has cases and an alarm is open: each question of the pages has something to find."""
    work.raise_alarm(
        society=world.societies["north"].pk,
        room="hotline",
        subject=uuid4(),
        by=world.staff["elena"],
        at=world.at,
    )
    return [
        cases.open_case(
            keys=world.keys("amina"),
            by=world.staff["amina"],
            at=world.at,
            said="Call",
            language="uz",
            age_group="adult",
        )
        for _ in range(3)
    ]


def questions_of_the_pages(world, client, made):
    """Every prepared question of the house with what it is asked about."""
    amina, bakyt = world.staff["amina"].pk, world.staff["bakyt"].pk
    society, files = world.societies["north"].pk, [one.file_id for one in made]
    cookie = bytes.fromhex(client.cookies[settings.PANAH_VAULT_COOKIE].value)
    session = sessions.hashed(client.cookies[settings.SESSION_COOKIE_NAME].value)
    hers, waiting = {"society": society, "owner": amina}, [LINE_NORTH, uuid4(), uuid4()]
    day = {"at": world.at, "end": world.at + timedelta(hours=9), "week": world.at + timedelta(days=6)}
    keys = list(SocietyKey.objects.filter(society=society).values_list("pk", flat=True))
    some_part = Part.objects.filter(file__in=files).first()
    return [
        (backend._colleague, (), {"staff": amina}),
        (sessions._kept, (), {"key": session, "now": world.at}),
        (accounts_queries._duties, (), {"society": society, "at": world.at}),
        (lists._first_page, (False,), {"staff": amina, "society": society}),
        (lists._first_page, (True,), {"staff": bakyt, "society": society}),
        (cases_queries._with_number, (), {"staff": amina, "society": society, "number": made[0].number}),
        (matters._open_to, (), {"staff": amina, "society": society}),
        (threats._open_to, (), {"staff": amina, "society": society}),
        (inbox_queries._sealed, (), {"society": society}),
        (inbox_queries._hers, (False, "caseworker"), {"staff": amina, "society": society}),
        (inbox_queries._hers, (True, "intake"), {"staff": amina, "society": society}),
        (inbox_queries._of_all, ("sealed",), {"society": society}),
        (inbox_queries._of_all, ("others",), {"society": society, "given": ["tg", "uz"]}),
        (inbox_queries._of_all, ("lately",), {"society": society, "given": world.at}),
        (joined._of_one_matter, (), {"arrivals": [uuid4(), uuid4(), uuid4()]}),
        (keyring._held_by, (), {"staff": amina}),
        (inbox_queries._any_past_intake, (), {"society": society}),
        (inbox_queries._late, (), {"society": society, "at": world.at}),
        (inbox_queries._of_hers, ("opened", True, "intake"), {"staff": amina, "society": society}),
        (inbox_queries._of_hers, ("kinds", False, "caseworker"), {"staff": amina, "society": society}),
        (audit._heads, (), {"society": society}),
        (
            audit_queries._newest_by,
            (),
            {"society": society, "who": bakyt, "events": [events.PINNED.name, "no:other"]},
        ),
        (pin_store._records, (), {"staff": amina}),
        (pin_store._other_keys, (), {"society": society}),
        (signing_key_chain._signing_keys, (), {"society": society}),
        (societies._hosted, (), {}),
        (societies._by_slug, (), {"slug": world.societies["north"].slug}),
        (societies._open_branches, (), {"society": society}),
        (places._waiting, (), {"society": society}),
        (places._waiting, (), {"society": society, "runner": amina}),
        (vaults._vault_sessions, (), {"session": vaults._session_id(cookie), "staff": amina}),
        (vault_queries._keys_of_duties, (), {"staff": bakyt}),
        (
            protected_rows._rows_of,
            (accounts_models.Staff,),
            {"ids": [one.pk for one in world.staff.values()]},
        ),
        (accounts_queries._names, (), {"staff": [one.pk for one in world.staff.values()]}),
        (vault_queries._waiting_for_admission, (), {"society": society}),
        (
            reading_parts._lying_at,
            (),
            {"files": [some_part.file_id], "labels": [bytes(some_part.label)], "refs": [some_part.ref]},
        ),
        (reading_parts._labelled, (), {"files": [some_part.file_id], "labels": [bytes(some_part.label)]}),
        (
            vault_files._part,
            (),
            {"file": some_part.file_id, "label": bytes(some_part.label), "ref": some_part.ref},
        ),
        (reading_parts._named, (), {"file": some_part.file_id, "labels": [bytes(some_part.label), b"other"]}),
        (vault_queries._generations_held, (), {"society": society}),
        (keyring._list_of, ("to read",), {"file": files[0]}),
        (keyring._list_of, ("to change",), {"file": files[0]}),
        (keyring._own_grants, (), {"files": files, "staff": amina}),
        (keyring._grants_to_keys, (), {"files": files, "keys": keys}),
        (shred_lookup._rows, (), {"kinds": ["half", "pin"], "keys": files, "using": "shred"}),
        (file_pins._counts, (), {"files": files}),
        (vault_queries._first_signing_keys, (), {"society": society}),
        (audit_queries._newest_facts, (), {"about": files[0]}),
        (work_queries._alarms, (), {"society": society, "who": bakyt, "alone": ["safety"]}),
        (work_queries._alarms, (), {"society": society, "who": amina}),
        (work_queries._first_lines, (), hers | day),
        (work_queries._first_lines, (), {**hers, "lines": waiting} | day),
        (work_queries._due_times, (), hers | {"at": world.at}),
        (work_queries._due_times, (), {**hers, "lines": waiting, "at": world.at}),
        (work_queries._items_of, (True,), {"subject": made[0].pk}),
        (work_queries._items_of, (False,), {"subject": made[0].pk, "purpose": "first"}),
        (work_queries._soonest, (), {"file": files[0]}),
        (work_queries._just_ended, (), {"by": amina, "since": world.at}),
        (work_queries._stopped_week_mail, (), {"staff": amina}),
        (vault_queries._holding_intake, (None,), {"society": society}),
        (vault_queries._holding_intake, (1,), {"society": society}),
        (chats._waiting_in, (), {"society": society}),
        (contacts._open_dangers, (), {"society": society, "who": amina}),
        (page_texts_queries._last_changed, (), {"language": "en"}),
        (submitting._of_form, (), {"once": b"form"}),
        (reports._nearest, (), {"society": society, "verifier": b"mark"}),
        (tallies._counted, (), {"society": society, "what": "reports", "window": "2026-11"}),
        (tallies._counted_here, (), {"what": "tries", "window": "2026-11-24T09:00"}),
    ]


def told(rows):
    """What was read, so that two answers can be compared: of rows their columns and the rows joined to them."""
    return sorted(repr(columns(one)) for one in rows)


def columns(row):
    if not hasattr(row, "_state"):
        return bytes(row) if isinstance(row, memoryview) else row
    joined = {name: columns(one) for name, one in row._state.fields_cache.items()}
    return {name: told([value]) for name, value in vars(row).items() if name != "_state"} | joined


def test_what_the_pages_ask_is_answered_as_if_it_were_put_together_anew(world):
    client = world.client("amina")
    made = a_busy_morning(world)
    asked = questions_of_the_pages(world, client, made)
    for question, form, about in asked:
        plain = {name: value for name, value in about.items() if name != "using"}
        for _ in range(2):  # the first time puts it together
            answer = told(question(*form, **about))
            assert answer == told(question.plain(*form, **plain).using(about.get("using", "default")))
    found_something = {question for question, form, about in asked if question(*form, **about)}
    empty = {
        matters._open_to,
        threats._open_to,
        inbox_queries._sealed,
        inbox_queries._hers,
        inbox_queries._of_all,
        inbox_queries._late,
        inbox_queries._any_past_intake,
        inbox_queries._of_hers,
        joined._of_one_matter,  # nothing is joined here; tests/intake asks it of what is
        keyring._held_by,
        places._waiting,
        work_queries._just_ended,
        work_queries._stopped_week_mail,  # she goes on getting it; tests/work asks it of who stopped it
        vault_queries._waiting_for_admission,
        accounts_queries._duties,
        # Nobody has come to the public door here; tests/reporters and tests/hotline ask it where somebody has.
        *(chats._waiting_in, submitting._of_form, reports._nearest, tallies._counted, tallies._counted_here),
        page_texts_queries._last_changed,
        contacts._open_dangers,  # nobody is in danger here; tests/hotline/test_open_danger.py asks where somebody is
    }
    assert {question for question, _form, _about in asked} - found_something <= empty
    # A question that is prepared one day must stand in the table above.
    source = "".join(one.read_text() for one in Path(panah.__file__).parent.rglob("*.py"))
    assert len(re.findall(r"^@prepared$", source, re.M)) == len(
        {question for question, _form, _about in asked}
    )


def test_amina_sees_what_changed_since_the_page_before(world):
    client = world.client("amina")
    first, *_rest = a_busy_morning(world)
    assert first.number in client.get("/cases/").content.decode()
    Grant.objects.filter(file=first.file_id, staff=world.staff["amina"]).delete()
    assert first.number not in client.get("/cases/").content.decode()


def test_one_colleague_never_gets_what_was_asked_for_another(world):
    made = a_busy_morning(world)
    assert made[0].number in world.client("amina").get("/cases/").content.decode()
    for stranger in ("cholpon", "daler"):
        assert made[0].number not in world.client(stranger).get("/cases/").content.decode()


def test_a_colleague_who_was_shut_out_is_out_at_the_next_page(world):
    client = world.client("amina")
    assert client.get("/").status_code == 200
    accounts_models.Staff.objects.filter(pk=world.staff["amina"].pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_list_of_any_length_finds_what_is_in_it(world):
    everyone = [one.pk for one in world.staff.values()]
    soon = world.at + timedelta(days=1)
    for among in ([], everyone[:1], everyone[:3], everyone, everyone + [uuid4() for _ in range(LONGEST)]):
        found = {one.pk for one in colleagues_among(among=among, before=soon)}
        assert found == set(among) & set(everyone)
    assert colleagues_among(among=set(everyone), before=world.at - timedelta(days=9000)) == []


def test_a_question_refuses_what_it_was_not_made_for(world):
    question = Prepared(lambda staff, _unused: accounts_models.Staff.objects.filter(pk=staff))
    question.plain.__name__ = "question"
    with pytest.raises(TypeError, match="stands nowhere"):
        question(staff=uuid4(), _unused=world.at)
    with pytest.raises(TypeError, match="cannot be about"):
        question(staff=None, _unused=world.at)
    vault_queries._keys_of_duties(staff=uuid4())
    for not_one in (None, "amina"):
        with pytest.raises(TypeError, match="is a UUID"):
            vault_queries._keys_of_duties(staff=not_one)
