"""Reads a workbook in a process that can do nothing else. Started by ``workbook_process``, never imported.

It reads one line of JSON and then the workbook from its input, and writes lines of JSON: what is to be said about the
sheet, then each of its lines, or the first lines of every sheet; then that it came to the end. Before it looks at the
first byte it gives up files, network, other processes and most memory: a workbook of a few hundred kilobytes can unpack
into more than a machine has.
"""

import io
import json
import sys

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 120


def say(one: object) -> None:
    sys.stdout.buffer.write(json.dumps(one).encode() + b"\n")


def answer(known: list[str], name: str, body: bytes) -> dict[str, object]:
    """Write the lines of the sheet; return what is said last: the end, or why there is none."""
    from panah.ground.kit.tables.limits import Unreadable
    from panah.ground.kit.tables.workbooks import open_sheet

    try:
        sheet = open_sheet(io.BytesIO(body), frozenset(known), name=name)
        say({"notes": sheet.notes, "name": sheet.name, "names": sheet.names})
        for line in sheet.lines:
            say(line)
    except Unreadable as problem:
        return {"cannot": problem.code, "more": problem.more}
    except MemoryError:
        return {"cannot": "too-large-inside", "more": {}}
    return {"end": True}


def first_of_all(body: bytes) -> dict[str, object]:
    """Write the first lines of every sheet; return what is said last."""
    from panah.ground.kit.tables.limits import Unreadable
    from panah.ground.kit.tables.workbooks import first_lines

    try:
        for lines in first_lines(io.BytesIO(body)):
            say(lines)
    except Unreadable as problem:
        return {"cannot": problem.code, "more": problem.more}
    except MemoryError:
        return {"cannot": "too-large-inside", "more": {}}
    return {"end": True}


def warm_up() -> None:
    """Load what is needed later: afterwards no file can be opened, not even one of Python's own."""
    from openpyxl import Workbook

    out = io.BytesIO()
    made = Workbook()
    made.active["A1"], made.active["A2"] = "a", "=1"
    made.save(out)
    say_nothing = sys.stdout
    sys.stdout = io.TextIOWrapper(io.BytesIO())
    try:
        answer(["a"], "", out.getvalue())
        first_of_all(out.getvalue())
    finally:
        sys.stdout = say_nothing


def main() -> None:
    # -I: neither our folder nor the environment decides what is imported; where we lie is told by who started us.
    sys.path.insert(0, sys.argv[1])
    from panah.ground.kit.process_limits import give_up_everything

    warm_up()
    give_up_everything(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    asked = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    say(first_of_all(body) if asked.get("first_of_all") else answer(asked["known"], asked["sheet"], body))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
