"""Nothing about the person can be read in the database file, its logs, the shred store, a backup or what was logged."""

import gzip
import tarfile

import pytest

from tests.dump_scan import forms, plant, scan
from tests.node_acts import CODES, NAMES, TEXTS
from tests.node_process import Node, own_postgres
from tests.vault.files_of_databases import files_of

NEEDLES = (*NAMES, *TEXTS.values(), *CODES)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """A node on which people worked for a day, and what a holder reads back of it."""
    folder = tmp_path_factory.mktemp("scan")
    home = folder / "home"
    home.mkdir()
    with own_postgres() as addresses:
        node = Node(home, addresses)
        node.act("begin")
        node.read = node.act("seed")
        yield node


def test_the_scan_finds_a_text_however_it_is_written(tmp_path):
    for needle in (NAMES[0], NAMES[3], TEXTS["phone"], CODES[0]):
        for how, file in plant(tmp_path / needle[:4], needle).items():
            found = scan([file], [needle])
            assert found, f"a text written as {how} was not found"
    folded = tmp_path / "archive.tar.gz"
    with tarfile.open(folded, "w:gz") as archive:
        (tmp_path / "inside").write_bytes(gzip.compress(NAMES[0].encode("utf-16-le")))
        archive.add(tmp_path / "inside", "inside")
    assert scan([folded], [NAMES[0]])
    assert not scan([folded], [NAMES[1]])
    assert "base64+2 of utf-8" in forms(NAMES[0])


def test_a_holder_reads_all_of_it(lived_in):
    assert lived_in.read["identity"]["names"][0]["text"] == NAMES[0]
    assert set(lived_in.read["documents"]) == {TEXTS[w] for w in ("telephone", "document", "document_ru")}
    assert lived_in.read["codes"]["vic_TypeOfExploitation"]["values"] == ["ForcedLabour", "DebtBondage"]


def test_nothing_about_the_person_lies_anywhere_on_the_disk(lived_in):
    assert (lived_in.home / "said.log").read_text(), "the log was caught"
    found = scan(files_of(lived_in), NEEDLES)
    assert not found, "\n".join(sorted({f"{f.needle} in {f.where} ({f.how})" for f in found})[:40])


def test_a_planted_text_in_a_plain_column_is_found(lived_in):
    lived_in.act("plant_in_database", "Планта Контрольная")
    found = scan(files_of(lived_in), ["Планта Контрольная"])
    assert found
