"""What a Visitor reads off a page."""

import httpx

from tests.people import Page

HTML = """
<form><input type="hidden" name="_csrf" value="a&amp;b"></form>
<article data-book-id="1" data-stock="2"></article><article data-book-id="7"></article>
<p role="alert">No quedan <b>ejemplares</b></p>
"""


def page(html: str = HTML) -> Page:
    return Page(httpx.Response(409, html=html))


def test_marks_come_in_the_order_of_the_page():
    assert page().marks("data-book-id") == ["1", "7"]
    assert page().mark("data-stock") == "2"


def test_an_alert_is_its_text():
    assert page().alerts == ["No quedan ejemplares"]


def test_the_token_is_found_wherever_its_attributes_stand():
    assert page().token == "a&b"
    assert page('<input value="x" type="hidden" name="_csrf">').token == "x"
    assert page("<p>nothing</p>").token is None
