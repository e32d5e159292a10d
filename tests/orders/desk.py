"""The orders desk inside one process: what a buyer, a seller and the workers would do, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bookstore.catalog.models import Book
from bookstore.config import Config
from bookstore.data import outbox
from bookstore.orders import checkout, couriers, paying, provider, shipping
from bookstore.orders.checkout import Buyer
from bookstore.orders.models import Capture, Order, OrderEvent, Parcel, Refund
from bookstore.orders.provider import Provider
from bookstore.orders.shelf import LocalShelf
from tests.stock import BETO, new_key
from workers import jobs, runtime

HOME = couriers.Address("Beto", "Calle 49 # 36-21", "Medellín", "Colombia")
VISA, DECLINED, STUMBLES = "4242424242424242", "4000000000000002", "4000000000000119"


@dataclass
class Desk:
    """Everything that orders are made with, on the databases of this test."""

    config: Config
    failures: list[str] = field(default_factory=list)

    @property
    def shelf(self) -> LocalShelf:
        return LocalShelf(self.config)

    @property
    def provider(self) -> Provider:
        return Provider(self.config.payment_seconds)

    @property
    def pace(self) -> shipping.Pace:
        return shipping.Pace.of(self.config)

    async def places(self, *books: Book, quantity: int = 1, buyer: Buyer = BETO, key: str = "") -> Order:
        lines = [(book.id, quantity) for book in books]
        return await checkout.place(self.shelf, buyer, key or new_key(), lines, self.config.currency)

    async def chooses(self, order: Order, courier: str = "envia") -> None:
        sellers = [parcel.seller_id for parcel in await Parcel.filter(order_id=order.id)]
        await couriers.choose(order, dict.fromkeys(sellers, courier), HOME)

    async def pays(self, order: Order, card: str = VISA) -> None:
        await paying.start(self.shelf, order, "card", await provider.tokenize("card", card))

    async def buys(self, *books: Book, quantity: int = 1, buyer: Buyer = BETO, card: str = VISA) -> Order:
        """Placed, delivered to and paid for, with the charge still the workers' to make."""
        order = await self.places(*books, quantity=quantity, buyer=buyer)
        await self.chooses(order)
        await self.pays(order, card)
        return order

    async def works(self, rounds: int = 1, times: int = 1) -> int:
        """Let a worker deliver what is due, each message `times` times; returns how many messages there were."""
        delivered = 0
        for _ in range(rounds):
            for message in await outbox.due(frozenset({"orders", "catalog", "auth"})):
                await outbox.claim(message)
                for job in jobs.ON[message.topic] * times:
                    key = runtime.inbox_key(message.id, job)
                    await self._deliver(job, runtime.Delivery(self.config, message.body, key))
                delivered += 1
        return delivered

    async def _deliver(self, job: runtime.Job, delivery: runtime.Delivery) -> None:
        for _ in range(3):  # RQ's own retries
            try:
                return await runtime.deliver(job.__dict__["rule"], delivery)
            except provider.TemporaryError:
                self.failures.append(delivery.inbox_key)
        return None

    async def works_until_rest(self) -> None:
        for _ in range(12):
            if not await self.works():
                return
        raise AssertionError("messages keep coming")


async def status_of(order: Order) -> str:
    return (await Order.get(id=order.id)).status


async def story_of(order: Order) -> list[tuple[str | None, str]]:
    """The order's own transitions, without its parcels'."""
    events = await OrderEvent.filter(order_id=order.id, parcel_id__isnull=True).order_by("seq")
    return [(event.before, event.after) for event in events]


async def money_of(order: Order) -> tuple[int, int]:
    """Cents captured and cents owed back."""
    captured = sum(row.amount_cents for row in await Capture.filter(order_id=order.id))
    return captured, sum(row.amount_cents for row in await Refund.filter(order_id=order.id))


def statuses(parcels: Sequence[Parcel]) -> list[str]:
    return [parcel.status for parcel in parcels]
