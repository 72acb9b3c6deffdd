"""What a file may have at most, and the refusal of one that cannot be read."""

MOST_BYTES = 100 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_UNPACKED = 600 * 1024 * 1024  # XLSX is a zip: a small one can hold a very large sheet
MOST_STRINGS = 100 * 1024 * 1024
MOST_SHARED = 1_500_000  # each costs a hundred bytes, however short
# Styles and all else that is neither a sheet nor its texts: a reader takes them whole.
MOST_BESIDE = 8 * 1024 * 1024
MOST_CELLS = 20_000_000
MOST_IN_ROW = 16_384  # a spreadsheet has no more columns; a reader takes a row whole
LONGEST_PIECE = 2**20  # of text or of one tag: a cell holds 32,767 letters
HEADER_WITHIN = 15
MORE_LINES = 2**20  # empty lines count here, so that a sheet of nothing ends too: a workbook has no more


class Unreadable(Exception):
    """The file cannot be read as a table: a code and what its sentence needs."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code, self.more = code, more
