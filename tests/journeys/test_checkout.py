"""Paying goes wrong in every way it may, and a person still gets to the end, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import DECLINED, HOME, STUMBLES, VISA
from tests.journeys.reader import ORDER, Reader

both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture
def beto(comes, scripts) -> Reader:
    reader = comes("beto", scripts=scripts, width=390)
    reader.registers()
    return reader


@both_ways
def test_a_declined_card_leaves_the_book_set_aside_for_another(beto, backstage):
    beto.buys(backstage.for_sale())
    beto.pays(DECLINED)
    beto.follows_until(beto.text("The bank declined the payment"))
    beto.pays(VISA)
    beto.follows_to("paid", "completed")


@both_ways
def test_a_bank_that_stumbles_is_asked_again(beto, backstage):
    beto.buys(backstage.for_sale())
    beto.pays(STUMBLES)
    beto.follows_to("paid", "completed")


@both_ways
def test_a_number_that_no_card_has_is_refused_beside_its_field(beto, backstage):
    beto.buys(backstage.for_sale())
    beto.watch.expect(422)
    beto.pays("4242 4242 4242 4241")
    field = beto.page.locator("[name=card_number]")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(beto.says("This is not the number of a card.")))
    expect(beto.page.locator("[name=address]")).to_have_value(HOME["address"])
    beto.pays(VISA)
    beto.follows_to("paid", "completed")


@both_ways
def test_books_are_let_go_before_paying(beto, backstage):
    book = backstage.for_sale()
    beto.buys(book)
    beto.button("Let the books go").click()
    beto.follows_until(beto.text("The order was cancelled"))
    beto.opens_until(f"/books/{book}", beto.page.locator("article[data-stock='1']"))


@both_ways
def test_an_order_is_cancelled_and_refunded_before_a_parcel_leaves(comes, calm, scripts):
    beto = comes("beto", scripts=scripts, width=390, url=calm.url)
    beto.registers()
    beto.buys(calm.backstage.for_sale())
    beto.pays()
    beto.follows_to("paid")
    beto.page.get_by_text(beto.says("Cancel this order")).click()
    beto.button("Cancel and refund").click()
    beto.follows_until(beto.text("The order was cancelled"))
    expect(beto.page.locator("#summary")).to_contain_text("−")


@both_ways
def test_whoever_comes_late_is_told_that_it_is_sold(beto, backstage):
    book = backstage.for_sale()
    beto.opens(f"/books/{book}")
    backstage.sells_out(book)
    beto.watch.expect(409)
    beto.button("Buy now").click()
    expect(beto.page.get_by_role("alert")).to_contain_text(beto.says("Somebody took the last one a moment ago"))
    beto.opens(f"/books/{book}")
    assert beto.mark("data-stock", "article") == "0"
    expect(beto.button("Buy now")).to_have_count(0)


@both_ways
def test_a_double_click_is_one_order(beto, backstage):
    book = backstage.for_sale(stock=5)
    beto.opens(f"/books/{book}")
    beto.button("Buy now").dblclick()
    beto.arrives(ORDER)
    beto.opens("/orders")
    expect(beto.page.locator("tr[data-order-id]")).to_have_count(1)
    beto.opens(f"/books/{book}")
    assert beto.mark("data-stock", "article") == "4"


def test_a_hold_that_runs_out_says_so_by_itself(comes, hasty, backstage):
    beto = comes("beto", url=hasty)
    beto.registers()
    beto.buys(backstage.for_sale())
    expect(beto.page.get_by_role("timer")).to_be_visible()
    beto.follows_until(beto.text("The time to pay ran out"))
    expect(beto.page.locator("#checkout")).to_have_count(0)
    expect(beto.page.get_by_role("timer")).to_have_count(0)


def test_paying_for_a_hold_that_ran_out_is_refused_without_scripts(comes, hasty, backstage):
    beto = comes("beto", url=hasty, scripts=False)
    beto.registers()
    beto.buys(backstage.for_sale())
    left = beto.page.get_by_role("timer").inner_text()
    assert left.startswith("0:0")
    beto.watch.expect(409)
    beto.page.wait_for_timeout(1000 * (int(left[-1]) + 1))  # nothing moves on this page; the hold's end is on the clock
    beto.pays()
    expect(beto.page.get_by_role("alert").first).to_contain_text(beto.says("The time to pay ran out"))
    expect(beto.page.locator("#checkout")).to_have_count(0)
