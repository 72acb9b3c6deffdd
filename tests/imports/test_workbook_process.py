"""A workbook is read in a process of its own: whatever it unpacks to, the node keeps its memory."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

import panah
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.reading import open_table
from panah.people.imports import columns

MB = 2**20


def plain_workbook(rows=(("prs_FirstName", "prs_Gender"), ("Ann", "Feminine"))):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def with_part(name, *pieces):
    """A workbook in which one part is another, however large: written piece by piece."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain_workbook())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        with new.open(name, "w", force_zip64=True) as part:
            for text, times in pieces:
                for _ in range(max(1, times // 10_000)):
                    part.write(text.encode() * min(times, 10_000))
    return out.getvalue()


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = f"<worksheet {MAIN}><sheetData>"
BOMBS = {
    "many small shared texts": lambda: with_part(
        "xl/sharedStrings.xml", (f"<sst {MAIN}>", 1), ("<si><t>a</t></si>", 5_000_000), ("</sst>", 1)
    ),
    "one row of millions of cells": lambda: with_part(
        "xl/worksheets/sheet1.xml", (f"{SHEET}<row>", 1), ("<c/>", 5_000_000), ("</row></sheetData></worksheet>", 1)
    ),
    "one text of a hundred megabytes": lambda: with_part(
        "xl/worksheets/sheet1.xml",
        (f'{SHEET}<row><c t="inlineStr"><is><t>', 1), ("a" * 100, MB), ("</t></is></c></row></sheetData></worksheet>", 1),
    ),
    "a million styles": lambda: with_part(
        "xl/styles.xml", (f"<styleSheet {MAIN}><cellXfs>", 1), ("<xf/>", 2_000_000), ("</cellXfs></styleSheet>", 1)
    ),
    "things beside the rows": lambda: with_part(
        "xl/worksheets/sheet1.xml", (f"<worksheet {MAIN}>", 1), ("<x><y/></x>", 8_000_000), ("</worksheet>", 1)
    ),
}  # fmt: skip

# What reading a workbook costs whoever reads it, and the process that it starts: peak memory in megabytes.
MEASURE = """
import io, json, resource, sys
sys.path.insert(0, sys.argv[1])
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.workbook_process import open_sheet
try:
    said = len(list(open_sheet(io.BytesIO(sys.stdin.buffer.read()), ["prs_firstname"]).lines))
except Unreadable as problem:
    said = problem.code
# Not its own ru_maxrss: that begins with whoever started it.
here = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
there = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([said, int(here) // 1024, there // 1024]))
"""


def measured(body):
    source = str(Path(panah.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, source], input=body, capture_output=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_small_workbook_that_unpacks_into_much_is_refused_and_costs_little(bomb):
    body = BOMBS[bomb]()
    assert len(body) < MB
    said, here, there = measured(body)
    assert said == "too-large-inside"
    assert here < 100 and there < 512


def test_an_honest_workbook_is_read_line_by_line():
    said, here, there = measured(
        plain_workbook([("prs_FirstName",), *[(f"Example{n}",) for n in range(5000)]])
    )
    assert said == 5001 and here < 100 and there < 256


def test_it_is_read_as_it_would_be_here_and_whoever_stops_reading_stops_the_process():
    table = open_table(io.BytesIO(plain_workbook()), columns.known())
    assert [dict(row.cells) for row in table.rows] == [{"prs_FirstName": "Ann", "prs_Gender": "Feminine"}]
    table = open_table(io.BytesIO(plain_workbook([("prs_FirstName",)] * 4)), columns.known())
    next(table.rows)
    table.rows.close()


def test_what_cannot_be_read_says_why_here_too():
    with pytest.raises(Unreadable) as found:
        open_table(io.BytesIO(plain_workbook([("Something",)])), columns.known())
    assert found.value.code == "no-columns"
    with pytest.raises(Unreadable) as found:
        open_table(io.BytesIO(plain_workbook()[:200]), columns.known())
    assert found.value.code == "broken-workbook"
