"""A release is one file that anybody can check, and that says so when it was withdrawn."""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from datetime import date

import openpyxl
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.kit.workbooks import xlsx
from panah.programmes.release.cells import Dimension, Rule
from panah.programmes.release.domain import read_domain, shipped
from panah.programmes.release.package import Budget, Contents, Rows, Unit, build, pem
from panah.programmes.release.tables import protect
from panah.programmes.release.verifying import Withdrawal, read_withdrawn, verify, withdrawn_list
from tests.release.made_tables import DECISION, YEAR, table

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
WHO = Dimension("who", ("=HYPERLINK(1)", "@child", "adult"))
BUDGET = Budget("4", "1e-5", "0.6", "discrete Gaussian", "Nobody's presence changes any answer much.")


def contents(**more):
    domain = read_domain(shipped()).only("gender", "meansThreats", "citizenship")
    made = {
        "release": "2026-1",
        "title": "People assisted in 2026 (made up)",
        "contact": "figures@example.org",
        "published": date(2027, 2, 1),
        "population": YEAR,
        "tables": [protect(table([[2, 30, 40], [30, 40, 50]], (DECISION, WHO), societies=1), Rule())],
        "rows": Rows(domain, [("Man", "UZB", "1"), ("", "", "")]),
        "budget": BUDGET,
        "method": ["The unit is the person."],
        "meanings": {"who": "adult or child", "gender": "as the person says it"},
    }
    return Contents(**(made | more))


def packed(**more):
    return build(contents(**more), as_workbook=xlsx, sign=KEY.sign, public_key=PUBLIC)


PACKAGE = packed()


def files(package=PACKAGE):
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def test_a_package_is_what_was_signed_and_the_same_contents_make_the_same_bytes():
    found = verify(PACKAGE, PUBLIC)
    assert found.ok and str(found.sentence) == "This is what was signed, unchanged."
    assert set(found.files) == set(files()) - {"manifest.sha256", "manifest.sig"}
    assert packed() == PACKAGE
    assert packed(title="Another") != PACKAGE


def test_it_holds_data_dictionary_method_budget_and_contact():
    parts = files()
    rows = list(csv.reader(io.StringIO(parts["tables/1.csv"].decode())))
    assert rows[0] == ["decision", "who", "count", "state"]
    assert ["negative", "'=HYPERLINK(1)", "", "not shown"] in rows
    assert ["Total", "Total", "192", "count"] in rows
    assert parts["microdata.csv"].decode().splitlines() == [
        "gender,citizenship,meansThreats",
        "Man,UZB,1",
        ",,",
    ]
    about, method = json.loads(parts["release.json"]), json.loads(parts["method.json"])
    assert about["contact"] == "figures@example.org" and about["rows"] == 2
    assert about["unit of description (IC-TIP)"] == Unit.VICTIM == "victim"
    assert (
        method["tables"]["tables/1.csv"]["seed"] == 1
        and "HiGHS" in method["tables"]["tables/1.csv"]["solver"]
    )
    assert method["budget"]["epsilon"] == "4" and method["domain"] == contents().rows.domain.hash
    assert "The unit is the person." in parts["method.txt"].decode()
    assert "microdata.csv,meansThreats,,1 | empty: not known" in parts["dictionary.csv"].decode()
    plain = files(packed(rows=None, budget=None, tables=[]))
    assert "microdata.csv" not in plain and json.loads(plain["method.json"])["budget"] is None


def test_the_workbook_holds_texts_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(files()["release.xlsx"]))
    assert book.sheetnames == ["dictionary", "table 1"]
    cell = next(one for line in book["table 1"] for one in line if one.value == "=HYPERLINK(1)")
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    "name", ["tables/1.csv", "microdata.csv", "release.json", "public-key.pem", "release.xlsx"]
)
def test_a_file_that_was_changed_is_named(name):
    changed = zipped(files() | {name: b"other"})
    assert str(verify(changed, PUBLIC).sentence) == f"{name} was changed after signing."


