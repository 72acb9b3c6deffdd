"""Draws a picture or a page in a process that can do nothing else. Started by ``image_sandbox``, never imported.

It reads one line of JSON and then the content from its input, and writes one line of JSON and then a new picture to its
output. What it draws holds pixels alone: nothing that a camera, a telephone or a program wrote beside them. Before it
looks at the first byte it gives up files, network, other processes and most memory; whoever takes it over through a
hole in a decoder holds one content, and can hand back a picture.
"""

import io
import json
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
PIXELS = 64_000_000
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 15
QUALITY = 88


class CannotDraw(Exception):
    """Why not: damaged, too-large, locked."""


def draw_picture(body: bytes, edge: int) -> dict[str, Any]:
    """Return the picture upright, no longer than ``edge`` pixels, as nothing but pixels."""
    with Image.open(io.BytesIO(body), formats=FORMATS) as found:
        width, height = found.size
        if found.format == "JPEG":
            # A JPEG is read at a half, a quarter or an eighth: a large photograph then costs little.
            found.draft("RGB", (edge, edge))
        if found.size[0] * found.size[1] > PIXELS:
            raise CannotDraw("too-large")
        clear = found.mode in ("RGBA", "LA", "PA") or "transparency" in found.info
        turned = found.getexif().get(0x0112, 1)
        drawn = found.convert("RGBA" if clear else "RGB")
    drawn.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=2.0)
    drawn = upright(drawn, turned)
    if turned in (5, 6, 7, 8):
        width, height = height, width
    return {"width": width, "height": height, "pages": 1, "picture": drawn}


def upright(drawn: Image.Image, turned: int) -> Image.Image:
    """Turn the pixels as the camera was held."""
    marked = Image.Exif()
    marked[0x0112] = turned
    drawn.info["exif"] = marked.tobytes()
    return ImageOps.exif_transpose(drawn) if turned in range(2, 9) else drawn


def draw_page(body: bytes, number: int, edge: int) -> dict[str, Any]:
    """Return one page of a PDF, counted from 1, with filled-in forms; no script in it runs."""
    import pypdfium2

    try:
        book = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as wrong:
        raise CannotDraw("locked" if "password" in str(wrong).lower() else "damaged") from None
    if not 1 <= number <= len(book):
        raise CannotDraw("damaged")
    if book.get_formtype():
        book.init_forms()
    page = book[number - 1]
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise CannotDraw("damaged")
    drawn = page.render(scale=edge / max(width, height), rev_byteorder=True).to_pil().convert("RGB")
    return {"width": drawn.width, "height": drawn.height, "pages": len(book), "picture": drawn}


def written(drawn: Image.Image) -> tuple[str, bytes]:
    """Return (type, bytes) of a picture made anew: what lay beside its pixels stays behind."""
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    out = io.BytesIO()
    if bare.mode == "RGBA":
        bare.save(out, "PNG")
        return "png", out.getvalue()
    bare.save(out, "JPEG", quality=QUALITY)
    return "jpeg", out.getvalue()


def answer(asked: dict[str, Any], body: bytes) -> tuple[dict[str, object], bytes]:
    """Return what goes back: a line of facts and a picture, or why there is none."""
    try:
        if asked["kind"] == "pdf":
            found = draw_page(body, asked["number"], asked["edge"])
        else:
            found = draw_picture(body, asked["edge"])
        kind, drawn = written(found.pop("picture"))
    except CannotDraw as why:
        return {"cannot": str(why)}, b""
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"cannot": "too-large"}, b""
    except Exception:  # noqa: BLE001  whatever a decoder trips over is a damaged content
        return {"cannot": "damaged"}, b""
    return {**found, "type": kind}, drawn


def warm_up(*, with_pages: bool) -> None:
    """Load what is needed later: afterwards no file can be opened, not even one of Python's own."""
    for kind in FORMATS:
        tried = io.BytesIO()
        Image.new("RGB", (2, 2)).save(tried, kind)
        draw_picture(tried.getvalue(), 1)
    written(Image.new("RGBA", (1, 1)))
    if with_pages:
        import pypdfium2

        book, tried = pypdfium2.PdfDocument.new(), io.BytesIO()
        book.new_page(9, 9)
        book.save(tried)
        draw_page(tried.getvalue(), 1, 9)


def main() -> None:
    # -I: neither our folder nor the environment decides what is imported; this one folder is ours.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from panah.ground.kit.process_limits import give_up_everything

    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = None  # we count ourselves, after a JPEG said how large it can be read
    warm_up(with_pages=sys.argv[1:] == ["pdf"])
    give_up_everything(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    asked = json.loads(sys.stdin.buffer.readline())
    facts, drawn = answer(asked, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + drawn)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
