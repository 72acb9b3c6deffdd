"""Makes ``kit/fonts/NotoSansKR-Bold-subset.otf`` anew: the letters that DejaVu has not, for pictures in Korean.

``python -m tools.korean_font`` needs Noto Sans CJK (Debian: fonts-noto-cjk) and ``pyftsubset`` of fonttools, which
nothing else here needs: ``uv tool run --from fonttools`` finds it. The font holds the 2,350 syllables of KS X 1001, so
that a corrected text needs no new font: they are what Korean is written with outside of rare names.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")
# Which of the fonts in that file is the Korean one.
KOREAN = 1
MADE = Path(__file__).parents[1] / "src" / "panah" / "ground" / "kit" / "fonts" / "NotoSansKR-Bold-subset.otf"
MARKS = "·…–—“”‘’「」•"


def letters() -> str:
    """Return every letter that the font is to have: the syllables that EUC-KR writes in two bytes, ASCII, marks."""
    hangul = [chr(one) for one in range(0xAC00, 0xD7A4)]
    common = [one for one in hangul if len(one.encode("euc_kr", "ignore")) == len("xx")]
    return "".join([*map(chr, range(0x20, 0x7F)), *MARKS, *common])


def make() -> int:
    """Write the font; return how many bytes it has."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as wanted:
        wanted.write(letters())
        wanted.flush()
        subprocess.run(
            [
                "pyftsubset",
                str(SOURCE),
                f"--font-number={KOREAN}",
                f"--text-file={wanted.name}",
                f"--output-file={MADE}",
                "--no-hinting",
                "--layout-features=kern",
                "--drop-tables+=vhea,vmtx,VORG,BASE,GPOS",
                "--name-IDs=*",
            ],
            check=True,
        )
    return MADE.stat().st_size


if __name__ == "__main__":
    sys.stdout.write(f"{MADE.name}: {make()} bytes\n")
