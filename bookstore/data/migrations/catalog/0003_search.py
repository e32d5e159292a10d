from tortoise import migrations

from bookstore.data.fulltext import add_fulltext


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_never_negative")]

    operations = [add_fulltext("catalog_book", "catalog_book_search", "search_text")]
