"""What tests let a process of its own do on a node (see ``tests/node_process.py``): one function, one act."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ACTS: dict[str, Callable[..., Any]] = {}

NAMES = ("Гульзира Тестова", "Zulfiya Probatova", "Шоира Пробазода", "Oʻgʻiloy Namunaqizi")
TEXTS = {
    "phone": "+000 55 1234567",
    "tail": "0005598761",
    "note": "they took her passport in Nowhereburg",
    "note_ru": "заперли на складе за городом",
    "safe_word": "абрикосовый сад",
    "sentence": "Ask whether Apricotella slept",
    "receiver": "Клиника Безымянная",
    "receiver_en": "Shelter of Nowhere",
    "packet": "needs a quiet room upstairs",
    "consent": "only the lawyer Noname may know",
    "risk": "the foreman waits at the gate",
    "screen": "sleeps in the workshop",
    "draft": "typed while the line was down",
    "sought": "Искомова Дилором",
    "need": "insulin every morning",
    "story": "Скажите, что звонит библиотека",
    "complaint": "the driver Obidchikov wanted money",
    "complaint_word": "двенадцать ласточек",
    "document": "Practice wages 40300 unpaid since spring",
    "document_ru": "Договор с мастерской Безымянного",
    "document_name": "passport-of-apricotella.jpg",
    "telephone": "Practicephone 17 of Nowhere",
}
CODES = ("ForcedLabour", "vic_TypeOfExploitation", "prs_Gender", "DebtBondage", "not_a_country_XQ")


def act(callback: Callable[..., Any]) -> Callable[..., Any]:
    ACTS[callback.__name__] = callback
    return callback


def state_file() -> Path:
    # Beside the node's folder: it stands for what people carry in their heads and on paper.
    return Path(os.environ["PANAH_HOME"]).parent / "people.json"


def remember(**more: Any) -> None:
    kept = json.loads(state_file().read_text()) if state_file().exists() else {}
    state_file().write_text(json.dumps({**kept, **more}))


def recall() -> dict[str, Any]:
    return dict(json.loads(state_file().read_text()))


def keys(name: str) -> Any:
    from panah.ground.accounts.queries import staff_by_username
    from panah.ground.vault.keyring import Keyring
    from panah.ground.vault.seals import Private

    return Keyring(staff=staff_by_username(name), private=Private(bytes.fromhex(recall()["seeds"][name])))


@act
def migrate() -> None:
    """Make the databases as a node does: the tables of today at once, and all steps written down."""
    from django.conf import settings
    from django.core.management import call_command

    (Path(settings.HOME) / "copy").mkdir(exist_ok=True)
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)


@act
def migrate_step_by_step() -> None:
    """Make one database of each kind by carrying every step out.

    The main one as Django itself does, which takes twenty seconds; a shred store as an older node that comes to this version:
    a step that changes nothing there is only written down.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.commands import migrate as djangos

    from panah.ground.vault.management.commands.migrate import Executor

    class Stepwise(Executor):
        def _is_new(self, plan: Any, full_plan: Any) -> bool:
            return False

    (Path(settings.HOME) / "copy").mkdir(exist_ok=True)
    for alias, executor in (("default", djangos.MigrationExecutor), ("shred", Stepwise)):
        djangos.MigrationExecutor = executor
        call_command(djangos.Command(), database=alias, verbosity=0, interactive=False)


@act
def begin() -> None:
    """Make the node, the two societies and the standing cast."""
    from django.conf import settings

    from panah.ground.foundation import rls_policies
    from panah.ground.vault import host_secrets

    path = Path(settings.PANAH_HOST_FILE)
    if not path.exists():
        host_secrets.make(path)
    migrate()
    rls_policies.build()
    from tests.conftest import make_world

    world = make_world(AT)
    remember(seeds={n: s.hex() for n, s in world.seeds.items()}, shares=world.shares)


@act
def chat_at_the_door() -> list[str]:
    """Begin a chat and say a line; returns what the reporter reads of it when she comes back."""
    from uuid import uuid4

    from django.utils import timezone

    from panah.ground.network.models import Society
    from panah.people.reporters import actions, queries

    began = actions.start_chat(
        society=Society.objects.filter(hosted=True).order_by("pk").values_list("pk", flat=True)[0],
        token=queries.new_token(), language="tg", urgency="today", at=timezone.now(),
    )  # fmt: skip
    chat = queries.find_chat(began.receipt.handle, began.receipt.secret)
    assert chat, "her digits open it"
    actions.say_as_reporter(opened=chat, once=uuid4(), text="Practice: are you there?", at=timezone.now())
    return [line.text or "" for line in queries.chat_lines_for(chat)]


