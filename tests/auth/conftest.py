import pytest


@pytest.fixture
def changed() -> dict[str, object]:
    """Accounts alone."""
    return {"services": "auth"}
