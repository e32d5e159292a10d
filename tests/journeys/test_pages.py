"""Every type of page, in both languages, at three widths, light and dark: nothing sideways, nothing axe minds."""

import functools

import pytest

from tests.journeys import scenes
from tests.journeys.gallery import SIGHTS
from tests.journeys.watching import minded, sideways

VIEWS = {"es": ((1280, "light"), (390, "dark")), "en": ((390, "light"),)}


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
