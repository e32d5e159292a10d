"""What every template may name, brought together from the modules that own it."""

from quart import Quart, g, get_flashed_messages, request

from bookstore import texts
from bookstore.catalog import conditions
from bookstore.catalog.covers import cover
from bookstore.catalog.covers.spine import spine
from bookstore.web import assets, csrf, hypermedia, language, session


def install(app: Quart) -> None:
    """Give the app its templates, its languages and its static files."""
    language.install(app)
    assets.install(app)
    hypermedia.install(app, names(), of_request)


def names() -> dict[str, object]:
    """What is the same in every request; functions where the answer is not."""
    return {
        "locales": {"es": "Español", "en": "English"},
        "language_url": language.language_url,
        "language_name": language.language_name,
        "money": language.money,
        "figure": language.figure,
        "number": language.number,
        "year": language.year,
        "date": language.date,
        "moment": language.moment,
        "hour": language.hour,
        "static_url": assets.static_url,
        "cover": cover,
        "spine_classes": spine,
        "media_url": media_url,
        "grades": conditions.GRADES,
        "condition_label": conditions.label,
        "condition_code": conditions.code,
        "csrf_token": csrf_token,
        "flashes": flashes,
    }


def of_request() -> dict[str, object]:
    """What belongs to this request: `me` is the person logged in, or None."""
    me = session.current_user()
    if me:
        g.private = True
    return {
        "me": me,
        "locale": texts.current(),
        "path": request.path,
        "searched": request.args.get("q", ""),
    }


def flashes() -> list[tuple[str, str]]:
    """The messages left by the request before, each with its kind: `good`, `bad` or `message`."""
    messages: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]
    if messages:
        g.private = True
    return messages


def csrf_token() -> str:
    """The token of this page's forms; the page is stored nowhere."""
    g.private = True
    return csrf.token()


def media_url(name: str) -> str:
    """The address of a stored photo."""
    return f"/media/{name}"
