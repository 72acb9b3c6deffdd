"""A list asks as many questions for thirty rows as for three: what grows with the work makes a page slow one day."""

from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connections
from django.db.models import F
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.models import Staff
from panah.ground.directory.models import Agreement, Organization, PathwayStep, Service
from panah.ground.network.models import Branch, Society
from panah.ground.vault import actions as vault
from panah.ground.vault import reading_parts
from panah.ground.vault.models import SocietyKey
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind
from panah.people.cases import actions as cases
from panah.people.cases.actions import case_record, links, plan
from panah.people.consent import actions as consent
from panah.people.consent.subjects import load
from panah.people.family_links import actions as family_links
from panah.people.finding import actions as finding
from panah.people.hotline import actions as hotline
from panah.people.hotline.actions.calls import begin_contact, finish_call
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.intake import actions as intake
from panah.people.intake.models import Pile
from panah.people.materials import actions as materials
from panah.people.page_texts import actions as page_texts
from panah.people.page_texts.sentences import all_sentences
from panah.people.referrals import actions as referrals
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.shelter import actions as shelter
from panah.programmes.figures import actions as figures
from panah.programmes.figures.models import Figure, ImportRow
from panah.programmes.figures.reading.column_mapping import ColumnMapping
from panah.programmes.library import actions as library
from panah.programmes.library import queries as library_queries
from panah.programmes.model import actions as model
from panah.programmes.model.models import AgreedLevel, Assessment, Assessor, Opinion
from panah.programmes.model.words import ELEMENTS
from panah.programmes.network_report.models import Contribution
from panah.programmes.prevention import actions as prevention
from panah.programmes.training import actions as training
from panah.programmes.training.models import Course
from panah.programmes.volunteers import actions as volunteers
from panah.programmes.volunteers.actions import callouts, helping
from panah.programmes.volunteers.models import DoublePair, Expense, Membership, MergedVolunteer, Volunteer
from tests.conftest import CAST, LINE_NORTH
from tests.guard import together
from tests.hotline.conftest import line  # noqa: F401  the line of North
from tests.inbox.conftest import arrive
from tests.prevention import conftest as prevented
from tests.prevention import published_campaigns as campaigns
from tests.shelter.conftest import arrived, ask, make_house
from tests.training import conftest as trained
from tests.training import knowing

FEW, MANY = 3, 30


def questions(client, address):
    """The questions a page asks of the databases, once its templates are there and what it does once is done."""
    client.get(address)
    seen = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in settings.DATABASES:
            stack.enter_context(connections[alias].execute_wrapper(note))
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return seen


def a_case(world, owner="amina", **more):
    return cases.open_case(
        keys=world.keys(owner),
        by=world.staff[owner],
        at=world.at,
        said="Bring Practice Person Tulip the papers",
        branch=world.branches["arna"],
        language="uz",
        age_group="adult",
        **more,
    )


def some_cases(world, n):
    for _ in range(n):
        a_case(world)


def some_calls(world, n):
    for _ in range(n):
        one = begin_contact(
            keys=world.keys("elena"), line=world.line, channel="phone", by=world.staff["elena"], at=world.at
        )
        finish_call(keys=world.keys("elena"), contact=one, by=world.staff["elena"], at=world.at)


def some_undecided(world, n):
    for _ in range(n):
        one = begin_contact(
            keys=world.keys("elena"), line=world.line, channel="phone", by=world.staff["elena"], at=world.at
        )
        # Nobody could read it.
        finish_call(keys=None, contact=one, by=world.staff["elena"], at=world.at)


def some_open_calls(world, n):
    for _ in range(n):
        begin_contact(
            keys=world.keys("elena"), line=world.line, channel="phone", by=world.staff["elena"], at=world.at
        )


def some_chats(world, n):
    """Chats that wait, with the line's key made once."""
    if not SocietyKey.objects.filter(line=world.line.pk).exists():
        vault.make_line_key(
            keys=world.keys("bakyt"), line=world.line.pk, operators=[world.staff["elena"]], at=world.at
        )
    for _ in range(n):
        hotline.start_chat(
            line=world.line,
            token=reporters_queries.new_token(),
            language="ru",
            danger=False,
            text="",
            at=timezone.now(),
        )


def some_alarms(world, n):
    for _ in range(n):
        work.raise_alarm(
            society=world.societies["north"].pk,
            room="hotline",
            subject=uuid4(),
            by=world.staff["elena"],
            at=world.at,
        )


