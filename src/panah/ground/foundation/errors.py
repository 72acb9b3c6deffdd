"""Refusals: what happened, what to do next, and a code for programs."""


class Refusal(Exception):
    """Something may not be done now, for a reason a person can act on.

    ``sentence`` and ``next_step`` are whole translated sentences without names or secrets;
    ``code`` is stable and for programs; ``status`` is the HTTP status a page answers with.
    """

    status = 409

    def __init__(
        self, sentence: object, *, next_step: object = "", code: str = "refused", status: int | None = None
    ) -> None:
        super().__init__(code)
        self.sentence = sentence
        self.next_step = next_step
        self.code = code
        if status is not None:
            self.status = status
