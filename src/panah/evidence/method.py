"""What a package says of itself to whoever unpacks it: how it was made, what it promises, how to verify it."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from datetime import timedelta

from panah.evidence import ctdc
from panah.release.domain import shipped

READ_WITHIN = timedelta(days=14)
_HEAD = """{title}
{society}, {year}

{about}
Whom to ask: {contact}
"""
_MADE_UP = """
THESE PEOPLE ARE MADE UP. This package was made to rehearse a release. It says nothing about anybody.
"""
_WHO = """
WHO IS IN IT
People with a case of the society begun in that year, who agreed to be counted, as their cards stood when it was made.
A person counts once for each card. Cards cannot be joined: who has two cases that were never brought together counts
as two, and what protects one card then protects her less. Numbers of several societies are not deduplicated: one person
helped by two societies is in both. Which columns and values there are was declared before there was data ({columns},
SHA-256 {columns_sha256}); a value that is not declared is counted as another one.
"""
_ROWS = """
HOW IT WAS MADE
The rows are of people who do not exist. Counts of single columns, pairs and, where there are many people, threes got
noise (discrete Gaussian, by OpenDP), a model was fitted to the noisy counts, and the rows were drawn from it. Tables
in this package are made of the same noisy counts or rows: nothing exact leaves. Together that is differentially
private for one card with epsilon {epsilon} and delta {delta}, under zero-concentrated accounting. That there is a
release at all says that at least {floor} people were counted; this is told exactly.
"""
_TABLES = """
HOW IT WAS MADE
Exact counts. Those of one to four people are hidden, and with them all that would let a reader work them out, also
beside earlier releases of the society. "count" is a number that is shown; "zero" is nobody; "hidden" is not shown, to protect
people; "not asked" was asked of nobody. data/tables.json says with which solver and seed, so that it can be made again.
No epsilon describes exact counts.
"""
_VERIFY = """
HOW TO VERIFY IT WITHOUT PANAH
release.json names every file with its SHA-256. release.sig is an Ed25519 signature, by the key in public-key.txt, over
the line "panah release package 1", a line end, and the bytes of release.json. Ask the society by another way whether
the key is theirs, and whether the release still stands: one that was withdrawn must not be used any more.
"""


def readme(facts: Mapping[str, object]) -> str:
    """Return README.txt of a package."""
    parts = [_HEAD, _MADE_UP if facts["made_up"] else _WHO, _TABLES if facts["epsilon"] is None else _ROWS]
    return "".join(one.format(**facts) for one in parts) + _VERIFY


def dictionary() -> str:
    """Return dictionary.csv: each column, what it means, and its values."""
    labels = {one["name"]: one.get("label", "") for one in tomllib.loads(shipped().decode())["column"]}
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["column", "meaning", "values"])
    for column in ctdc.domain().columns:
        lines.writerow(
            [column.name, labels[column.name], "; ".join(["(empty: not known)", *column.values[1:]])]
        )
    return out.getvalue()
