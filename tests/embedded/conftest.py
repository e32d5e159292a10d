import pytest

from tests.embedded.standing import Standing


@pytest.fixture
def standing(tmp_path):
    """Starts shops; none of them is left after the test."""
    place = Standing(tmp_path)
    yield place
    place.clear()
