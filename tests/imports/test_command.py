"""The command: cases from a table, sealed, each once; every bad file gets one sentence."""

import json

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import translation

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.people.cases.models import Case

HEADER = "source_id,prs_FirstName,prs_SecondName,prs_Birthdate,prs_Gender,prs_Citizenship,prs_MobilePhone,vic_TypeOfExploitation,cas_Status,prs_Title"
GOOD = [
    "A-1,Zubayda,Practicova,1999-05,Feminine,UZB,+998 90 000 00 01,ForcedLabour;SexualExploitation,Active,Ms",
    "A-2,Қайрат,Примеров,2015-02-03,masculine,kz|KG,,ForcedLabour,Closed,",
]
WRONG = "A-3,Secretname,,31.02.2001,Nobody,XQ,87001234567,Slavery,Sideways,"


def table(tmp_path, *rows, header=HEADER, encoding="utf-8", name="t.csv"):
    path = tmp_path / name
    path.write_bytes(("\n".join([header, *rows]) + "\n").encode(encoding))
    return path


def run(path, *options, capsys=None):
    call_command("import", "htcds", str(path), "--society", "practice-north", "--json", *options)
    out = capsys.readouterr()
    return json.loads(out.out), out


def test_two_rows_become_two_sealed_cases_for_both_focal_points(world, tmp_path, capsys):
    report, _ = run(table(tmp_path, *GOOD), capsys=capsys)
    assert (report["rows"], report["imported"], report["wrong"]) == (2, 2, [])
    first, second = Case.objects.order_by("opened_at", "state")
    assert {c.owner.username for c in (first, second)} == {"bakyt", "saule"}
    for case in (first, second):
        assert {s.username for s in vault_queries.holders(case.file_id)} == {"bakyt", "saule"}
    value = vault_queries.value_of(keys=world.keys("saule"), file=first.file_id, part="identity")
    assert (
        value["names"][0]["text"] == "Zubayda Practicova" and value["phones"][0]["number"] == "+998900000001"
    )
    codes = vault_queries.value_of(keys=world.keys("bakyt"), file=first.file_id, part="codes")
    assert codes["prs_Citizenship"]["values"] == ["UZ"]
    assert codes["vic_TypeOfExploitation"]["values"] == ["ForcedLabour", "SexualExploitation"]
    assert second.state == "closed" and second.age_group == "child" and first.age_group == "adult"


def test_a_wrong_row_is_named_by_row_and_column_never_by_value(world, tmp_path, capsys):
    report, out = run(table(tmp_path, *GOOD, WRONG), capsys=capsys)
    fields = {w["field"] for w in report["wrong"]}
    assert {w["row"] for w in report["wrong"]} == {4} and report["imported"] == 2
    assert fields == {
        "prs_Birthdate",
        "prs_Gender",
        "prs_Citizenship",
        "prs_MobilePhone",
        "vic_TypeOfExploitation",
        "cas_Status",
    }
    said = out.out + out.err
    assert not any(word in said for word in ("Secretname", "31.02", "Nobody", "8700", "Slavery", "Zubayda"))


def test_a_second_run_imports_nothing_twice(world, tmp_path, capsys):
    run(table(tmp_path, *GOOD), capsys=capsys)
    report, _ = run(table(tmp_path, *GOOD), capsys=capsys)
    assert (report["imported"], report["skipped_known"], Case.objects.count()) == (0, 2, 2)


def test_an_erased_person_does_not_come_back_with_a_second_run(world, tmp_path, capsys):
    run(table(tmp_path, *GOOD), capsys=capsys)
    case = Case.objects.get(state="closed")
    vault.erase(keys=world.keys("bakyt"), file=case.file_id, at=world.at)
    report, _ = run(table(tmp_path, *GOOD), capsys=capsys)
    assert report["imported"] == 0 and report["skipped_known"] == 2


def test_two_people_under_one_id_are_named_and_nobody_is_dropped_unsaid(world, tmp_path, capsys):
    header = "cas_CaseNumber,prs_FirstName,prs_Birthdate"
    rows = ["17,Mother,1990", "17,Child,2019", "17,Mother,1990", "18,Other,1991"]
    for imported in (2, 0):
        report, _ = run(table(tmp_path, *rows, header=header), capsys=capsys)
        assert [(w["row"], w["field"]) for w in report["wrong"]] == [(3, "cas_CaseNumber")]
        assert "same id" in report["wrong"][0]["problem"]
        assert (report["imported"], report["skipped_known"]) == (imported, 3 - imported)


def test_two_people_of_whom_the_same_is_said_stay_two(world, tmp_path, capsys):
    header, row = "prs_Gender,prs_Citizenship", "Feminine,KG"
    report, _ = run(table(tmp_path, row, row, header=header), capsys=capsys)
    assert report["imported"] == 2
    report, _ = run(table(tmp_path, row, row, header=header), capsys=capsys)
    assert report["imported"] == 0


