"""Pages that a colleague reads are compressed; what answers a form is not. And one page asks a thing once."""

import gzip

from panah.ground.foundation.request_cache import cached_per_request, request_scope

GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed_for_a_browser_that_can(world):
    client = world.client("amina")
    thin, plain = client.get("/", headers=GZIP), client.get("/")
    assert thin["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in thin["Vary"]
    assert len(thin.content) < len(plain.content) / 2
    assert b"<html" in gzip.decompress(thin.content)
    assert "Content-Encoding" not in plain


def test_two_loads_of_one_page_differ_in_length(world):
    client = world.client("amina")
    assert len({len(client.get("/kit/keys", headers=GZIP).content) for _ in range(12)}) > 1


def test_what_answers_a_form_is_not_compressed(world):
    answer = world.client("amina").post("/cases/new/", {"language": "?" * 300}, headers=GZIP)
    assert answer.status_code == 422
    assert "Content-Encoding" not in answer


def test_pages_of_strangers_are_not_compressed(client):
    assert "Content-Encoding" not in client.get("/vault/sign-in", headers=GZIP)


def counter():
    asked = []

    @cached_per_request
    def ask(*, to):
        asked.append(to)
        return len(asked)

    return ask, asked


def test_a_page_asks_once_and_the_next_page_asks_anew():
    ask, asked = counter()
    for _ in range(2):
        with request_scope(reads=True):
            assert ask(to="amina") == ask(to="amina")
            ask(to="bakyt")
    assert asked == ["amina", "bakyt", "amina", "bakyt"]


def test_while_something_is_written_nothing_is_remembered():
    ask, asked = counter()
    with request_scope(reads=False):
        ask(to="amina"), ask(to="amina")
    ask(to="amina")
    assert len(asked) == 3


def test_a_form_sent_from_within_a_page_sees_what_it_changed():
    ask, asked = counter()
    with request_scope(reads=True):
        ask(to="amina")
        with request_scope(reads=False):
            ask(to="amina")
        ask(to="amina")
    assert len(asked) == 2
