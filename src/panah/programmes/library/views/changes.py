"""What is changed about a document by whoever keeps it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, attempt, posted
from panah.programmes.library import actions, queries
from panah.programmes.library.forms import documents as forms
from panah.programmes.library.forms.links import LinkForm
from panah.programmes.library.models import Document
from panah.programmes.library.views.common import kept, to_document


def _form(
    request: StaffRequest,
    form: Form,
    row: Document,
    heading: object,
    *,
    hint: object = "",
    button: object = "",
) -> HttpResponse:
    back = reverse("library:document", args=[row.number])
    return form_page(request, "library", form, heading, back, back_text=row.title, button=button, hint=hint)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, number: str) -> HttpResponse:
    """Edit the details."""
    row = kept(request, number)
    form = forms.ChangeForm(posted(request), initial=forms.ChangeForm.first(row))
    form.look_at(row)
    if form.submit(actions.change, document=row, by=request.staff, at=timezone.now()):
        return to_document(row)
    return _form(request, form, row, _("Edit the details"))


@require_http_methods(["GET", "POST"])
def visibility(request: StaffRequest, number: str) -> HttpResponse:
    """Say who finds it."""
    row = kept(request, number)
    first = {"visibility": row.visibility, "named": queries.again_named(row)}
    form = forms.VisibilityForm(posted(request), people=colleagues(to=request.staff), initial=first)
    if form.submit(actions.set_visibility, document=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Changed. The search knows it at once."))
        return to_document(row)
    return _form(request, form, row, _("Who finds it"))


@require_http_methods(["GET", "POST"])
def replace(request: StaffRequest, number: str) -> HttpResponse:
    """Say by which document it is replaced."""
    row = kept(request, number)
    form = forms.NumberForm(posted(request))

    def replaced(*, number: str) -> None:
        other = queries.numbered(number, to=request.staff)
        if other is None:
            raise no_such_number()
        actions.replace(document=row, other=other, by=request.staff, at=timezone.now())

    if form.submit(replaced):
        return to_document(row)
    return _form(request, form, row, _("Replaced by another document"), hint=_("Both stay here to be read."))


def no_such_number() -> Refusal:
    return Refusal(
        _("There is no document with this number."),
        next_step=_("Copy it from the page of that document."),
        code="no-such-number",
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, number: str) -> HttpResponse:
    """Say that it is not to be gone by any more."""
    row = kept(request, number)
    form = forms.WithdrawForm(posted(request))
    if form.submit(actions.withdraw, document=row, by=request.staff, at=timezone.now()):
        return to_document(row)
    return _form(
        request,
        form,
        row,
        _("Withdraw it"),
        hint=_("It stays here to be read, and says that it is withdrawn."),
    )


@require_POST
def in_force(request: StaffRequest, number: str) -> HttpResponse:
    """Say that it is in force again."""
    row = kept(request, number)
    attempt(
        request,
        actions.bring_back,
        _("It is in force again."),
        document=row,
        by=request.staff,
        at=timezone.now(),
    )
    return to_document(row)


@require_http_methods(["GET", "POST"])
def destroy(request: StaffRequest, number: str) -> HttpResponse:
    """Delete it with its files: for what should never have come here."""
    row = kept(request, number)
    form = forms.DestroyForm(posted(request))

    def destroyed(*, number: str) -> None:
        if queries.numbered(number, to=request.staff) != row:
            raise Refusal(
                _("This is not the number of this document."),
                next_step=_("It stands on its page."),
                code="another-number",
            )
        actions.destroy(document=row, by=request.staff, at=timezone.now())

    if form.submit(destroyed):
        add_message(request, _("The document and its files are destroyed. Backups forget it with their age."))
        return redirect("library:list")
    return _form(
        request,
        form,
        row,
        _("Destroy it"),
        hint=_(
            "With all its files, for what should never have come here. What is only out of date is withdrawn."
        ),
        button=_("Destroy"),
    )


@require_http_methods(["GET", "POST"])
def again(request: StaffRequest, number: str) -> HttpResponse:
    """Have it read again, in a language that somebody chooses."""
    row = kept(request, number)
    form = forms.AgainForm(posted(request))
    if form.submit(actions.again, version=row.current, by=request.staff, at=timezone.now()):
        add_message(request, _("It is read again in the background."))
        return to_document(row)
    return _form(
        request,
        form,
        row,
        _("Read it again"),
        hint=_("What was read before stays until its page is read again."),
        button=_("Read it again"),
    )


@require_http_methods(["GET", "POST"])
def language(request: StaffRequest, number: str, version: int, one: int) -> HttpResponse:
    """Say in which language one page is."""
    row = kept(request, number)
    found = queries.page_or_404(queries.version_or_404(row, version), one)
    form = forms.LanguageForm(posted(request), initial={"language": found.language})
    if form.submit(actions.correct_language, page=found, by=request.staff, at=timezone.now()):
        return redirect("library:pages", row.number, version, one)
    return _form(
        request,
        form,
        row,
        _("The language of a page"),
        hint=_("Turkmen in Cyrillic is known to no machine that was tried: choose it here."),
    )


@require_http_methods(["GET", "POST"])
def link(request: StaffRequest, number: str) -> HttpResponse:
    """Link it with a provision, a practice or another document."""
    row = kept(request, number)
    titles = {key: one.title for key, one in queries.practices(to=request.staff).items()}
    form = LinkForm(posted(request), practices=titles)

    def linked(*, kind: str, key: str, number: str) -> None:
        other = queries.numbered(number, to=request.staff) if number else None
        if number and other is None:
            raise no_such_number()
        actions.link(document=row, kind=kind, key=key, other=other, by=request.staff, at=timezone.now())

    if form.submit(linked):
        return to_document(row)
    return _form(request, form, row, _("Link it"))


@require_POST
def unlink(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """Take a link away."""
    row = kept(request, number)
    attempt(request, actions.unlink, document=row, link=pk, by=request.staff, at=timezone.now())
    return to_document(row)