def test_checking_and_all_or_none_change_nothing_when_a_row_is_wrong(world, tmp_path, capsys):
    path = table(tmp_path, *GOOD, WRONG)
    run(path, "--check", capsys=capsys)
    assert not Case.objects.exists()
    with pytest.raises(SystemExit):
        run(path, "--all-or-none", capsys=capsys)
    capsys.readouterr()
    assert not Case.objects.exists()
    assert run(table(tmp_path, *GOOD), "--all-or-none", capsys=capsys)[0]["imported"] == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_usual_ways_of_writing_a_table_are_read(world, tmp_path, capsys, encoding, delimiter):
    header = "source_id,prs_FirstName,prs_Citizenship".replace(",", delimiter)
    row = "1,Кайрат Примеров,KZ".replace(",", delimiter)
    report, _ = run(table(tmp_path, row, header=header, encoding=encoding), "--check", capsys=capsys)
    assert (report["rows"], report["good"]) == (1, 1)


def test_the_names_of_imported_people_are_nowhere_in_the_databases(world, tmp_path, capsys):
    run(table(tmp_path, *GOOD), capsys=capsys)
    secrets = (b"Zubayda", "Примеров".encode(), b"998900000001", b"A-1\x00", b"SexualExploitation")
    in_plain = set()
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for name in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{name}"')
                values = [v for row in cursor.fetchall() for v in row]
                blob = b"".join(
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values
                )
                assert not [one for one in secrets if one in blob], f"{name} in {alias}"
                in_plain |= {word for word in (b"Amina", b"caseworker") if word in blob}
    assert len(in_plain) == 2, "control: what stands in plain is found"


def refused(path, capsys, *options):
    with pytest.raises(SystemExit) as stopped:
        run(path, *options, capsys=capsys)
    said = capsys.readouterr().err
    assert stopped.value.code == 2 and said.count("\n") == 1
    return said


def test_bad_files_get_one_sentence(world, tmp_path, capsys):
    def file(body):
        path = tmp_path / "bad"
        path.write_bytes(body)
        return path

    assert "empty" in refused(file(b""), capsys)
    assert "neither" in refused(file(bytes(range(256)) * 20), capsys)
    assert ".xls" in refused(file(b"\xd0\xcf\x11\xe0" + b"x" * 600), capsys)
    assert "damaged" in refused(file(b"PK\x03\x04 broken"), capsys)
    assert "No column" in refused(file(b"a,b\n1,2\n"), capsys)
    assert "letters" in refused(file(b"prs_FirstName,prs_Gender\n\x80\x81\x82\x83\x84\x85,\n"), capsys)
    assert "twice" in refused(file(b"prs_FirstName,prs_FirstName\na,b\n"), capsys)
    assert "cannot be opened" in refused(tmp_path / "none.csv", capsys)


def test_a_file_of_200_megabytes_is_refused_with_the_limit(world, tmp_path, capsys):
    path = tmp_path / "large.csv"
    with path.open("wb") as f:
        f.write(b"prs_FirstName\n")
        f.truncate(200 * 1024 * 1024)
    assert "At most 100 MB" in refused(path, capsys)


def test_a_row_written_half_is_named_and_the_others_come_in(world, tmp_path, capsys):
    path = tmp_path / "half.csv"
    path.write_text("\n".join([HEADER, *GOOD, "A-9,Half"]))
    report, _ = run(path, capsys=capsys)
    assert (
        report["imported"] == 2
        and report["wrong"][0]["row"] == 4
        and "breaks off" in report["wrong"][0]["problem"]
    )


def test_a_sentence_in_the_first_header_cell_is_tolerated_and_said(world, tmp_path, capsys):
    header = "This data set is synthetic and was made for research by someone,prs_Gender,shoe_size"
    report, _ = run(table(tmp_path, "x,Feminine,38", header=header), "--check", capsys=capsys)
    assert report["good"] == 1
    assert any("sentence" in n for n in report["notes"]) and any("shoe_size" in n for n in report["notes"])


def test_more_that_is_wrong_than_anybody_reads_is_counted(world, tmp_path, capsys):
    path = table(tmp_path, *["Woman"] * 1003, header="prs_Gender")
    call_command("import", "htcds", str(path), "--society", "practice-north", "--check")
    said = capsys.readouterr().out
    assert said.count("prs_Gender:") == 1000 and "3 more are not listed" in said


def test_the_command_speaks_russian_to_whoever_does(world, tmp_path, capsys):
    path = table(tmp_path, *GOOD)
    with translation.override("ru"):
        with pytest.raises(Refusal) as refused:
            call_command("import", "htcds", str(path), "--society", "no-such")
        assert "чьи это случаи" in str(refused.value.sentence)
        with pytest.raises(SystemExit):
            call_command("import", "htcds", str(tmp_path / "missing.csv"), "--society", "practice-north")
        assert "Файл нельзя открыть" in capsys.readouterr().err