def some_family_requests(world, n):
    for _ in range(n):
        family_links.take_links_request(
            keys=world.keys("elena"), typed={"who": "Practice Person"}, by=world.staff["elena"], at=world.at
        )


def some_requests_of_authorities(world, n):
    for _ in range(n):
        hotline.take_request(
            keys=world.keys("elena"),
            typed={"who": "Practice Office", "what": "x"},
            by=world.staff["elena"],
            at=world.at,
        )


def some_colleagues(world, n):
    for _ in range(n):
        Staff.objects.create(
            username=uuid4().hex[:20],
            name="Practice Colleague",
            society=world.societies["north"],
            joined_at=world.at,
            branch=world.branches["arna"],
        )


def some_volunteers(world, n):
    for _ in range(n):
        row = volunteers.add_volunteer(
            by=world.staff["bakyt"],
            branch=world.branches["arna"].pk,
            role="member",
            joined_on=None,
            at=world.at,
            name=f"Practice {uuid4().hex[:8]}",
            languages=["uz", "ru"],
        )
        volunteers.add_role(
            by=world.staff["bakyt"],
            row=row,
            branch=str(world.branches["besh"].pk),
            role="trainer",
            since=world.at.date(),
            at=world.at,
        )


def some_call_outs(world, n):
    for one in range(n):
        begins = world.at + timedelta(days=1 + one)
        world.house = callouts.call_out(
            by=world.staff["ibrat"], branch=str(world.branches["arna"].pk), what="help", language="", wanted=50,
            meets_person=False, place="Practice hall", note="", starts_at=begins,
            ends_at=begins + timedelta(hours=3), at=world.at,
        )  # fmt: skip


def some_who_fit(world, n):
    """One call-out; of those who fit half are asked, and say yes."""
    if not hasattr(world, "house"):
        some_call_outs(world, 1)
    for one in range(n):
        who = trained.volunteer(
            world, f"Practice {uuid4().hex[:9]}", born_year=1990, languages=["uz"], may_be_contacted=True,
            code_signed_on=world.at.date(),
        )  # fmt: skip
        training.write_training(
            volunteer=who, teaches="safe_response", since=world.at.date(), months=24, by=world.staff["ibrat"],
            at=world.at,
        )  # fmt: skip
        if one % 2:
            by = world.staff["ibrat"]
            assert callouts.ask_volunteers(by=by, row=world.house, volunteers=[str(who.pk)], at=world.at) == 1
            callouts.answer(asked=world.house.asked.get(volunteer=who), answer="yes", by=by, at=world.at)


def some_hours(world, n):
    """Hours, fares, and what was done in which branch, all of one volunteer."""
    if not hasattr(world, "house"):
        world.house = trained.volunteer(world)
    given = {"society_id": world.house.society_id, "branch_id": world.house.branch_id}
    for one in range(n):
        day = world.at.date() - timedelta(days=one)
        helping.write_hours(
            by=world.staff["ibrat"], row=world.house, on=day, minutes=90, what="session", at=world.at
        )
        Expense.objects.create(volunteer=world.house, on=day, what="fare", amount=3, currency="KGS", **given)
        Membership.objects.create(volunteer=world.house, role="trainer", since=day, until=day, **given)


def some_doubles(world, n):
    for _ in range(n):
        one, other = (trained.volunteer(world, f"Practice {uuid4().hex[:9]}") for _two in range(2))
        DoublePair.objects.create(society=one.society, branch=one.branch, one=one, other=other, likeness=900)
        MergedVolunteer.objects.create(society=one.society, kept=one, merged_on=world.at.date(), sealed=b"")


def some_duties(world, n):
    for day in range(n):
        starts = world.at + timedelta(hours=8 * day)
        accounts.put_on_duty(
            staff=world.staff["amina"],
            what="calls",
            starts_at=starts,
            ends_at=starts + timedelta(hours=6),
            at=world.at,
        )


def some_services(world, n):
    for number in range(n):
        kept_by = Organization.objects.create(name_en=f"Practice Clinic {uuid4().hex[:6]}", iso2="XA")
        Service.objects.create(
            organization=kept_by,
            society=world.societies["north"],
            iso2="XA",
            name_en=f"Practice Help {number}",
        )


def some_agreements(world, n):
    for _ in range(n):
        Agreement.objects.create(
            society=world.societies["north"],
            organization=Organization.objects.create(name_en=f"Practice {uuid4().hex[:6]}", iso2="XA"),
            starts_on=world.at.date(),
            scope="x",
        )


