"""The second wall between societies: with every filter of ours gone, PostgreSQL itself shows North nothing of South.

Each promise stands beside a control that takes the wall away and then sees what must not be seen.
"""

import ast
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.audit.models import Entry
from panah.ground.foundation import rls_policies, rls_tables, tenancy
from panah.ground.foundation.compiled_queries import Prepared
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.managers import FocalPointQuerySet, TenantQuerySet
from panah.ground.vault import actions as vault
from panah.ground.vault import shred_store
from panah.ground.vault.keyring import HALF
from panah.ground.vault.models import File, Part
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm
from panah.node import jobs
from panah.people.cases import actions as cases
from panah.people.cases.models import Case, ReviewTime
from panah.people.cases.permissions import policy
from panah.people.complaints import actions as complaints
from panah.people.complaints.models import MatterQuerySet
from panah.people.finding.models import Look, Question
from panah.people.hotline.actions.calls import begin_contact
from panah.people.hotline.models import AidCount, AuthorityRequest, Contact, ContactQuerySet, Line
from panah.programmes.library import actions as library
from panah.programmes.library.models import Document
from panah.rooms import folder_of
from tests.guard.addresses import ADDRESSES
from tests.house.sources import HOUSE, saying
from tests.inbox.conftest import arrive

on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the wall stands in PostgreSQL alone: ./panah test --postgres"
)

