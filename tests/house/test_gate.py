"""What the gate keeps of all tests, what leads to a change, and how old the last whole run is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import gate
from tests.changed_pages import changed_templates
from tools import changed_tests, system_needs, testing, whole_runs

ROOT = Path(__file__).parents[2]
# What the gate may never leave out: rehearsals, that refusing lowers no help, that a child is never preselected, leaving the
# page, danger pages.
NEVER_LEFT = (
    ("hotline/test_rehearsals.py", "each"),
    ("hotline/test_keeping.py", "test_refusing_to_be_counted_or_called_back_or_noted_lowers_no_help"),
    ("cases/test_pages.py", "test_adult_is_never_chosen_beforehand_nor_how_it_is_known"),
    ("browser/test_door.py", "test_who_taps_leave_is_away_and_back_does_not_return"),
    ("browser/test_twelve_calls.py", "each"),
    ("browser/test_danger_first.py", "each"),
    ("hotline/test_danger.py", "each"),
    ("channels/test_paging.py", "each"),
)


def test_every_file_that_the_gate_leaves_or_keeps_in_part_is_there():
    named = [*gate.ONLY_SOME, *gate.ON_POSTGRES, *(path for files in gate.LEFT.values() for path in files)]
    assert not [path for path in named if not (ROOT / "tests" / path).exists()]


@pytest.mark.parametrize(("path", "name"), NEVER_LEFT)
def test_what_protects_people_is_never_left_out(path, name):
    assert (ROOT / "tests" / path).exists()
    assert gate.is_kept(path, name, only_database=False)


def test_of_walks_the_gate_follows_a_caseworker_and_a_focal_point():
    file = "browser/test_every_page.py"
    who = [name for name in ("amina", "bakyt", "elena", "timur") if kept(file, name)]
    assert who == list(gate.WALKERS)
    assert gate.is_kept(
        file, "test_the_doors_and_the_errors_can_be_used_by_everyone[ru]", only_database=False
    )


def kept(file, name):
    return gate.is_kept(file, f"test_every_page_can_be_used_by_everyone[{name}]", only_database=False)


def test_on_postgres_the_gate_keeps_locks_walls_contracts_and_migrations_alone():
    for path in ("postgres/test_pair_locks.py", "guard/test_walls.py", "vault/test_tables.py"):
        assert gate.is_kept(path, "test", only_database=True)
    assert not gate.is_kept("cases/test_life.py", "test", only_database=True)


def test_a_change_of_an_action_leads_to_its_room_and_to_whoever_calls_it():
    chosen = changed_tests.tests_of(["src/panah/ground/work/actions/alarms.py"])
    assert {"tests/work/test_done.py", "tests/hotline/test_danger.py"} <= set(chosen)
    assert "tests/names/test_parts.py" not in chosen
    assert changed_tests.rooms_of(["src/panah/people/cases/templates/cases/safety.html", "src/panah/desk/urls.py"]) == {
        "cases", "desk",
    }  # fmt: skip
    assert set(changed_tests.ALWAYS) <= set(chosen)


def test_a_change_of_a_helper_leads_to_the_tests_that_use_it_and_of_nothing_to_none():
    assert "tests/browser/test_every_page.py" in changed_tests.tests_of(["tests/walk.py"])
    assert changed_tests.tests_of([]) == []


def test_a_change_of_a_conftest_leads_to_its_folder_and_of_what_it_imports_too():
    shelter = {f"tests/shelter/{path.name}" for path in (ROOT / "tests/shelter").glob("test_*.py")}
    assert shelter and shelter <= set(changed_tests.tests_of(["tests/shelter/conftest.py"]))
    assert "tests/browser/test_cases.py" in changed_tests.tests_of(["tests/browser/glass.py"])
    assert "tests/node/test_serving.py" in changed_tests.tests_of(["tests/node_settings.py"])
    assert "tests/postgres/test_pair_locks.py" in changed_tests.tests_of(["tests/postgres/base.py"])


@pytest.mark.parametrize(
    "file", ["tests/lacking.py", "tests/practice_node.py", "src/panah/ground/kit/static/panah/js/panah.js"]
)
def test_who_changes_what_every_test_or_page_stands_on_is_sent_to_the_gate(file):
    chosen = changed_tests.Chosen("HEAD", (file,), tuple(changed_tests.tests_of([file])))
    assert f"{file} may break anything: run the gate too" in chosen.told()
    assert not changed_tests.concerns_all("src/panah/ground/accounts/models.py")


def test_a_change_of_a_style_sheet_or_a_script_leads_to_the_walks_and_of_a_template_to_its_pages():
    script = changed_tests.tests_of(["src/panah/people/public/static/public/chat.js"])
    assert {"tests/browser/test_every_page.py", "tests/browser/test_door_chat.py"} <= set(script)
    style = changed_tests.tests_of(["src/panah/ground/kit/static/panah/css/panah.css"])
    assert "tests/browser/test_every_page.py" in style
    assert "tests/browser/test_every_other_page.py" not in style
    page = changed_tests.tests_of(["src/panah/people/cases/templates/cases/safety.html"])
    assert {"tests/browser/test_every_other_page.py", "tests/browser/test_cases.py"} <= set(page)


def test_a_changed_file_of_tests_is_run_though_the_gate_leaves_it_out(monkeypatch):
    (stage,) = testing.stages(
        {"--changed"}, named=True, changed=["tests/vault/test_backup.py", "src/panah/rooms.py"]
    )
    assert stage.told["PANAH_TEST_CHANGED"] == "vault/test_backup.py"
    assert not gate.is_kept("vault/test_backup.py", "test", only_database=False)
    monkeypatch.setattr(gate, "CHANGED", frozenset({"vault/test_backup.py"}))
    assert gate.is_kept("vault/test_backup.py", "test", only_database=False)


def test_what_is_always_run_is_there():
    assert not [path for path in changed_tests.ALWAYS if not (ROOT / path).exists()]


def test_a_red_run_and_one_on_a_changed_tree_do_not_count_as_green(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_runs, "FILE", tmp_path / "whole_runs.tsv")
    assert whole_runs.sentence().startswith("WARNING")
    head = whole_runs.git("rev-parse", "HEAD")
    assert "Not kept" in whole_runs.keep("", seconds=1, green=True)
    whole_runs.keep(head, seconds=2, green=False)
    assert whole_runs.last_green() is None
    whole_runs.keep(head, seconds=3, green=True)
    assert whole_runs.last_green().seconds == 3
    assert not whole_runs.sentence().startswith("WARNING")


def test_a_green_run_of_more_than_thirty_commits_ago_is_warned_of(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_runs, "FILE", tmp_path / "whole_runs.tsv")
    head, old = whole_runs.git("rev-parse", "HEAD"), whole_runs.git("rev-parse", f"HEAD~{whole_runs.OLD + 1}")
    whole_runs.keep(head, seconds=3, green=True)
    line = whole_runs.FILE.read_text()
    whole_runs.FILE.write_text(line.replace(head, old or "of another clone"))
    assert whole_runs.sentence().startswith("WARNING")


@pytest.mark.parametrize(
    "narrowed", [["--collect-only"], ["--ignore=tests/vault"], ["-kfoo"], ["-k", "danger"], ["--lf"], ["-x"], ["tests/vault"]]
)  # fmt: skip
def test_a_run_that_anything_narrows_is_not_kept_as_one_of_every_test(narrowed, monkeypatch):
    for name in testing.FROM_OUTSIDE:
        monkeypatch.delenv(name, raising=False)
    assert testing.is_whole({"--all"}, ["-q", "--durations=3"])
    assert not testing.is_whole({"--all"}, narrowed)
    assert not testing.is_whole({"--all", "--postgres"}, [])
    assert not testing.is_whole(set(), [])
    monkeypatch.setenv("PYTEST_ADDOPTS", " ".join(narrowed))
    assert not testing.is_whole({"--all"}, [])


def test_a_word_that_stands_close_to_its_option_names_tests_too():
    assert testing.names_tests(["-kdanger"]) and not testing.names_tests(["--maxfail=1"])


# -- what changed, in a small tree of its own --------------------------------------------------------------------


class Tree:
    """A repository with two templates, in which a test moves, changes and commits."""

    def __init__(self, folder):
        self.folder = folder
        self.git("init", "-q")
        self.write("people/cases/templates/cases/safety.html", "one\n" * 9)
        self.write("people/cases/templates/cases/notes.html", "two\n" * 9)
        self.first = self.commit()

    def git(self, *arguments):
        who = ("-c", "user.name=Amina", "-c", "user.email=amina@north.example")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def write(self, name, text):
        path = self.folder / "src" / "panah" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def commit(self):
        self.git("add", ".")
        self.git("commit", "-qm", "As it is")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def tree(tmp_path, monkeypatch):
    made = Tree(tmp_path)
    monkeypatch.setattr(whole_runs, "ROOT", tmp_path)
    monkeypatch.setattr(whole_runs, "FILE", tmp_path / "whole_runs.tsv")
    monkeypatch.setattr(changed_tests, "ROOT", tmp_path)
    return made


def test_where_no_run_was_green_pages_are_compared_with_the_last_one_and_the_last_line_says_so(tree):
    tree.write("people/cases/templates/cases/safety.html", "other\n" * 9)
    tree.commit()
    assert changed_templates.__wrapped__() == set()
    assert "no run to compare pages with" in whole_runs.sentence()
    whole_runs.FILE.write_text(whole_runs.Run("2026-12-01 08:00", tree.first, 9, whole_runs.RED).line())
    assert changed_templates.__wrapped__() == {"cases/safety.html"}
    assert "pages were compared with the red run of 2026-12-01 08:00" in whole_runs.sentence()


def test_a_page_that_only_moved_to_another_house_did_not_change(tree):
    (tree.folder / "src/panah/ground").mkdir()
    tree.git("mv", "src/panah/people/cases", "src/panah/ground/cases")
    tree.write("ground/cases/templates/cases/safety.html", "one\n" * 9 + "more\n")
    tree.commit()
    whole_runs.FILE.write_text(whole_runs.Run("2026-12-01 08:00", tree.first, 9, whole_runs.GREEN).line())
    assert changed_templates.__wrapped__() == {"cases/safety.html"}


def test_a_file_that_moved_leads_to_the_room_it_left_and_to_the_one_it_came_to(tree):
    (tree.folder / "src/panah/people/shelter").mkdir()
    tree.git("mv", "src/panah/people/cases/templates/cases/notes.html", "src/panah/people/shelter/notes.html")
    assert changed_tests.changed_files("HEAD") == [
        "src/panah/people/cases/templates/cases/notes.html", "src/panah/people/shelter/notes.html",
    ]  # fmt: skip


# -- a machine that has git and Python alone -----------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path):
    """The environment of a machine on whose path git and Python stand, and nothing else."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, place in (("git", shutil.which("git")), ("python3", sys.executable)):
        (programs / name).symlink_to(place)
    gone = ("PANAH_CHROMIUM", "PANAH_DATABASE_URL", "PANAH_DATABASE_OWNER_URL", "PANAH_TEST_DATABASE")
    rest = {
        k: v for k, v in os.environ.items() if k not in gone and not k.startswith(("PYTEST", "PANAH_TEST"))
    }
    return rest | {"PATH": str(programs), "PANAH_SYSTEM_ROOT": str(tmp_path / "nothing")}


def run_tests(environment, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "tools.testing", *arguments, "-p", "no:cacheprovider"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_where_git_and_python_are_all_there_is_the_tests_pass_and_say_twice_what_was_left_out(bare):
    done = run_tests(
        bare,
        "tests/library/test_made.py",
        "tests/library/test_reading.py",
        "tests/deploy",
        "tests/browser/test_kit.py",
    )
    assert done.returncode == 0, done.stdout
    sentences = [need.sentence for need in system_needs.NEEDS.values()]
    assert sentences and all(done.stderr.count(sentence) == 2 for sentence in sentences), done.stderr
    assert " passed" in done.stdout and "failed" not in done.stdout


def test_who_wants_everything_is_stopped_before_anything_runs(bare):
    done = run_tests(bare, "--everything", "tests/library/test_made.py")
    assert done.returncode == 1
    assert all(need.sentence in done.stderr for need in system_needs.NEEDS.values())
    assert not done.stdout
