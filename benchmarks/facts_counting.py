"""Facts cards compacted and counted in a keyholder's session, beside DuckDB on the same rows in clear.

The floor reads the same cards as plain JSON from a file, makes the same table and asks it the same. Cards are sealed
one by one, as cases write them; compacting opens each of them once and never again.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import uuid4

import duckdb

from benchmarks import seed
from benchmarks.figures import Figure, beside
from panah.ground.vault import shred_store
from panah.ground.vault.actions import cards
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.seals import pad
from panah.programmes.evidence import counting, definitions

CARDS, QUICK_CARDS = 200_000, 2_000
AT_ONCE = 5_000
COUNTRIES = ("KZ", "RU", "TR", "AE", "KG", "UZ", "KR", "TH", "")
YEAR = 2025
IN_CLEAR = f"""
INSERT INTO facts
SELECT '' AS id, "of", CAST(substr("month", 1, 4) AS INTEGER), coalesce(age, ''), coalesce(years, ''),
  CASE WHEN len(codes.pan_CountriesOfExploitation) > 1 THEN 'several'
       ELSE coalesce(codes.pan_CountriesOfExploitation[1], '') END,
  coalesce(screened = 'yes', false),
  coalesce(list_contains(codes.vic_TraffickingStatus, '{definitions.IDENTIFIED}'), false),
  coalesce(assisted = 'yes', false), coalesce(shelter = 'yes', false), coalesce(referred = 'yes', false),
  coalesce(returned = 'yes', false), coalesce(reintegrated = 'yes', false), codes
FROM read_json(?, columns = {{"of": 'VARCHAR', month: 'VARCHAR', age: 'VARCHAR', years: 'VARCHAR', screened: 'VARCHAR',
  assisted: 'VARCHAR', shelter: 'VARCHAR', referred: 'VARCHAR', returned: 'VARCHAR', reintegrated: 'VARCHAR',
  codes: 'STRUCT({", ".join(f'"{name}" VARCHAR[]' for name in definitions.CODES)})'}})
"""  # noqa: S608  constants


def run(quick: bool) -> Iterator[Figure]:
    """Yield what compacting costs, and what counting costs beside its floor."""
    made = seed.node()
    keys = made.keys("bakyt")
    size = QUICK_CARDS if quick else CARDS
    chance = Random(11)
    values = [card(chance) for _ in range(size)]
    write_loose(keys, values)
    began = time.process_time()
    moved = cards.compact(keys=keys, kind=cards.FACTS)
    taken = (time.process_time() - began) * 1000
    yield Figure("facts", "loose cards compacted, once", taken, "ms CPU", None, moved)
    with TemporaryDirectory() as folder:
        clear = in_clear(values, Path(folder))
        must_count_alike(keys, clear)
        ours, floor = beside(lambda: _sealed(keys), lambda: _counted_in_clear(clear), times=5)
    yield Figure("facts", "cards opened and counted", ours, "ms CPU", floor, size)


def card(chance: Random) -> dict[str, object]:
    codes = {
        "pan_CountriesOfExploitation": [one] if (one := chance.choice(COUNTRIES)) else [],
        "prs_Gender": [chance.choice(("Masculine", "Feminine"))],
        "prs_Citizenship": [chance.choice(("KZ", "KG", "TJ", "UZ"))],
        "vic_TypeOfExploitation": [chance.choice(("ForcedLabour", "SexualExploitation"))],
        "vic_MethodsOfControl": chance.sample(("DebtBondage", "WithholdsDocuments", "PhysicalThreats"), 2),
    }
    said = {name: "yes" for name in ("screened", "assisted", "referred") if chance.random() < 0.5}
    return {
        "of": "case",
        "month": f"{YEAR}-{chance.randint(1, 12):02}",
        "age": "adult",
        "codes": codes,
        **said,
    }


def write_loose(keys: Keyring, values: list[dict[str, object]]) -> None:
    society, key = keys.staff.society_id, keys.society_key(cards.KEY_OF[cards.FACTS])
    if key is None:
        raise RuntimeError("the society has no facts key")
    for start in range(0, len(values), AT_ONCE):
        blobs = {}
        for value in values[start : start + AT_ONCE]:
            card = uuid4()
            body = pad(json.dumps(value, separators=(",", ":")).encode())
            sealed = cards.seal(bytes(key.public), body, "card", society, cards.FACTS, card)
            blobs[card] = key.generation.to_bytes(4, "big") + sealed
        shred_store.put_many(cards.FACTS, blobs, society=society)


def in_clear(values: list[dict[str, object]], folder: Path) -> Path:
    """Write the same cards as plain JSON, a line each."""
    clear = folder / "cards.jsonl"
    clear.write_text("".join(json.dumps(one) + "\n" for one in values))
    return clear


def must_count_alike(keys: Keyring, clear: Path) -> dict[str, dict[str, int]]:
    """Return what both count; raises RuntimeError where they do not count the same."""
    wanted, found = _counted_in_clear(clear), _sealed(keys)
    if wanted != found:
        raise RuntimeError("both do not count the same")
    return found


def _sealed(keys: Keyring) -> dict[str, dict[str, int]]:
    with counting.opened(keys=keys) as facts:
        return facts.by_country(YEAR)


def _counted_in_clear(clear: Path) -> dict[str, dict[str, int]]:
    connection = duckdb.connect(":memory:", config={"threads": "2"})
    connection.execute(definitions.FACTS)
    connection.execute(IN_CLEAR, [str(clear)])
    found = counting.Facts(connection).by_country(YEAR)
    connection.close()
    return found
