from tortoise import migrations

from bookstore.data.checks import add_check


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        add_check("orders_line", "orders_line_some_copies", "{quantity} >= 1"),
        add_check("orders_order", "orders_order_sums_never_negative", "{goods_cents} >= 0 AND {shipping_cents} >= 0"),
        add_check("orders_capture", "orders_capture_some_money", "{amount_cents} >= 0"),
    ]
