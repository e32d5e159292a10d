"""What is installed elsewhere holds everything that the shop reads at run time."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=50)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


@pytest.mark.parametrize("folder", ["bookstore", "workers"])
def test_every_file_of_the_package_is_in_the_wheel(shipped, folder):
    files = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert {name for name in files if "__pycache__" not in name} <= shipped


def test_every_template_is_beside_the_package(shipped):
    templates = {f"bookstore/{path.relative_to(ROOT)}" for path in (ROOT / "templates").rglob("*.html")}
    assert templates
    assert templates <= shipped


def test_tests_and_tools_stay_at_home(shipped):
    assert not [name for name in shipped if name.startswith(("tests/", "tools/"))]
