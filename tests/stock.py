"""A shelf to test against: books of ana's, and what the ledger says of them."""

from uuid import uuid4

from bookstore.catalog.models import Book, StockMove
from bookstore.data import clock
from bookstore.orders.checkout import Buyer

ANA, BETO, CARLA = Buyer(1, "Ana"), Buyer(2, "Beto"), Buyer(3, "Carla")


async def lists(title: str, stock: int = 1, cents: int = 1450, seller: Buyer = ANA) -> Book:
    """Put a book on the shelf as publishing does."""
    now = clock.utcnow()
    book = await Book.create(
        seller_id=seller.id,
        seller_name=seller.name,
        title=title,
        author="Julio Cortázar",
        description="",
        price_cents=cents,
        stock=stock,
        condition="good",
        search_text=title.casefold(),
        created=now,
    )
    await StockMove.create(book_id=book.id, kind="initial", delta=stock, created=now)
    return book


async def stock_of(book: Book) -> int:
    return (await Book.get(id=book.id)).stock


async def ledger_of(book: Book) -> int:
    return sum(move.delta for move in await StockMove.filter(book_id=book.id))


def new_key() -> str:
    return str(uuid4())
