"""A photo with its place written into it, and a contract, as documents of a case."""

import io

from PIL import Image
from reportlab.pdfgen import canvas

PLACE, PHONE = b"Practice Telephone 42.87", "Practice Telephone 42.87"


def photo(size=(640, 480), **more):
    """A JPEG as a telephone writes it: held upright, with place, time, maker and a remark in it."""
    beside = Image.Exif()
    beside[0x0112], beside[0x010F], beside[0x0132] = 6, PHONE, "2026:11:24 03:14:15"
    place = beside.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (42.0, 52.0, 12.0), "E", (74.0, 36.0, 1.0)
    out = io.BytesIO()
    drawn = Image.linear_gradient("L").resize(size).convert("RGB")
    drawn.save(out, "JPEG", exif=beside, comment=b"Practice remark", **more)
    return out.getvalue()


def contract(pages=2, **more):
    out = io.BytesIO()
    drawn = canvas.Canvas(out, **more)
    for number in range(pages):
        drawn.drawString(90, 700, f"Practice contract, page {number + 1}")
        drawn.showPage()
    drawn.save()
    return out.getvalue()
