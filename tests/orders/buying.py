"""What a buyer sends, form by form, and the books to send it for."""

from bookstore.catalog.models import Book, Hold
from bookstore.orders.checkout import Buyer
from bookstore.orders.models import Attempt, Order
from tests.people import Page, Visitor
from tests.stock import lists, new_key

ADDRESS = {"name": "Beto Ruiz", "address": "Calle 49 # 36-21", "city": "Medellín", "country": "Colombia"}
DELIVERY = {"courier": "envia"} | ADDRESS
CARD = {"method": "card", "card_number": "4242 4242 4242 4242"}
NOT_APPROVED = CARD | {"card_number": "4000 0000 0000 0002"}
HTMX = {"HX_Request": "true"}
LONG = "9" * 100_000
# What no number field takes, whatever it stands for.
NO_NUMBERS = ("", " ", "abc", "-1", "0.5", "1e3", "NaN", "inf", "1e308", "1.234,50", "99999999999", "1_0", "0x1", "😀")
NO_NUMBERS += ("\x00", "1\n2", "\u0661", "\uff11", "+1", "1 OR 1=1", "<b>1</b>", LONG)
# What is no code of a courier or of a way to pay.
NO_CODES = ("", "ups", "DHL", "4242", "-1", "😀", "\x00", "x" * 100_000, "dhl,envia")
# What no line of text takes.
NO_TEXTS = ("", " ", "\u00a0", "x" * 100_000, "a\x00b", "a\x1bb", "\u202eabc", "a\nb")


async def shelved(seller: Visitor, title: str = "Rayuela", **more: int) -> Book:
    return await lists(title, seller=Buyer(seller.id, seller.name.title()), **more)


async def asks_for(buyer: Visitor, book: Book, quantity: object = 1, key: str = "", **headers: str) -> Page:
    """Send the buy form of the book's page."""
    fields = {"order_id": key or new_key(), "book_id": book.id, "quantity": quantity}
    return await buyer.post("/orders", fields, **headers)


async def orders(buyer: Visitor, book: Book, quantity: int = 1) -> str:
    """Buy, up to the hold; returns the order's address."""
    answer = await asks_for(buyer, book, quantity)
    assert answer.status == 303, answer
    return answer.location


async def pays(buyer: Visitor, order: str, **changes: str) -> Page:
    """Send the one form of the order's page."""
    return await buyer.post(f"{order}/payment", DELIVERY | CARD | changes)


async def written() -> tuple[int, int, int]:
    """How many orders, holds and payment attempts there are."""
    return await Order.all().count(), await Hold.all().count(), await Attempt.all().count()


async def stored(order: str) -> Order:
    """The order at this address, as it is kept."""
    return await Order.get(id=order.rpartition("/")[2])
