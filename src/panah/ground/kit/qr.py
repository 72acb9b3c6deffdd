"""A QR code as a drawing: an inline SVG, since the policy of our pages allows no ``data:`` address."""

from html import escape


def dark_rows(text: str) -> list[list[bool]]:
    """Return which modules of the symbol of a text are dark, row by row, with a quiet zone of four modules."""
    # It brings Pillow with it: loaded by whoever draws a square, not by every worker.
    from qrcode.constants import ERROR_CORRECT_L
    from qrcode.main import QRCode

    symbol = QRCode(error_correction=ERROR_CORRECT_L, border=4)
    symbol.add_data(text)
    rows: list[list[bool]] = symbol.get_matrix()
    return rows


def svg(text: str, *, label: str) -> str:
    """Return the symbol of a text as an ``<svg>`` element."""
    rows = dark_rows(text)
    side = len(rows)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}" width="220" height="220" role="img" aria-label="{escape(label)}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>'
    )
