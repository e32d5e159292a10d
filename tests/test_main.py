"""The command line: what each command says, and how it ends when somebody errs."""

import os
import re
import subprocess
import sys

import pytest

from bookstore.auth.models import User
from bookstore.catalog.models import Book
from bookstore.catalog.seeding import demo_books
from tests.conftest import environment
from tests.people import Visitor

BOOKSTORE = (sys.executable, "-m", "bookstore")
COMMANDS = ("up", "web", "worker", "migrate", "seed", "import", "admin", "admin grant", "admin revoke")
HEADER = "title,author,description,price,stock,condition\n"
RAYUELA = "Rayuela,Julio Cortázar,Una copia leída.,14.50,2,good\n"


@pytest.fixture
def run(database_url, redis_url, tmp_path):
    """Runs a command in the settings of this test, inside its folder."""
    settings = environment(database_url, tmp_path, redis_url)

    def command(*words: object, **changed: str) -> subprocess.CompletedProcess[str]:
        named = {f"BOOKSTORE_{name.upper()}": value for name, value in changed.items()}
        return subprocess.run(
            [*BOOKSTORE, *map(str, words)],
            env=settings | named,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=50,
            check=False,
        )

    return command


@pytest.fixture
def sheet(tmp_path):
    def write(*rows: str):
        path = tmp_path / "books.csv"
        path.write_text(HEADER + "".join(rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
async def ana(connected):
    async with Visitor("ana", "http://nowhere") as visitor:
        yield await visitor.is_known()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_needs_no_settings_for_it(command):
    bare = {"PATH": os.environ["PATH"]}
    asked = [*BOOKSTORE, *command.split(), "--help"]
    done = subprocess.run(asked, env=bare, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: bookstore {command}")


def test_help_imports_nothing_heavy():
    script = "import sys; from bookstore import __main__; print(sorted({'quart', 'tortoise', 'rq'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=False).stdout
        == "[]\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        *("nonsense", "--nonsense", "import", "up --port none", "admin grant", "import nothing.csv --seller x"),
        *("import . --seller x", "import pyproject.toml --seller x --stock -1", "import --seller"),
    ],
)
def test_a_command_that_is_no_command_says_so_in_one_line_and_exits_with_two(run, words):
    done = run(*words.split())
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert done.stderr.startswith("Error: ")
    assert re.search(r"Try 'bookstore( import| up| admin grant)? --help'\.\n$", done.stderr)


@pytest.mark.parametrize(
    ("command", "setting"),
    [
        ("web", "DATABASE_URL"),
        ("web", "REDIS_URL"),
        ("web", "MEDIA_DIR"),
        ("worker", "SECRET_KEY"),
        ("migrate", "DATABASE_URL"),
        ("seed", "DATABASE_URL"),
        ("admin grant ana@example.org", "DATABASE_URL"),
    ],
)
def test_a_missing_setting_is_named_in_one_line(command, setting, tmp_path):
    settings = environment("sqlite:///shop.db", tmp_path)
    del settings[f"BOOKSTORE_{setting}"]
    started = [*BOOKSTORE, *command.split()]
    done = subprocess.run(started, env=settings, cwd=tmp_path, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: BOOKSTORE_{setting} is missing: ")
    assert done.stderr.count("\n") == 1


def test_the_default_of_a_secret_is_no_secret(run):
    done = run("web", secret_key="secretkey")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: BOOKSTORE_SECRET_KEY takes at least 32 random characters")


@pytest.mark.every_database
def test_migrating_twice_does_it_once(run, empty_database_url):
    first = run("migrate", database_url=empty_database_url)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("Applied: auth.0001_initial, ")
    assert run("migrate", database_url=empty_database_url).stdout == "The schema is at its head.\n"


def test_an_unreachable_database_is_said_in_one_line(run):
    done = run("seed", database_url="mysql://u:p@127.0.0.1:1/shop")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: the database cannot be reached: ")
    assert done.stderr.count("\n") == 1


def test_a_database_without_a_schema_is_said_in_one_line(run, tmp_path):
    done = run("seed", database_url=f"sqlite:///{tmp_path}/new.db")
    assert (done.returncode, done.stderr) == (1, "Error: the database has no schema yet: run `bookstore migrate`\n")


def test_a_folder_that_holds_no_shop_is_told(run):
    done = run("seed", "--data", "nowhere")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: nowhere holds no shop: ")


async def test_seeding_twice_adds_everything_once(run, connected):
    assert run("seed").stdout == f"Books added: {len(demo_books())}\n"
    assert run("seed").stdout == "Books added: 0\n"
    assert await User.filter(email="ana@example.com").count() == 1


async def test_an_administrator_is_made_and_unmade(run, ana):
    assert run("admin", "grant", "Ana@example.org").returncode == 0
    assert (await User.get(id=ana.id)).role == "admin"
    assert run("admin", "revoke", ana.email).returncode == 0
    assert (await User.get(id=ana.id)).role == "member"


@pytest.mark.every_database
@pytest.mark.parametrize("email", [b"a\xff@example.org", "😀".encode(), b"' OR 1=1 --", b"", b"x" * 1000])
def test_an_address_of_any_bytes_is_nobodys(run, sheet, email):
    for words in (("admin", "grant", os.fsdecode(email)), ("import", sheet(RAYUELA), "--seller", os.fsdecode(email))):
        done = run(*words)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert done.stderr.startswith("Error: nobody here has the e-mail address ")


def test_nobody_is_no_administrator(run):
    done = run("admin", "grant", "nobody@example.org")
    assert (done.returncode, done.stderr) == (1, "Error: nobody here has the e-mail address nobody@example.org\n")


@pytest.mark.every_database
async def test_a_file_of_books_is_listed(run, ana, sheet, database_url):
    done = run("import", sheet(RAYUELA), "--seller", ana.email)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 rows read, 1 listed, 0 refused in ")
    book = await Book.get()
    assert (book.title, book.seller_id, book.price_cents, book.stock) == ("Rayuela", ana.id, 1450, 2)


async def test_a_bad_row_is_told_in_a_file_and_the_good_ones_stay(run, ana, sheet, tmp_path):
    done = run("import", sheet(RAYUELA, "Sin precio,Nadie,,gratis,1,good\n"), "--seller", ana.email)
    assert done.returncode == 1
    assert done.stdout.startswith("2 rows read, 1 listed, 1 refused in ")
    assert done.stderr == "What is wrong with the refused rows: books-errors.csv\n"
    assert "gratis" in (tmp_path / "books-errors.csv").read_text()
    assert await Book.all().count() == 1


async def test_a_dry_run_lists_nothing(run, ana, sheet):
    done = run("import", sheet(RAYUELA), "--seller", ana.email, "--dry-run")
    assert done.stdout.startswith("1 rows read, 1 would be listed, 0 refused in ")
    assert await Book.all().count() == 0


async def test_a_price_and_a_stock_fill_in_where_a_row_has_none(run, ana, sheet):
    row = "Rayuela,Julio Cortázar,Una copia leída.,,,good\n"
    assert run("import", sheet(row), "--seller", ana.email, "--price", "9,90", "--stock", "4").returncode == 0
    book = await Book.get()
    assert (book.price_cents, book.stock) == (990, 4)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--seller", "nobody@example.org"], "nobody here has the e-mail address nobody@example.org"),
        (["--seller", "ana@example.org", "--price", "-3"], "--price -3 is no amount such as 12.50"),
        (["--seller", "ana@example.org", "--price", "nan"], "--price nan is no amount such as 12.50"),
        (["--seller", "ana@example.org", "--price", "1.234,50"], "--price 1.234,50 is no amount such as 12.50"),
    ],
)
async def test_what_cannot_be_imported_is_said_in_one_line(run, ana, sheet, words, said):
    done = run("import", sheet(RAYUELA), *words)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"Error: {said}\n")


async def test_a_file_that_cannot_be_read_twice_is_said_in_one_line(run, ana, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in ("pipe", "/dev/null"):
        done = run("import", path, "--seller", ana.email)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
        assert done.stderr.startswith(f"Error: {path}: It must be a file ")


async def test_a_file_of_another_kind_is_said_in_one_line(run, ana, tmp_path):
    (tmp_path / "books.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    done = run("import", "books.csv", "--seller", ana.email)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: books.csv: ")
    assert done.stderr.count("\n") == 1
