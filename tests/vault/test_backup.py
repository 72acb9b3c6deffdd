"""A backup while people work, and the ways back: with the shred store, without it, with a lost host file, with R."""

import json
import shutil
import tarfile

import pytest

from tests.dump_scan import scan
from tests.node_acts import NAMES
from tests.node_process import Node, own_postgres


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A node with three cases and three calls, its backup and its recovery sheet."""
    folder = tmp_path_factory.mktemp("backup")
    (folder / "home").mkdir()
    with own_postgres() as addresses:
        node = Node(folder / "home", addresses)
        node.act("begin")
        node.act("many", "3")
        (folder / "sheet.txt").write_text(node.act("sheet"))
        done = node.panah("backup", str(folder / "one.backup"))
        assert done.returncode == 0, done.stderr
        yield node


@pytest.fixture
def fresh(made, tmp_path):
    """A fresh machine to which the backup was carried; nothing else is there."""
    folder = made.home.parent
    for name in ("one.backup", "sheet.txt", "people.json"):
        shutil.copy(folder / name, tmp_path / name)
    (tmp_path / "home").mkdir()
    with own_postgres() as addresses:
        yield Node(tmp_path / "home", addresses)


def shares(node):
    north = json.loads((node.home.parent / "people.json").read_text())["shares"]["north"]
    return f"{north[0]}\n{north[2]}\n"


def bring_shred_store(made, fresh):
    for name in ("shred.sqlite3", "shred.sqlite3-wal", "store.key", "copy"):
        source = made.home / name
        if source.is_dir():
            shutil.copytree(source, fresh.home / name)
        elif source.exists():
            shutil.copy(source, fresh.home / name)


def test_a_backup_holds_no_key_no_half_and_no_name(made):
    whole = made.home.parent / "one.backup"
    with tarfile.open(whole) as archive:
        assert archive.getnames() == ["manifest.json", "manifest.sig", archive.getnames()[2]]
    host = json.loads((made.home / "host.json").read_text())
    store = json.loads((made.home / "store.key").read_text())["keys"].values()
    keys = [host[name] for name in ("pepper", "node_seed", "totp_key", "django_secret")] + list(store)
    assert not scan([whole], [NAMES[0], *keys])
    assert whole.stat().st_mode & 0o077 == 0
    assert "Choose another name" in made.panah("backup", str(whole)).stderr


def test_a_place_where_nothing_can_be_written_is_said(made):
    blocked = made.home.parent / "one.backup" / "two.backup"
    done = made.panah("backup", str(blocked))
    assert done.returncode == 1
    assert "The backup could not be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_with_the_shred_store_the_sheet_and_two_shares_everything_opens(made, fresh):
    bring_shred_store(made, fresh)
    folder = fresh.home.parent
    done = fresh.panah(
        "restore",
        str(folder / "one.backup"),
        "--sheet",
        str(folder / "sheet.txt"),
        "--yes",
        typed=shares(fresh),
    )
    assert done.returncode == 0, done.stderr
    assert "NO shred store" not in done.stdout
    assert "0 of them without their half" in done.stdout
    assert fresh.act("sign_in_works", "amina")
    assert fresh.act("unlock_all", "bakyt") == {"opened": 6, "notes": 6}
    assert fresh.panah("journal", "verify").returncode == 0
    again = fresh.panah("restore", str(folder / "one.backup"), "--yes")
    assert again.returncode == 1
    assert "--over" in again.stderr


def test_without_the_shred_store_it_says_so_before_it_begins_and_nothing_opens(made, fresh):
    shutil.copy(made.home / "host.json", fresh.home / "host.json")
    backup = str(fresh.home.parent / "one.backup")
    asked = fresh.panah("restore", backup, typed="no\n")
    assert asked.returncode == 1
    assert "Without it no case, no call and no name opens again" in asked.stdout
    assert "Nothing was changed" in asked.stderr
    done = fresh.panah("restore", backup, typed="yes\n")
    assert done.returncode == 0, done.stderr
    assert "6 of them without their half" in done.stdout
    assert fresh.act("unlock_all", "bakyt") == {"opened": 0, "notes": 0}


def test_with_the_pepper_alone_passphrases_work_and_code_apps_are_set_up_anew(made, fresh):
    bring_shred_store(made, fresh)
    pepper = json.loads((made.home / "host.json").read_text())["pepper"]
    typed = " ".join(pepper[i : i + 8] for i in range(0, 64, 8)) + "\n"
    done = fresh.panah("restore", str(fresh.home.parent / "one.backup"), "--pepper", "--yes", typed=typed)
    assert done.returncode == 0, done.stderr
    assert "bakyt sets up a new code app" in done.stdout
    assert fresh.act("sign_in_works", "amina")
    assert fresh.act("unlock_all", "saule")["opened"] == 6


def test_a_host_file_that_was_made_on_the_new_machine_is_not_taken_for_the_true_one(made, fresh):
    bring_shred_store(made, fresh)
    fresh.panah("init")  # what an administrator in a hurry does first
    ours = (fresh.home / "host.json").read_bytes()
    pepper = json.loads((made.home / "host.json").read_text())["pepper"] + "\n"
    backup = str(fresh.home.parent / "one.backup")
    for more in (("--pepper",), ("--sheet", str(fresh.home.parent / "sheet.txt"))):
        done = fresh.panah("restore", backup, "--yes", *more, typed=pepper)
        assert done.returncode == 1
        assert "A host file is here already" in done.stderr
        assert "move it away" in done.stderr
    assert (fresh.home / "host.json").read_bytes() == ours
    (fresh.home / "host.json").unlink()
    done = fresh.panah("restore", backup, "--pepper", "--yes", typed=pepper)
    assert done.returncode == 0, done.stderr
    assert fresh.act("sign_in_works", "amina")


def test_a_restore_that_is_not_begun_leaves_nothing_behind(made, fresh):
    pepper = json.loads((made.home / "host.json").read_text())["pepper"] + "\n"
    backup = str(fresh.home.parent / "one.backup")
    asked = fresh.panah("restore", backup, "--pepper", typed=f"{pepper}no\n")
    assert "Nothing was changed" in asked.stderr
    assert not (fresh.home / "host.json").exists()
    done = fresh.panah("restore", backup, "--pepper", typed=f"{pepper}yes\n")
    assert done.returncode == 0, done.stderr


def test_a_mistyped_name_is_said_before_anybody_types_a_share(fresh):
    folder = fresh.home.parent
    for backup, sheet in (("no.backup", "sheet.txt"), ("sheet.txt", "sheet.txt"), ("one.backup", "no.txt")):
        done = fresh.panah("restore", str(folder / backup), "--sheet", str(folder / sheet), "--yes")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "no whole Panah backup" in done.stderr or "recovery sheet cannot be read" in done.stderr


def test_one_copy_of_the_shred_store_is_enough_and_makes_the_other_one(made, fresh):
    shutil.copy(made.home / "host.json", fresh.home / "host.json")
    shutil.copytree(made.home / "copy", fresh.home / "copy")
    done = fresh.panah("restore", str(fresh.home.parent / "one.backup"), "--yes")
    assert done.returncode == 0, done.stderr
    assert "One copy of the shred store is here" in done.stdout
    assert "is filled from the other one" in done.stdout
    assert "0 of them without their half" in done.stdout
    shutil.rmtree(fresh.home / "copy")
    assert fresh.act("unlock_all", "bakyt") == {"opened": 6, "notes": 6}


def test_a_sign_in_of_another_day_does_not_come_back_with_the_backup(made, tmp_path):
    folder = tmp_path / "node"
    shutil.copytree(made.home, folder / "home")
    shutil.copy(made.home.parent / "people.json", folder / "people.json")
    node = Node(folder / "home", made.more)
    cookie = node.act("leave_a_sign_in", "amina")
    assert node.act("is_signed_in", cookie), "control"
    assert node.panah("backup", str(folder / "two.backup")).returncode == 0
    done = node.panah("restore", str(folder / "two.backup"), "--over", "--yes")
    assert done.returncode == 0, done.stderr
    assert "differs" not in done.stdout
    assert not node.act("is_signed_in", cookie)


@pytest.mark.parametrize("what", ["changed", "cut", "foreign"])
def test_a_backup_that_is_not_ours_is_refused(made, fresh, what):
    shutil.copy(made.home / "host.json", fresh.home / "host.json")
    backup = fresh.home.parent / "one.backup"
    raw = backup.read_bytes()
    if what == "cut":
        backup.write_bytes(raw[: len(raw) // 2])
    elif what == "changed":
        # In several places: what is packed can break while it is unpacked, or only in its sum.
        backup.write_bytes(bytes(b ^ 0xFF if at % 4096 == 2000 else b for at, b in enumerate(raw)))
    else:
        kept = json.loads((fresh.home / "host.json").read_text()) | {"node_seed": "ab" * 32}
        (fresh.home / "host.json").write_text(json.dumps(kept))
    done = fresh.panah("restore", str(backup), "--yes")
    assert done.returncode == 1
    assert (
        "--unsigned" if what == "foreign" else "Take another backup"
    ) in done.stderr or "take another" in done.stderr


def test_a_lost_host_file_is_named_with_the_ways_to_bring_it_back(fresh):
    done = fresh.panah("restore", str(fresh.home.parent / "one.backup"), "--yes")
    assert done.returncode == 1
    assert "--sheet" in done.stderr
    assert "--pepper" in done.stderr


def test_two_shares_let_a_new_focal_point_in_on_a_fresh_machine(made, fresh):
    bring_shred_store(made, fresh)
    folder = fresh.home.parent
    fresh.panah(
        "restore",
        str(folder / "one.backup"),
        "--sheet",
        str(folder / "sheet.txt"),
        "--yes",
        typed=shares(fresh),
    )
    recover = ("recover", "umida", "--society", "practice-north")
    invited = fresh.panah(*recover)
    assert invited.returncode == 0, invited.stderr
    token = invited.stdout.split("/vault/invitation/")[1].split()[0]
    words = fresh.act("join_by", token, "umida")
    wrong = fresh.panah(*recover, typed=shares(fresh) + "acid acid acid acid acid acid\n")
    assert wrong.returncode == 1
    assert fresh.act("unlock_all", "umida")["opened"] == 0
    done = fresh.panah(*recover, typed=shares(fresh) + words + "\n")
    assert done.returncode == 0, done.stderr
    assert fresh.act("unlock_all", "umida") == {"opened": 6, "notes": 6}
    assert fresh.act("unlock_all", "elena")["opened"] == 3, "Elena goes on opening her line's calls"
    assert "do not make" in fresh.panah(*recover, typed="acid acid\nacid\n").stderr


def test_with_host_file_sheet_and_pepper_lost_two_shares_still_bring_every_file_back(made, fresh):
    bring_shred_store(made, fresh)
    backup = str(fresh.home.parent / "one.backup")
    fresh.panah("init")  # makes another host file; nobody answers what it asks next
    assert "--unsigned" in fresh.panah("restore", backup, "--yes").stderr
    done = fresh.panah("restore", backup, "--unsigned", "--yes")
    assert done.returncode == 0, done.stderr
    recover = ("recover", "bakyt", "--society", "practice-north")
    invited = fresh.panah(*recover, "--begin-again", typed=shares(fresh))
    assert invited.returncode == 0, invited.stderr
    words = fresh.act("join_by", invited.stdout.split("/vault/invitation/")[1].split()[0], "bakyt")
    done = fresh.panah(*recover, typed=shares(fresh) + words + "\n")
    assert done.returncode == 0, done.stderr
    assert fresh.act("unlock_all", "bakyt") == {"opened": 6, "notes": 6}
    assert fresh.act("sign_in_works", "bakyt")


def test_what_is_asked_in_an_emergency_is_asked_in_russian_where_the_machine_or_the_person_says_so(
    made, fresh
):
    shutil.copy(made.home / "host.json", fresh.home / "host.json")
    backup = str(fresh.home.parent / "one.backup")
    for node, more in ((Node(fresh.home, {"LC_ALL": "ru_RU.UTF-8"}), ()), (fresh, ("--language", "ru"))):
        asked = node.panah("restore", backup, *more, typed="нет\n")
        assert asked.returncode == 1
        assert "НЕТ хранилища половин ключей" in asked.stdout
        assert "Ничего не изменилось" in asked.stderr
    assert "Nothing was changed" in fresh.panah("restore", backup, "--language", "xx", typed="no\n").stderr
    tried = made.panah("recover", "--try", "--society", "practice-north", "--language=ru", typed=shares(made))
    assert tried.returncode == 0, tried.stderr
    assert "файлов 6" in tried.stdout


def test_trying_the_papers_says_what_they_open_and_changes_nothing(made):
    before = made.panah("journal", "head").stdout
    tried = made.panah("recover", "--try", "--society", "practice-north", typed=shares(made))
    assert "keys of the society 5, files 6" in tried.stdout
    assert "Not opened" not in tried.stdout
    assert made.panah("journal", "head").stdout == before
    assert "Say who is let in" in made.panah("recover", "--society", "practice-north").stderr
