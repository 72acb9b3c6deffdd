"""Tables as XLSX: texts and numbers, never a formula, whatever a text looks like."""

import io
from collections.abc import Iterable

# What a browser is told that it is.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would take for a formula, or for an error. A cell of its own for each text takes twice the time.
NO_TEXT = ("=", "#")


def xlsx(sheets: Iterable[tuple[str, Iterable[Iterable[str | int]]]]) -> bytes:
    """Return a workbook of these sheets, each a name and its lines."""
    from openpyxl import Workbook  # half a second that no page needs
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    made = Workbook(write_only=True)
    for name, lines in sheets:
        sheet = made.create_sheet(name)
        for line in lines:
            cells: list[object] = []
            for value in line:
                if isinstance(value, str):
                    # What no table can hold came from one that was broken: it breaks no other.
                    value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
                    if value.startswith(NO_TEXT):
                        cell = WriteOnlyCell(sheet, value=value)
                        cell.data_type = "s"
                        cells.append(cell)
                        continue
                cells.append(value)
            sheet.append(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