def some_steps(world, n):
    for number in range(n):
        PathwayStep.objects.create(
            society=world.societies["north"],
            need="medical",
            order=number,
            from_role="branch",
            to_organization=Organization.objects.create(name_en=f"Practice {uuid4().hex[:6]}", iso2="XA"),
        )


def some_arrivals(world, n):
    for _ in range(n):
        arrive(world, at=timezone.now(), expires=timezone.now() + timedelta(days=30))


def some_reports(world, n):
    for number in range(n):
        reporters.submit_report(
            society=world.societies["north"].pk,
            token=reporters_queries.new_token(),
            language="tg",
            urgency="today",
            at=timezone.now(),
            child="yes" if number % 2 else "unknown",
            content={"text": f"Practice: {number}"},
        )


def some_piles(world, n):
    for _ in range(n):
        Pile.objects.create(
            society=world.societies["north"],
            number=1,
            emptied_by=world.staff["bakyt"],
            emptied_at=timezone.now(),
        )


def some_opened(world, n):
    for _ in range(n):
        one = arrive(world, at=timezone.now(), expires=timezone.now() + timedelta(days=30))
        inbox.open_arrival(keys=world.keys("bakyt"), arrival=one, by=world.staff["bakyt"], at=timezone.now())


def some_that_became_cases(world, n):
    for number in range(n):
        one = arrive(world, at=timezone.now(), expires=timezone.now() + timedelta(days=30))
        inbox.open_arrival(keys=world.keys("bakyt"), arrival=one, by=world.staff["bakyt"], at=timezone.now())
        if number % 2:
            intake.close_arrival(
                keys=world.keys("bakyt"),
                arrival=one,
                closing="empty",
                by=world.staff["bakyt"],
                at=timezone.now(),
            )
        else:
            now = timezone.now()
            inbox.settle(arrival=one, room="cases", subject=a_case(world).pk, by=world.staff["bakyt"], at=now)


def some_branches(world, n):
    for _ in range(n):
        Branch.objects.create(
            society=world.societies["north"], slug=uuid4().hex[:12], name_en="Practice Branch"
        )


def some_questions(world, n):
    for _ in range(n):
        finding.ask(
            keys=world.keys("amina"),
            sought=finding.Sought(name="Practice Person Tulip", birth_year=1990, phone_tail=""),
            at=world.at,
        )


def some_gatherings(world, n):
    for _ in range(n):
        links.open_case_group(
            keys=world.keys("amina"), kind="event", about={"place": "Practice Site"}, at=world.at
        )


def of_the_case(act):
    """Rows that belong to one case, the same for both counts."""

    def make(world, n):
        world.case = getattr(world, "case", None) or a_case(world)
        for number in range(n):
            act(world, world.case, number)

    return make


@of_the_case
def some_notes(world, case, number):
    case_record.add_note(keys=world.keys("amina"), case=case, text=f"Note {number}", at=world.at)


@of_the_case
def some_referrals(world, case, number):
    content = {
        "purpose": "partner",
        "receiver": "service:1",
        "receiver_name": "Practice Clinic",
        "need": "health",
        "note": "quiet",
        "values": {"called": "Apricot"},
    }
    referrals.prepare(keys=world.keys("amina"), case=case, content=content, at=world.at)


@of_the_case
def some_answers(world, case, number):
    subject = load(case.number, to=world.staff["amina"], keys=world.keys("amina"))
    answer = {"purpose": "partner", "said": "no", "receiver": f"service:{number}"}
    consent.write_answer(keys=world.keys("amina"), subject=subject, answer=answer, at=world.at)


@of_the_case
def some_needs(world, case, number):
    plan.write_need(
        keys=world.keys("amina"),
        case=case,
        need={"type": "health", "horizon": "now", "said": f"{number}", "state": "open"},
        at=world.at,
    )


def a_house(world, name="House 3"):
    return make_house(world, name=name)


def some_houses(world, n):
    for _ in range(n):
        a_house(world, uuid4().hex[:8])


def of_the_house(act):
    """Rows that belong to one house, the same for both counts."""

    def make(world, n):
        world.house = getattr(world, "house", None) or a_house(world)
        world.case = getattr(world, "case", None) or a_case(world)
        for number in range(n):
            act(world, world.house, number)

    return make


@of_the_house
def some_stays(world, house, number):
    ask(world, house, world.case)


@of_the_house
def some_residents(world, house, number):
    room = shelter.add_room(
        keys=world.keys("gulnar"), place=house, name=uuid4().hex[:8], admits=[], beds=["x"], at=world.at
    )
    arrived(world, ask(world, house, world.case), room.beds.get())


