"""A picture of ``kit.drawing`` on paper: the same lines as on the screen, in black."""

from __future__ import annotations

from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from panah.ground.kit.drawing import Line, Picture, Rect, Text
from panah.ground.kit.letter import BOLD, TEXT

HATCH = 5


class DrawnPicture(Flowable):  # type: ignore[misc]  # it brings no types
    """Draws a picture as wide as it may be; on paper heights are counted from below."""

    def __init__(self, picture: Picture, width: float) -> None:
        super().__init__()
        self.picture, self.factor = picture, min(1.0, width / picture.width)
        self.width, self.height = picture.width * self.factor, picture.height * self.factor

    def wrap(self, *_room: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.saveState()
        canvas.scale(self.factor, self.factor)
        canvas.setLineWidth(1.2)
        for line in self.picture.lines:
            self._line(canvas, line)
        for rect in self.picture.rects:
            self._rect(canvas, rect)
        canvas.setDash()
        canvas.setFillColor(colors.black)
        for text in self.picture.texts:
            self._text(canvas, text)
        canvas.restoreState()

    def _y(self, y: float) -> float:
        return self.picture.height - y

    def _line(self, canvas: Canvas, line: Line) -> None:
        canvas.setDash(*_dash(line.dash))
        path = canvas.beginPath()
        for number, (x, y) in enumerate(line.points):
            (path.lineTo if number else path.moveTo)(x, self._y(y))
        canvas.drawPath(path)
        if line.arrow:
            canvas.setDash()
            (x, y) = line.points[-1]
            head = canvas.beginPath()
            head.moveTo(x, self._y(y))
            head.lineTo(x - 10, self._y(y - 5))
            head.lineTo(x - 10, self._y(y + 5))
            head.close()
            canvas.setFillColor(colors.black)
            canvas.drawPath(head, fill=1)

    def _rect(self, canvas: Canvas, rect: Rect) -> None:
        canvas.setDash(*_dash(rect.dash))
        x, y = rect.x, self._y(rect.y + rect.height)
        canvas.setFillColor(colors.white if rect.fill == "sheet" else colors.black)
        canvas.rect(x, y, rect.width, rect.height, fill=int(rect.fill in ("full", "sheet")))
        if rect.fill == "hatch":
            canvas.saveState()
            path = canvas.beginPath()
            path.rect(x, y, rect.width, rect.height)
            canvas.clipPath(path, stroke=0)
            at = x - rect.height
            while at < x + rect.width:
                canvas.line(at, y, at + rect.height, y + rect.height)
                at += HATCH
            canvas.restoreState()

    def _text(self, canvas: Canvas, text: Text) -> None:
        canvas.setFont(BOLD if text.bold else TEXT, text.size * 0.95)
        place = {
            "start": canvas.drawString,
            "middle": canvas.drawCentredString,
            "end": canvas.drawRightString,
        }
        place[text.anchor](text.x, self._y(text.y), text.text)


def _dash(dash: str) -> tuple[list[float]]:
    return ([float(one) for one in dash.split()],)
