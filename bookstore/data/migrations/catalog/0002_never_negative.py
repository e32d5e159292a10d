from tortoise import migrations

from bookstore.data.checks import add_check


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        add_check("catalog_book", "catalog_book_stock_never_negative", "{stock} >= 0"),
        add_check("catalog_book", "catalog_book_price_never_negative", "{price_cents} >= 0"),
        add_check("catalog_hold_line", "catalog_hold_line_some_copies", "{quantity} >= 1"),
    ]