@of_the_house
def some_incidents(world, house, number):
    shelter.write_incident(
        keys=world.keys("gulnar"), place=house, kind="other", text="x", told="", at=world.at
    )


@of_the_house
def some_needs_in_kind(world, house, number):
    shelter.write_need(keys=world.keys("gulnar"), place=house, need={"what": f"{number}"}, at=world.at)


def some_courses(world, number):
    module = trained.module(world)
    for _one in range(number):
        trained.course(world, module)


def some_on_a_list(world, number):
    if not hasattr(world, "course"):
        world.course = trained.course(world, places=90)
        world.session = world.course.sessions.get()
    for one in range(number):
        who = trained.volunteer(world, f"Practice {uuid4().hex[:9]}")
        training.enrol_volunteer(course=world.course, volunteer=who, by=world.staff["ibrat"], at=world.at)
        trained.names(world, world.course, f"Practice Pupil {uuid4().hex[:9]} {one}")
    training.keep_from_page(session=world.session, absent=[], by=world.staff["ibrat"], at=timezone.now())


def some_contributions(world, number):
    """So many more societies told North of a quarter, each corrected once."""
    for _one in range(number):
        theirs = Society.objects.create(
            slug=f"practice-{uuid4().hex[:9]}", iso2="ZZ", iso3="ZZZ", name_en="Practice"
        )
        for version, state in ((1, "superseded"), (2, "signed")):
            Contribution.objects.create(
                society=world.societies["north"], told_by=theirs, quarter="2026-Q1", version=version,
                state=state, signed_on=timezone.localdate(), figures={"sessions": 5},
            )  # fmt: skip


def some_sessions(world, number):
    if not hasattr(world, "leader"):
        world.leader = prevented.educator(world, "Aigul Practice")
        world.peers = prevented.group_of(world, world.leader)
    for one in range(number):
        own = prevention.write_plan(
            title=f"Practice {one}", language="ky", minutes=45, aims="x", steps="x", materials="",
            by=world.staff["ibrat"], at=world.at,
        )  # fmt: skip
        access = prevention.ask_access(
            place=f"Practice {one}", kind="school", asked_by="us", office="x", audience="pupils", branch="",
            asked_on=timezone.localdate(), by=world.staff["ibrat"], at=world.at,
        )  # fmt: skip
        more = {"plan": f"own:{own.pk}", "access": str(access.pk)}
        held = prevented.session_of(world, world.peers, world.leader, days_ago=1, **more)
        prevented.count(world, held, {"female 13-17": 9})
        prevented.session_of(world, world.peers, world.leader, **more)
        prevention.add_educator(
            group=world.peers, volunteer=prevented.educator(world, f"Practice {uuid4().hex[:9]}"),
            by=world.staff["ibrat"], at=world.at,
        )  # fmt: skip
        campaigns.published(world)
        prevented.group_of(world, name=f"Practice {uuid4().hex[:9]}")


def some_shown_to_strangers(world, number):
    by, second = world.staff["bakyt"], world.staff["saule"]
    done = getattr(world, "texts", 0)
    sentences = list(all_sentences().values())[done : done + 2 * number]
    for one, sentence in enumerate(sentences):
        text = [f"Practice {said}" for said in sentence.delivered("ru")]
        row = page_texts.correct(sentence=sentence, language="ru", texts=text, by=by, at=world.at)
        if one % 2:
            page_texts.publish(correction=row, by=second, at=world.at)
            continue
        files = [
            materials.bring(
                file=b"Practice", titles={"en": f"Practice {uuid4().hex[:9]}"}, audiences=["everybody"],
                what="text", by=by, at=world.at,
            )
            for _twice in range(2)
        ]  # fmt: skip
        materials.publish(draft=files[0], by=second, at=world.at)
    world.texts = done + 2 * number


def some_figures(world, number):
    by, at = world.staff["bakyt"], world.at
    if not hasattr(world, "source"):
        world.source = figures.add_source(publisher="x", title="x", kind="report", by=by, at=at)
    for one in range(number):
        claim = figures.Claim(
            measure="identified", as_printed="7", low=Decimal(7), high=Decimal(7), country="XA",
            data_year=1990 + one, publisher=f"Practice {uuid4().hex[:9]}", quote="7",
        )  # fmt: skip
        row = figures.enter(claim=claim, source=world.source, by=by, at=at)
        said = {"value": "7", "sentence_en": "x", "sentence_ru": "x", "source_said": "x"}
        figures.write_sentence(country="XA", figure=row, by=by, at=at, **said)


