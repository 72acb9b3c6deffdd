"""What can be done with one row: a table of steps. Its addresses, views and buttons are made from it.

A room declares in ``steps.py`` a `StepTable` for each thing that people do something with; ``urls.py`` takes its
addresses, the page of the row asks `StepTable.offered` for its buttons (``{{ step_buttons(steps, csrf_input) }}``).
``tests/guard/test_steps.py`` tries every step of every table. A page that needs an ``if`` of its own stays by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from django.db.models import Model
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.jinja import url
from panah.ground.kit.optimistic_lock import mark
from panah.ground.kit.pages import add_message, posted
from panah.ground.kit.row_locks import gone_on
from panah.ground.kit.versioned_form import KeptForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.ground.kit.forms import Form

type View = Callable[..., HttpResponse]

SAVE = gettext_lazy("Save")
BACK = gettext_lazy("Back")


class MaySign(Protocol):
    """Whether somebody may sign as the second person; see ``approvals.second_person.SecondPerson``."""

    @property
    def may(self) -> bool: ...
    @property
    def sentence(self) -> str: ...
    @property
    def next_step(self) -> str: ...


@dataclass(frozen=True)
class Step[Row: Model]:
    """One thing that can be done with a row.

    ``act`` is the action: it is given the row, ``by``, ``at`` and the answers of the form, and refuses by itself whom
    and what the page would not have offered. ``label`` stands on the button that leads here, ``heading`` over the form.
    """

    name: str
    path: str
    label: StrOrPromise
    act: Callable[..., object]
    # None: the button does it at once.
    form: type[Form] | None = None
    _: KW_ONLY
    # Who takes it (None: whoever the table names), of which rows, and from which state.
    may: Callable[[Staff], bool] | None = None
    whose: Callable[[Row, Staff], bool] | None = None
    fits: Callable[[Row], bool] | None = None
    # What is missing, where more can be said than that it does not fit.
    lacks: Callable[[Row], StrOrPromise] | None = None
    # Whether she is another person than those who had a hand in it.
    second: Callable[[Row, Staff], MaySign] | None = None
    # What the form is made with beside its answers.
    given: Callable[[Row, Staff], Mapping[str, object]] | None = None
    # Fields of the row that the form begins with.
    changes: tuple[str, ...] = ()
    heading: StrOrPromise = ""
    button: StrOrPromise = SAVE
    hint: StrOrPromise = ""
    # What she reads afterwards, also from what the action returned.
    done: StrOrPromise | Callable[[object], StrOrPromise] = ""
    # Of a button: it tells the action which state of the row was ``seen``.
    seen: bool = False
    # Where to afterwards: elsewhere, or to the page of the row that the action returned; else to that of the row.
    leads_to: Callable[[Row, Staff], str] | None = None
    to_result: bool = False
    main: bool = False
    # What cannot be brought back has a red button.
    grave: bool = False
    # The action is given ``keys`` too: None while the vault is locked.
    with_keys: bool = False
    # As of the table; of this step alone.
    vault: Callable[[View], View] | None = None


@dataclass(frozen=True)
class StepOffer:
    """A step as a button: ``post`` does it at once; ``refusal``: in its place, who can instead."""

    label: StrOrPromise
    href: str
    post: bool
    main: bool
    refusal: str = ""
    seen: str = ""


@dataclass(frozen=True, kw_only=True)
class StepTable[Row: Model]:
    """The steps of one kind of row. ``row_name`` is what its actions call the row, ``place`` its room in the menu."""

    app: str
    place: str
    row_name: str
    # The field that names a row in addresses.
    named_by: str = "pk"
    # A row, by what names it in addresses, ``to`` a colleague; 404 where she sees none.
    find: Callable[..., Row]
    may: Callable[[Staff], bool]
    # The address of a row's page, and what a way back to it is called.
    page: Callable[[Row], str]
    title: Callable[[Row], StrOrPromise] = lambda _row: BACK
    # For what is sealed, ``vault_required``: the actions are given ``keys`` in place of ``by``.
    vault: Callable[[View], View] | None = None
    # What every step of it needs.
    fits: Callable[[Row], bool] | None = None
    # What a step does not say itself.
    whose: Callable[[Row, Staff], bool] | None = None
    given: Callable[[Row, Staff], Mapping[str, object]] | None = None
    done: StrOrPromise = ""
    leads_to: Callable[[Row, Staff], str] | None = None
    # A page of the room's own around the form.
    show: Callable[[StaffRequest, Step[Row], Row, Form], HttpResponse] | None = None
    steps: tuple[Step[Row], ...]

    def urls(self, prefix: str) -> Iterator[URLPattern]:
        """Yield the addresses under that of the row, such as ``meetings/<uuid:pk>/``; what names it is its one part."""
        for step in self.steps:
            yield path(f"{prefix}{step.path}/", self._view(step), name=step.name)

    def offered(self, row: Row, *, to: Staff) -> dict[str, StepOffer]:
        """Return the steps that are open to a colleague now by name, in their order."""
        return {
            step.name: self._offer(step, row, to) for step in self.steps if self.is_open(step, row, to=to)
        }

    def is_open(self, step: Step[Row], row: Row, *, to: Staff) -> bool:
        return self.may_take(step, row, to=to) and self.does_fit(step, row)

    def may_take(self, step: Step[Row], row: Row, *, to: Staff) -> bool:
        whose = step.whose or self.whose
        return (step.may or self.may)(to) and (whose is None or whose(row, to))

    def does_fit(self, step: Step[Row], row: Row) -> bool:
        return all(fits(row) for fits in (self.fits, step.fits) if fits is not None)

    def _offer(self, step: Step[Row], row: Row, to: Staff) -> StepOffer:
        second = step.second(row, to) if step.second else None
        refusal = "" if second is None or second.may else f"{second.sentence} {second.next_step}"
        href = url(f"{self.app}:{step.name}", getattr(row, self.named_by))
        seen = mark(getattr(row, "edited_at", None)) if step.seen else ""
        return StepOffer(step.label, href, step.form is None, step.main, refusal, seen)

    def _view(self, step: Step[Row]) -> View:
        def view(request: StaffRequest, **named: object) -> HttpResponse:
            row = self.find(*named.values(), to=request.staff)
            if not self.may_take(step, row, to=request.staff):
                raise Http404
            if request.method != "POST" and not self.does_fit(step, row):
                # A colleague was quicker, or an old page is open.
                add_message(request, gone_on().sentence, tone="soon")
                return HttpResponseRedirect(self.page(row))
            if step.form is None:
                return self._pressed(request, step, row)
            return self._asked(request, step, row, step.form)

        # For whoever looks for the view of an address: it belongs to the room.
        view.__module__, view.__qualname__ = step.act.__module__, step.name
        only = require_POST if step.form is None else require_http_methods(["GET", "POST"])
        guard = step.vault or self.vault
        return only(guard(view) if guard else view)

    def _act(self, step: Step[Row], row: Row, **given: object) -> object:
        if not self.does_fit(step, row):
            if step.lacks and (sentence := step.lacks(row)):
                raise Refusal(str(sentence), code="step-does-not-fit")
            raise gone_on(gettext("Open the page again: it shows how it stands now."))
        return step.act(**{self.row_name: row}, **given)

    def _acting(self, request: StaffRequest, step: Step[Row]) -> dict[str, object]:
        who: dict[str, object] = {"keys": request.keys} if step.vault or self.vault else {"by": request.staff}
        if step.with_keys:
            who["keys"] = request.keys
        return {"at": timezone.now(), **who}

    def _pressed(self, request: StaffRequest, step: Step[Row], row: Row) -> HttpResponse:
        acting = self._acting(request, step)
        if step.seen:
            acting["seen"] = request.POST.get("seen")
        try:
            made = self._act(step, row, **acting)
        except Refusal as refusal:
            add_message(request, f"{refusal.sentence} {refusal.next_step}".strip(), tone="soon")
            return HttpResponseRedirect(self.page(row))
        return self._onward(request, step, row, made)

    def _asked(
        self, request: StaffRequest, step: Step[Row], row: Row, make: Callable[..., Form]
    ) -> HttpResponse:
        more = step.given or self.given
        given = dict(more(row, request.staff)) if more else {}
        if step.changes:
            given["initial"] = {name: getattr(row, name) for name in step.changes}
        form = make(posted(request), **given)
        if isinstance(form, KeptForm):
            # Two colleagues at one row: the second one sees what the first has written before hers counts.
            form.look_at(row)
        if form.submit(partial(self._act, step, row), **self._acting(request, step)):
            return self._onward(request, step, row, form.result)
        if self.show:
            return self.show(request, step, row, form)
        return form_page(
            request,
            self.place,
            form,
            step.heading or step.label,
            self.page(row),
            back_text=self.title(row),
            button=step.button,
            hint=step.hint,
            grave=step.grave,
        )

    def _onward(self, request: StaffRequest, step: Step[Row], row: Row, made: object) -> HttpResponse:
        said = step.done(made) if callable(step.done) else step.done or self.done
        if said:
            add_message(request, said)
        if leads_to := step.leads_to or self.leads_to:
            return HttpResponseRedirect(leads_to(row, request.staff))
        return HttpResponseRedirect(self.page(cast("Row", made) if step.to_result else row))
