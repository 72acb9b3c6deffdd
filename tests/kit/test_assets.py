"""Style sheets and scripts under lasting names: complete, compressed, made whole or not at all."""

import gzip
import json
import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from panah.ground.kit import static_build
from panah.node import serving

TEMPLATES = Path(settings.BASE) / "src" / "panah"


def every_template():
    return list(TEMPLATES.glob("**/templates/*/*.html"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return static_build.collect(tmp_path_factory.mktemp("node") / "static")


@pytest.fixture(scope="module")
def names(folder):
    return json.loads((folder / "staticfiles.json").read_text())["paths"]


def test_every_file_that_a_page_names_is_there(folder, names):
    asked = {
        name
        for page in TEMPLATES.glob("**/templates/**/*.html")
        for name in re.findall(r'static\("([^"]+)"\)', page.read_text())
    }
    assert asked
    assert not {name for name in asked if not (folder / names.get(name, "missing")).exists()}


def test_modules_name_each_other_as_they_lie(folder):
    found = 0
    for script in folder.rglob("*.js"):
        for name in re.findall(r'(?:from |import\()"(\.[^"]+)"', script.read_text()):
            assert (script.parent / name).exists(), (script.name, name)
            found += 1
    assert found > 5


def test_what_is_sent_is_compressed_and_lies_there_under_no_other_name(folder, names):
    big = folder / names["panah/css/panah.css"]
    assert big.with_name(f"{big.name}.gz").stat().st_size < big.stat().st_size / 3
    assert not (folder / "panah/css/panah.css").exists()


def test_a_second_start_makes_nothing_anew(folder):
    before = (folder / "staticfiles.json").stat().st_mtime_ns
    assert static_build.collect(folder.parent) == folder
    assert (folder / "staticfiles.json").stat().st_mtime_ns == before


def test_after_an_upgrade_the_folder_before_stays_for_who_still_reads_from_it(tmp_path, monkeypatch):
    made = []
    for version in ("one", "two", "three"):
        monkeypatch.setattr(static_build, "digest", lambda files, version=version: version)
        made.append(static_build.collect(tmp_path))
    assert [one.name for one in made if one.exists()] == ["two", "three"]


def test_a_start_that_is_interrupted_leaves_no_half_of_a_folder(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(static_build, "fill", full)
    with pytest.raises(OSError, match="No space"):
        static_build.collect(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_node_whose_folder_cannot_be_written_serves_all_the_same(settings, tmp_path, monkeypatch, capsys):
    (tmp_path / "static").write_text("a file where the folder should be")
    settings.HOME = tmp_path
    monkeypatch.setenv("PANAH_STATIC", "/nowhere")
    serving.name_static_files()
    assert "PANAH_STATIC" not in os.environ
    assert "could not be prepared" in capsys.readouterr().err


def test_the_weight_of_a_page_counts_what_its_modules_import(folder):
    plain, _ = static_build.weight('<script src="/static/panah/js/room.js">', folder)
    whole, files = static_build.weight('<script src="/static/panah/js/panah.js">', folder)
    assert files == 4  # panah, heard, room, watch
    assert whole > plain


def test_a_telephone_that_was_never_here_loads_little(client, world, folder):
    door = client.get("/vault/sign-in").text
    weight, _files = static_build.weight(door, folder)
    assert weight + len(gzip.compress(door.encode())) < 24_000
    assert "signed_in.js" not in door, "drafts, lock and shortcuts are loaded by who has signed in"


def test_pages_whose_parts_ask_for_themselves_bring_what_that_takes():
    pages = {page.relative_to(page.parents[1]).as_posix(): page.read_text() for page in every_template()}
    # What is only put in elsewhere (hx-swap-oob) asks for nothing itself.
    asking = {name for name, text in pages.items() if re.search(r" hx-(?!swap-oob)", text)}
    assert len(asking) > 3

    def whole_pages(name: str) -> set[str]:
        around = [other for other, text in pages.items() if f'include "{name}"' in text]
        return set().union(*map(whole_pages, around)) if around else {name}

    bring = {name for name, text in pages.items() if 'include "kit/htmx.html"' in text}
    assert set().union(*map(whole_pages, asking)) == bring


def every_script():
    """Our scripts, by the names that pages give them."""
    found = {
        script.as_posix().partition("/static/")[2]: script for script in TEMPLATES.glob("**/static/**/*.js")
    }
    return {name: script.read_text() for name, script in found.items() if "/vendor/" not in name}


def pages_and_code():
    return "\n".join(
        one.read_text() for ending in ("html", "py") for one in TEMPLATES.glob(f"*/**/*.{ending}")
    )


def not_loaded(scripts, named):
    """Scripts that no page names and no other script imports."""
    imported = {
        os.path.normpath(f"{os.path.dirname(name)}/{other}")
        for name, text in scripts.items()
        for other in re.findall(r'(?:from |import |import\()"(\.[^"]+)"', text)
    }
    return {name for name in scripts if name not in imported and f'"{name}"' not in named}


def test_no_script_lies_there_that_no_page_loads():
    scripts, named = every_script(), pages_and_code()
    assert len(scripts) > 20
    assert not_loaded({**scripts, "panah/js/control.js": ""}, named) == {"panah/js/control.js"}


def not_on_any_page(scripts, pages):
    """What scripts look for by its attribute and neither a page nor a script writes."""
    whole = "\n".join(scripts.values())
    sought = set(re.findall(r"\[(data-[a-z-]*[a-z])[\]=]", whole))
    set_by_scripts = {
        re.sub("[A-Z]", lambda big: f"-{big[0].lower()}", one)
        for one in re.findall(r"dataset\.(\w+) =", whole)
    }
    return sought - set(re.findall(r"\b(data-[a-z-]+)", pages)) - {f"data-{one}" for one in set_by_scripts}


def test_what_a_script_looks_for_stands_on_some_page():
    scripts, pages = every_script(), pages_and_code()
    control = {"panah/js/control.js": 'document.querySelector("[data-control-of-a-test]")'}
    assert not_on_any_page({**scripts, **control}, pages) == {"data-control-of-a-test"}
