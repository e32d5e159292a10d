"""Every type of page: whose it is, where it is, and what is done there before it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys.reader import Reader


@dataclass(frozen=True)
class Sight:
    """One type of page. `path` is filled with a scene's things; nobody's browser is not logged in."""

    path: str
    who: str = ""
    shop: str = "still"
    status: int = 200
    act: Callable[[Reader], None] | None = None


def _sends_nothing(reader: Reader) -> None:
    """As a browser without checks of its own would."""
    reader.watch.expect(422)
    reader.page.locator("main form:has(.field)").first.evaluate(
        "form => { form.noValidate = true; form.requestSubmit() }"
    )
    reader.page.locator("#problems").wait_for()


def _mistakes_the_password(reader: Reader) -> None:
    reader.watch.expect(401)
    reader.writes(email="nobody@example.org", password="wrong horse")
    reader.button("Log in").click()
    reader.page.get_by_role("alert").wait_for()


def _comes_too_late(reader: Reader) -> None:
    """For more copies than are left; the whole page, as without scripts."""
    reader.watch.expect(409)
    reader.page.locator("form.buy").evaluate(
        """form => { form.querySelector("[name=quantity]").outerHTML = "<input name=quantity value=99>";
           HTMLFormElement.prototype.submit.call(form) }"""
    )
    reader.page.get_by_role("alert").wait_for()


SIGHTS = {
    "home": Sight("/"),
    "shelf": Sight("/books"),
    "list": Sight("/books?view=list"),
    "filtered": Sight("/books?condition=good&language=es&in_stock=1&sort=cheapest", who="beto"),
    "nothing-found": Sight("/books?q=zzzz"),
    "wrong-filter": Sight("/books?min_price=abc", status=422),
    "book": Sight("/books/{book}", who="beto"),
    "book-anonymous": Sight("/books/{book}"),
    "book-sold": Sight("/books/{sold}", who="beto"),
    "book-mine": Sight("/books/{book}", who="ana"),
    "late": Sight("/books/{book}", who="beto", act=_comes_too_late),
    "publish": Sight("/books/new", who="ana"),
    "publish-errors": Sight("/books/new", who="ana", act=_sends_nothing),
    "edit": Sight("/books/{book}/edit", who="ana"),
    "register": Sight("/users/new"),
    "register-errors": Sight("/users/new", act=_sends_nothing),
    "log-in-error": Sight("/session/new", act=_mistakes_the_password),
    "order-held": Sight("/orders/{held}", who="beto"),
    "order-errors": Sight("/orders/{held}", who="beto", act=_sends_nothing),
    "order-paying": Sight("/orders/{paying}", who="beto"),
    "order-run-out": Sight("/orders/{late}", who="beto"),
    "order-declined": Sight("/orders/{declined}", who="beto", shop="calm"),
    "order-paid": Sight("/orders/{paid}", who="beto", shop="calm"),
    "order-sent": Sight("/orders/{sent}", who="beto", shop="calm"),
    "order-cancelled": Sight("/orders/{cancelled}", who="beto", shop="calm"),
    "order-delivered": Sight("/orders/{delivered}", who="beto", shop="town"),
    "receipt": Sight("/orders/{delivered}/receipt", who="beto", shop="town"),
    "history": Sight("/orders", who="beto", shop="calm"),
    "history-empty": Sight("/orders", who="carla"),
    "sales": Sight("/sales", who="ana", shop="calm"),
    "sales-empty": Sight("/sales", who="carla"),
    "parcel": Sight("/parcels/{parcel}", who="ana", shop="calm"),
    "selling": Sight("/selling", who="ana"),
    "selling-empty": Sight("/selling", who="carla"),
    "administration": Sight("/admin", who="dora"),
    "all-orders": Sight("/admin/orders", who="dora"),
    "people": Sight("/admin/users", who="dora"),
    "not-found": Sight("/orders/{nowhere}", who="beto", status=404),
    "forbidden": Sight("/admin/users", who="beto", status=403),
}
