"""How often the code says ``Any``, where a type would let mypy see a mistake. The number may only go down."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
ALLOWED = ROOT / "tools" / "any_allowed.txt"


def counted_in(text: str) -> int:
    if "Any" not in text:
        return 0
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(ast.parse(text)))


def counted() -> int:
    """Return how often what a node runs says ``Any``; migrations are Django's."""
    paths = (path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts)
    return sum(counted_in(path.read_text()) for path in paths)


def allowed() -> int:
    return int(ALLOWED.read_text())


def complaints() -> list[str]:
    return complaints_about(counted(), allowed=allowed())


def complaints_about(number: int, *, allowed: int) -> list[str]:
    if number <= allowed:
        return []
    return [f"Any stands {number} times, {allowed} are allowed (tools/any_allowed.txt): say what type it is"]


def remark() -> str:
    return f"Any stands {counted()} times, {allowed()} are allowed"


def lower() -> None:
    """Write down a smaller number, never a larger one."""
    ALLOWED.write_text(f"{min(counted(), allowed())}\n")
