"""The watch over every journey sees what it is there for."""

import pytest

from bookstore.web.front import CSP
from tests.journeys.watching import Watch, minded, sideways

PLACE = "http://shop.test/"
BAD = {
    "script error": "<script src=/broken.js></script>",
    "Applying inline style": "<p style='color: red'>Inline</p>",
    "Executing inline script": "<script>1</script>",
    "500 GET": "<img src=/missing.png alt=''>",
}


@pytest.fixture
def shows(new_context):
    """Opens a page of this HTML under the shop's own policy; returns it with its watch."""

    def answer(route):
        path = route.request.url.removeprefix(PLACE)
        if path == "broken.js":
            return route.fulfill(body="nobody.knows()", content_type="text/javascript")
        if path:
            return route.fulfill(status=500)
        return route.fulfill(body=shown[-1], content_type="text/html", headers={"Content-Security-Policy": CSP})

    def show(html):
        context = new_context(viewport={"width": 390, "height": 844})
        shown.append(f"<!doctype html><html lang='es'><title>t</title><main><h1>t</h1>{html}</main></html>")
        context.route("**/*", answer)
        watch, page = Watch(context), context.new_page()
        page.goto(PLACE)
        return page, watch

    shown = []
    return show


@pytest.mark.parametrize("what", BAD)
def test_it_sees(shows, what):
    page, watch = shows(BAD[what])
    page.wait_for_load_state("networkidle")
    assert any(what in problem for problem in watch.problems)


def test_a_refusal_that_was_asked_for_is_no_problem(shows):
    page, watch = shows("<p>t</p>")
    watch.expect(500)
    page.evaluate("fetch('/missing.png')")
    assert not watch.problems


def test_a_page_that_scrolls_sideways_is_told_with_what_is_too_wide(shows):
    page, _watch = shows(f"<p>{'long' * 60}</p>")
    [measure, *_, culprit] = sideways(page)
    assert measure.endswith("> 390")
    assert culprit.startswith("<p>longlong")
    assert not sideways(shows("<p>short</p>")[0], (320, 390, 1280))


def test_axe_minds_a_field_without_a_name(shows):
    assert any("label" in found for found in minded(shows("<input>")[0], 390, "dark"))
    assert not minded(shows("<label>t <input></label>")[0], 390, "dark")
