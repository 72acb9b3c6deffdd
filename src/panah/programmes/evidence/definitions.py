"""What is counted of facts cards, said once. Plain Python, no engine.

Two halves. ``FLATTEN`` makes one row of each card: it is the only place that knows an engine's way of taking JSON
apart. All that is counted afterwards is written in SQL that engines agree about (``COUNT``, ``SUM(CASE …)``,
``GROUP BY``); ``docs/evidence.md`` says what the same would run on beyond one machine.
"""

from __future__ import annotations

import json

# What a card may say, as an engine is told it: whatever else stands in one is not read.
CODES = (
    *(
        "prs_Gender",
        "prs_Citizenship",
        "vic_TypeOfExploitation",
        "vic_MethodsOfControl",
        "vic_MethodOfRecruitment",
    ),
    *("vic_ForcedLabourIndustry", "vic_TypeOfSexExploitation", "vic_RelationshipToTrafficker"),
    *("vic_TraffickingStatus", "pan_CountriesOfExploitation"),
)
_SAID = ("shelter", "screened", "assisted", "referred", "returned", "reintegrated")
CARD = json.dumps(
    {
        **dict.fromkeys(("of", "month", "age", "years", *_SAID), "VARCHAR"),
        "codes": {name: ["VARCHAR"] for name in CODES},
    }
)
# Somebody decided that she was trafficked (HTCDS: vic_TraffickingStatus).
IDENTIFIED = "ActualVictimOfTrafficking"
SEVERAL = "several"


def _yes(name: str) -> str:
    return f"coalesce(card.{name} = 'yes', false)"


# The text of a segment -> rows of ``facts``. A country stands alone, or several are said to be several: so the parts
# add up to the whole, and a person counts once.
FLATTEN = f"""
INSERT INTO facts
SELECT id, card."of", CAST(substr(card."month", 1, 4) AS INTEGER), coalesce(card.age, ''), coalesce(card.years, ''),
  CASE WHEN len(card.codes.pan_CountriesOfExploitation) > 1 THEN '{SEVERAL}'
       ELSE coalesce(card.codes.pan_CountriesOfExploitation[1], '') END,
  {_yes("screened")}, coalesce(list_contains(card.codes.vic_TraffickingStatus, '{IDENTIFIED}'), false),
  {_yes("assisted")}, {_yes("shelter")}, {_yes("referred")}, {_yes("returned")}, {_yes("reintegrated")}, card.codes
FROM (SELECT pair[1]->>'$' AS id, from_json(pair[2], '{CARD}') AS card
      FROM (SELECT unnest(from_json(?, '[["JSON"]]')) AS pair))
WHERE card IS NOT NULL AND NOT list_contains(?, id)
"""  # noqa: S608  constants of this file
FACTS = f"""
CREATE TABLE facts (id VARCHAR, "of" VARCHAR, "year" INTEGER, age VARCHAR, years VARCHAR, country VARCHAR,
  screened BOOLEAN,
  identified BOOLEAN, assisted BOOLEAN, sheltered BOOLEAN, referred BOOLEAN, returned BOOLEAN, reintegrated BOOLEAN,
  codes STRUCT({", ".join(f'"{name}" VARCHAR[]' for name in CODES)}))
"""
# A card that lay in two places counts once.
ONCE = """
DELETE FROM facts WHERE rowid IN (
  SELECT rowid FROM (SELECT rowid, row_number() OVER (PARTITION BY id) AS place FROM facts) WHERE place > 1)
"""
HAS_TWICE = "SELECT count(*) > count(DISTINCT id) FROM facts"

# -- the same for every engine -----------------------------------------------------------------

PEOPLE_MEASURES = ("screened", "identified", "assisted", "sheltered", "referred", "returned", "reintegrated")
BY_COUNTRY = f"""
SELECT country, count(*) AS counted,
  {", ".join(f"sum(CASE WHEN {one} THEN 1 ELSE 0 END) AS {one}" for one in PEOPLE_MEASURES)}
FROM facts WHERE "of" = 'case' AND "year" = ? GROUP BY country ORDER BY country
"""  # noqa: S608  constants of this file
CALLS = """SELECT count(*) FROM facts WHERE "of" = 'contact' AND "year" = ?"""
YEARS = """SELECT DISTINCT "year" FROM facts WHERE "of" = 'case' ORDER BY 1 DESC"""
ROWS = """SELECT codes, years FROM facts WHERE "of" = 'case' AND "year" = ?"""
