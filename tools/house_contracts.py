"""Import-linter contract: a room's inner modules may be imported only from that room."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

from panah.rooms import HOUSES


class PrivateParts(Contract):
    """Let nobody but the room itself import these parts of it; ``shared`` rooms are for all."""

    # import-linter puts the values of pyproject.toml in the place of these fields.
    root: Any = fields.StringField()
    parts: Any = fields.SetField(subfield=fields.StringField())
    shared: Any = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return which module reaches into which part of another room."""
        trespasses = [
            (importer, inner)
            for room in self.rooms(graph)
            if room.split(".")[-1] not in (self.shared or set())
            for inner in self.inner_modules(graph, room)
            for importer in graph.find_modules_that_directly_import(inner)
            if not importer.startswith(f"{room}.") and importer != room
        ]
        return ContractCheck(kept=not trespasses, metadata={"trespasses": sorted(trespasses)})

    def rooms(self, graph: ImportGraph) -> list[str]:
        """Return the packages of all rooms: those in a house, and those beside the houses."""
        houses = {f"{self.root}.{house}" for house in HOUSES}
        beside = graph.find_children(self.root) - houses
        return sorted(beside.union(*(graph.find_children(house) for house in houses)))

    def inner_modules(self, graph: ImportGraph, room: str) -> list[str]:
        """Return the private modules of a room, those inside its packages too."""
        parts = [f"{room}.{part}" for part in self.parts if f"{room}.{part}" in graph.modules]
        return parts + [inner for part in parts for inner in graph.find_descendants(part)]

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say who reaches where, and what to do instead."""
        for importer, inner in check.metadata["trespasses"]:
            output.print_error(f"{importer} reaches into {inner}: ask its actions or queries instead")
