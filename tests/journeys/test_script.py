"""The shop's own script on a page of nothing else, with a clock that the test turns."""

import pytest

from bookstore.web import assets

HOLD = """
<section class="note wait" data-hold data-seconds="400" data-late="Late" data-over="Over" data-left="Left: ">
  <time datetime="PT6M40S">6:40</time><progress max="900" value="400"></progress><p role="status" data-say></p>
</section>
"""
FORM = """
<form action="about:blank"><noscript><button>Old</button></noscript>
<button class="btn" data-busy="Buying…"><span>Buy</span></button></form>
"""
TIMES = '<time datetime="2026-11-23T20:27:05Z" data-show="{}">20:27 UTC</time>'


@pytest.fixture
def shows(new_context):
    """Opens a page of this HTML with the script, in Bogotá."""

    def show(html):
        page = new_context(locale="es-CO", timezone_id="America/Bogota").new_page()
        page.clock.install(time="2026-11-23T20:00:00Z")
        page.set_content(f'<!doctype html><html lang="es"><body>{html}</body></html>')
        page.add_script_tag(content=(assets.FOLDER / "shop.js").read_text())
        return page

    return show


def said(page):
    return page.text_content("[data-say]")


def test_a_hold_is_said_aloud_at_five_minutes_and_at_one(shows):
    page = shows(HOLD)
    page.clock.run_for(99_000)
    assert (said(page), page.inner_text("time")) == ("", "5:01")
    page.clock.run_for(1_000)
    assert said(page) == "Left: 5"
    page.clock.run_for(240_000)
    assert (said(page), page.get_attribute("[data-hold]", "class")) == ("Late", "note bad")


def test_a_hold_that_is_over_says_so_once_to_whoever_listens(shows):
    page = shows(HOLD)
    page.evaluate("window.heard = 0; addEventListener('shop:over', () => heard++)")
    page.clock.run_for(405_000)
    assert (said(page), page.inner_text("time"), page.evaluate("heard")) == ("Over", "0:00", 1)


def test_a_newer_count_replaces_the_old_one_and_the_same_one_does_not_start_over(shows):
    page = shows(HOLD)
    page.clock.run_for(10_000)
    page.evaluate("document.dispatchEvent(new CustomEvent('htmx:after:process'))")
    page.clock.run_for(1_000)
    assert page.inner_text("time") == "6:29"
    page.evaluate("document.querySelector('[data-hold]').dataset.seconds = 100")
    page.evaluate("document.dispatchEvent(new CustomEvent('htmx:after:process'))")
    page.clock.run_for(1_000)
    assert page.inner_text("time") == "1:39"


@pytest.mark.parametrize(
    ("show", "text"), [("hour", "15:27"), ("date", "23 nov 2026"), ("moment", "23 nov 2026, 15:27")]
)
def test_times_are_the_readers_own(shows, show, text):
    assert shows(TIMES.format(show)).inner_text("time") == text


def test_a_button_asks_once(shows):
    page = shows(FORM)
    page.evaluate(
        "window.sent = 0; document.forms[0].addEventListener('submit', (e) => { e.preventDefault(); sent++; })"
    )
    for _ in range(3):
        page.evaluate("document.querySelector('.btn').click()")
        page.clock.run_for(10)
    assert page.evaluate("sent") == 1
    assert page.get_attribute(".btn", "aria-disabled") == "true"


def test_a_button_rests_when_htmx_is_done(shows):
    page = shows(FORM)
    page.evaluate("document.forms[0].addEventListener('submit', (e) => e.preventDefault())")
    page.click(".btn")
    page.clock.run_for(10)
    page.evaluate("document.dispatchEvent(new CustomEvent('htmx:finally:request', {detail: {ctx: {}}}))")
    assert page.get_attribute(".btn", "aria-disabled") is None


def test_what_is_for_browsers_without_scripts_is_taken_out(shows):
    assert shows(FORM).locator("noscript").count() == 0
