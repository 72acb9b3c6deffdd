"""The commands ``names compare``, ``names score`` and ``names measure``. Starts without Django."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from panah.names.compare import Comparison, compare
from panah.names.scoring import BadFile, by_group, read_pairs, score_pairs


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="panah names", description="Compare names of people across scripts."
    )
    commands = parser.add_subparsers(dest="command", required=True)

    one = commands.add_parser("compare", help="explain how alike two names are")
    one.add_argument("a", metavar="A")
    one.add_argument("b", metavar="B")
    one.add_argument("--json", action="store_true", help="one JSON object instead of text")

    file = commands.add_parser("score", help="score a labelled CSV file (name_a,name_b,same)")
    file.add_argument("file", metavar="FILE.csv", type=Path)
    file.add_argument(
        "--random-negatives", metavar="N", type=_count, help="draw N different pairs at random from the file"
    )
    file.add_argument("--by", metavar="COLUMN", help="one object for each value of this column")

    bench = commands.add_parser("measure", help="measure against other methods and print a table")
    bench.add_argument("--data", metavar="FOLDER", type=Path, help="folder of reference name data")
    bench.add_argument("--part", choices=("train", "test"), default="test", help="which part of the split")
    bench.add_argument("--people", type=_count, default=2_000, help="people to build (default 2000)")
    bench.add_argument(
        "--search", metavar="N", type=_count, help="measure the search among N invented people instead"
    )
    bench.add_argument(
        "--only", metavar="METHOD", nargs="+", help="only these methods, as the table names them"
    )
    bench.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    return parser


def _count(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 2 when what was given cannot be used."""
    try:
        args = _parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        if args.command == "compare":
            _compare(args.a, args.b, as_json=args.json)
        elif args.command == "score":
            _score(args.file, args.random_negatives, args.by)
        else:
            _measure(args)
    except BadFile as problem:
        print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    return 0


def _measure(args: argparse.Namespace) -> None:
    # Imported here so that the other commands start without the kit.
    if args.search:
        from panah.names.measuring.search import measure_search

        print(json.dumps(measure_search(args.search)))
        return
    from panah.names.measuring.rivals import METHODS
    from panah.names.measuring.table import table

    wanted = args.only or METHODS
    unknown = [name for name in wanted if name not in METHODS]
    if unknown:
        raise BadFile(f"There is no method {unknown[0]}; the methods are {', '.join(METHODS)}.")
    for line in table(args.data, part=args.part, people=args.people, as_json=args.json, wanted=wanted):
        print(line, flush=True)


def _verdict(score: float) -> str:
    # On the built-in set one hard pair in a hundred passes 0.3, one random pair in a thousand 0.1.
    if score >= 0.8:
        return "very likely one person's name"
    if score >= 0.5:
        return "may well be one person's name"
    if score >= 0.25:
        return "uncertain"
    return "very likely two different names"


def _compare(a: str, b: str, *, as_json: bool) -> None:
    found = compare(a, b)
    if as_json:
        print(json.dumps(_as_dict(a, b, found), ensure_ascii=False))
        return
    print(f"{a}  |  {b}")
    print(f"score {found.score:.3f}: {_verdict(found.score)}")
    for reason in found.explanation:
        print(f"- {reason}")


def _as_dict(a: str, b: str, found: Comparison) -> dict[str, object]:
    return {
        "a": a,
        "b": b,
        "score": round(found.score, 6),
        "explanation": [{"code": reason.code, "sentence": str(reason)} for reason in found.explanation],
        "pairs": [
            {"a": pair.one.text, "b": pair.other.text, "likeness": round(pair.likeness, 4)}
            for pair in found.pairs
        ],
    }


def _score(path: Path, negatives: int | None, by: str | None) -> None:
    pairs = read_pairs(path, by)
    if by is None:
        print(json.dumps(score_pairs(pairs, negatives), ensure_ascii=False))
        return
    for value, group in by_group(pairs).items():
        print(json.dumps({by: value, **score_pairs(group, negatives)}, ensure_ascii=False))


if __name__ == "__main__":
    raise SystemExit(main())