def test_what_was_taken_out_put_in_or_signed_by_another_is_seen():
    parts = files()
    assert "microdata.csv is missing" in str(
        verify(zipped({k: v for k, v in parts.items() if k != "microdata.csv"}), PUBLIC).sentence
    )
    assert "extra.csv was put in" in str(verify(zipped(parts | {"extra.csv": b""}), PUBLIC).sentence)
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    assert "somebody else signed this" in str(verify(PACKAGE, other).sentence)
    forged = build(contents(), as_workbook=xlsx, sign=lambda said: bytes(64), public_key=PUBLIC)
    assert not verify(forged, PUBLIC).ok
    assert not verify(PACKAGE, b"short").ok


def test_a_name_that_is_there_twice_or_too_much_inside_is_no_package(monkeypatch):
    out = io.BytesIO(PACKAGE)
    with zipfile.ZipFile(out, "a") as more, pytest.warns(UserWarning, match="Duplicate"):
        more.writestr("tables/1.csv", b"other")
    assert "no release package" in str(verify(out.getvalue(), PUBLIC).sentence)
    monkeypatch.setattr("panah.programmes.release.verifying.MOST_BYTES", 100)
    assert "more than a release may hold" in str(verify(PACKAGE, PUBLIC).sentence)
    monkeypatch.setattr("panah.programmes.release.verifying.MOST_BYTES", 10**9)
    monkeypatch.setattr("panah.programmes.release.verifying.MOST_UNTRUSTED", 10)
    assert "more than a release may hold" in str(verify(PACKAGE, PUBLIC).sentence)


@given(st.integers(0, len(PACKAGE) - 1), st.binary(min_size=1, max_size=8))
def test_no_byte_of_it_can_be_changed_to_say_something_else(at, noise):
    changed = PACKAGE[:at] + noise + PACKAGE[at + len(noise) :]
    found = verify(changed, PUBLIC)
    if found.ok:  # a byte that says nothing, as the attributes of a file
        assert {name: part for name, part in files(changed).items() if name in found.files} == {
            name: part for name, part in files().items() if name in found.files
        }


@given(st.binary(max_size=300))
def test_whatever_is_given_to_be_checked_gets_a_sentence(noise):
    assert not verify(noise, PUBLIC).ok


def test_a_withdrawn_release_says_so_with_its_day_and_reason():
    mark = verify(PACKAGE, PUBLIC).manifest
    listed, signature = withdrawn_list(
        [Withdrawal("2026-1", mark, date(2027, 3, 1), "Counts were wrong.")],
        of="North",
        as_of=date(2027, 3, 2),
        sign=KEY.sign,
    )
    known = read_withdrawn(listed, signature, PUBLIC, of="North")
    assert read_withdrawn(listed, signature, PUBLIC, of="South") is None
    assert known is not None
    found = verify(PACKAGE, PUBLIC, known)
    assert (
        not found.ok and str(found.sentence) == "This release was withdrawn on 2027-03-01: Counts were wrong."
    )
    assert verify(packed(title="Another"), PUBLIC, known).ok
    assert read_withdrawn(listed.replace(b"wrong", b"right"), signature, PUBLIC, of="North") is None
    assert read_withdrawn(files()["manifest.sha256"], signature, PUBLIC, of="North") is None


@pytest.mark.skipif(
    not (shutil.which("openssl") and shutil.which("sha256sum")), reason="the system has no openssl"
)
def test_anybody_can_check_it_without_a_program_of_ours(tmp_path):
    with zipfile.ZipFile(io.BytesIO(PACKAGE)) as opened:
        opened.extractall(tmp_path)
    (tmp_path / "key.pem").write_bytes(pem(PUBLIC))
    steps = files()["HOW-TO-VERIFY.txt"].decode()
    sums, signature = (
        "sha256sum -c manifest.sha256",
        "openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.sha256 -sigfile manifest.sig",
    )
    for step in (sums, signature):
        assert step in steps
        assert subprocess.run(step.split(), cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "manifest.sha256").write_bytes((tmp_path / "manifest.sha256").read_bytes() + b" ")
    assert subprocess.run(signature.split(), cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_the_budget_in_words_stands_in_the_method():
    assert BUDGET.sentence in files()["method.txt"].decode()
