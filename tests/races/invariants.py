"""What must be true of the data after any race, asked of the tables alone: each query finds what is wrong."""

from tortoise import connections

WRONG = {
    "s1: stock is never negative": "SELECT id FROM catalog_book WHERE stock < 0",
    "s2: stock is the sum of its moves": """
        SELECT b.id, b.stock, SUM(m.delta) FROM catalog_book b LEFT JOIN catalog_stock_move m ON m.book_id = b.id
        GROUP BY b.id, b.stock HAVING b.stock <> COALESCE(SUM(m.delta), 0)""",
    "s3: what came is on the shelf or held": """
        SELECT b.id FROM catalog_book b
        WHERE b.stock + (SELECT COALESCE(SUM(l.quantity), 0) FROM catalog_hold_line l
                         WHERE l.book_id = b.id AND l.status = 'held')
           <> (SELECT COALESCE(SUM(m.delta), 0) FROM catalog_stock_move m
               WHERE m.book_id = b.id AND m.kind IN ('initial', 'adjust'))""",
    "s4: each line of a hold took its copies once": """
        SELECT l.id FROM catalog_hold_line l LEFT JOIN catalog_stock_move m
          ON m.hold_id = l.hold_id AND m.book_id = l.book_id AND m.kind = 'take'
        GROUP BY l.id, l.quantity HAVING COUNT(m.id) <> 1 OR COALESCE(SUM(m.delta), 0) <> -l.quantity""",
    "s5: a released line gave them back once, no other did": """
        SELECT l.id FROM catalog_hold_line l LEFT JOIN catalog_stock_move m
          ON m.hold_id = l.hold_id AND m.book_id = l.book_id AND m.kind = 'give'
        GROUP BY l.id, l.quantity, l.status
        HAVING COALESCE(SUM(m.delta), 0) <> CASE WHEN l.status = 'released' THEN l.quantity ELSE 0 END""",
    "s6: an order's lines are its hold's": """
        SELECT o.id FROM orders_order o
        WHERE (SELECT COUNT(*) FROM orders_line l JOIN catalog_hold_line h
               ON h.hold_id = l.order_id AND h.book_id = l.book_id
               AND h.quantity = l.quantity AND h.unit_cents = l.unit_cents WHERE l.order_id = o.id)
           <> (SELECT COUNT(*) FROM orders_line l WHERE l.order_id = o.id)
           OR (SELECT COUNT(*) FROM orders_line l WHERE l.order_id = o.id)
           <> (SELECT COUNT(*) FROM catalog_hold_line h WHERE h.hold_id = o.id)
           OR NOT EXISTS (SELECT 1 FROM orders_line l WHERE l.order_id = o.id)""",
    "s7: an order and its hold are one buyer's": """
        SELECT o.id FROM orders_order o LEFT JOIN catalog_hold h ON h.id = o.id AND h.buyer_id = o.buyer_id
        WHERE h.id IS NULL""",
    "o2: an order costs what its lines and parcels cost": """
        SELECT o.id FROM orders_order o
        WHERE o.goods_cents <> (SELECT COALESCE(SUM(l.quantity * l.unit_cents), 0) FROM orders_line l
                                WHERE l.order_id = o.id)
           OR o.shipping_cents <> (SELECT COALESCE(SUM(p.shipping_cents), 0) FROM orders_parcel p
                                   WHERE p.order_id = o.id)""",
    "o5: nobody buys their own": """
        SELECT o.id FROM orders_order o JOIN orders_parcel p ON p.order_id = o.id AND p.seller_id = o.buyer_id""",
    "o7: the last event of an order is its state": """
        SELECT o.id FROM orders_order o
        WHERE o.status <> (SELECT e.after FROM orders_event e WHERE e.order_id = o.id AND e.parcel_id IS NULL
                           ORDER BY e.seq DESC LIMIT 1)""",
    "o8: events are numbered without gaps": """
        SELECT o.id FROM orders_order o JOIN orders_event e ON e.order_id = o.id GROUP BY o.id, o.version
        HAVING COUNT(e.id) <> o.version + 1 OR MIN(e.seq) <> 0 OR MAX(e.seq) <> o.version""",
    "p1: what was paid was captured, less what goes back": """
        SELECT o.id FROM orders_order o
        WHERE (SELECT COALESCE(SUM(c.amount_cents), 0) FROM orders_capture c WHERE c.order_id = o.id)
            - (SELECT COALESCE(SUM(r.amount_cents), 0) FROM orders_refund r WHERE r.order_id = o.id)
           <> CASE WHEN o.status IN ('paid', 'completed')
              THEN (SELECT COALESCE(SUM(p.goods_cents + p.shipping_cents), 0) FROM orders_parcel p
                    WHERE p.order_id = o.id AND p.status <> 'cancelled') ELSE 0 END""",
    "p2: a paid order has one capture": """
        SELECT o.id FROM orders_order o LEFT JOIN orders_capture c ON c.order_id = o.id
        WHERE o.status IN ('paid', 'completed') GROUP BY o.id HAVING COUNT(c.attempt_key) <> 1""",
    "p5: the provider's ledger and ours agree": """
        SELECT pc.`key` FROM provider_charge pc LEFT JOIN orders_capture c ON c.attempt_key = pc.`key`
        WHERE (pc.outcome = 'captured') <> (c.attempt_key IS NOT NULL)
        UNION ALL SELECT c.attempt_key FROM orders_capture c LEFT JOIN provider_charge pc ON pc.`key` = c.attempt_key
        WHERE pc.`key` IS NULL OR pc.amount_cents <> c.amount_cents""",
    "d1: no parcel leaves unpaid": """
        SELECT p.id FROM orders_parcel p JOIN orders_order o ON o.id = p.order_id
        WHERE p.status IN ('shipped', 'in_transit', 'delivered') AND o.status NOT IN ('paid', 'completed')""",
    "h1: what is paid for is held for good": """
        SELECT o.id FROM orders_order o JOIN catalog_hold h ON h.id = o.id
        WHERE o.status IN ('paid', 'completed') AND h.status <> 'confirmed'
          AND NOT EXISTS (SELECT 1 FROM orders_parcel p WHERE p.order_id = o.id AND p.status = 'cancelled')""",
}


async def violations() -> dict[str, list[dict[str, object]]]:
    """Each rule that is broken, with the rows that break it."""
    found = {rule: await connections.get("default").execute_query_dict(query) for rule, query in WRONG.items()}
    return {rule: rows[:5] for rule, rows in found.items() if rows}