# Where a society becomes known. Whoever enters a wall anywhere else says here why.
ENTERED = {
    "foundation/middleware.py": "a request begins with nobody",
    "foundation/moved_rows.py": "every society in turn: behind whose wall somebody moved a row that was kept",
    "kit/streams.py": "the reader of a file, piece by piece: her wall was left when the view returned",
    "cooperation/actions/practices.py": "the society whose practice a colleague of another one here reviews: who wrote it",
    "figures/actions/briefs.py": "the society whose brief the one that it is about clears: who wrote it",
    "page_texts/queries.py": "every society in turn: who of it wrote in a text of the door that all of them keep",
    "sign_in/middleware.py": "the colleague who is signed in",
    "sign_in/actions/sessions.py": "the name at the door says whose journal notes a refusal",
    "sign_in/actions/invitations.py": "the colleague whom an invitation names",
    "sign_in/views/invitations.py": "the colleague who has just made her key",
    "sign_in/views/two_people.py": "the society whose request a link in an e-mail names",
    "sign_in/views/session_start.py": "the colleague who has just signed in",
    "node/serving.py": "every society in turn: how far its journal is when a node starts",
    "vault/actions/maintenance.py": "every society in turn: its files",
    "reporters/wall.py": "the society that a stranger writes to; every society in turn: whose receipt this is",
    "public/talk_presenters.py": "every society whose door stands open in turn: the languages in which it answers now",
    "work/actions/rows_put_right.py": "every society in turn: each is told what was put right of the whole node",
    "public/views/talk.py": "the society whose line takes a chat, or whose chat a code opens",
    "referrals/actions/one_time_page.py": "every society in turn: whose page this is",
    "training/queries/public_tokens.py": "every society in turn: whose test or certificate this is",
    "network/queries/societies.py": "every society in turn: to which of them a stranger's address leads",
    "exchange/management/commands/exchange.py": "every society in turn, at the keyboard",
    "exchange/views/peers.py": "the society whose card another node asks for",
    "exchange/actions/receiving.py": "the society that an envelope from another node is for",
    "directory/management/commands/directory.py": "the society at the keyboard",
    "vault/search_index.py": "the society whose cards are unlocked for whoever showed its search key",
    "node/jobs.py": "every society in turn: what a node does by itself",
    "node/management/commands/restore.py": "every society in turn, at the keyboard: old alarms call nobody",
    "node/management/commands/backup.py": "every society in turn, at the keyboard: its journal says that there is a backup",
    "volunteers/queries/joining.py": "every society in turn: whose link a stranger opens",
    "public/queries/numbers.py": "every society in turn: whether somebody is at its telephone, nothing more",
    "volunteers/queries/own_page.py": "the society whose volunteer's page it is",
    "channels/queries.py": "every society in turn, at the keyboard: whether it can page",
    "vault/management/commands/journal.py": "the society at the keyboard",
    "sign_in/management/commands/recover.py": "the society at the keyboard",
    "imports/management/commands/import.py": "the society at the keyboard",
}
# Unique in the whole node, so that a refused row tells that another society has the same: why that tells nothing.
UNIQUE_IN_THE_NODE = {
    "referrals.Programme.service": "random; a service of the own directory",
    "referrals.ProgrammeWork.file_id": "random",
    "cases.Case.number": "random",
    "cases.Case.file_id": "random",
    "cases.CaseGroup.number": "random",
    "cases.CaseGroup.file_id": "random",
    "complaints.Matter.number": "random",
    "complaints.Matter.file": "random",
    "complaints.Ask.file": "random",
    "complaints.Message.file": "random",
    "hotline.Contact.number": "random",
    "hotline.Contact.file": "random",
    "family_links.FamilyLinksRequest.number": "random",
    "family_links.FamilyLinksRequest.file": "random",
    "hotline.AuthorityRequest.number": "random",
    "hotline.AuthorityRequest.file": "random",
    "referrals.OncePage.token_hash": "random",
    "training.KnowledgeTest.token_hash": "random",
    "training.Certificate.token_hash": "random",
    "training.Certificate.replaces": "a certificate is of one society",
    "training.Certificate.enrolment": "a list is of one society",
    "safety.Threat.file": "random",
    "safety.Interpreter.file": "random",
    "shelter.Place.file_id": "random",
    "shelter.Place.book_id": "random",
    "shelter.Stay.file_id": "random",
    "referrals.Referral.peer+conversation": "a peer is of one society",
    "family_links.FamilyLinksAcross.peer+conversation": "a peer is of one society",
    "exchange.Incoming.peer+message": "a peer is of one society",
    "exchange.Closed.peer+conversation": "a peer is of one society",
    "exchange.WitnessedHead.peer+number": "a peer is of one society",
    "vault.Erasure.file": "random",
    "vault.FocalPointAttestation.staff": "a colleague is of one society",
    "cases.Supervision.file_id": "random",
    "channels.PushSubscription.staff+address_hash": "a colleague is of one society",
    "work.Page.alarm+staff": "an alarm is of one society",
    "volunteers.Volunteer.staff": "a colleague is of one society",
    "volunteers.Volunteer.file": "random",
    "volunteers.JoinLink.mark": "random",
    "volunteers.IncidentReport.file": "random",
    "volunteers.JoinLink.branch": "a branch is of one society",
    "training.Training.enrolment+module": "an enrolment is of one society",
    "volunteers.TableImport.by": "a colleague is of one society",
    "volunteers.DoublePair.one+other": "a volunteer is of one society",
    "volunteers.Asked.call_out+volunteer": "a call-out is of one society",
    "volunteers.OwnPage.volunteer": "a volunteer is of one society",
    "volunteers.OwnPage.mark": "random",
    "hotline.LineChat.chat": "a chat is of one society",
    "hotline.LineChat.contact": "a contact is of one society",
    "reporters.Report.arrival": "an arrival is of one society",
    "intake.JoinedReport.arrival": "an arrival is of one society",
    "intake.GoesOnAt.arrival": "an arrival is of one society",
    "inbox.SealedTo.arrival+reader": "an arrival is of one society",
    "reporters.Report.once": "random",
    "reporters.Report.verifier": "random",
    "reporters.Word.arrival": "an arrival is of one society",
    "reporters.Word.once": "random",
    "reporters.Chat.once": "random",
    "reporters.Chat.verifier": "random",
    "materials.Draft.material": "random",
    "figures.Source.number": "random",
    "figures.Figure.number": "random",
    "figures.BriefReview.brief+kind+turn": "a brief is cleared by one society",
    "figures.Figure.supersedes": "a figure is of one society",
    "library.Document.number": "random",
    "evidence.BudgetSpend.ref": "the id of a release, which is random",
    "library.Entry.shelf+place": "places are given out one after the other",
    "diplomacy.Dialogue.number": "random",
    "diplomacy.Dialogue.file": "random",
    "diplomacy.Status.step+shown_on": "a step is of one society",
    "cooperation.Seat.staff": "a guest is of one society",
    "cooperation.TestCall.point+caller+on+hour": "a contact point is of one society",
    "work.WeekMail.staff": "a colleague is of one society",
}


