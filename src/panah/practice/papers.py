"""A photograph and a paper that nobody took or signed: drawn here, and saying so."""

from io import BytesIO

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

MADE_UP = "PRACTICE: made up"


def photograph() -> bytes:
    """Return a drawn sign at a gate as a telephone would send it: a JPEG with a made-up place and maker in it."""
    drawn = Image.linear_gradient("L").resize((1200, 900)).convert("RGB")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((300, 260, 900, 640), fill=(236, 226, 205), outline=(70, 52, 34), width=14)
    pen.text((360, 340), "WORKSHOP No 0", fill=(50, 40, 30), font_size=64)
    pen.text((360, 460), MADE_UP, fill=(50, 40, 30), font_size=48)
    beside = Image.Exif()
    beside[0x010F] = "Practice Telephone"
    beside.get_ifd(0x8825).update({1: "N", 2: (0.0, 0.0, 1.0), 3: "E", 4: (0.0, 0.0, 1.0)})
    out = BytesIO()
    drawn.save(out, "JPEG", quality=85, exif=beside)
    return out.getvalue()


def contract() -> bytes:
    """Return a contract of two pages as a PDF."""
    out = BytesIO()
    pen = Canvas(out, invariant=1)
    for number, lines in enumerate(
        (
            (
                "Practice contract",
                MADE_UP,
                "Between Workshop No 0 and Practice Person Apricot.",
                "Wages: ______",
            ),
            ("Page 2", MADE_UP, "Papers stay with the employer until the debt is paid.", "Signed: xxx"),
        ),
        1,
    ):
        for line, text in enumerate(lines):
            pen.setFont("Helvetica", 22 if line == 0 else 14)
            pen.drawString(80, 740 - 44 * line, text)
        pen.drawString(280, 40, str(number))
        pen.showPage()
    pen.save()
    return out.getvalue()