@act
def tables() -> dict[str, Any]:
    """Say all that each database holds, its walls put up, and which steps are left."""
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.recorder import MigrationRecorder

    from panah.ground.foundation import rls_policies
    from tests.schema import whole

    rls_policies.build()
    found = {}
    for alias in settings.DATABASES:
        executor = MigrationExecutor(connections[alias])
        left = executor.migration_plan(executor.loader.graph.leaf_nodes())
        steps = sorted(map(str, MigrationRecorder(connections[alias]).applied_migrations()))
        found[alias] = whole(connections[alias]) | {"steps": steps, "left": [str(step) for step, _ in left]}
    return found


@act
def what_it_is() -> dict[str, Any]:
    """Say what the process stands on: its environment, its settings, where its databases lie."""
    import tempfile

    from django.conf import settings
    from django.db import connections

    # Whoever asks for a connection first completes the settings of the databases with what Django takes for granted.
    databases = {
        one.alias: [str(one.settings_dict["NAME"]), type(one).__module__] for one in connections.all()
    }
    names = [name for name in dir(settings) if name.isupper()]
    return {
        "environment": {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"},
        # A set stands in another order in each process.
        "settings": {
            name: str(sorted(value) if isinstance(value, (set, frozenset)) else value)
            for name, value in ((name, getattr(settings, name)) for name in names)
        },
        "databases": databases,
        "arguments": [sys.argv[1:], sys.orig_argv],
        "folders": [tempfile.gettempdir(), str(Path.cwd())],
        "the screen": [sys.stdout.isatty(), sys.stdout.encoding, sys.stdout.errors],
    }


@act
def many(number: str) -> list[str]:
    """Open cases of Amina and contacts of the line, each with a note; returns the files' ids."""
    from panah.ground.accounts.queries import staff_by_username
    from panah.ground.vault import actions as vault
    from panah.ground.vault.words import FileKind
    from panah.people.cases import actions as cases
    from tests.conftest import LINE_NORTH

    hers, amina = keys("amina"), staff_by_username("amina")
    files = []
    for n in range(int(number)):
        case = cases.open_case(
            keys=hers,
            by=amina,
            at=AT,
            identity={"names": [{"text": f"{NAMES[0]} {n}"}], "phones": []},
            note=f"note {n}",
        )
        files.append(str(case.file_id))
    elena = keys("elena")
    for n in range(int(number)):
        file = vault.begin_file(keys=elena, kind=FileKind.CONTACT, line=LINE_NORTH, at=AT)
        vault.add(keys=elena, file=file, part="note", value={"text": f"note {n}"}, at=AT)
        files.append(str(file))
    remember(files=files)
    return files


@act
def seed() -> dict[str, Any]:
    """Do what people do all day, with texts that must be found nowhere; returns what a holder reads back."""
    from panah.people.hotline.models import Contact, Line
    from tests.conftest import LINE_NORTH

    amina, elena, bakyt = client("amina"), client("elena"), client("bakyt")
    line = Line.objects.create(
        pk=LINE_NORTH,
        society=keys("elena").staff.society,
        name_en="Line 1",
        numbers=["0 000 000 00 01"],
        made_at=AT,
    )
    elena.post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    call = Contact.objects.get()
    elena.post(
        f"/calls/{call.number}/draft",
        {
            "note": f"{TEXTS['note']} {NAMES[0]}",
            "safe_word": TEXTS["safe_word"],
            "cover_story": TEXTS["story"],
            "where": TEXTS["note_ru"],
            "name": NAMES[1],
            "phone": TEXTS["phone"],
            "tab": "a",
            "based_on": "0",
        },
    )
    elena.post(
        f"/calls/{call.number}/",
        {"do": "finish", "note": f"{TEXTS['note']} {NAMES[0]}", "tab": "a", "based_on": "1"},
    )
    read = seed_case(amina)
    read["documents"] = seed_documents(amina)
    seed_late_draft(call)
    seed_arrivals(bakyt)
    seed_complaints(elena)
    for browser in (amina, elena, bakyt):
        visit(browser)
    log_as_code_does()
    return read


def client(name: str) -> Any:
    """A browser in which a colleague is signed in, her vault open."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from panah.ground.sign_in import actions as sign_in

    hers, browser = keys(name), Client()
    browser.force_login(hers.staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    secret = sign_in.open_vault(
        opened=sign_in.CheckedPassphrase(hers.staff, hers.private.seed),
        session_key=browser.session.session_key,
        at=timezone.now(),
    )
    browser.cookies[settings.PANAH_VAULT_COOKIE] = secret.hex()
    browser.raise_request_exception = False
    return browser


def seed_case(amina: Any) -> dict[str, Any]:
    from panah.ground.vault import queries as vault_queries
    from panah.people.cases import actions as cases

    hers = keys("amina")
    case = cases.open_case(
        keys=hers,
        by=hers.staff,
        at=AT,
        language="uz",
        age_group="adult",
        note=TEXTS["note_ru"],
        said=TEXTS["sentence"],
        identity={
            "called": NAMES[2],
            "names": [{"text": n, "kind": "own"} for n in NAMES],
            "phones": [
                {"number": TEXTS["phone"], "safe": "yes", "note": ""},
                {"number": TEXTS["tail"], "safe": "no"},
            ],
        },
        codes={
            "prs_Gender": {"answer": "yes", "values": ["prs_Gender"]},
            "vic_TypeOfExploitation": {"answer": "yes", "values": ["ForcedLabour", "DebtBondage"]},
        },
    )
    amina.post(f"/cases/{case.number}/note/", {"text": f"{TEXTS['note']} {NAMES[3]}"})
    cases.write_episode(
        keys=hers, case=case, at=AT, episode={"types": ["ForcedLabour"], "countries": ["not_a_country_XQ"]}
    )
    cases.review_risk(keys=hers, case=case, level="high", why=TEXTS["risk"], at=AT)
    cases.write_need(
        keys=hers, case=case, need={"type": "health", "said": TEXTS["need"], "do": TEXTS["need"]}, at=AT
    )
    cases.set_clock(
        keys=hers, case=case, kind="other", due_at=AT + timedelta(days=9), what=TEXTS["sentence"], at=AT
    )
    seed_referral(case)
    seed_screening(case)
    seed_search(case)
    return {
        "identity": vault_queries.value_of(keys=hers, file=case.file_id, part="identity"),
        "codes": vault_queries.value_of(keys=hers, file=case.file_id, part="codes"),
    }


def seed_documents(amina: Any) -> list[str]:
    """Send a text of two megabytes and a photograph through the door, describe, look, take out; what came back."""
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from panah.people.cases.models import Case

    case, out, beside = Case.objects.get(), io.BytesIO(), Image.Exif()
    beside[0x010F] = TEXTS["telephone"]
    Image.new("RGB", (80, 60)).save(out, "JPEG", exif=beside)
    long = f"{TEXTS['document']}. {TEXTS['document_ru']}.\n" * 20_000
    back = []
    for name, body in ((TEXTS["document_name"], out.getvalue()), ("wages.txt", long.encode())):
        sent = amina.post(
            f"/cases/{case.number}/documents/add/", {"documents": [SimpleUploadedFile(name, body)]}
        )
        assert sent.status_code == 302, sent.content
        there = sent.headers["Location"].removesuffix("describe/")
        said = {"what": TEXTS["document_ru"], "giver": NAMES[3], "version": "1"}
        assert amina.post(f"{there}describe/", said).status_code == 302
        shown = amina.post(f"{there}open/", {"purpose": "check"}).content.decode()
        for found in re.findall(r'<img src="([^"]+)"', shown):
            assert amina.get(found).status_code == 200
        taken = amina.post(f"{there}take/", {"which": "original", "purpose": "refer", "known": "on"})
        assert taken.content == body
        back += [text for text in TEXTS.values() if text.encode() in taken.content]
    return back


def seed_referral(case: Any) -> None:
    from panah.people.cases.queries.consent import consent_subject
    from panah.people.consent import actions as consent
    from panah.people.consent.rules import MUST_BE_TOLD
    from panah.people.referrals import actions, queries

    hers = keys("amina")
    subject = consent_subject(case.number, to=hers.staff, keys=hers)
    consent.write_answer(
        keys=hers,
        subject=subject,
        at=AT,
        answer={
            "purpose": "partner",
            "said": "yes",
            "receiver": "other",
            "receiver_name": TEXTS["receiver"],
            "fields": ["called", "needs"],
            "seven": dict.fromkeys(MUST_BE_TOLD, "yes"),
            "guardian": "not_needed",
            "until": "2099-01-01",
            "way": "spoken_phone",
            "language": "uz",
            "interpreter": "none",
            "understood": TEXTS["consent"],
        },
    )
    for way in ("letter", "page"):
        row = actions.prepare(
            keys=hers,
            case=case,
            at=AT,
            content={
                "purpose": "partner",
                "receiver": "other",
                "receiver_name": TEXTS["receiver"],
                "need": TEXTS["need"],
                "note": TEXTS["receiver_en"],
                "values": {"called": NAMES[1], "needs": TEXTS["packet"]},
            },
        )
        opened = queries.one_or_404(case=case, keys=hers, referral=row.pk)
        actions.send(keys=hers, case=case, opened=opened, way=way, at=AT)


def seed_screening(case: Any) -> None:
    from panah.people.screening import actions, queries
    from panah.people.screening.schema import Answer

    hers = keys("amina")
    profile = queries.sets().by_code["adult_labour"]
    first = "prompt.papers"
    know = {"keys": hers, "file": case.file_id, "by": hers.staff, "at": AT}
    held = actions.begin(profile=queries.sets().by_code["operator_prompts"], age="adult", held_at=AT, **know)
    actions.answer(
        meeting_id=held,
        profile=queries.sets().by_code["operator_prompts"],
        answers={first: Answer.YES},
        seen=1,
        **know,
    )
    actions.begin(profile=profile, age="adult", held_at=AT, **know)


def seed_search(case: Any) -> None:
    from panah.ground.vault.actions import cards
    from panah.ground.vault.search import card_value
    from panah.people.finding import actions as finding

    hers = keys("amina")
    value = card_value(names=list(NAMES), birth_year=1990, phones=[TEXTS["tail"]], number=case.number)
    cards.put_card(keys=hers, file=case.file_id, kind=cards.SEARCH, value=value, at=AT)
    cards.put_card(keys=hers, file=case.file_id, kind=cards.FACTS, value={"types": ["ForcedLabour"]}, at=AT)
    finding.ask(keys=hers, sought=finding.Sought(TEXTS["sought"], 1991), at=AT)
    his = keys("bakyt")
    finding.search_locally(keys=his, sought=finding.Sought(NAMES[0], 1990), at=AT)
    cards.compact(keys=his, kind=cards.SEARCH)


def seed_arrivals(bakyt: Any) -> None:
    """Three things that arrive sealed: one stays, one is opened, one is opened and becomes a case."""
    from types import SimpleNamespace

    from django.utils import timezone

    from panah.ground.network.models import Society
    from tests.inbox.conftest import arrive

    now = timezone.now()
    societies = {"north": keys("amina").staff.society, "south": Society.objects.get(slug="practice-south")}
    content = {
        "person": {"names": [NAMES[0], NAMES[3]], "phones": [TEXTS["phone"]], "story": TEXTS["note_ru"]},
        "wish": TEXTS["need"],
    }
    world: Any = SimpleNamespace(at=now, societies=societies)
    made = [arrive(world, content, urgency=urgency) for urgency in ("now", "today", "week")]
    for arrival in made[1:]:
        assert bakyt.post(f"/inbox/{arrival.pk}/open/").status_code == 302
        visit_one(bakyt, f"/inbox/{arrival.pk}/")
    typed = {
        "called": NAMES[0],
        "phone": TEXTS["phone"],
        "note": TEXTS["note_ru"],
        "age_group": "adult",
        "doubt": "no",
    }
    there = f"/inbox/{made[2].pk}/turn/case/"
    assert bakyt.post(there, {**typed, "urgency": "mistyped"}).status_code == 422
    answer = bakyt.post(there, {**typed, "urgency": "week", "choice": str(keys("amina").staff.pk)})
    assert answer.status_code == 302


def visit_one(browser: Any, address: str) -> None:
    assert TEXTS["phone"] in browser.get(address).content.decode(), "control: she reads it"


def seed_late_draft(call: Any) -> None:
    from panah.ground.vault import actions as vault

    sealed = vault.seal_draft(
        society=call.society_id,
        line=call.line_id,
        file=call.file_id,
        value={"note": TEXTS["draft"]},
        signing=b"",
    )
    assert sealed is not None
    vault.keep_draft(society=call.society_id, sealed=sealed[1])


def seed_complaints(elena: Any) -> None:
    """A complaint and a request, taken down, asked about, answered; and one that is mistyped."""
    from uuid import uuid4

    from panah.ground.accounts.models import Staff
    from panah.people.complaints.models import Ask, Matter

    zarina, amina = client("zarina"), client("amina")
    typed = {
        "what": f"{TEXTS['complaint']} {NAMES[0]}",
        "called": NAMES[1],
        "reach": TEXTS["phone"],
        "safe_word": TEXTS["complaint_word"],
        "concerns": [str(Staff.objects.get(username="gulnar").pk)],
    }
    elena.post("/complaints/new/", {**typed, "once": "no id"})
    elena.post("/complaints/new/", {**typed, "once": str(uuid4()), "speaker": "person", "about": ["abuse"]})
    own = {"wishes": ["see"], "asker": "person", "proof": "none"}
    elena.post("/complaints/own-data/", {**typed, **own, "once": str(uuid4())})
    for row in Matter.objects.all():
        word = {"code": row.number, "word": TEXTS["complaint_word"], "message": TEXTS["complaint"]}
        elena.post("/complaints/code/", word)
        here = f"/complaints/matter/{row.number}"
        zarina.get(here + "/", {"q": NAMES[1]})
        zarina.post(f"{here}/note/", {"text": TEXTS["complaint"]})
        asked = {"of": str(keys("amina").staff.pk), "text": TEXTS["complaint"]}
        zarina.post(f"{here}/ask/", asked)
        said = {"outcome": "right" if row.kind == "complaint" else "done", "way": "meeting", "proof": "known"}
        zarina.post(f"{here}/answer/", {**said, "done": TEXTS["complaint"], "told": NAMES[2]})
    amina.post(f"/complaints/asked/{Ask.objects.get().pk}/", {"knows": "known", "text": TEXTS["complaint"]})
    assert set(Matter.objects.values_list("kind", "state")) == {
        ("complaint", "answered"),
        ("own_data", "answered"),
    }


def visit(browser: Any) -> None:
    """Look at pages, mistype, and ask for things that are not there: what is refused must not be written down either."""
    from panah.people.cases.models import Case

    number = Case.objects.earliest("opened_at").number
    for path in (
        "/",
        "/calls/",
        "/cases/",
        f"/cases/{number}/",
        f"/cases/{number}/told/",
        "/finding/",
        f"/cases/{NAMES[0]}/",
    ):
        browser.get(path, {"q": NAMES[1]})
    browser.post(f"/cases/{number}/identity/", {"purpose": "meet"})
    browser.post("/finding/", {"name": TEXTS["sought"], "birth_year": "x", "phone_tail": TEXTS["phone"]})
    browser.post("/vault/sign-in", {"name": NAMES[1], "passphrase": TEXTS["note"], "digits": "000000"})
    browser.post("/cases/new/", {"names": NAMES[0], "note": TEXTS["note"], "urgency": "nonsense"})


def log_as_code_does() -> None:
    """An exception that carries a name, logged as careless code would."""
    try:
        raise ValueError(NAMES[0])
    except ValueError:
        logging.getLogger("panah.somewhere").exception("could not save %s", TEXTS["note"])
        logging.getLogger("django.request").error("Bad Request: %s", NAMES[1])


@act
def plant_in_database(text: str) -> None:
    """Put a text where no text may be: the control of the scan."""
    from panah.ground.audit.models import Entry

    entry = Entry.objects.order_by("-id").first()
    assert entry is not None
    Entry.objects.filter(pk=entry.pk).update(facts={"oops": text})


@act
def unlock_all(name: str) -> dict[str, Any]:
    """Open every remembered file as a colleague; returns how many opened and how many notes were read."""
    from uuid import UUID

    from panah.ground.vault import queries as vault_queries

    hers, files = keys(name), [UUID(f) for f in recall()["files"]]
    opened = hers.open_files(files)
    return {
        "opened": len(opened),
        "notes": sum(bool(vault_queries.read_all(keys=hers, file=f, part="note")) for f in opened),
    }


@act
def join_by(token: str, name: str) -> str:
    """Open an invitation as its colleague; returns the six words of her key."""
    from panah.ground.accounts.queries import staff_by_username
    from panah.ground.sign_in import actions as sign_in
    from panah.ground.sign_in.actions.invitations import claim_invitation
    from panah.ground.vault import actions as vault
    from panah.ground.vault.queries import key_state
    from tests.conftest import CODE, PASSPHRASE

    staff = staff_by_username(name)
    # Later than everything that was sealed to a key she had before.
    later = AT + timedelta(hours=1)
    claim_invitation(token, staff, later)
    vault.make_staff_key(staff=staff, passphrase=PASSPHRASE, code=CODE, at=later)
    opened = sign_in.check_passphrase(username=name, passphrase=CODE, at=AT, with_code=True)
    known = recall().get("seeds", {}) if state_file().exists() else {}
    remember(seeds={**known, name: opened.seed.hex()})
    return str(key_state(staff).words)


@act
def link_is_good(token: str) -> bool:
    from django.utils import timezone

    from panah.ground.sign_in.queries import invited

    return invited(token, at=timezone.now()) is not None


@act
def sheet() -> str:
    """The recovery sheet as a file."""
    import base64

    from panah.ground.vault import actions as vault

    return base64.b32encode(vault.recovery_sheet(keys=keys("bakyt"), at=AT)).decode().rstrip("=")


@act
def sign_in_works(name: str) -> bool:
    from panah.ground.sign_in import actions as sign_in
    from tests.conftest import PASSPHRASE

    return bool(
        sign_in.check_passphrase(username=name, passphrase=PASSPHRASE, at=AT + timedelta(hours=1)).seed
    )


@act
def leave_a_sign_in(name: str) -> str:
    """Sign in and leave it open; returns the session's cookie."""
    return str(client(name).session.session_key)


@act
def cookies_of(name: str) -> dict[str, str]:
    """Sign a colleague in, her vault open; returns what her browser sends."""
    return {key: one.value for key, one in client(name).cookies.items()}


@act
def is_signed_in(cookie: str) -> bool:
    from django.conf import settings
    from django.test import Client

    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return browser.get("/me/settings").status_code == 200


@act
def renew_line() -> None:
    from panah.ground.accounts.queries import staff_by_username
    from panah.ground.vault import actions as vault
    from panah.ground.vault.words import KeyKind
    from tests.conftest import LINE_NORTH

    vault.new_generation(
        keys=keys("bakyt"), kind=KeyKind.LINE, line=LINE_NORTH, holders=[staff_by_username("elena")], at=AT
    )


@act
def regrant() -> dict[str, int]:
    from dataclasses import asdict

    from panah.ground.vault import actions as vault

    return asdict(vault.regrant_chunk(keys=keys("bakyt"), at=AT))


@act
def replace_store_keys(days: str) -> bool:
    from panah.ground.vault import shred_store

    return shred_store.replace_keys_when_due(at=datetime.now(UTC) + timedelta(days=int(days)))


@act
def make_cards() -> None:
    from uuid import UUID

    from panah.ground.vault.actions import cards

    for n, file in enumerate(recall()["files"]):
        if keys("amina").open_files([UUID(file)]):
            cards.put_card(
                keys=keys("amina"), file=UUID(file), kind=cards.SEARCH, value={"n": [f"name {n}"]}, at=AT
            )


@act
def make_search_cards(name: str) -> str:
    """Write a search card of this name for each case of Amina; returns the key that opens them, in hex."""
    from panah.ground.vault.actions import cards
    from panah.ground.vault.search import card_value
    from panah.ground.vault.words import KeyKind
    from panah.people.cases.models import Case

    for case in Case.objects.filter(owner__username="amina"):
        value = card_value(names=[name], birth_year=1990, phones=[], number=case.number)
        cards.put_card(keys=keys("amina"), file=case.file_id, kind=cards.SEARCH, value=value, at=AT)
    held = keys("bakyt").holds(KeyKind.SEARCH)
    assert held is not None
    return held.seed.hex()


@act
def make_a_card_that_is_none(name: str) -> None:
    """Write a search card that opens, and then cannot be read as one."""
    from panah.ground.vault.actions import cards
    from panah.people.cases.models import Case

    case = Case.objects.filter(owner__username="amina").first()
    value = {"n": name, "y": name, "c": name, "k": 7}
    cards.put_card(keys=keys("amina"), file=case.file_id, kind=cards.SEARCH, value=value, at=AT)


@act
def rename_first(name: str, broken: str = "") -> None:
    """Write the search card of the first case anew; ``broken``: what goes on after it fails, and all is rolled back."""
    from contextlib import suppress
    from uuid import UUID

    from django.db import transaction

    from panah.ground.vault.actions import cards

    with suppress(ZeroDivisionError), transaction.atomic():
        cards.put_card(
            keys=keys("amina"), file=UUID(recall()["files"][0]), kind=cards.SEARCH, value={"n": [name]}, at=AT
        )
        if broken:
            raise ZeroDivisionError


@act
def look_through_again() -> None:
    """What the worker does nine hours later."""
    from panah.ground.vault import actions as vault

    vault.shuffle_facts(at=AT + timedelta(hours=9))


@act
def compact() -> int:
    from panah.ground.vault.actions import cards

    return int(cards.compact(keys=keys("bakyt"), kind=cards.SEARCH))


@act
def count_cards() -> list[str]:
    from panah.ground.vault.actions import cards

    return sorted(v["n"][0] for _, v in cards.cards(keys=keys("bakyt"), kind=cards.SEARCH))


@act
def erase_first() -> None:
    from uuid import UUID

    from panah.ground.vault import actions as vault

    vault.erase(keys=keys("amina"), file=UUID(recall()["files"][0]), at=AT)


@act
def jobs(days: str) -> list[str]:
    """What the worker does on a later day; returns the jobs that failed."""
    from panah.node import jobs

    return jobs.run_due({}, at=datetime.now(UTC) + timedelta(days=int(days)))


@act
def write_notes_and_die(number: str) -> None:
    """Note something about the first case again and again, look at the journal as the worker does, lose the power."""
    import signal

    from django.db import connection

    from panah.ground.accounts.queries import staff_by_username
    from panah.ground.vault import actions as vault
    from panah.people.cases import actions as cases
    from panah.people.cases.models import Case

    with connection.cursor() as cursor:
        # As while somebody reads for long: nothing goes from the log into the file.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    case, at = Case.objects.get(file_id=recall()["files"][0]), datetime.now(UTC)
    for n in range(int(number)):
        cases.add_note(keys=keys("amina"), case=case, text=f"late note {n}", at=at)
    vault.watch_journal(society=staff_by_username("amina").society_id, at=at)
    os.kill(os.getpid(), signal.SIGKILL)


@act
def how_it_stands() -> dict[str, Any]:
    """Say what `serve` says when it starts, what /healthz says after the first look, and how many notes are there."""
    from uuid import UUID

    from panah.ground.accounts.queries import staff_by_username
    from panah.ground.vault import actions as vault
    from panah.ground.vault import queries as vault_queries
    from panah.node import serving

    said = serving.not_as_written()
    vault.watch_journal(society=staff_by_username("amina").society_id, at=datetime.now(UTC))
    notes = vault_queries.read_all(keys=keys("amina"), file=UUID(recall()["files"][0]), part="note")
    return {"said": said, "stored": vault_queries.stored_as_written(), "notes": len(notes)}


@act
def first_is_gone() -> dict[str, Any]:
    """Try to read the first file with every staff key and with R; says what is left of it."""
    from uuid import UUID

    from panah.ground.vault import shred_store
    from panah.ground.vault.actions import recovery
    from panah.ground.vault.models import Erasure, File, Grant, Part

    file = UUID(recall()["files"][0])
    opened = [name for name in recall()["seeds"] if keys(name).open_files([file])]
    r = recovery.combine(recall()["shares"]["north"][:2])
    secrets = []
    for grant in Grant.objects.filter(file=file, key__kind="R"):
        secrets.append(r.open(bytes(grant.sealed), "grant", file, grant.key_id).hex())
    return {
        "opened": opened,
        "secret by R": len(secrets),
        "half": shred_store.get("half", file) is not None,
        "parts": Part.objects.filter(file=file).count(),
        "erased": File.objects.filter(pk=file, erased_at__isnull=False).exists(),
        "unfinished": Erasure.objects.filter(done_at=None).count(),
    }


# ---- the life of keys: what test_kills_of_keys.py lets happen, and what must hold afterwards --------------------


def staff(name: str) -> Any:
    from panah.ground.accounts.queries import staff_by_username

    return staff_by_username(name)


@act
def sign_in_all() -> None:
    """Everybody opens the vault once: pins are made, or follow."""
    from panah.ground.sign_in import actions as sign_in

    for name in ("amina", "bakyt", "saule", "cholpon", "elena"):
        if staff(name) is not None:
            opened = sign_in.CheckedPassphrase(staff(name), bytes.fromhex(recall()["seeds"][name]))
            sign_in.open_vault(opened=opened, session_key=f"s-{name}-{os.getpid()}", at=AT)


@act
def make_focal_point(name: str) -> int:
    from panah.ground.vault import actions as vault

    decide("vault:focal-point", name, second="saule")
    return int(vault.make_focal_point(keys=keys("bakyt"), staff=staff(name), at=AT))


def decide(act: str, name: str, *, second: str) -> None:
    """Two focal points have decided it; asked for before the power failed, it still waits."""
    from panah.ground.approvals import queries as approvals_queries
    from panah.ground.approvals.acts import ACTS as TWO_PEOPLE
    from panah.ground.vault import actions as vault
    from panah.ground.vault.actions import recovery
    from panah.ground.vault.focal_points import focal_point_ids

    whom = staff(name)
    if whom is None or (act == "vault:focal-point" and whom.pk in focal_point_ids(whom.society_id)):
        return
    if approvals_queries.waiting(society=whom.society_id, act=act, subject=whom.pk, at=AT) is None:
        request = vault.ask(keys=keys("bakyt"), act=TWO_PEOPLE[act], staff=whom, at=AT)
        vault.approve(keys=keys(second), request=request, at=AT)
        shares = recovery.combine(recall()["shares"]["north"][:2])
        recovery.approve_by_shares(recovery=shares, request=request, at=AT)


@act
def end_access(name: str) -> None:
    from panah.ground.accounts.models import Staff
    from panah.ground.sign_in import actions as sign_in

    decide("vault:end-access", name, second="cholpon")
    sign_in.end_access(keys=keys("bakyt"), staff=Staff.objects.get(username=name), at=AT)


@act
def confirm_signing() -> None:
    from panah.ground.vault import actions as vault

    vault.confirm_signing_key(keys=keys("cholpon"), at=AT)


@act
def begin_new_recovery() -> None:
    """The ceremony up to its last share; the new shares are remembered, as on paper."""
    from panah.ground.sign_in import actions as sign_in
    from panah.ground.vault import actions as vault
    from panah.ground.vault.actions.shares import _state

    hers = keys("bakyt")
    second = sign_in.CheckedPassphrase(staff("saule"), bytes.fromhex(recall()["seeds"]["saule"]))
    vault.begin_ceremony(keys=hers, second=second, at=AT, again=True)
    state = _state(hers, AT)
    assert state is not None
    remember(new_shares=state["shares"])
    for _ in range(2):
        confirm_share()


@act
def confirm_share() -> int:
    from panah.ground.vault import actions as vault

    share = vault.share_to_show(keys=keys("bakyt"), at=AT)
    if share is None:
        return -1
    first, last = share.asked
    return int(
        vault.confirm_share(keys=keys("bakyt"), words=(share.words[first - 1], share.words[last - 1]), at=AT)
    )


@act
def what_shares_open() -> dict[str, Any]:
    """What the papers before and the new ones open now: [society keys, files] each; and what must be sealed anew."""
    from panah.ground.foundation.errors import Refusal
    from panah.ground.vault import actions as vault
    from panah.ground.vault.actions import recovery

    society, found = staff("bakyt").society_id, {}
    for which in ("old", "new"):
        words = recall()["shares"]["north"] if which == "old" else recall().get("new_shares", ())
        try:
            tried = recovery.try_shares(recovery=recovery.combine(list(words[:2])), society=society)
        except (Refusal, IndexError):
            found[which] = None
        else:
            found[which] = [tried.keys, tried.files]
    return found | {"behind": list(vault.behind_recovery(society))}


@act
def recover(name: str) -> int:
    """Let a focal point in with two shares, as ``./panah recover`` does; returns how many files were opened to her."""
    from panah.ground.vault.actions import recovery
    from panah.ground.vault.queries import key_state

    r = recovery.combine(recall()["shares"]["north"][:2])
    recovery.let_in(recovery=r, staff=staff(name), compared=key_state(staff(name)).words, at=AT)
    total = 0
    while done := recovery.grant_chunk(recovery=r, staff=staff(name), at=AT, size=2):
        total += done
    return total


@act
def add_focal_point(name: str) -> None:
    """Somebody new, who has made her six words and whom nobody has admitted."""
    from panah.ground.accounts import actions as accounts
    from panah.ground.sign_in import actions as sign_in
    from panah.ground.vault import actions as vault
    from tests.conftest import CODE, PASSPHRASE

    accounts.add_colleague(
        society=staff("bakyt").society, username=name, name=name.title(), roles=["focal_point"], at=AT
    )
    vault.make_staff_key(staff=staff(name), passphrase=PASSPHRASE, code=CODE, at=AT)
    opened = sign_in.check_passphrase(username=name, passphrase=CODE, at=AT, with_code=True)
    remember(seeds={**recall()["seeds"], name: opened.seed.hex()})


@act
def state_of_keys() -> dict[str, Any]:
    """Who can sign, who is a focal point, what waits, and whether work goes on for Amina and Elena."""
    from panah.ground.accounts.models import Staff
    from panah.ground.accounts.queries import with_role
    from panah.ground.vault import actions as vault
    from panah.ground.vault import queries
    from panah.ground.vault.focal_points import focal_point_ids
    from panah.ground.vault.models import Grant
    from panah.ground.vault.words import FileKind
    from panah.people.cases import actions as cases
    from tests.conftest import LINE_NORTH

    society = staff("bakyt").society_id
    case = cases.open_case(keys=keys("amina"), by=staff("amina"), at=AT, note="after")
    call = vault.begin_file(keys=keys("elena"), kind=FileKind.CONTACT, line=LINE_NORTH, at=AT)
    leads = [one.username for one in with_role(society, "focal_point")]
    opened = {name: len(keys(name).open_files([case.file_id, call])) for name in leads}
    return {
        "leads": leads,
        # Also who has left: named by the society or not is the question.
        "named": sorted(one.username for one in Staff.objects.filter(pk__in=focal_point_ids(society))),
        "sign": sorted(
            one.username
            for one in with_role(society, "focal_point", "caseworker")
            if keys(one.username).holds("D")
        ),
        "waits": queries.waiting_signing_key(society) is not None,
        "open the new ones": sorted(set(opened.values())),
        "of leavers": Grant.objects.filter(staff__is_active=False).count(),
        "left": vault.files_to_reseal(society),
    }


@act
def erase_and_drop() -> int:
    """Erase the first case, and let thirteen days pass without a holder: the host drops its segment."""
    from panah.ground.vault import actions as vault

    erase_first()
    return vault.drop_overdue_segments(at=AT + timedelta(days=13))


@act
def tidy(files: str = "2") -> dict[str, Any]:
    from dataclasses import asdict

    from panah.ground.vault import actions as vault

    return asdict(vault.maintain(keys=keys("bakyt"), at=AT + timedelta(days=13), files=int(files)))


@act
def walk_along() -> list[dict[str, Any]]:
    """Let a focal point, a caseworker and a data officer open every kind of page that links lead them to."""
    from tests.walk import walk

    found = []
    for who in ("bakyt", "amina", "nurlan"):
        browser = client(who)
        browser.who, browser.language = who, "en"
        found += [
            {"who": who, "address": s.address, "seen_on": s.seen_on, "status": s.status}
            for s in walk(browser)
        ]
    return found


@act
def one_round() -> dict[str, Any]:
    """Run every job once; say what there is to do, what failed, and what some addresses answer."""
    from django.utils import timezone

    from panah.node import jobs

    browser = client("bakyt")
    asked = ("/volunteers/", "/library/", "/calls/", "/cases/", "/info/", "/month/")
    return {
        "failed": jobs.run_due({}, at=timezone.now()),
        "jobs": [job.name for job in jobs.jobs()],
        "answers": {address: browser.get(address).status_code for address in asked},
        "health": browser.get("/healthz").json(),
    }


@act
def packages_loaded() -> list[str]:
    """Load every module of the houses that run here, as pages and jobs do in the end."""
    import pkgutil
    from importlib import import_module

    from django.conf import settings

    for house in settings.PANAH_HOUSES:
        package = import_module(f"panah.{house}")
        for module in pkgutil.walk_packages(package.__path__, f"panah.{house}."):
            if (
                ".cli" not in module.name
                and "__main__" not in module.name
                and "migrations" not in module.name
            ):
                import_module(module.name)
    return sorted({name.partition(".")[0] for name in sys.modules})


def main() -> None:
    import django

    django.setup()
    from tests.exchange import acts as of_the_wire

    answer = {**ACTS, **of_the_wire.ACTS}[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(f"\n{json.dumps(answer, ensure_ascii=False, default=str)}\n")


if __name__ == "__main__":
    main()
