"""The commands ``names compare`` and ``names score``. Starts without Django."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from panah.ground.names.compare import Comparison, compare
from panah.ground.names.scoring import BadFile, by_group, read_pairs, score_pairs


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
        "--random-negatives", metavar="N", type=count, help="draw N different pairs at random from the file"
    )
    file.add_argument("--by", metavar="COLUMN", help="one object for each value of this column")
    return parser


def count(word: str) -> int:
    """Read a number of one or more from the command line."""
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def speak_utf8() -> None:
    """Print names of every script, whatever the machine's locale is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 2 when what was given cannot be used."""
    try:
        args = _parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    speak_utf8()
    try:
        if args.command == "compare":
            _compare(args.a, args.b, as_json=args.json)
        else:
            _score(args.file, args.random_negatives, args.by)
    except BadFile as problem:
        print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    return 0


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
