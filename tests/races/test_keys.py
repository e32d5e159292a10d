"""The id that a buy form carries leads to one order, whatever is sent with it, how often and to which replica."""

import asyncio

import pytest

from bookstore.catalog.models import HoldLine
from bookstore.orders.models import Order, OrderLine
from tests.races.crowd import Answer, Crowd, Person, logged_in
from tests.races.invariants import violations
from tests.races.sabotaged import program, takes_before_its_key
from tests.stock import lists, new_key, stock_of

pytestmark = [pytest.mark.databases("mariadb", "mysql"), pytest.mark.timeout(120)]
TIMES, AT_ONCE = 100, 8  # double clicks, and how many people double-click at the same time


async def pairs(doing) -> list[tuple[Answer, Answer]]:
    """`doing(number)` for each number, a few at a time."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> tuple[Answer, Answer]:
        async with turn:
            return await doing(number)

    return await asyncio.gather(*(one(number) for number in range(TIMES)))


def together(done: list[tuple[Answer, Answer]]) -> int:
    """How many pairs were on their way at the same time, at two replicas."""
    return sum(first.overlaps(second) and first.replica != second.replica for first, second in done)


async def test_row_f19_flaw_m41_a_double_click_on_the_last_copy_is_one_order(crowd: Crowd):
    await double_clicks(crowd)


async def double_clicks(crowd: Crowd) -> None:
    books = [await lists(f"Rayuela {number}", stock=1) for number in range(TIMES)]
    people = await logged_in(1000, TIMES)

    async def double_click(number: int) -> tuple[Answer, Answer]:
        who, book, key = people[number], books[number], new_key()
        return await asyncio.gather(*(crowd.buy(who, book.id, number + replica, key) for replica in (0, 1)))

    done = await pairs(double_click)
    assert crowd.statuses == {303: 2 * TIMES}  # never "sold out" to the twin
    assert [first.location for first, second in done] == [second.location for first, second in done]
    assert await Order.all().count() == TIMES
    assert {await stock_of(book) for book in books} == {0}
    assert await violations() == {}
    assert together(done) > 0.9 * TIMES


async def test_the_double_click_finds_out_who_takes_before_writing_the_key(served, connected, tmp_path):
    served.program = program(takes_before_its_key, tmp_path)
    served.start(webs=2)
    async with Crowd(served.urls, at_once=2 * AT_ONCE) as crowd:
        with pytest.raises(AssertionError):
            await double_clicks(crowd)
    assert 409 in crowd.statuses  # the twin was told "sold out"


async def test_row_f20_two_people_and_the_last_copy(crowd: Crowd):
    books = [await lists(f"Rayuela {number}", stock=1) for number in range(TIMES)]
    people = await logged_in(1000, 2 * TIMES)

    async def compete(number: int) -> tuple[Answer, Answer]:
        rivals = people[2 * number : 2 * number + 2]
        return await asyncio.gather(*(crowd.buy(who, books[number].id, who.id) for who in rivals))

    done = await pairs(compete)
    assert {tuple(sorted(answer.status for answer in pair)) for pair in done} == {(303, 409)}
    assert await violations() == {}
    assert together(done) > 0.9 * TIMES
    assert len({first.status for first, second in done}) == 2  # now the one was quicker, now the other


@pytest.mark.parametrize("difference", ["quantity", "book", "buyer"])
async def test_row_f19_one_key_and_two_bodies_are_one_order_equal_to_its_hold(crowd: Crowd, difference: str):
    book, other = await lists("Rayuela", stock=1000), await lists("Ubik", stock=1000)
    people = await logged_in(1000, TIMES)
    strangers = await logged_in(5000, TIMES)

    async def contradict(number: int) -> tuple[Answer, Answer]:
        who, key = people[number], new_key()
        second: dict[str, tuple[Person, int, int]] = {
            "quantity": (who, book.id, 2),
            "book": (who, other.id, 1),
            "buyer": (strangers[number], book.id, 1),
        }
        bodies = [(who, book.id, 1), second[difference]]
        return await asyncio.gather(
            *(
                crowd.buy(buyer, wanted, number + replica, key, quantity)
                for replica, (buyer, wanted, quantity) in enumerate(bodies)
            )
        )

    done = await pairs(contradict)
    assert {tuple(sorted(answer.status for answer in pair)) for pair in done} == {(303, 422)}
    assert len({first.status for first, second in done}) == 2  # either may be the first
    assert await Order.all().count() == TIMES
    ordered = await OrderLine.all().order_by("order_id").values_list("order_id", "book_id", "quantity")
    assert ordered == await HoldLine.all().order_by("hold_id").values_list("hold_id", "book_id", "quantity")
    assert await violations() == {}
    assert together(done) > 0.9 * TIMES
