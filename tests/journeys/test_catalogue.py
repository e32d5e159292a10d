"""More books than one page holds, with and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.backstage import Somebody, aside

AUTHOR = "Zenobia Pages"  # nobody else's in the shop that the journeys share


@pytest.fixture(scope="module")
def library(still):
    """Thirty books of one author."""

    async def publish():
        async with Somebody("ana", still.url) as ana:
            await ana.registers()
            return [await ana.publishes(f"Tomo {number}", author=AUTHOR) for number in range(30)]

    return still.url, aside(publish())


def test_more_books_come_below_the_first(comes, library):
    url, books = library
    beto = comes("beto", url=url)
    beto.opens("/books?q=zenobia")
    copies = beto.page.locator("#results [data-book-id]")
    expect(copies).to_have_count(24)
    beto.link("More books").click()
    expect(copies).to_have_count(30)
    assert [copy.get_attribute("data-book-id") for copy in copies.all()] == [str(book) for book in reversed(books)]
    expect(beto.link("More books")).to_have_count(0)


@pytest.mark.parametrize("view", ["shelf", "list"])
def test_without_a_script_the_next_page_is_a_link(comes, library, view):
    url, _books = library
    beto = comes("beto", scripts=False, url=url)
    beto.opens(f"/books?q=zenobia&view={view}")
    beto.page.locator("a[rel=next]").click()
    beto.arrives(re.compile("after="))
    expect(beto.page.locator("#results [data-book-id]")).to_have_count(6)
    beto.link("From the beginning").click()
    expect(beto.page.locator("#results [data-book-id]")).to_have_count(24)


def test_the_next_page_of_a_list_takes_its_place_and_is_in_the_address(comes, library):
    url, _books = library
    beto = comes("beto", url=url)
    beto.opens("/books?q=zenobia&view=list")
    beto.link("Next page").click()
    beto.page.wait_for_url(re.compile("after="))
    expect(beto.page.locator("#results [data-book-id]")).to_have_count(6)
    beto.page.go_back()
    expect(beto.page.locator("#results [data-book-id]")).to_have_count(24)


def test_a_price_that_cannot_be_read_is_told_while_the_rest_stays(comes, library):
    url, _books = library
    beto = comes("beto", url=url)
    beto.watch.expect(422)
    beto.opens("/books?q=zenobia")
    beto.page.locator("[name=max_price]").fill("doce")
    beto.page.locator("[name=max_price]").press("Enter")
    expect(beto.page.locator("#results [role=alert]")).to_be_visible()
    expect(beto.page.locator("#results [data-book-id]")).to_have_count(24)


def test_an_image_that_is_none_is_told_and_the_card_is_kept(comes, still):
    ana = comes("ana", url=still.url)
    ana.registers()
    ana.opens("/books/new")
    ana.writes(title="Rayuela", author="Julio Cortázar", description="Leída.", price="12,50", stock="1")
    ana.chooses(condition="good")
    drawing = {"name": "copia.jpg", "mimeType": "image/jpeg", "buffer": b"<svg onload='alert(1)'>"}
    ana.page.locator("[name=photos]").set_input_files(drawing)
    ana.watch.expect(422)
    ana.button("Publish").click()
    expect(ana.page.locator("#photos-err")).to_be_visible()
    expect(ana.page.locator("[name=title]")).to_have_value("Rayuela")
    ana.button("Publish").click()
    ana.arrives(re.compile(r"/books/\d+$"))
