"""The keeper's pages: every order, for administrators alone."""

import pytest

from tests.orders.buying import orders, pays, shelved

PAGES = ("/admin", "/admin/orders")


@pytest.fixture
async def dora(visitor):
    """She keeps the shop."""
    return await (await visitor("dora")).is_known(role="admin")


async def test_flaw_m17_the_shops_books_are_for_administrators(anybody, beto):
    for page in PAGES:
        assert (await anybody.get(page)).location == f"/session/new?next={page}"
        assert (await beto.get(page)).status == 403


@pytest.mark.every_database
async def test_an_administrator_sees_every_order(ana, beto, carla, dora):
    book = await shelved(ana, stock=3)
    first, second = await orders(beto, book), await orders(carla, book)
    await pays(carla, second)
    page = await dora.get("/admin/orders")
    assert [f"/orders/{key}" for key in page.marks("data-order-id")] == [second, first]
    assert page.marks("data-status") == ["paying", "placed"]
    desk = await dora.get("/admin")
    assert desk.text.count("<dd>1</dd>") == 2
    assert "/admin/orders" in desk.marks("href")


async def test_an_empty_shop_says_so(dora):
    assert "Nadie ha pedido nada todavía." in (await dora.get("/admin/orders")).text
    for junk in ("abc", "x" * 2000, "%00"):
        assert (await dora.get(f"/admin/orders?after={junk}")).status == 200


async def test_an_order_of_anothers_is_no_administrators_to_change(ana, beto, dora):
    order = await orders(beto, await shelved(ana))
    assert (await dora.get(order)).status == 404
    assert (await dora.post(f"{order}/cancellation")).status == 404