def some_briefs(world, number):
    some_figures(world, number)
    by, row = world.staff["bakyt"], Figure.objects.filter(country="XA").first()
    texts = {f"{name}_{tag}": "x" for name in ("title", "says", "unknown", "note") for tag in ("en", "ru")}
    for _one in range(number):
        figures.begin_brief(country="XA", figures=[row.number], by=by, at=world.at, **texts)


def some_in_the_library(world, number):
    by, at = world.staff["bakyt"], world.at
    if not hasattr(world, "collection"):
        world.collection = library.collect(title="Practice", by=by, at=at)
    for _one in range(number):
        facts = library.Facts(
            title=f"Practice {uuid4().hex[:9]}", kind="plan", visibility="network", source="x"
        )
        body = ContentFile(uuid4().hex.encode(), name="x.txt")
        row = library.bring(file=body, facts=facts, by=by, at=at)
        library.read_version(row.current_id, at=at)
        there = library_queries.in_order(world.collection, to=by)
        library.put_in_order(collection=world.collection, documents=[*there, row], by=by, at=at)


def some_tested(world, number):
    if not hasattr(world, "course"):
        world.course = knowing.course_with_bank(world)
        world.module = world.course.taught.get().module
    people = [f"Practice Pupil {uuid4().hex[:9]} {one}" for one in range(number)]
    rows = trained.names(world, world.course, *people)
    for when in ("before", "after"):
        knowing.typed(world, knowing.prepared(world, world.course, when), dict.fromkeys(rows, 1))


def some_certified(world, number):
    if not hasattr(world, "course"):
        world.course = knowing.course_with_bank(world, days_ago=1)
    trained.names(world, world.course, *(f"Practice {uuid4().hex[:9]} {one}" for one in range(number)))
    knowing.settled(world, world.course)
    knowing.issued(world, world.course)
    Course.objects.filter(pk=world.course.pk).update(state="open", settled_on=None)
    world.course.refresh_from_db()


def some_of_my_own(world, number):
    own = Volunteer.objects.filter(staff=world.staff["elena"]).first()
    own = own or trained.volunteer(world, "Elena Practice", staff=world.staff["elena"])
    module = knowing.module_with_bank(world)
    for _one in range(number):
        one = trained.course(world, module, days_ago=1, trainers=("ibrat",))
        training.enrol_volunteer(course=one, volunteer=own, by=world.staff["ibrat"], at=timezone.now())
        knowing.settled(world, one)
        knowing.issued(world, one)


def some_trainings_that_end(world, number):
    for one in range(number):
        who = trained.volunteer(world, f"Practice {uuid4().hex[:9]} {one}")
        training.write_training(
            volunteer=who, teaches="hotline", since=timezone.localdate(), months=1, by=world.staff["ibrat"],
            at=world.at,
        )  # fmt: skip


def some_actions(world, n):
    """A plan after a self-assessment, each action on a colleague's list."""
    by, at = world.staff["bakyt"], world.at
    row, _made = Assessment.objects.get_or_create(
        society=world.societies["north"], year=2025, version="1", state="agreed", begun_on=at.date(),
        agreed_on=at.date(),
    )  # fmt: skip
    for element in ELEMENTS:
        AgreedLevel.objects.get_or_create(
            assessment=row, element=element, level=2, sentence="x", decided_by="x", edited_at=at
        )
    for number in range(n):
        model.add_action(
            assessment=row, element="shelter", action=f"{number}", owner=str(by.pk),
            due_on=timezone.localdate() + timedelta(days=number), by=by, at=at,
        )  # fmt: skip
    world.house = row


def some_colleagues_who_assess(world, n):
    row, _made = Assessment.objects.get_or_create(
        society=world.societies["north"], year=2025, version="1", state="together", begun_on=world.at.date()
    )
    some_colleagues(world, n)
    there = row.assessors.values("staff")
    for colleague in Staff.objects.filter(name="Practice Colleague").exclude(pk__in=there):
        part = Assessor.objects.create(assessment=row, staff=colleague, finished_on=world.at.date())
        for element in ELEMENTS:
            Opinion.objects.create(assessor=part, element=element, level=2)
    world.house = row


def some_told(world, n):
    """North has so many contact points, practices and meetings, and South tells as many corridors."""
    for one in range(n):
        together.some(world, f"{one} of {n}")


