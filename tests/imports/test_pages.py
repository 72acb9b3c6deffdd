"""The pages: Bakyt brings a table in, piece by piece; what is taken out comes in again alike."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import ShredRow
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.imports.actions import Report, Work, import_table, take_out, tidy_uploads, uploads
from panah.people.imports.actions.exporter import write_out
from panah.people.imports.actions.importer import checked, take_in
from panah.people.imports.queries import owners, table_in
from tests.two_people import agrees_to_export

ROWS = "source_id,prs_FirstName,prs_MobilePhone,prs_Gender,vic_TypeOfExploitation\n" + "".join(
    f"B-{n},Example{n},+99890000000{n},Feminine,ForcedLabour\n" for n in range(5)
)


def upload(client, body=ROWS, **more):
    file = SimpleUploadedFile("people.csv", body.encode())
    return client.post(
        reverse("imports:bring"), {"file": file, "source": "old list", "branch": "arna"} | more
    )


def test_bakyt_brings_a_table_in_piece_by_piece(world, monkeypatch):
    monkeypatch.setattr(uploads, "PIECE", 2)
    client = world.client("bakyt")
    assert upload(client, ROWS + "B-9,Secretname,12,Woman,Slavery\n").url == reverse("imports:look")
    assert not Case.objects.exists()
    text = client.get(reverse("imports:look")).content.decode()
    assert "prs_Gender" in text and "Secretname" not in text and "Slavery" not in text
    for _ in range(3):
        client.post(reverse("imports:go_on"))
    assert Case.objects.count() == 5
    client.post(reverse("imports:go_on"))
    assert Case.objects.count() == 5 and Case.objects.first().branch.slug == "arna"
    client.post(reverse("imports:stop"))
    assert vault.open_upload(keys=world.keys("bakyt")) is None


def test_rows_without_an_id_come_in_whole_over_several_pieces(world, monkeypatch):
    monkeypatch.setattr(uploads, "PIECE", 2)
    client = world.client("bakyt")
    upload(client, "prs_Gender,prs_Citizenship\n" + "Feminine,KG\n" * 5)
    for _ in range(3):
        client.post(reverse("imports:go_on"))
    assert Case.objects.count() == 5


def test_a_table_on_its_way_opens_for_nobody_else(world):
    upload(world.client("bakyt"))
    assert vault.open_upload(keys=world.keys("saule")) is None
    assert b"Example1" in (vault.open_upload(keys=world.keys("bakyt")) or b"")


def test_a_table_that_bakyt_leaves_lying_is_deleted_after_thirty_days(world):
    bakyt, now = world.client("bakyt"), timezone.now()
    upload(bakyt)
    assert "is deleted after 30 days" in bakyt.get(reverse("imports:look")).text
    assert "is deleted after 30 days" in bakyt.get(reverse("imports:bring")).text
    assert tidy_uploads(at=now + timedelta(days=30)) == 0
    assert bakyt.get(reverse("imports:look")).status_code == 200
    assert tidy_uploads(at=now + timedelta(days=31)) == 1
    assert bakyt.get(reverse("imports:look")).url == reverse("imports:bring")
    assert not ShredRow.objects.filter(kind="upload").exists()


def test_thirty_days_are_counted_from_when_bakyt_last_went_on_and_in_her_society_alone(world, monkeypatch):
    monkeypatch.setattr(uploads, "PIECE", 2)
    bakyt, now = world.client("bakyt"), timezone.now()
    upload(bakyt)
    uploads.import_piece(keys=world.keys("bakyt"), at=now + timedelta(days=20))
    assert tidy_uploads(at=now + timedelta(days=45)) == 0
    with tenancy.tenant_context(world.societies["south"].pk):
        assert tidy_uploads(at=now + timedelta(days=60)) == 0
    with tenancy.tenant_context(world.societies["north"].pk):
        assert tidy_uploads(at=now + timedelta(days=60)) == 1


def test_a_stolen_database_does_not_say_when_a_table_was_brought(world):
    upload(world.client("bakyt"))
    [row] = ShredRow.objects.filter(kind="upload")
    assert f"{timezone.localdate():%Y-}".encode() not in bytes(row.wrapped)


def test_a_bad_file_gets_a_sentence_on_the_page(world):
    answer = upload(world.client("bakyt"), "")
    assert answer.status_code == 422 and "The file is empty." in answer.content.decode()


def test_only_focal_points_bring_in_and_only_case_people_take_out(world):
    for name in ("amina", "elena", "zarina"):
        assert world.client(name).get(reverse("imports:bring")).status_code == 404
    assert world.client("elena").get(reverse("imports:export")).status_code == 404
    assert world.client("amina").get(reverse("cases:list")).content.decode().count("/imports/") == 1


def opened(world, **more):
    return cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at, **more)


def test_amina_takes_out_what_she_can_open_for_a_purpose_and_it_is_journalled(world):
    mine = opened(
        world,
        identity={"names": [{"text": "=HYPERLINK(1)", "kind": "called"}], "phones": [{"number": "+99890"}]},
    )
    other = cases.open_case(keys=world.keys("cholpon"), by=world.staff["cholpon"], at=world.at)
    client = world.client("amina")
    assert client.post(reverse("imports:export"), {"form": "csv"}).status_code == 422
    answer = client.post(reverse("imports:export"), {"form": "csv", "purpose": "documents"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line["source_id"] for line in lines] == [
        mine.number
    ] and other.number not in answer.content.decode()
    assert lines[0]["prs_FirstName"] == "'=HYPERLINK(1)" and lines[0]["prs_MobilePhone"] == "'+99890"
    shown = Entry.objects.filter(event="vault:identity:shown", about=mine.file_id).latest("number")
    assert shown.facts["purpose"] == "documents"


def test_the_export_shows_what_the_filter_shows_beyond_the_first_page(world):
    for n in range(53):
        opened(world, urgency="now" if n else "later", language="ru")
    amina = world.client("amina")
    asked = amina.post(reverse("imports:export"), {"form": "xlsx", "purpose": "documents", "urgency": "now"})
    assert agrees_to_export(world.client("bakyt"), asked.url).status_code == 302
    answer = amina.post(asked.url, {"step": "take"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 53


def test_what_goes_out_comes_in_alike(world):
    whole = (
        "source_id,prs_FirstName,prs_SecondName,prs_Birthdate,prs_MobilePhone,prs_Email,prs_MailingCity,prs_MailingCountry,"
        "prs_Gender,prs_Citizenship,prs_PrimaryLanguage,prs_Deceased,vic_TypeOfExploitation,cas_Status\n"
        "1,Zubayda,=Practicova,1999-05,+998900000001,z@example.org,Tashkent,UZ,Feminine,UZ;KZ,uz,false,ForcedLabour;SexualExploitation,FollowUp\n"
    )
    for form in ("csv", "xlsx"):
        body = whole.encode()
        seen = []
        for society, who in (("north", "bakyt"), ("south", "rustam")):
            before = set(Case.objects.values_list("pk", flat=True))
            here, keys = world.societies[society], world.keys(who)
            work = Work(society=here, source=form, owners=owners(here), at=world.at)
            report = import_table(keys=keys, table=table_in(io.BytesIO(body))[0], work=work)
            assert report.imported == 1 and report.wrong == []
            case = Case.objects.exclude(pk__in=before).get()
            seen.append(
                [vault_queries.value_of(keys=keys, file=case.file_id, part=p) for p in ("identity", "codes")]
                + [case.state, case.language]
            )
            body = take_out(keys=keys, rows=[case], purpose="documents", form=form, at=world.at)
        assert seen[0] == seen[1]


def test_a_saved_page_about_who_this_is_keeps_what_the_table_told_apart(world):
    table = "prs_FirstName,prs_SecondName,prs_HomePhone,prs_MailingCity,prs_Email\nZubayda,Practicova,+998900000001,Arna,z@example.org\n"
    north, keys = world.societies["north"], world.keys("bakyt")
    work = Work(society=north, source="s", owners=owners(north), at=world.at)
    import_table(keys=keys, table=table_in(io.BytesIO(table.encode()))[0], work=work)
    case = Case.objects.get()
    before = take_out(keys=keys, rows=[case], purpose="documents", form="csv", at=world.at)
    same = {
        "name_0_text": "Zubayda Practicova",
        "name_0_kind": "full",
        "phone_0_number": "+998900000001",
        "phone_0_safe": "yes",
        "address_0_text": "Arna",
        "contact": "z@example.org, after six",
        "version": "1",
    }
    answer = world.client("bakyt").post(reverse("cases:change_identity", args=[case.number]), same)
    assert answer.status_code == 302
    assert take_out(keys=keys, rows=[case], purpose="documents", form="csv", at=world.at) == before


def test_what_was_taken_out_here_does_not_come_in_again_as_other_people_nor_brings_back_who_was_erased(world):
    called = {"names": [{"text": "Practice Person Tulip", "kind": "called"}]}
    kept, gone = opened(world, identity=called), opened(world, identity=called)
    keys, north = world.keys("bakyt"), world.societies["north"]
    body = write_out(keys=keys, rows=[kept, gone], purpose="documents", form="xlsx", at=world.at)
    vault.erase(keys=keys, file=gone.file_id, at=world.at)
    work = Work(society=north, source="mended in a spreadsheet", owners=owners(north), at=world.at)
    report = import_table(keys=keys, table=table_in(io.BytesIO(body))[0], work=work)
    assert (report.imported, report.skipped_known, Case.objects.count()) == (0, 2, 2)


def test_a_stop_between_the_two_stores_loses_nobody_and_doubles_nobody(world):
    north = world.societies["north"]
    work = Work(society=north, source="s", owners=owners(north), at=world.at)

    def run():
        return import_table(
            keys=world.keys("bakyt"), table=table_in(io.BytesIO(ROWS.encode()))[0], work=work
        ).imported

    marks = [vault.mark_of(society=north.pk, bits=("s", "id", f"B-{n}")) for n in range(2)]
    made = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    vault.store_blob(kind="import_mark", key=marks[0], sealed=made.file_id.bytes, society=north.pk)
    vault.store_blob(kind="import_mark", key=marks[1], sealed=uuid4().bytes, society=north.pk)
    vault.erase(keys=world.keys("bakyt"), file=made.file_id, at=world.at)
    assert run() == 4
    assert run() == 0
    assert {vault.load_blob(kind="import_mark", key=mark) for mark in marks} == {b"done"}


def test_two_windows_that_work_off_one_table_at_once_bring_nobody_in_twice(world):
    work = Work(
        society=world.societies["north"], source="s", owners=owners(world.societies["north"]), at=world.at
    )
    keys, report = world.keys("bakyt"), Report()
    waiting = list(checked(table_in(io.BytesIO(ROWS.encode()))[0], work, report))
    import_table(keys=keys, table=table_in(io.BytesIO(ROWS.encode()))[0], work=work)
    for _number, person, mark in waiting:
        assert not take_in(keys=keys, work=work, person=person, mark=mark, report=report)
    assert Case.objects.count() == 5 and report.imported == 0 and report.skipped_known == 5


def test_a_table_destroyed_in_another_window_does_not_come_back(world, monkeypatch):
    client = world.client("bakyt")
    upload(client)
    bring = uploads.import_table

    def stopped_meanwhile(**more):
        bring(**more)
        uploads.drop_upload(keys=more["keys"])

    monkeypatch.setattr(uploads, "import_table", stopped_meanwhile)
    client.post(reverse("imports:go_on"))
    assert vault.open_upload(keys=world.keys("bakyt")) is None


def test_where_all_good_rows_are_known_nothing_is_offered_to_bring_in(world):
    client = world.client("bakyt")
    for offered in (True, False):
        upload(client)
        page = client.get(reverse("imports:look")).content.decode()
        assert ("Bring in the good rows" in page) == offered
        client.post(reverse("imports:go_on"))


def test_the_page_says_how_many_problems_it_does_not_list(world):
    client = world.client("bakyt")
    upload(client, "prs_Gender\n" + "Woman\n" * 302)
    page = client.get(reverse("imports:look")).content.decode()
    assert page.count("prs_Gender:") == 300 and "2 more are not listed" in page
