"""Every type of page, in both languages, at three widths, light and dark: nothing sideways, nothing axe minds."""

import functools

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys import scenes
from tests.journeys.gallery import SIGHTS
from tests.journeys.reader import HEIGHTS
from tests.journeys.watching import sideways

VIEWS = {"es": ((1280, "light"), (390, "dark")), "en": ((390, "light"),)}
pytestmark = pytest.mark.timeout(120)  # the first of a scene makes all of its people, books and orders
MINDED = ("serious", "critical")


@pytest.fixture(scope="module")
def scene(request):
    """Gives out a shop's scene by the shop's name, made when it is first asked for."""
    makers = {"still": scenes.still, "calm": scenes.calm, "town": scenes.quick}
    return functools.cache(lambda name: makers[name](request.getfixturevalue(name)))


@pytest.mark.parametrize("language", VIEWS)
@pytest.mark.parametrize("name", SIGHTS)
def test_every_page_is_clean(comes, scene, name, language):
    sight = SIGHTS[name]
    where = scene(sight.shop)
    reader = comes(sight.who or "anybody", language=language, url=where.town.url)
    reader.context.add_cookies(where.cookies[sight.who])
    reader.watch.expect(sight.status)
    answer = reader.page.goto(where.town.url + sight.path.format(**where.things))
    assert answer.status == sight.status
    if sight.act:
        sight.act(reader)
    assert not sideways(reader.page, (320, 390, 1280))
    for width, scheme in VIEWS[language]:
        assert not minded(reader.page, width, scheme)


def minded(page, width: int, scheme: str) -> list[str]:
    """What axe finds serious or critical."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = [violation for violation in Axe().run(page).response["violations"] if violation["impact"] in MINDED]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
