"""The search of the library and the documents that are alike, as colleagues use them."""

from panah.library import actions as library
from panah.library import queries
from panah.library.models import Block, Entry, Shelf, Term
from tests.library.shelved import put


def titles(found):
    return [one.document.title for one in found.hits]


def test_index_smoke(world):
    amina, bakyt = world.staff["amina"], world.staff["bakyt"]
    put(
        bakyt,
        "Закон о противодействии торговле людьми",
        "О торговле людьми в Казахстане. Статья первая.",
        language="ru",
        kind="law",
        countries=["kz"],
        instruments=["palermo"],
    )
    put(
        bakyt,
        "Адам саудасына қарсы заң",
        ["бірінші бет", "адам саудасының құрбандары Қазақстанда"],
        language="kk",
        kind="law",
        countries=["kz"],
        instruments=["palermo"],
    )
    put(
        bakyt,
        "Odam savdosiga qarshi kurash",
        "Odam savdosi qurbonlariga yordam. Oʻzbekiston",
        language="uz",
        kind="leaflet",
    )
    put(
        bakyt,
        "Trafficking in human beings",
        "Assistance to victims of trafficking. Red Crescent migration policy in Kazakhstan.",
        language="en",
        visibility="public",
        countries=["kz"],
    )
    for q in [
        "торговля людьми",
        "torgovlya lyudmi",
        "adam saudasy",
        "одам савдоси",
        "trafficed",
        "торговля левиафан",
        "2002",
        '"victims of trafficking"',
        '"trafficking victims"',
        "Казахстан",
    ]:
        found = queries.search(q, to=amina)
        print(
            q,
            "|",
            titles(found),
            found.shown_for,
            found.unknown,
            found.all_words,
            found.count,
            [(h.page, h.other_alphabet) for h in found.hits],
        )
    print(titles(queries.search("adam saudasy", to=amina, exact_script=True)))
    print(
        titles(queries.search("", to=amina, filters=queries.SearchFilters(kind="law"))),
        titles(queries.search("adam", to=amina, filters=queries.SearchFilters(language="kk"))),
    )
    for e in Entry.objects.all():
        print(e.document.title, queries.similar(e.document, to=amina))
    d = Entry.objects.first().document
    library.unindex(d)
    print(Term.objects.count(), Block.objects.count(), list(Shelf.objects.values_list("name", "documents")))
    for e in Entry.objects.all():
        library.unindex(e.document)
    assert not Term.objects.exists() and not Block.objects.exists()
