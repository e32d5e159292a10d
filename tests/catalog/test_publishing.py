"""Listing a book, through the pages."""


async def test_a_published_book_is_in_the_catalogue_and_has_a_page(ana, anybody):
    book_id = await ana.publishes("Rayuela", stock=2)
    assert (await anybody.get("/books")).mark("data-book-id") == str(book_id)
    page = await anybody.get(f"/books/{book_id}")
    assert (page.mark("data-stock"), page.mark("data-price-cents")) == ("2", "1250")
    assert "Rayuela" in page.text
