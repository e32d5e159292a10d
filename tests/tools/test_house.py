"""The house check finds what it is for, and lets the rest pass."""

import pytest

from tools import house


@pytest.fixture
def breaches(tmp_path):
    def inspect(name: str, text: str) -> list[str]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return list(house.inspect(tmp_path, [name]))

    return inspect


def function(lines: int) -> str:
    return "def long():\n" + "    pass\n" * (lines - 1)


def test_a_function_of_40_lines_passes_and_one_of_41_does_not(breaches):
    assert breaches("bookstore/a.py", function(40)) == []
    assert breaches("bookstore/a.py", function(41)) == ["bookstore/a.py:1: long has 41 lines, at most 40"]


def test_a_method_is_a_function_too(breaches):
    inside = "class A:\n" + "".join(f"    {line}\n" for line in function(41).splitlines())
    assert "41 lines" in breaches("workers/a.py", inside)[0]


def test_a_file_of_250_lines_passes_and_one_of_251_does_not(breaches):
    assert breaches("tests/test_a.py", "x = 1\n" * 250) == []
    assert breaches("tests/test_a.py", "x = 1\n" * 251) == ["tests/test_a.py: 251 lines, at most 250"]


def test_a_template_has_a_limit_of_its_own(breaches):
    assert breaches("templates/a.html", "<p>\n" * 121) == ["templates/a.html: 121 lines, at most 120"]


def test_generated_migrations_may_be_long(breaches):
    assert breaches("bookstore/data/migrations/orders/0001.py", function(300)) == []


@pytest.mark.parametrize("vague", ["utils", "helpers", "common", "manager", "base"])
def test_a_file_is_named_for_what_it_does(breaches, vague):
    assert len(breaches(f"bookstore/{vague}.py", "")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "import quart",
        "from quart import request",
        "from werkzeug.exceptions import NotFound",
        "from bookstore.web import session",
        "from bookstore.web.errors import Refused",
        "from bookstore import web",
        "from bookstore.orders import web",
        "from . import web",
        "from .web import blueprint",
        "from ..web import session",
    ],
)
def test_a_rule_knows_no_http(breaches, line):
    assert breaches("bookstore/orders/paying.py", line)


@pytest.mark.parametrize("name", ["web", "web_cart", "forms", "internal"])
def test_the_web_side_of_a_context_may_speak_http(breaches, name):
    assert breaches(f"bookstore/orders/{name}.py", "from quart import request\nfrom bookstore.web import session") == []


def test_a_rule_may_use_data_and_other_rules(breaches):
    assert (
        breaches("bookstore/orders/paying.py", "from bookstore.data import db\nfrom bookstore.orders import states")
        == []
    )


@pytest.mark.parametrize("begun", ["-----BEGIN PRIVATE " + "KEY-----", "AKIA" + "Q" * 16, "sk_live_" + "a" * 24])
def test_a_secret_in_any_file_is_found(breaches, begun):
    assert breaches("docs/a.md", f"key: {begun}") == ["docs/a.md:1: a secret"]


@pytest.mark.parametrize("line", ["--index-url https://example.org/simple", "--find-links /a/place"])
def test_a_lock_names_no_place(breaches, line):
    assert breaches("requirements.lock", f"{line}\nquart==0.22.0\n")


def test_the_lock_as_it_is_written_passes(breaches):
    assert breaches("requirements.lock", "quart==0.22.0 \\\n    --hash=sha256:abc\n") == []
