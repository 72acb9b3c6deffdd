"""Changing the text of a module: its parts and questions, the same ones in each of its languages. No clock, no rows."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import TypedDict

from panah.programmes.training.curricula import Curriculum, KeptCurriculum, KeptPart, KeptQuestion

# The slugs of modules that a society writes itself begin with it; none that Panah brings does.
OWN = "own-"

# Language -> the whole module.
type Content = dict[str, KeptCurriculum]


class PartText(TypedDict):
    """A part in one language."""

    title: str
    materials: list[str]
    steps: list[str]
    disclosure: str


class QuestionText(TypedDict):
    """A question in one language."""

    text: str
    options: list[str]
    why: str


class AboutText(TypedDict):
    """What stands above the parts, in one language."""

    title: str
    aims: list[str]
    materials: list[str]
    disclosure: str


def own_slug(slug: str) -> str:
    """Return the slug of the society's own module that is made from this one."""
    return slug if slug.startswith(OWN) else f"{OWN}{slug}"[:40]


def begun(slug: str, *, title: str, language: str) -> Content:
    """Return a module in which nothing is written yet."""
    return {
        language: {"slug": slug, "version": 1, "title": title, "minutes": 0, "parts": [], "questions": []}
    }


def copied(languages: Mapping[str, Curriculum], slug: str) -> Content:
    """Return a module to go on writing: it is no draft of Panah's any more."""
    found: Content = {}
    for language, one in languages.items():
        kept = copy.deepcopy(one.as_kept())
        found[language] = {**kept, "slug": slug, "draft": False}  # type: ignore[typeddict-item]  # as_kept() is one
    return found


def as_version(content: Content, version: int) -> dict[str, Curriculum]:
    return {language: Curriculum.of({**kept, "version": version}) for language, kept in content.items()}


def _each(content: Content, change: Callable[[str, KeptCurriculum], None]) -> Content:
    """Return the module with every language changed; its minutes are those of its parts."""
    found = copy.deepcopy(content)
    for language, kept in found.items():
        change(language, kept)
        kept["minutes"] = sum(int(part["minutes"]) for part in kept["parts"])
    return found


def with_about(
    content: Content, *, audience: list[str], teaches: str, texts: Mapping[str, AboutText]
) -> Content:
    def change(language: str, kept: KeptCurriculum) -> None:
        text = texts[language]
        kept["title"], kept["disclosure"] = text["title"], text["disclosure"]
        kept["aims"], kept["materials"] = text["aims"], text["materials"]
        kept["audience"], kept["teaches"] = audience, teaches

    return _each(content, change)


def with_part(
    content: Content, place: int | None, *, minutes: int, texts: Mapping[str, PartText], was: str = ""
) -> Content:
    """Return the module with the part at this place written anew; None: with one more.

    ``was``: its title in the first language when it was opened, if that is known. A part that was moved since is found
    by it; one that was taken off, or called otherwise, is written as one more, so that no other part is lost.
    """
    if place is not None:
        place = _place(content, place, was, typed=texts[next(iter(content))]["title"])

    def change(language: str, kept: KeptCurriculum) -> None:
        part: KeptPart = {**texts[language], "minutes": minutes}
        parts = list(kept["parts"])
        if place is not None:
            parts[place] = part
        elif parts[-1:] != [part]:
            # Pressed twice, it is one part.
            parts.append(part)
        kept["parts"] = parts

    return _each(content, change)


def _place(content: Content, place: int, was: str, *, typed: str) -> int | None:
    """Return where the part stands that had this title, or has the typed one already: pressed twice. None: nowhere."""
    titles = [part["title"] for part in next(iter(content.values()))["parts"]]
    if not was and place < len(titles):
        return place
    for title in (was, typed):
        if titles[place : place + 1] == [title]:
            return place
        if title in titles:
            return titles.index(title)
    return None


def without_part(content: Content, place: int) -> Content:
    def change(language: str, kept: KeptCurriculum) -> None:
        kept["parts"] = [one for number, one in enumerate(kept["parts"]) if number != place]

    return _each(content, change)


def with_part_earlier(content: Content, place: int) -> Content:
    """Return the module with this part before the one that stood before it."""

    def change(language: str, kept: KeptCurriculum) -> None:
        parts = list(kept["parts"])
        if 0 < place < len(parts):
            parts[place - 1], parts[place] = parts[place], parts[place - 1]
        kept["parts"] = parts

    return _each(content, change)


def with_question(
    content: Content, which: str, *, right: list[int], texts: Mapping[str, QuestionText]
) -> Content:
    """Return the module with this question written anew, or with one more under an id that no other has.

    One that was taken off meanwhile comes back.
    """
    new = which or _free_id(content)

    def change(language: str, kept: KeptCurriculum) -> None:
        question: KeptQuestion = {**texts[language], "id": new, "right": right}
        questions = list(kept.get("questions", ()))
        if any(one["id"] == which for one in questions):
            kept["questions"] = [question if one["id"] == which else one for one in questions]
        elif which or not questions or {**question, "id": questions[-1]["id"]} != questions[-1]:
            # Pressed twice, it is one question.
            kept["questions"] = [*questions, question]

    return _each(content, change)


def _free_id(content: Content) -> str:
    taken = {one["id"] for kept in content.values() for one in kept.get("questions", ())}
    return next(one for number in range(1, len(taken) + 2) if (one := f"q{number}") not in taken)


def without_question(content: Content, which: str) -> Content:
    def change(language: str, kept: KeptCurriculum) -> None:
        kept["questions"] = [one for one in kept.get("questions", ()) if one["id"] != which]

    return _each(content, change)


def with_language(content: Content, language: str) -> Content:
    """Return the module with one more language, which says at first what the first one says."""
    first = next(iter(content.values()))
    return content if language in content else {**content, language: copy.deepcopy(first)}


def missing(content: Content) -> str:
    """Return what keeps a module from being taught (a code), or ""."""
    kept = next(iter(content.values()))
    if not kept["parts"]:
        return "parts"
    if not kept.get("audience"):
        return "audience"
    if not kept.get("aims"):
        return "aims"
    first, *others = as_version(content, 1).values()
    if any(other.structure != first.structure for other in others):
        return "languages"
    # A language that was added begins with the words of the first one.
    told = {*first.parts, *first.questions}
    return "words" if any(not told.isdisjoint({*other.parts, *other.questions}) for other in others) else ""
