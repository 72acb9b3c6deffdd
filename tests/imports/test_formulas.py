"""What people type stays text in a spreadsheet: no cell of a table that is taken out is run as a formula."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.two_people import agrees_to_export

FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']


def runs(cell: str) -> bool:
    return cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_of_a_table_that_is_taken_out_is_run_as_a_formula(world, form):
    assert all(map(runs, FORMULAS)), "control"
    for text in FORMULAS:
        made = world.client("amina").post(
            "/cases/new/", {"called": text, "phone": text, "urgency": "today", "age_group": "unknown"}
        )
        assert made.status_code == 302
    bakyt, saule = world.client("bakyt"), world.client("saule")
    asked = bakyt.post("/imports/export/", {"purpose": "check", "form": form})
    assert agrees_to_export(saule, asked.url).status_code == 302
    body = bakyt.post(asked.url, {"step": "take"}).content
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for cell in row]
    else:
        found = [cell for row in load_workbook(io.BytesIO(body)).active.iter_rows() for cell in row]
        assert {cell.data_type for cell in found} <= {"s", "inlineStr", "n"}, "text, or nothing"
        cells = [str(cell.value or "") for cell in found]
    assert sum("SUM(1)" in cell for cell in cells) >= 1, "control: the names are in the table"
    assert not [cell for cell in cells if runs(cell)]
