"""Shops with people, books and orders in every state, which stay as they are while they are looked at."""

import subprocess
from dataclasses import dataclass, field

from tests.journeys.backstage import DECLINED, Somebody, aside
from tests.journeys.opening import Town
from tests.servers.shop import BOOKSTORE

NOWHERE = "00000000-0000-4000-8000-000000000000"
QUIXOTE = "El ingenioso hidalgo don Quijote de la Mancha, compuesto por Miguel de Cervantes Saavedra"
BOOKS = [
    {"title": "Rayuela", "author": "Julio Cortázar", "stock": 3, "year": 1963, "isbn": "978-84-376-0457-2"},
    {"title": "Pedro Páramo", "author": "Juan Rulfo", "condition": "fair", "price": "4,20"},
    {"title": QUIXOTE, "author": "Miguel de Cervantes", "price": "1999,99", "year": 1605},
    {"title": "Rindfleischetikettierungsüberwachungsaufgabe", "author": "Anonymus", "language": "de"},
    {"title": "ألف ليلة وليلة", "author": "مجهول", "language": "ar", "condition": "poor"},
    {"title": "雪国", "author": "川端康成", "language": "ja", "condition": "as_new"},
    *({"title": f"Cuadernos de viaje {number}", "author": "Teresa de la Parra"} for number in range(1, 25)),
]


@dataclass
class Scene:
    """What there is in a shop: `things` fill the paths of sights, `cookies` make a browser somebody's."""

    town: Town
    things: dict[str, str] = field(default_factory=lambda: {"nowhere": NOWHERE})
    cookies: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {"": []})

    async def enter(self, *names: str) -> list[Somebody]:
        """Accounts of the scene."""
        people = [Somebody(name, self.town.url) for name in names]
        for person in people:
            await person.registers()
            self.cookies[person.name] = person.cookies
        return people


def still(town: Town) -> Scene:
    """No worker is at it: what is being paid goes on being paid, and what ran out is written nowhere."""
    scene = Scene(town)
    aside(_stand_still(scene, hasty=town.other_door(hold_minutes=0.01)))
    return scene


async def _stand_still(scene: Scene, hasty: str) -> None:
    ana, beto, _carla, dora = await scene.enter("ana", "beto", "carla", "dora")
    book, sold, paid, late, *_ = [await ana.publishes(**book) for book in BOOKS]
    held, paying = await beto.places(sold), await beto.places(paid)
    await beto.pays(paying, "paying")
    hurried = Somebody("beto", hasty)
    hurried.client.cookies, hurried.token = beto.client.cookies, beto.token
    scene.things |= {"book": str(book), "sold": str(sold), "held": held, "paying": paying}
    scene.things["late"] = await hurried.places(late)
    await _promote(scene, dora)


async def _promote(scene: Scene, dora: Somebody) -> None:
    grant = [*BOOKSTORE, "admin", "grant", dora.email]
    subprocess.run(grant, env=scene.town.served.environment, check=True, timeout=30, capture_output=True)  # noqa: ASYNC221
    dora.client.cookies.clear()
    await dora.logs_in()
    scene.cookies["dora"] = dora.cookies


def calm(town: Town) -> Scene:
    """A worker brought the orders to where they are, and its couriers leave them there."""
    scene = Scene(town)
    aside(_take_time(scene))
    return scene


async def _take_time(scene: Scene) -> None:
    ana, beto = await scene.enter("ana", "beto")
    declined, paid, sent, cancelled = [await beto.places(await ana.publishes(**book)) for book in BOOKS[:4]]
    await beto.pays(declined, "placed", card=DECLINED)
    for order in (paid, sent, cancelled):
        await beto.pays(order, "paid")
    await beto.cancels(cancelled)
    parcel = (await beto.get(f"/orders/{sent}")).mark("data-parcel-id")
    await ana.post(f"/parcels/{parcel}/handover")
    scene.things |= {"declined": declined, "paid": paid, "sent": sent, "cancelled": cancelled, "parcel": parcel}


def quick(town: Town) -> Scene:
    """Everything has arrived."""
    scene = Scene(town)
    aside(_deliver(scene))
    return scene


async def _deliver(scene: Scene) -> None:
    ana, beto = await scene.enter("ana", "beto")
    order = await beto.places(await ana.publishes(**BOOKS[0]))
    scene.things["delivered"] = await beto.pays(order, "completed")
