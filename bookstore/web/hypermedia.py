"""Pages and fragments: the same template answers a browser and htmx.

The environment is a plain one, not Quart's async one (1.75 against 2.3 ms for a page of 24 books):
what a template needs is loaded before, and a missing name is an error at once.
"""

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.runtime import Macro
from jinja2_fragments import render_block
from quart import Quart, Response, current_app, g, request, url_for

from bookstore import texts
from bookstore.web.settings import settings

# In the wheel the templates lie inside the package, in a checkout beside it.
PACKAGE = Path(__file__).parent.parent
FOLDERS = (PACKAGE / "templates", PACKAGE.parent / "templates")
MACROS = ("_page.html", "_form.html", "_book.html", "_error.html")
VARY = ("HX-Request", "Cookie", "Accept-Language")


def environment(names: Mapping[str, object]) -> Environment:
    """The templates, with the names that all of them know.

    The macros of MACROS become `ui.field`, `ui.copy` and so on: an import at the top of a
    template would be undefined in a block that is rendered alone.
    """
    pages = Environment(
        loader=FileSystemLoader(FOLDERS),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    pages.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: texts.catalogue(texts.current()).gettext(message),
        lambda one, more, num: texts.catalogue(texts.current()).ngettext(one, more, num),
        newstyle=True,
    )
    pages.globals.update(names)
    pages.globals["ui"] = _macros(pages)
    return pages


def _macros(pages: Environment) -> SimpleNamespace:
    found: dict[str, Any] = {}
    for template in MACROS:
        module = vars(pages.get_template(template).module)
        found |= {name: value for name, value in module.items() if isinstance(value, Macro)}
    return SimpleNamespace(**found)


def install(app: Quart, names: Mapping[str, object], of_request: Callable[[], Mapping[str, object]]) -> None:
    """Give the app its templates; `names` are known in all, `of_request` in each answer."""
    app.extensions["pages"] = environment({"url_for": url_for, **names})
    app.extensions["of_request"] = of_request


def wants_fragment() -> bool:
    """Whether htmx asks for a piece of the page it already shows."""
    headers = request.headers
    return (
        is_htmx()
        and "HX-Boosted" not in headers
        and "HX-History-Restore-Request" not in headers
        and headers.get("HX-Request-Type") != "full"
    )


def is_htmx() -> bool:
    """Whether htmx sent the request."""
    return request.headers.get("HX-Request") == "true"


async def render(template: str, block: str | None = None, status: int = 200, **names: object) -> Response:
    """The page, or only its `block` when htmx asks for a fragment.

    A page that holds a form's token is not stored anywhere, by a browser or a proxy.
    """
    pages: Environment = current_app.extensions["pages"]
    names = {**current_app.extensions["of_request"](), **names}
    if block and wants_fragment():
        html = render_block(pages, template, block, **names)
    else:
        html = pages.get_template(template).render(**names)
    return _answer(html, status)


def _answer(html: str, status: int) -> Response:
    response = Response(html, status, content_type="text/html; charset=utf-8")
    response.vary.update(VARY)
    response.headers["Content-Language"] = texts.current()
    if g.get("private", False):
        response.headers["Cache-Control"] = "no-store"
    elif settings().embedded:
        _pack(response, html)
    return response


def _pack(response: Response, html: str) -> None:
    """Compress it, where no proxy does. Never a page with a token: its length would tell it (BREACH)."""
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(html.encode(), compresslevel=5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def redirect(url: str) -> Response:
    """Send the reader on to a page of ours: 303, or the header that htmx follows."""
    if is_htmx():
        response = Response("", 200, headers={"HX-Redirect": url})
    else:
        response = Response("", 303, headers={"Location": url})
    response.vary.update(VARY)
    return response
