"""What a browser keeps after its person has left."""

import re

from playwright.sync_api import expect

LOGIN = re.compile(r"/session/new\?next=")


def test_back_after_logging_out_shows_nothing_private(comes, backstage):
    beto = comes("beto")
    beto.registers()
    order = beto.buys(backstage.for_sale())
    beto.opens("/orders")
    beto.button("Log out").click()
    beto.arrives("/")
    beto.page.go_back()
    beto.arrives(LOGIN)
    assert order[:8] not in beto.page.locator("main").inner_text()
    beto.page.go_back()
    beto.arrives(LOGIN)
    expect(beto.page.locator("#order")).to_have_count(0)


def test_a_tab_left_open_asks_to_log_in_and_comes_back(comes, backstage):
    book = backstage.for_sale()
    beto = comes("beto")
    beto.registers()
    beto.opens(f"/books/{book}")
    other = beto.context.new_page()
    other.goto(beto.url)
    other.get_by_role("button", name=beto.says("Log out")).click()
    expect(other.get_by_role("link", name=beto.says("Log in"))).to_be_visible()
    beto.watch.expect(401)
    beto.button("Buy now").click()
    beto.arrives(LOGIN)
    assert beto.page.url.endswith(f"/books/{book}")
