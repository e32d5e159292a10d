"""Finding books, alike on every engine."""

import pytest

from bookstore.catalog import criteria, search, shelving, window
from bookstore.catalog.listing import Listing

pytestmark = pytest.mark.every_database

SHELF = [
    ("Cien años de soledad", "Gabriel García Márquez", "9788437604947"),
    ("It", "Stephen King", None),
    ("红楼梦", "曹雪芹", None),
    ("Преступление и наказание", "Фёдор Достоевский", None),
    ("De la Terre à la Lune", "Jules Verne", None),
    ("Wer ist Anna?", "Łukasz Ørsted", None),
]


def card(title="Rayuela", author="Julio Cortázar", isbn=None, **more):
    told = {"description": "Leído.", "price_cents": 1250, "stock": 1, "condition": "good"}
    return Listing(title=title, author=author, isbn=isbn, **told | more)


async def shelve(*cards, seller=1):
    return [await shelving.publish(seller, "Ana", each) for each in cards]


async def titles(**asked):
    found = await search.find(criteria.read({name: [str(value)] for name, value in asked.items()}))
    return [book.title for book in found.books]


FOUND = {
    "garcia marquez": "Cien años de soledad",
    "MÁRQUEZ soledád": "Cien años de soledad",
    "978-84-376-0494-7": "Cien años de soledad",
    "843760494X": "Cien años de soledad",
    "97884376": "Cien años de soledad",
    "solé": "Cien años de soledad",
    "it": "It",
    "楼": "红楼梦",
    "достоевский федор": "Преступление и наказание",
    "à la lune": "De la Terre à la Lune",
    "wer ist": "Wer ist Anna?",
    "orsted lukasz": "Wer ist Anna?",
    "soled%": "Cien años de soledad",
    "+soledad -garcia*": "Cien años de soledad",
}
NOT_THERE = ("garcia rulfo", "arquez", "%", "_", '"', "' OR 1=1 --", "zzz", "9788437604183", "🙂", "x" * 199)


async def test_a_book_is_found_by_the_beginnings_of_its_words(connected):
    await shelve(*(card(*book) for book in SHELF))
    assert {typed: await titles(q=typed) for typed in FOUND} == {typed: [title] for typed, title in FOUND.items()}


async def test_what_is_not_there_is_not_found(connected):
    await shelve(*(card(*book) for book in SHELF))
    assert {typed: await titles(q=typed) for typed in NOT_THERE} == {typed: [] for typed in NOT_THERE}


async def test_a_withdrawn_book_is_not_found_and_a_sold_one_is(connected):
    withdrawn, _sold = await shelve(card("Uno"), card("Dos", stock=0))
    await shelving.withdraw(withdrawn, 1)
    assert await titles() == ["Dos"]
    assert await titles(in_stock=1) == []


async def test_filters_hold_together(connected):
    await shelve(
        card("A", price_cents=500, condition="fine", language="es"),
        card("B", price_cents=900, condition="good", language="es"),
        card("C", price_cents=1500, condition="fine", language="fr"),
    )
    await shelve(card("D", price_cents=500, condition="fine"), seller=2)
    assert await titles(condition="fine") == ["D", "C", "A"]
    assert await titles(language="es", min_price="5", max_price="8,99") == ["A"]
    assert await titles(seller=2) == ["D"]
    both = criteria.read({"condition": ["fine", "good"], "language": ["es", "fr"]})
    assert len((await search.find(both)).books) == 3


@pytest.mark.parametrize("sort", criteria.SORTS)
async def test_pages_follow_each_other_without_gap_or_repeat(connected, monkeypatch, sort):
    monkeypatch.setattr(search, "PAGE", 3)
    await shelve(*(card(f"T{n}", price_cents=100 * (n % 3)) for n in range(10)))
    wanted, seen = criteria.read({"sort": [sort]}), []
    while True:
        found = await search.find(wanted)
        seen += [(book.price_cents, book.id) for book in found.books]
        if not found.after:
            break
        wanted = criteria.read({"sort": [sort], "after": ["-".join(map(str, found.after))]})
    keys = {"newest": lambda b: -b[1], "cheapest": lambda b: b, "dearest": lambda b: (-b[0], -b[1])}
    assert seen == sorted(set(seen), key=keys[sort])
    assert len(seen) == 10


async def test_a_book_sold_between_two_pages_moves_nobody(connected, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 2)
    ids = await shelve(*(card(f"T{n}") for n in range(5)))
    first = await search.find(criteria.read({}))
    await shelving.withdraw(ids[-1], 1)
    second = await search.find(criteria.read({"after": [str(first.after[0])]}))
    assert [book.title for book in second.books] == ["T2", "T1"]


async def test_only_so_many_are_counted(connected, monkeypatch):
    monkeypatch.setattr(search, "COUNTED", 30)
    await shelve(*(card(f"T{n}") for n in range(32)))
    found = await search.find(criteria.read({}))
    assert (found.count, found.is_more) == (31, True)
    later = await search.find(criteria.read({"after": [str(found.after[0])]}))
    assert (later.count, later.is_more) == (None, False)


async def test_the_window_counts_copies_languages_and_grades(connected):
    await shelve(
        card(stock=2, language="es"), card(language="es", condition="as_new"), card(language="fr"), card(stock=0)
    )
    seen = await window.tallies()
    assert (seen.copies, seen.languages) == (4, [("es", 2), ("fr", 1)])
    assert seen.conditions == [("as_new", 1), ("good", 3)]


async def test_beside_a_book_stand_its_authors_others_then_its_sellers(connected):
    this, other, _sold = await shelve(card("Uno"), card("Dos"), card("Tres", stock=0))
    [sellers] = await shelve(card("Cuatro", "Otra Persona"))
    await shelve(card("Cinco", "Nadie"), seller=2)
    assert [book.id for book in await window.beside(this, "Julio Cortázar, Otra Persona", 1)] == [other, sellers]


async def test_an_author_without_letters_has_no_others(connected):
    [this] = await shelve(card(author="¿?"))
    assert await window.beside(this, "¿?", 1) == []