# ---- the house ------------------------------------------------------------------------------------


def test_every_table_stands_behind_the_wall_or_is_open_for_a_reason():
    assert rls_tables.undecided() == [], (
        "give it a society, or a line with its reason in the hooks.py of its room"
    )
    assert all(reason for reason in rls_tables.EXEMPT)
    assert rls_tables.protected_tables()["vault.Part"].parent.table == "vault_file"


def test_nothing_with_work_in_it_is_open():
    there = {m._meta.label for m in rls_tables.tables()} | {m._meta.app_label for m in rls_tables.tables()}
    assert set(rls_tables.EXEMPT.names()) <= there, "a line for a table that is no more"
    rooms = {m._meta.app_label for m in rls_tables.tables() if rls_tables.is_exempt(m)}
    assert rooms == {
        "network",
        "directory",
        "accounts",
        "vault",
        "sign_in",
        "account",
        "mfa",
        "auth",
        "contenttypes",
        "model",
        "reporters",
        "materials",
        "page_texts",
        "library",
        "evidence",
    }
    assert {m._meta.label for m in rls_tables.tables() if m._meta.app_label == "reporters"} & set(
        rls_tables.EXEMPT.names()
    ) == {"reporters.NodeTally"}, "what strangers told stays behind the wall"
    of_the_model = {m._meta.label for m in rls_tables.tables() if rls_tables.is_exempt(m)}
    assert {label for label in of_the_model if label.startswith("model.")} == {
        "model.Edition",
        "model.SharedStrengths",
    }, "levels, sentences and plans stay behind the wall"
    assert {label for label in of_the_model if label.startswith("materials.")} == {
        "materials.Version",
        "materials.Piece",
    }, "what waits for a second person stays behind the wall"
    assert {label for label in of_the_model if label.startswith("evidence.")} == {"evidence.PublishedFile"}, (
        "releases, packages and budgets stay behind the wall"
    )
    assert {label for label in of_the_model if label.startswith("library.")} == {
        "library.Shelf",
        "library.Term",
        "library.Block",
    }, "documents stand behind the wall; the index of what all may read does not"


def test_a_wall_is_entered_where_a_society_becomes_known_and_nowhere_else():
    entered = {
        path
        for path, tree in saying("tenant_context")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("tenancy.tenant_context", "tenant_context")
    }
    assert entered == set(ENTERED)


def test_no_answer_is_streamed_after_its_wall_was_left():
    streaming = [p for p in HOUSE.rglob("*.py") if "StreamingHttpResponse" in p.read_text()]
    # Files are read piece by piece, each within the reader's wall.
    assert streaming == [folder_of("kit") / "streams.py"], (
        "what is streamed is read outside the wall: enter it in the generator, and say so here"
    )


