"""The addresses of the catalogue."""

from quart import Blueprint

from bookstore.catalog import web_browsing, web_selling

BOOK = "/books/<int(max=9223372036854775807):book_id>"

blueprint = Blueprint("catalog", __name__)

for path, name, view, method in (
    ("/", "home", web_browsing.home, "GET"),
    ("/books", "index", web_browsing.index, "GET"),
    (BOOK, "show", web_browsing.show, "GET"),
    ("/media/<name>", "photo", web_browsing.photo, "GET"),
    ("/selling", "selling", web_selling.index, "GET"),
    ("/books/new", "new", web_selling.new, "GET"),
    ("/books", "create", web_selling.create, "POST"),
    (f"{BOOK}/edit", "edit", web_selling.edit, "GET"),
    (BOOK, "update", web_selling.update, "POST"),
    (f"{BOOK}/withdrawal", "withdraw", web_selling.withdraw, "POST"),
):
    blueprint.add_url_rule(path, name, view, methods=[method])