def some_tables(world, number):
    by, at = world.staff["bakyt"], world.at
    if not hasattr(world, "tables_of"):
        world.tables_of = figures.add_source(publisher="x", title="x", kind="report", by=by, at=at)
        file = ContentFile(b"Year,Group,Persons\n2021,x,7\n", name="x.csv")
        world.table = figures.bring_table(source=world.tables_of, file=file, by=by, at=at)
        said = ColumnMapping.from_json(world.table.proposed["mapping"]).changed(
            fixed={"measure": "identified", "country": "XA"}
        )
        figures.say_columns(table_import=world.table, name="x", mapping=said, by=by, at=at)
        figures.read_tables(at=at)
    for _one in range(number):
        body = f"Year,Sex,{uuid4().hex}\n2021,Total,7\n".encode()
        figures.bring_table(source=world.tables_of, file=ContentFile(body, name="x.csv"), by=by, at=at)
    # So many more rows of one table are new, and so many figures are no longer in it.
    some_figures(world, number)
    new = world.table.rows.filter(outcome="new").first()
    gone = list(Figure.objects.all()[:number])
    rows = [
        ImportRow(
            table_import=world.table, row=n, column="x", key=uuid4().hex, claim=new.claim, outcome="new"
        )
        for n in range(number)
    ]
    rows += [
        ImportRow(table_import=world.table, row=0, key=uuid4().hex, claim={}, outcome="gone", before=one)
        for one in gone
    ]
    ImportRow.objects.bulk_create(rows)