def test_what_is_unique_in_the_whole_node_tells_nothing_about_another_society():
    found = set()
    for model in rls_tables.tables():
        label = model._meta.label
        if label not in rls_tables.protected_tables():
            continue
        alone = [(f.name,) for f in model._meta.concrete_fields if f.unique and not f.primary_key]
        together = [c.fields for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
        own = {
            f.name
            for f in model._meta.concrete_fields
            if f.column == rls_tables.protected_tables()[label].column
        }
        found |= {f"{label}.{'+'.join(names)}" for names in (*alone, *together) if not own & set(names)}
    assert found == set(UNIQUE_IN_THE_NODE)


# ---- two societies at work -------------------------------------------------------------------------


def at_work(world, society, leader, colleague):
    """A society with a row in most of its tables; returns what names them on a page."""
    now, keys, one = timezone.now(), world.keys(leader), world.societies[society]
    line = Line.objects.create(society=one, name_en=f"Line of {society}", made_at=now)
    vault.make_line_key(keys=keys, line=line.pk, operators=[world.staff[leader]], at=now)
    keys = world.keys(leader)
    case = cases.open_case(
        keys=world.keys(colleague), by=world.staff[colleague], at=now, language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]}, note="a note",
    )  # fmt: skip
    event = cases.open_case_group(keys=world.keys(colleague), kind="event", about={"title": "x"}, at=now)
    contact = begin_contact(keys=keys, line=line, channel="phone", by=world.staff[leader], at=now)
    request = AuthorityRequest.objects.create(
        society=one, file=File.objects.create(society=one, kind=FileKind.CASE),
        asked_at=now, taken_by=world.staff[leader],
    )  # fmt: skip
    alarm = work.raise_alarm(
        society=one.pk, room="hotline", subject=contact.pk, by=world.staff[colleague], at=world.at
    )
    ReviewTime.objects.create(society=one, level="high", hours=24)
    AidCount.objects.create(society=one, month=now.date(), kind="food", number=1)
    question = Question.objects.create(society=one, asked_by=world.staff[colleague], asked_at=now)
    Look.objects.create(staff=world.staff[leader], at=now)
    Duty.objects.create(
        society=one, staff=world.staff[leader], what="danger", starts_at=world.at,
        ends_at=world.at + timedelta(hours=8),
    )  # fmt: skip
    matter = complaints.take(
        keys=world.keys(colleague), once=uuid4(), kind="complaint", typed={"what": "x"}, concerned=(), at=now
    ).row
    complaints.leave_word(keys=world.keys(colleague), code=matter.number, word="", text="x", at=now)
    arrival = arrive(world, society=society, at=now, expires=now + timedelta(days=30))
    of = {
        "arrival": arrival.pk,
        "number": case.number, "event": event.number, "contact": contact.number, "contact_pk": contact.pk,
        "line": line.pk, "authority": request.pk, "alarm": alarm.pk, "question": question.pk,
        "matter": matter.number, "left": matter.messages.get().pk,
    }  # fmt: skip
    refs = [case.pk, case.file_id, contact.file_id, matter.pk]
    return {"of": of, "marks": {*map(str, (*of.values(), *refs)), line.name_en}, "case": case}


@pytest.fixture
def both(world):
    return {
        "north": at_work(world, "north", "bakyt", "amina"),
        "south": at_work(world, "south", "rustam", "daler"),
    }


