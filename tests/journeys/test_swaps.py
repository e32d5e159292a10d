"""What htmx swaps leaves the focus, what was typed and the address where a person expects them."""

import re

from playwright.sync_api import expect

from tests.journeys.backstage import HOME, VISA


def test_another_courier_changes_the_total_and_nothing_else(comes, backstage):
    beto = comes("beto")
    beto.registers()
    beto.buys(backstage.for_sale())
    beto.writes(**HOME, card_number=VISA)
    dhl = beto.page.locator("[name^=courier][value=dhl]")
    dhl.check()
    expect(beto.page.locator("#pay-label")).to_contain_text("62,50")
    expect(beto.page.locator("#summary .grand").last).to_contain_text("62,50")
    expect(dhl).to_be_focused()
    expect(beto.page.locator("[name=card_number]")).to_have_value(VISA)


def test_the_focus_stays_while_the_order_moves(comes, backstage):
    beto = comes("beto")
    beto.registers()
    beto.buys(backstage.for_sale())
    beto.pays()
    receipt = beto.link("See the receipt")
    beto.follows_until(receipt)
    receipt.focus()
    beto.follows_to("completed")
    expect(receipt).to_be_focused()


def test_the_page_asks_no_more_when_the_order_rests(comes, backstage):
    beto = comes("beto")
    beto.registers()
    beto.buys(backstage.for_sale())
    beto.pays()
    beto.follows_to("completed")
    asked = []
    beto.page.on("request", lambda request: asked.append(request.url))
    beto.page.wait_for_timeout(3000)  # longer than a page waits between two questions
    assert not asked


def test_what_is_wrong_with_a_form_takes_the_focus(comes, backstage):
    beto = comes("beto")
    beto.registers()
    beto.buys(backstage.for_sale())
    beto.watch.expect(422)
    beto.pays("4242")
    expect(beto.page.locator("#problems")).to_be_focused()


def test_sorting_keeps_the_focus_and_is_in_the_address(comes, backstage):
    backstage.for_sale("Uno", price="9999.98")
    book = backstage.for_sale("Dos", price="9999.99")
    beto = comes("beto")
    beto.opens("/books")
    sort = beto.page.locator("#sort")
    sort.focus()
    sort.select_option("dearest")
    beto.page.wait_for_url(re.compile("sort=dearest"))
    expect(beto.page.locator("#results [data-book-id]").first).to_have_attribute("data-book-id", str(book))
    expect(sort).to_be_focused()
    beto.page.go_back()
    expect(beto.page.locator("#sort")).to_have_value("newest")


def test_a_filter_is_told_by_the_count_and_taken_off_by_its_chip(comes, backstage):
    backstage.for_sale("Tres", condition="poor")
    beto = comes("beto")
    beto.opens("/books")
    box = beto.page.locator("[name=condition][value=poor]")
    box.check()
    chip = beto.page.locator(".bar .chip")
    expect(chip).to_be_visible()
    expect(box).to_be_focused()
    expect(beto.page.locator("#results [role=status]")).to_have_text(re.compile(r"\d|Un"))
    chip.click()
    expect(chip).to_have_count(0)
    expect(box).not_to_be_checked()
