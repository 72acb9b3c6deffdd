"""What stands beside an entry of the journal is said in words, in the reader's language."""

import ast
from pathlib import Path

from django.utils import translation

import panah
from panah.desk.words import FACTS, UNSAID, said

# Ids are not shown beside a sentence; a name that another row of the same kind explains would say nothing more.
BY_ID = {"whom", "from", "attachment", "upload"}


def names_written():
    """Every name that some room writes beside an entry, where it is written out."""
    for file in Path(panah.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.keyword) and call.arg == "facts" and isinstance(call.value, ast.Dict):
                yield from (key.value for key in call.value.keys if isinstance(key, ast.Constant))


def test_no_name_beside_an_entry_is_a_word_of_the_code():
    written = set(names_written())
    assert "purpose" in written, "control: they are found"
    assert written - BY_ID - set(UNSAID) - set(FACTS) == set()


def test_what_was_sent_and_what_became_of_it_are_told_to_a_russian_reader_in_russian():
    with translation.override("ru"):
        beside = said({"kind": "referral-offered", "messages": 1, "way": "node", "room": "referrals"})
    assert beside == [
        "вид: к вам направляют человека",
        "сообщений: 1",
        "каким путём: защищённо, в их Panah",
        "стало: часть случая",
    ]