def without(tables):
    """Take the wall of these tables away, by the owner's hand; the test's transaction puts it back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')


def every_table():
    return sorted(way.table for way in rls_tables.protected_tables().values())


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def counts(society):
    with tenancy.tenant_context(society):
        return {table: count(table) for table in every_table()}


# ---- what the database shows -----------------------------------------------------------------------


@on_postgres
def test_a_bare_select_shows_each_society_its_own_rows_and_nobody_any(world, both):
    north, south = (counts(world.societies[name].pk) for name in ("north", "south"))
    whole = {table: count(table) for table in every_table()}
    assert {t: north[t] + south[t] for t in whole} == whole
    lived_in = {t for t in whole if north[t] and south[t]}
    assert len(lived_in) >= 17, "control: both have rows in most tables"
    assert set(counts(tenancy.NO_TENANT).values()) == {0}
    without(every_table())
    assert counts(world.societies["north"].pk) == whole, "control: without the wall everything shows"


@on_postgres
def test_the_role_that_serves_sees_nothing_when_nothing_was_said(both):
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL ROLE \"panah\"; SET LOCAL panah.society = ''; SELECT count(*) FROM cases_case"
        )
        while cursor.nextset():
            pass
        assert cursor.fetchone()[0] == 0


@on_postgres
def test_what_is_for_the_network_is_read_past_the_wall_and_written_by_nobody_else(world):
    north, south = world.societies["north"], world.societies["south"]
    with tenancy.tenant_context(north.pk):
        for visibility in ("network", "confidential"):
            facts = library.Facts(title=visibility, kind="plan", visibility=visibility, source="x")
            file = ContentFile(visibility.encode(), name="x.txt")
            row = library.bring(file=file, facts=facts, by=world.staff["bakyt"], at=world.at)
            library.read_version(row.current_id, at=world.at)
    of_two = ("library_document", "library_version", "library_piece", "library_page")
    assert [counts(north.pk)[table] for table in of_two] == [2, 2, 2, 2]
    assert [counts(south.pk)[table] for table in of_two] == [1, 1, 1, 1]
    assert [counts(tenancy.NO_TENANT)[table] for table in of_two] == [0, 0, 0, 0]
    with tenancy.tenant_context(south.pk):
        shared = Document.objects.get()
        assert shared.title == "network"
        assert Document.objects.update(title="taken") == 0
        assert Document.objects.filter(pk=shared.pk)._raw_delete(using="default") == 0


@on_postgres
def test_no_row_is_written_into_another_society(world, both):
    north, south = world.societies["north"], world.societies["south"]
    theirs = ReviewTime.objects.get(society=south)
    part = Part.objects.filter(file=both["south"]["case"].file_id).first()

    def moves():
        ReviewTime.objects.filter(society=north).update(society=south)

    def adds():
        ReviewTime.objects.create(society=south, level="low", hours=1)

    def adds_a_part():
        Part.objects.create(file_id=part.file_id, label=b"x", ref=uuid4(), sealed=b"x")

    with tenancy.tenant_context(north.pk):
        for act in (moves, adds, adds_a_part):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                act()
        assert ReviewTime.objects.filter(pk=theirs.pk).update(hours=1) == 0
        assert Part.objects.filter(pk=part.pk).update(sealed=b"") == 0
        assert ReviewTime.objects.filter(pk=theirs.pk).delete()[0] == 0
        assert ReviewTime.objects.get().society == north, "and after what failed the wall still stands"
        ReviewTime.objects.update(hours=2)
    theirs.refresh_from_db()
    assert theirs.hours == 24
    without(["cases_reviewtime"])
    with tenancy.tenant_context(north.pk):
        adds()
        assert ReviewTime.objects.filter(pk=theirs.pk).update(hours=1) == 1, "control"


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_used_again_remembers_no_society(world, both):
    south = world.societies["south"].pk
    with tenancy.tenant_context(south):
        assert Case.objects.count() == 1
        with transaction.atomic():
            assert Case.objects.count() == 1
            transaction.set_rollback(True)
    # By the driver's own cursor, which says nothing: what would the next user of this connection see?
    bare = connection.connection.cursor()
    bare.connection.cursor_factory.__mro__[1].execute(bare, "SELECT current_setting('panah.society', true)")
    assert bare.fetchone()[0] in (None, "")
    with tenancy.tenant_context(world.societies["north"].pk):
        assert Case.objects.get().number == both["north"]["case"].number


# ---- what pages show -------------------------------------------------------------------------------


def put_together_anew(question, *form, using="default", **given):
    return list(question.plain(*form, **given).using(using))


@pytest.fixture
def no_filters(monkeypatch):
    """Every filter of ours that asks for a society lets everything through."""

    def everything(self, **_):
        return self.all()

    for kind in (TenantQuerySet, ContactQuerySet, FocalPointQuerySet, MatterQuerySet):
        monkeypatch.setattr(kind, "visible", everything)
    monkeypatch.setattr(type(policy), "which", lambda self, staff, rows: rows)
    real = models.QuerySet.filter

    def careless(self, *args, **kwargs):
        if tenancy.current_tenant() is None:
            return real(self, *args, **kwargs)  # the test's own hand
        return real(self, *args, **{k: v for k, v in kwargs.items() if k not in ("society", "society_id")})

    monkeypatch.setattr(models.QuerySet, "filter", careless)
    # What was prepared before would still hold the filters; it is put together anew, without them.
    monkeypatch.setattr(Prepared, "__call__", put_together_anew)


def shown(client, south):
    """Visit every address with South's numbers and ids; returns {address name: what of South it shows}."""
    found = {}
    client.raise_request_exception = False
    for name, address in ADDRESSES.items():
        here, own = address.path(south["of"]), [str(south["of"].get(kind, "")) for kind in address.things]
        answer = client.get(here)
        said = answer.content.decode(errors="replace").replace(here, "")
        of_south = sorted(mark for mark in south["marks"] if mark in said and mark not in own)
        if any(own) and not name.startswith(("network:", "directory:")) and answer.status_code == 200:
            of_south.append("the page")
        if of_south:
            found[name] = of_south
    return found


