"""The library as people see and touch it: a large file goes in pieces."""

from panah.programmes.library.models import Document, Piece
from tests.browser.conftest import press
from tests.library.brought_documents import SAYS, pdf


def test_a_large_file_goes_in_pieces_with_what_was_typed(visit, world, tmp_path):
    body = pdf(SAYS) + b"%" + b"x" * (21 * 1024 * 1024)
    (tmp_path / "large.pdf").write_bytes(body)
    page = visit("bakyt", "/library/bring/", width=360)
    page.set_input_files("input[type=file]", tmp_path / "large.pdf")
    page.check("input[name=about_person][value=no]")
    page.fill("input[name=title]", "A large plan")
    page.check("input[name=kind][value=plan]")
    page.fill("input[name=source]", "Practice")
    page.check("input[name=visibility][value=network]")
    press(page.locator("main .btn-main"))
    page.wait_for_url("**/library/*-*-*/")
    assert "It waits to be read" in page.content()
    row = Document.objects.get()
    assert (row.current.size, Piece.objects.count()) == (len(body), 22)
    assert page.complaints == []
