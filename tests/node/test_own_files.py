"""What a society adds to its node is read from where the installation says, and faults are said before anyone meets them."""

import os
import subprocess
import sys

import pytest

from panah.ground.foundation.errors import Refusal
from panah.node import serving
from panah.people.screening.profiles.loading import BUILT_IN

OWN = (
    (BUILT_IN / "forced_begging.json")
    .read_text(encoding="utf-8")
    .replace('"forced_begging"', '"north_begging"')
)
ASK = "import django; django.setup(); from panah.people.screening.queries import sets; print(sorted(sets().by_code))"


def test_a_set_of_questions_is_added_by_naming_its_folder_in_the_environment(tmp_path):
    (tmp_path / "own.json").write_text(OWN, encoding="utf-8")
    more = {
        "DJANGO_SETTINGS_MODULE": "panah.config.settings",
        "PANAH_HOME": str(tmp_path / "home"),
        "PANAH_SCREENING_PROFILES": str(tmp_path),
    }
    told = subprocess.run(
        [sys.executable, "-c", ASK], env=os.environ | more, capture_output=True, text=True, check=False
    )
    assert "'north_begging'" in told.stdout and "'forced_begging'" in told.stdout, told.stderr


def test_a_node_does_not_begin_with_a_file_that_is_wrong_and_says_where(tmp_path, settings):
    settings.PANAH_SCREENING_PROFILES = [str(tmp_path)]
    serving.own_files_can_be_used()
    (tmp_path / "own.json").write_text(OWN.replace('"depth": "full"', '"depth": "deep"'), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        serving.own_files_can_be_used()
    assert "own.json" in str(refused.value.sentence) and "depth" in str(refused.value.sentence)
    assert "docs/screening.md" in str(refused.value.next_step)