@on_postgres
@pytest.mark.parametrize("who", ["bakyt", "amina", "zarina"])
def test_with_our_filters_gone_no_page_shows_anything_of_the_other_society(world, both, no_filters, who):
    assert shown(world.client(who), both["south"]) == {}


@on_postgres
def test_without_filters_and_without_the_wall_the_same_pages_show_it(world, both, no_filters):
    """The control: what keeps South from North in the test above is the wall and nothing else."""
    without(every_table())
    seen = shown(world.client("bakyt"), both["south"])
    assert {"cases:list", "cases:case", "hotline:calls", "hotline:contact", "desk:team"} <= set(seen), seen
    assert "complaints:list" in seen, seen


@on_postgres
def test_people_at_the_door_meet_no_wall_and_see_no_work(world, both, farid):
    assert farid.get(reverse("sign_in:sign-in")).status_code == 200
    farid.post(
        reverse("sign_in:sign-in"),
        {"name": "amina", "passphrase": "wrong words at the door here", "digits": "000000"},
    )
    refused = Entry.objects.filter(event="vault:session:refused", who=world.staff["amina"].pk)
    assert refused.get().society == world.societies["north"].pk


# ---- what a node does by itself --------------------------------------------------------------------


def test_the_second_on_duty_is_paged_in_every_society(world, both):
    late = world.at + timedelta(minutes=6)
    assert jobs.run_due({}, at=late) == []
    assert set(Alarm.objects.exclude(second_paged_at=None).values_list("society__slug", flat=True)) == {
        "practice-north",
        "practice-south",
    }


def test_no_half_of_any_society_is_taken_for_an_orphan(world, both):
    halves = [both[name]["case"].file_id for name in ("north", "south")]
    with tenancy.tenant_context(tenancy.NO_TENANT):
        for days in (0, 2, 4):
            vault.sweep_orphans(at=world.at + timedelta(days=days))
    assert set(shred_store.get_many(HALF, halves)) == set(halves)


def test_a_database_that_shows_no_file_at_all_costs_no_half(world):
    half = uuid4()
    shred_store.put(HALF, half, b"x" * 32, society=world.societies["north"].pk)
    File.objects.all().delete()
    for days in (0, 2, 4):
        assert vault.sweep_orphans(at=world.at + timedelta(days=days)) == 0
    assert shred_store.get(HALF, half)


# ---- the role --------------------------------------------------------------------------------------


@on_postgres
def test_a_node_says_whether_its_wall_stands(world, client):
    assert json.loads(client.get("/healthz").content)["walls"] == "stand"
    with tenancy.tenant_context(tenancy.NO_TENANT):
        assert rls_policies.problems() == []
        with pytest.raises(Refusal, match="behind-the-wall"):
            rls_policies.must_pass()
    # The test's own hand is the owner, who passes: a node that serves by such a role is told.
    rls_policies.must_pass()
    assert ["may pass the wall" in one for one in rls_policies.problems()] == [True]
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY one_society ON cases_case")
    assert json.loads(client.get("/healthz").content)["walls"] == "do not stand"
    with tenancy.tenant_context(tenancy.NO_TENANT):
        assert ["has gaps" in one for one in rls_policies.problems()] == [True]


@on_postgres
def test_building_the_wall_again_changes_nothing_and_closes_what_was_open(world, both):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP POLICY one_society ON cases_case")
        cursor.execute("ALTER TABLE work_alarm NO FORCE ROW LEVEL SECURITY")
    before = rls_policies.problems()
    rls_policies.build()
    assert len(before) == 2
    assert len(rls_policies.problems()) == 1
    with tenancy.tenant_context(world.societies["north"].pk):
        assert Case.objects.count() == Contact.objects.count() == 1
