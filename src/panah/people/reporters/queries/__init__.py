"""What is asked about reports, words, files and chats; other rooms import from here. Receipts are made here too."""

from panah.people.reporters.content import FileEntry, PlainFile, SealedFile, entries_in, said_of
from panah.people.reporters.queries.chats import (
    ChatLineSaid,
    OpenedChat,
    bodies_of_lines,
    chat_lines_for,
    find_chat,
    lines_of,
)
from panah.people.reporters.queries.figures import month_of
from panah.people.reporters.queries.files import file_for, file_of, is_file_of
from panah.people.reporters.queries.receipts import proof_bits, receipt_for
from panah.people.reporters.queries.reports import (
    OpenedReport,
    WordSaid,
    arrivals_of,
    bodies_of_words,
    find,
    history_of,
    ids_past_intake,
    is_read_now,
    later_arrivals,
    may_answer,
    reader_keys,
    report_of,
    report_of_receipt,
    reports_of,
    stands_of,
    words_for,
)
from panah.people.reporters.rules import Receipt, header_of, new_receipt, new_token, parse
