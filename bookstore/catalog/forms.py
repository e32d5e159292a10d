"""The card of a copy as a form; what each field may say is for listing to decide, as it is for a file's rows."""

from collections.abc import Callable
from typing import Any, TypeVar

import wtforms
from wtforms import FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError

from bookstore import money
from bookstore.catalog import conditions, languages, listing
from bookstore.catalog.listing import Listing
from bookstore.catalog.models import Book
from bookstore.texts import lazy
from bookstore.web.forms import Form
from bookstore.web.language import language_name

Kind = TypeVar("Kind", bound=wtforms.Field)


class Reads:
    """A validator: `reader` can read what was typed, and the form keeps what it read."""

    def __init__(self, reader: Callable[[str], object], *, required: bool) -> None:
        self.reader = reader
        self.field_flags = {"required": True} if required else {}

    def __call__(self, form: "ListingForm", field: wtforms.Field) -> None:
        try:
            form.said[field.name] = self.reader(field.data or "")
        except listing.Wrong as wrong:
            raise ValidationError(str(wrong)) from None


def says(kind: Callable[..., Kind], name: str, label: lazy, *, required: bool = False, **more: Any) -> Kind:  # noqa: ANN401
    """A field that listing reads as the field `name` of a card."""
    return kind(label, [Reads(listing.READERS[name], required=required)], **more)


class ListingForm(Form):
    """`stock_seen` is how many copies there were when the form was shown; `photo` is the name of one that was kept."""

    isbn = says(StringField, "isbn", lazy("ISBN"))
    title = says(StringField, "title", lazy("Title"), required=True)
    author = says(StringField, "author", lazy("Author"), required=True)
    year = says(StringField, "year", lazy("Year of the edition"))
    language = says(SelectField, "language", lazy("Language"), validate_choice=False)
    condition = says(RadioField, "condition", lazy("Condition of the copy"), required=True, validate_choice=False)
    description = says(TextAreaField, "description", lazy("Description and defects"), required=True)
    photos = FileField(lazy("Photo of the copy"))  # type: ignore[arg-type]
    price = says(StringField, "price", lazy("Price"), required=True)
    stock = says(StringField, "stock", lazy("Equal copies"), required=True)
    stock_seen = HiddenField()

    def __init__(self, *typed: Any, **shown: Any) -> None:  # noqa: ANN401 - the library's
        super().__init__(*typed, **shown)
        self.said: dict[str, Any] = {}
        self.photo: str | None = None
        self.condition.choices = [(grade.name, str(grade.label)) for grade in conditions.GRADES]
        named = [(code, language_name(code).capitalize()) for code in languages.CODES]
        self.language.choices = [("", "—"), *sorted(named, key=lambda pair: pair[1])]

    @classmethod
    def of(cls, book: Book) -> "ListingForm":
        """The form with what the book's card says now."""
        same = ("isbn", "title", "author", "year", "language", "condition", "description", "stock")
        shown = {name: getattr(book, name) for name in same}
        return cls(**shown, price=money.typed(book.price_cents), stock_seen=book.stock)

    def listing(self) -> Listing:
        """What was typed, once `validate()` said yes."""
        card = {name: said for name, said in self.said.items() if name != "price"}
        return Listing(price_cents=self.said["price"], **card)

    def seen(self, now: int) -> int:
        """The copies that the seller saw; `now` where the form does not say."""
        try:
            return listing.stock(self.stock_seen.data or "")
        except listing.Wrong:
            return now