LISTS = [
    ("cases of a caseworker", some_cases, "amina", "/cases/"),
    ("cases of a focal point", some_cases, "bakyt", "/cases/"),
    ("my day", some_cases, "amina", "/"),
    ("a team's day", some_cases, "bakyt", "/team"),
    ("calls", some_calls, "elena", "/calls/"),
    ("calls that nobody has decided about", some_undecided, "elena", "/calls/"),
    ("what is handed over", some_undecided, "elena", "/calls/hand-over/"),
    ("open calls", some_open_calls, "elena", "/calls/"),
    ("chats that wait", some_chats, "elena", "/calls/"),
    ("chats that wait, asked again", some_chats, "elena", "/calls/chats/now"),
    ("the banner of chats", some_chats, "elena", "/calls/alarms/now"),
    ("the log of calls", some_calls, "elena", "/calls/log/"),
    ("alarms", some_alarms, "bakyt", "/"),
    ("alarms beside the calls", some_alarms, "bakyt", "/calls/"),
    ("the banner of alarms", some_alarms, "bakyt", "/calls/alarms/now"),
    ("requests for family links", some_family_requests, "bakyt", "/calls/family/"),
    ("what is due about family links", some_family_requests, "bakyt", "/"),
    ("requests of authorities", some_requests_of_authorities, "bakyt", "/calls/authorities/"),
    ("colleagues", some_colleagues, "bakyt", "/vault/colleagues"),
    ("volunteers of a branch", some_volunteers, "ibrat", "/volunteers/"),
    ("volunteers of a society", some_volunteers, "bakyt", "/volunteers/?may=help"),
    ("call-outs", some_call_outs, "ibrat", "/volunteers/call-outs/"),
    ("who fits and who answered", some_who_fit, "ibrat", "/volunteers/call-outs/{house}/"),
    ("hours and money of a volunteer", some_hours, "ibrat", "/volunteers/{house}/helped/"),
    ("one volunteer", some_hours, "ibrat", "/volunteers/{house}/"),
    ("who stands in the register twice", some_doubles, "ibrat", "/volunteers/doubles/"),
    ("the roster", some_duties, "bakyt", "/me/roster"),
    ("the directory", some_services, "elena", "/network/"),
    ("the directory from one region", some_services, "elena", "/network/?place=XA-1"),
    ("agreements", some_agreements, "bakyt", "/network/agreements/"),
    ("pathways", some_steps, "bakyt", "/network/societies/practice-north/pathways/"),
    ("what is to be verified", some_services, "bakyt", "/network/to-verify/"),
    ("a society's branches", some_branches, "bakyt", "/network/societies/practice-north/"),
    ("societies", some_branches, "bakyt", "/network/societies/"),
    ("the journal", some_cases, "zarina", "/journal"),
    ("what is written about me", some_cases, "amina", "/about-me"),
    ("what arrived sealed", some_arrivals, "bakyt", "/inbox/"),
    ("what arrived sealed, for whoever has it on her list", some_arrivals, "bakyt", "/"),
    ("reports of the public door", some_reports, "bakyt", "/inbox/"),
    ("piles that were put aside", some_piles, "bakyt", "/inbox/piles/"),
    ("what was opened", some_opened, "bakyt", "/inbox/"),
    ("what arrivals became", some_that_became_cases, "bakyt", "/inbox/"),
    ("what arrivals became, the older ones", some_that_became_cases, "bakyt", "/inbox/?state=over"),
    ("questions", some_questions, "bakyt", "/"),
    ("questions on the page of finding", some_questions, "bakyt", "/find/"),
    ("events and households", some_gatherings, "amina", "/cases/events/"),
    ("the page of a case", some_notes, "amina", "/cases/{case}/"),
    ("the journal of a case", some_notes, "amina", "/cases/{case}/journal/"),
    ("referrals of a case", some_referrals, "amina", "/cases/{case}/referrals/"),
    ("consent of a case", some_answers, "amina", "/cases/{case}/consent/"),
    ("the plan of a case", some_needs, "amina", "/cases/{case}/plan/"),
    ("safe places", some_houses, "gulnar", "/shelter/"),
    ("safe places of a caseworker", some_houses, "amina", "/shelter/"),
    ("who waits for a bed", some_stays, "gulnar", "/shelter/{house}/beds/"),
    ("rooms, beds and residents", some_residents, "gulnar", "/shelter/{house}/beds/"),
    ("rooms", some_residents, "gulnar", "/shelter/{house}/rooms/"),
    ("the book of a house", some_incidents, "gulnar", "/shelter/{house}/book/"),
    ("what a house needs", some_needs_in_kind, "gulnar", "/shelter/{house}/needs/"),
    ("a self-assessment with its plan", some_actions, "bakyt", "/model/{house}/"),
    ("a self-assessment side by side", some_colleagues_who_assess, "bakyt", "/model/{house}/"),
    ("one element side by side", some_colleagues_who_assess, "bakyt", "/model/{house}/agree/shelter/"),
    ("the strip of a case with many stays", some_stays, "amina", "/cases/{case}/"),
    ("courses", some_courses, "ibrat", "/training/"),
    ("the list of a course", some_on_a_list, "ibrat", "/training/courses/{course}/"),
    ("who was at a session", some_on_a_list, "elena", "/training/sessions/{session}/"),
    ("the list of a session to print", some_on_a_list, "elena", "/training/sessions/{session}/paper/"),
    ("sessions", some_sessions, "ibrat", "/prevention/"),
    ("sessions that are over", some_sessions, "ibrat", "/prevention/?over=1"),
    ("groups", some_sessions, "ibrat", "/prevention/groups/"),
    ("a group and its sessions", some_sessions, "ibrat", "/prevention/groups/{peers}/"),
    ("access to places", some_sessions, "ibrat", "/prevention/access/"),
    ("campaigns", some_sessions, "ibrat", "/prevention/campaigns/"),
    ("the calendar", some_sessions, "ibrat", "/prevention/calendar/"),
    ("prevention in numbers", some_sessions, "ibrat", "/prevention/numbers/"),
    ("sessions behind the numbers", some_sessions, "ibrat", "/prevention/numbers/behind/"),
    ("figures", some_figures, "amina", "/figures/"),
    ("figures side by side", some_figures, "amina", "/figures/side-by-side/?country=XA&measure=identified"),
    ("a source of figures", some_figures, "amina", "/figures/sources/{source}/"),
    ("what may be said", some_figures, "amina", "/figures/what-may-be-said/xa/"),
    ("tables of figures", some_tables, "bakyt", "/figures/import/"),
    ("what a table of figures changes", some_tables, "bakyt", "/figures/import/{table}/"),
    ("charts", some_figures, "amina", "/figures/charts/"),
    ("a chart", some_figures, "amina", "/figures/charts/XA/identified/"),
    ("corridors in figures", some_figures, "amina", "/figures/corridors/"),
    ("briefs", some_briefs, "amina", "/figures/briefs/"),
    ("the figures of a new brief", some_figures, "bakyt", "/figures/briefs/new/XA/"),
    ("documents of the library", some_in_the_library, "amina", "/library/"),
    ("a collection of documents", some_in_the_library, "amina", "/library/collections/{collection}/"),
    ("files that are published", some_shown_to_strangers, "ibrat", "/materials/"),
    ("files at the public door", some_shown_to_strangers, "ibrat", "/info/papers"),
    ("texts of the public door", some_shown_to_strangers, "bakyt", "/page-texts/ru/"),
    ("the network's report", some_contributions, "bakyt", "/network-report/"),
    ("who can be reached", some_told, "bakyt", "/together/"),
    ("corridors", some_told, "bakyt", "/together/corridors/"),
    ("good practices", some_told, "bakyt", "/together/practices/"),
    ("meetings", some_told, "bakyt", "/together/meetings/"),
    ("the model with its good practices", some_told, "bakyt", "/model/elements/"),
    ("a quarter of the network's report", some_contributions, "bakyt", "/network-report/quarters/2026-Q1/"),
    ("a knowledge test with its results", some_tested, "elena", "/training/courses/{course}/test/after/"),
    ("how the questions of a module do", some_tested, "ibrat", "/training/adopted/{module}/questions/"),
    ("certificates of a course", some_certified, "elena", "/training/courses/{course}/certificates/"),
    ("certificates to print", some_certified, "elena", "/training/courses/{course}/certificates/print/"),
    ("my certificates", some_of_my_own, "elena", "/training/mine/"),
    ("trainings that end and what is missing", some_trainings_that_end, "ibrat", "/training/gaps/"),
]


