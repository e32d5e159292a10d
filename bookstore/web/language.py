"""The reader's language: chosen by link, cookie or browser; money and dates written in it."""

import functools
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import quote, urlencode

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, get_currency_precision
from markupsafe import Markup
from quart import Quart, Response, redirect, request

from bookstore import texts
from bookstore.texts import gettext, lazy, ngettext
from bookstore.web.paths import parts
from bookstore.web.settings import settings

__all__ = ["gettext", "install", "lazy", "ngettext"]

COOKIE = "locale"
A_YEAR = 365 * 24 * 3600
# Spanish as the couriers' country writes it: US$ 1.234,50. Babel names a region's habits, not ours.
REGIONS = {"es": "es_CO", "en": "en_US"}
PATTERNS = {"es": "¤\u00a0#,##0.00", "en": None}


def install(app: Quart) -> None:
    """Choose the language of every request before anything else of it runs."""
    app.before_request(choose)


async def choose() -> Response | None:
    """Set this request's locale; a `lang` in the address is kept in a cookie and taken out of it."""
    wanted = request.args.get("lang", "")
    if wanted in texts.LOCALES:
        texts.speak(wanted)
        if request.method == "GET":
            return _remember(wanted)
    else:
        texts.speak(_negotiated())
    return None


def _remember(locale: str) -> Response:
    response: Response = redirect(_here(lang=None), 303)  # type: ignore[assignment]
    response.set_cookie(
        COOKIE,
        locale,
        max_age=A_YEAR,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _negotiated() -> str:
    kept = request.cookies.get(COOKIE)
    if kept in texts.LOCALES:
        return str(kept)
    # In the browser's own order; a region (es-MX) stands for its language.
    asked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((locale for locale in asked if locale in texts.LOCALES), _default())


def _default() -> str:
    locale = settings().locale
    return locale if locale in texts.LOCALES else texts.LOCALES[0]


def _here(lang: str | None) -> str:
    """The page this one answers, as a path of our own, with another `lang`.

    A form that came back with errors is answered at an address that may have no page: there the
    page that held the form is meant, which the browser names as the referrer.
    """
    path, pairs = request.path, list(request.args.items(multi=True))
    if request.method != "GET":
        came_from = parts(request.referrer)
        path, pairs = (came_from.path or "/" if came_from.netloc == request.host else "/"), []
    pairs = [(name, value) for name, value in pairs if name != "lang"]
    query = urlencode([*pairs, ("lang", lang)] if lang else pairs)
    # Two slashes at the start would name another host.
    return "/" + quote(path.lstrip("/")) + (f"?{query}" if query else "")


def language_url(locale: str) -> str:
    """The address of this page in another language."""
    return _here(lang=locale)


def _region() -> str:
    return REGIONS[texts.current()]


@functools.lru_cache(maxsize=4096)
def _amount(cents: int, currency: str, locale: str) -> str:
    digits = get_currency_precision(currency)
    amount = Decimal(cents).scaleb(-digits)
    return format_currency(amount, currency, format=PATTERNS[locale], locale=REGIONS[locale])


def money(cents: int) -> str:
    """An amount of the shop's currency, given in minor units: US$ 14,50 or $14.50."""
    return _amount(cents, settings().currency, texts.current())


def figure(cents: int) -> str:
    """The amount without its currency, for the label on a spine: 14,50."""
    digits = get_currency_precision(settings().currency)
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(Decimal(cents).scaleb(-digits), format=pattern, locale=_region())


def number(value: int) -> str:
    """A count with the reader's separators: 10.412."""
    return format_decimal(value, locale=_region())


def year(value: int) -> str:
    """A year of publication: 1967, or 720 BC."""
    return str(value) if value >= 0 else gettext("%(year)s BC", year=-value)


def _time(value: datetime, text: str, show: str) -> Markup:
    """The browser's script shows it again in the reader's own zone; without it, UTC is named."""
    stamp = value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Markup('<time datetime="{}" data-show="{}">{}</time>').format(stamp, show, text)


def date(value: datetime) -> Markup:
    """A day, from an aware datetime."""
    text = format_date(value.astimezone(UTC).date(), "medium", locale=_region())
    return _time(value, text, "date")


def moment(value: datetime) -> Markup:
    """A day and a time, from an aware datetime."""
    text = format_datetime(value.astimezone(UTC), "d MMM y, H:mm 'UTC'", locale=_region())
    return _time(value, text, "moment")


def hour(value: datetime) -> Markup:
    """A time of day, from an aware datetime: the end of a hold."""
    text = format_time(value.astimezone(UTC), "H:mm 'UTC'", locale=_region())
    return _time(value, text, "hour")


def language_name(code: str | None) -> str:
    """A language in the reader's own: `fr` is francés or French; an unknown code is itself."""
    return _language_name(code, _region()) if code else ""


@functools.lru_cache(maxsize=1024)
def _language_name(code: str, region: str) -> str:
    return Locale.parse(region).languages.get(code) or code
