"""Scoring a labelled file, and what is said when it cannot be scored."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.ground.names.cli import main
from panah.ground.names.scoring import Pair, random_negatives, rates

GOOD = """name_a,name_b,same,lang,note
Асанов Азамат,Azamat Asanov,1,ky,x
Каримова Дилбар,Dilbar Karimova,yes,uz,
Жумабаев Ерлан,Yerlan Zhumabayev,TRUE,kk,
Асанов Азамат,Dilbar Karimova,0,ky,
Каримова Дилбар,Karimova Nigina,no,uz,
Жумабаев Ерлан,Жумабаев Нурлан,false,kk,
"""


@pytest.fixture
def labelled(tmp_path):
    def write(content, encoding="utf-8"):
        path = tmp_path / "pairs.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return str(path)

    return write


def printed(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_good_file_gives_one_object_with_all_figures(labelled, capsys):
    assert main(["score", labelled(GOOD)]) == 0
    (found,) = printed(capsys)
    assert (found["n_same"], found["n_different"]) == (3, 3)
    for rate in ("0.001", "0.01", "0.05"):
        assert found[f"recall_at_{rate}"] == 1.0
        assert found[f"precision_at_{rate}"] == 1.0
        assert 0 < found[f"threshold_at_{rate}"] <= 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251"])
def test_a_byte_order_mark_and_the_old_windows_encoding_are_read(labelled, capsys, encoding):
    assert main(["score", labelled(GOOD, encoding)]) == 0
    assert printed(capsys)[0]["recall_at_0.05"] == 1.0


def test_semicolons_and_any_order_and_case_of_columns_are_read(labelled, capsys):
    assert main(["score", labelled("Same;NAME_B;x;name_a\n1;Azamat Asanov;;Асанов Азамат\n\n;;;\n")]) == 0
    assert printed(capsys)[0]["n_same"] == 1


def test_by_prints_one_object_for_each_value_with_the_value_in_it(labelled, capsys):
    assert main(["score", labelled(GOOD), "--by", "lang"]) == 0
    assert [(found["lang"], found["n_same"]) for found in printed(capsys)] == [
        ("ky", 1),
        ("uz", 1),
        ("kk", 1),
    ]


def test_random_negatives_replace_the_different_pairs_of_the_file(labelled, capsys):
    assert main(["score", labelled(GOOD), "--random-negatives", "5"]) == 0
    first = printed(capsys)
    assert first[0]["n_different"] == 5
    main(["score", labelled(GOOD), "--random-negatives", "5"])
    assert printed(capsys) == first


def test_random_negatives_never_pair_one_person_with_herself():
    pairs = [
        Pair("Асанова Айзада", "Aizada Asanova", same=True),
        Pair("Aizada Asanova", "Ajzada Asanowa", same=True),
        Pair("Ким Анна", "Anna Kim", same=True),
        Pair("Ли Вера", "Ким Анна", same=False),
    ]
    aizada = {"Асанова Айзада", "Aizada Asanova", "Ajzada Asanowa"}
    drawn = random_negatives(pairs, 1_000)
    assert drawn
    assert all(not {pair.a, pair.b} <= aizada for pair in drawn)
    assert all(not {pair.a, pair.b} <= {"Ким Анна", "Anna Kim"} for pair in drawn)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("name_a,name_b,same\n", "no pairs"),
        ("name_a,name_b\nA,B\n", "no column same"),
        (
            "name_a,name_b,same\nA,B,maybe\n",
            'Line 2: same must be 1, 0, true, false, yes or no, not "maybe".',
        ),
        ("name_a,name_b,same\nA,B\n", 'not ""'),
        (GOOD.encode("utf-16"), "UTF-16"),
        (b"name_a,name_b,same\n\x00\x01", "binary"),
        (b"name_a,name_b,same\n\x98\xff,\x98,1", "neither UTF-8 nor Windows-1251"),
    ],
)
def test_a_bad_file_gets_one_clear_sentence(labelled, capsys, content, says):
    assert main(["score", labelled(content)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert len(err.strip().splitlines()) == 1


def test_a_missing_file_a_folder_and_a_missing_by_column_get_one_clear_sentence(labelled, tmp_path, capsys):
    for arguments in (["nowhere.csv"], [str(tmp_path)], [labelled(GOOD), "--by", "country"]):
        assert main(["score", *arguments]) == 2
        out, err = capsys.readouterr()
        assert (out, len(err.strip().splitlines())) == ("", 1)


def test_wrong_arguments_end_with_two(capsys):
    assert main(["score"]) == 2
    assert main(["nonsense"]) == 2
    assert main(["score", "x.csv", "--random-negatives", "0"]) == 2
    assert main(["--help"]) == 0
    capsys.readouterr()


def test_a_tie_with_a_different_pair_never_helps():
    found = rates(same=[0.9, 0.9, 0.5], different=[0.9, 0.2])
    assert found["recall_at_0.05"] == 0.0
    assert found["threshold_at_0.05"] is None
    assert found["precision_at_0.05"] is None


def test_the_threshold_lets_as_many_different_pairs_pass_as_the_rate_allows():
    found = rates(same=[0.8, 0.4], different=[0.5] + [0.1] * 99)
    assert (found["recall_at_0.01"], found["threshold_at_0.01"]) == (1.0, 0.4)
    assert (found["recall_at_0.001"], found["threshold_at_0.001"]) == (0.5, 0.8)
    assert found["precision_at_0.01"] == pytest.approx(2 / 3, abs=1e-6)


def test_figures_without_same_or_without_different_pairs():
    assert rates(same=[], different=[0.3])["recall_at_0.05"] is None
    assert rates(same=[0.3], different=[])["recall_at_0.05"] == 1.0


SCORES = st.lists(st.floats(0, 1), max_size=40)


@settings(deadline=None)
@given(SCORES, SCORES)
def test_no_rate_is_ever_overstepped(same, different):
    found = rates(same, different)
    for rate in ("0.001", "0.01", "0.05"):
        threshold = found[f"threshold_at_{rate}"]
        if threshold is not None:
            passed = sum(value >= threshold for value in different)
            assert passed <= float(rate) * len(different) + 1e-9
            if same:
                assert found[f"recall_at_{rate}"] == pytest.approx(
                    sum(s >= threshold for s in same) / len(same), abs=1e-6
                )


def test_compare_explains_one_pair_to_a_person_and_to_a_program(capsys):
    assert main(["compare", "Асанова Айзада", "Aizada Asanova"]) == 0
    assert "very likely one person's name" in capsys.readouterr().out
    assert main(["compare", "Асанова Айзада", "Aizhan Asanova", "--json"]) == 0
    (found,) = printed(capsys)
    assert found["score"] < 0.3
    assert {reason["code"] for reason in found["explanation"]} == {"different", "sounds-same"}
    assert [(pair["a"], pair["b"]) for pair in found["pairs"]] == [("асанова", "asanova")]


def test_the_commands_start_without_django():
    code = "import sys, panah.ground.names.cli, panah.ground.names.find, benchmarks.names.cli, benchmarks.names.table; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": os.pathsep.join(("src", "."))},
    )
    assert done.stdout.strip() == "False"
