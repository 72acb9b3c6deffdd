"""./panah directory: the directory as a file, and a file into the directory, for whoever keeps the node."""

import json
import zipfile

import pytest
from django.core.management import call_command

from panah.ground.audit.models import Entry
from panah.ground.directory.models import Service
from panah.ground.foundation.errors import Refusal

SAID = ("--source", "Practice atlas", "--as-of", "2026-11-20")
NORTH = ("--society", "practice-north")


def run(*words, capsys):
    call_command("directory", *map(str, words))
    return capsys.readouterr().out


@pytest.fixture
def atlas(tmp_path):
    path = tmp_path / "atlas.json"
    entry = {
        "id": "s1",
        "name": "Practice advice",
        "status": "active",
        "organization": {"id": "o1", "name": "Hearth"},
    }
    path.write_text(json.dumps([entry, {"name": "nobody's", "status": "active"}]))
    return path


def test_the_directory_goes_out_as_json_and_as_tables(register, tmp_path, capsys):
    assert "services written." in run("export", tmp_path / "all.json", capsys=capsys)
    every = json.loads((tmp_path / "all.json").read_text())["contents"]
    run("export", tmp_path / "all.zip", *NORTH, capsys=capsys)
    with zipfile.ZipFile(tmp_path / "all.zip") as given:
        lines = given.read("services.csv").decode().strip().splitlines()
    assert len(every) > len(lines) - 1 == Service.objects.filter(society__slug="practice-north").count()


def test_a_file_comes_in_once_and_is_renewed_the_second_time(register, atlas, capsys):
    checked = json.loads(run("import", atlas, *NORTH, *SAID, "--check", "--json", capsys=capsys))
    assert checked["services"] == 1 and not Service.objects.filter(name_en="Practice advice").exists()
    assert checked["problems"] == [
        "Service 2 (nobody's): organization names none that is in the file. The whole record is left out."
    ]
    first = json.loads(run("import", atlas, *NORTH, *SAID, "--json", capsys=capsys))
    second = json.loads(run("import", atlas, *NORTH, *SAID, "--json", capsys=capsys))
    assert (first["added"], first["changed"]) == (2, 0)
    assert (second["added"], second["changed"]) == (0, 0)
    assert Service.objects.get(name_en="Practice advice").society.slug == "practice-north"
    assert Entry.objects.filter(event="network:directory:taken").count() == 2


def test_entries_of_nobody_are_kept_by_nobody(register, atlas, capsys):
    out = run("import", atlas, "--nobody", *SAID, capsys=capsys)
    assert "2 added" in out
    assert Service.objects.get(name_en="Practice advice").society is None


def test_what_a_society_edited_is_never_changed_by_the_command(register, atlas, at, capsys):
    run("import", atlas, *NORTH, *SAID, capsys=capsys)
    Service.objects.filter(name_en="Practice advice").update(edited_at=at, description_en="Hers.")
    given = json.loads(atlas.read_text())
    given[0]["description"] = "Theirs."
    atlas.write_text(json.dumps(given))
    run("import", atlas, *NORTH, *SAID, capsys=capsys)
    assert Service.objects.get(name_en="Practice advice").description_en == "Hers."


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "x.json", *NORTH, "--as-of", "2026-11-20"), "no-source"),
        (("import", "x.json", *NORTH, "--source", "A"), "no-day"),
        (("import", "x.json", *NORTH, "--source", "A", "--as-of", "soon"), "no-day"),
        (("import", "x.json", "--society", "nowhere", *SAID), "no-society"),
        (("import", "x.json", *SAID), "no-society"),
        (("export", "x.csv"), "which-form"),
        (("export", "x.zip", "--society", "nowhere"), "no-society"),
    ],
)
def test_what_is_missing_is_said_with_what_to_give(register, words, code, capsys):
    with pytest.raises(Refusal) as refused:
        run(*words, capsys=capsys)
    assert refused.value.code == code and refused.value.next_step


def test_a_file_that_is_not_there_and_one_that_holds_nothing_end_with_a_sentence(register, tmp_path, capsys):
    with pytest.raises(SystemExit):
        run("import", tmp_path / "none.json", *NORTH, *SAID, capsys=capsys)
    assert "cannot be opened" in capsys.readouterr().err
    empty = tmp_path / "empty.json"
    empty.write_text("[]")
    with pytest.raises(SystemExit):
        run("import", empty, *NORTH, *SAID, capsys=capsys)
    assert "no organisation and no service" in capsys.readouterr().out
