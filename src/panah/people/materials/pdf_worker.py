"""Writes a PDF anew, without what runs, opens or lies hidden in it: a program for one file, started by ``pdf_files``.

In: the PDF. Out: a line of JSON and the new PDF. ``{"cannot": …}``: damaged, locked, too-large, or ``does`` with what
it does (runs, embeds, sends, plays). Without Django, and without files or network (``kit.process_limits``).
"""

import io
import json
import sys
from pathlib import Path

MEMORY, CPU_SECONDS = 1536 * 1024 * 1024, 30
MOST_OBJECTS = 150_000
DOES = {
    "/JS": "runs", "/JavaScript": "runs", "/Launch": "runs", "/XFA": "runs",
    "/EmbeddedFiles": "embeds", "/EmbeddedFile": "embeds", "/Filespec": "embeds", "/EF": "embeds", "/AF": "embeds",
    "/FileAttachment": "embeds", "/GoToR": "embeds", "/GoToE": "embeds", "/Collection": "embeds",
    "/SubmitForm": "sends", "/ImportData": "sends", "/ResetForm": "sends",
    "/RichMedia": "plays", "/Movie": "plays", "/Sound": "plays", "/Screen": "plays",
    "/Rendition": "plays", "/3D": "plays",
}  # fmt: skip


class Cannot(Exception):
    """What keeps it from being published."""


def written_anew(body: bytes) -> tuple[dict[str, object], bytes]:
    """Return facts and the PDF as it may be published: one revision, no author, nothing that no page leads to."""
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(io.BytesIO(body), strict=False)
    if reader.is_encrypted:
        raise Cannot("locked")
    writer = PdfWriter(clone_from=reader)
    if len(writer._objects) > MOST_OBJECTS:
        raise Cannot("too-large")
    for one in writer._objects:
        look(one)
    for name in ("/Metadata", "/OpenAction", "/AA", "/PieceInfo"):
        writer._root_object.pop(name, None)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return {"pages": len(writer.pages)}, out.getvalue()


def look(found: object) -> None:
    """Raise where an object, or what stands in it, does something by itself."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            for key, value in one.items():
                if key in DOES:
                    raise Cannot(f"does {DOES[key]}")
                if key in ("/S", "/Subtype", "/Type") and isinstance(value, str) and value in DOES:
                    raise Cannot(f"does {DOES[value]}")
                waiting.append(value)
        elif isinstance(one, list):
            waiting.extend(one)


def answer(body: bytes) -> tuple[dict[str, object], bytes]:
    try:
        return written_anew(body)
    except Cannot as why:
        return {"cannot": str(why)}, b""
    except MemoryError:
        return {"cannot": "too-large"}, b""
    except Exception:  # noqa: BLE001  whatever a reader trips over is a damaged file
        return {"cannot": "damaged"}, b""


def warm_up() -> None:
    """Load what is needed later: afterwards no file can be opened, not even one of Python's own."""
    from pypdf import PdfWriter

    tried, out = PdfWriter(), io.BytesIO()
    tried.add_blank_page(9, 9)
    tried.compress_identical_objects()
    tried.write(out)
    written_anew(out.getvalue())


def main() -> None:
    # -I: neither our folder nor the environment decides what is imported; this one folder is ours.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from panah.ground.kit.process_limits import give_up_everything

    warm_up()
    give_up_everything(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    facts, out = answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + out)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
