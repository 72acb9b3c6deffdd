"""The example of docs/add-a-feature.md, run as it stands there, in the rooms as they are."""

import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone

from panah.ground.audit import events
from panah.ground.audit.models import Entry
from panah.ground.kit.jinja import engine
from panah.ground.kit.nav import MENU
from panah.ground.vault import queries as vault_queries
from panah.people.cases import actions as cases
from panah.people.cases import urls

PAGE = (Path(__file__).parents[2] / "docs/add-a-feature.md").read_text()
PIECE = re.compile(r"^```python\n# src/(?P<file>\S+)\.py\n(?P<code>.*?)^```", re.M | re.S)
TEMPLATE = re.compile(r"^```jinja\n{# src/\S+/templates/(?P<name>\S+) #}\n(?P<text>.*?)^```", re.M | re.S)


def add_to_its_module(monkeypatch: pytest.MonkeyPatch, file: str, code: str) -> None:
    """Run a piece as if it stood at the end of its module; what it adds is taken away after the test."""
    module = importlib.import_module(file.replace("/", "."))
    names = dict(vars(module))
    exec(compile(code, file, "exec"), names)  # noqa: S102  our own page
    for name in names.keys() - vars(module).keys():
        monkeypatch.setattr(module, name, names[name], raising=False)


@pytest.fixture
def example(monkeypatch, tmp_path):
    """The rooms with the example in them."""
    patterns = list(urls.urlpatterns)
    templates = engine().pattern.loader.searchpath
    templates.append(str(tmp_path))
    for piece in TEMPLATE.finditer(PAGE):
        (tmp_path / piece["name"]).parent.mkdir(exist_ok=True)
        (tmp_path / piece["name"]).write_text(piece["text"])
    # What the example registers is gone when the block ends.
    with events.REGISTER.temporarily_without(), MENU.temporarily_without():
        try:
            with monkeypatch.context() as starting:
                starting.setattr(apps, "ready", False)  # as while the apps start
                for piece in PIECE.finditer(PAGE):
                    add_to_its_module(monkeypatch, piece["file"], piece["code"])
            yield
        finally:
            templates.remove(str(tmp_path))
            urls.urlpatterns[:] = patterns


@pytest.mark.usefixtures("example")
def test_amina_notes_an_interpreter_by_the_example_and_cholpon_gets_the_answer_of_no_case(world):
    keys, amina = world.keys("amina"), world.staff["amina"]
    case = cases.open_case(keys=keys, by=amina, at=timezone.now(), language="uz", identity={"names": []})
    address = f"/cases/{case.number}/interpreter/"
    browser = world.client("amina")
    page = browser.get(address).content.decode()
    assert "Interpreter" in page
    assert "Interpreting" in page, "the place in the menu"
    refused = browser.post(address, {"language": "uz", "remark": ""})
    assert refused.status_code == 422
    assert browser.post(address, {"language": "uz", "remark": "Calm and exact."}).status_code == 302
    kept = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="interpreter")
    assert [part.value for part in kept] == [{"language": "uz", "remark": "Calm and exact."}]
    assert Entry.objects.filter(event="cases:interpreter:noted", about=case.file_id).count() == 1
    cholpon = world.client("cholpon")
    assert cholpon.get(address).status_code == 404
    assert cholpon.get("/cases/222-222-2/interpreter/").content == cholpon.get(address).content