@pytest.mark.parametrize(
    ("make", "who", "address"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS]
)
def test_thirty_rows_ask_no_more_than_three(world, line, make, who, address):  # noqa: F811
    world.line = line
    client = world.client(who)
    make(world, FEW)
    ids = {
        name: str(getattr(getattr(world, name, None), key, ""))
        for name, key in (
            ("case", "number"),
            ("house", "pk"),
            ("course", "pk"),
            ("session", "pk"),
            ("peers", "pk"),
            ("module", "pk"),
            ("collection", "pk"),
            ("source", "number"),
            ("table", "pk"),
        )
    }
    there = address.format(**ids)
    few = questions(client, there)
    make(world, MANY - FEW)
    many = questions(client, there)
    more = list(many)
    for one in few:
        if one in more:
            more.remove(one)
    assert len(many) <= len(few), more[:3]


def test_the_line_of_the_tests_is_the_line_of_north(line):  # noqa: F811
    assert line.pk == LINE_NORTH


@pytest.mark.parametrize("who", CAST)
def test_nobodys_day_puts_a_question_into_sql_that_every_page_asks(world, line, who, monkeypatch):  # noqa: F811
    """What stands around every page is asked in prepared questions, whatever the roles of the one who reads."""
    client, put = world.client(who), []
    # Not in the first weeks, nor with nothing due: a focal point's day then is a list of what makes a society ready.
    SocietyKey.objects.update(made_at=F("made_at") - timedelta(days=30))
    work.add_item(
        keys=None,
        society=world.staff[who].society_id,
        kind=DueKind.MEET,
        due_at=timezone.now(),
        room="nowhere",
        subject=uuid4(),
        owner=world.staff[who],
        at=timezone.now(),
    )
    client.get("/")
    begun = SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda *told, **more: put.append(told[0].query.model) or begun(*told, **more)
    )
    assert client.get("/").status_code == 200
    # Her own day asks one of its own, where she answers lines.
    assert len(put) <= 1, put
    client.get("/calls/" if who == "elena" else "/me/settings")
    assert put, "control: other pages do"


def test_what_waits_for_amina_is_not_looked_for_through_every_case_of_her_society(world):
    if connections["default"].vendor != "sqlite":
        pytest.skip("with few rows PostgreSQL reads every table whole, whatever the question")
    plan = inbox_queries.visible(to=world.staff["amina"]).filter(state="sealed").explain()
    assert "inbox_arrival" in plan, "control: the plan speaks of tables"
    # A list would be made of all that she may see, before the first arrival is looked at.
    assert "LIST SUBQUERY" not in plan, plan


def test_a_label_of_fifty_cases_is_not_looked_for_among_the_parts_of_every_case(world):
    if connections["default"].vendor != "sqlite":
        pytest.skip("with few rows PostgreSQL reads every table whole, whatever the question")
    places = {
        "files": [uuid4(), uuid4()],
        "labels": [b"one of 16 bytes.", b"another of 16 b."],
        "refs": [reading_parts.WHOLE, reading_parts.WHOLE],
    }
    plan = reading_parts._lying_at.plain(**places).explain()
    assert plan.count("file_id=? AND label=? AND ref=?") == 2, f"each by all that is known of it: {plan}"
    # Half of all parts have the same ref: by it SQLite would read half of the table for a page.
    assert "parts_by_ref" not in plan
