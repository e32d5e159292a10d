"""docs/tree.md: what each file is for, read from the first sentence of each; `--check` only compares."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "tree.md"
SHOWN = ("bookstore/", "workers/", "tools/", "tests/", "templates/", "Makefile", "pyproject.toml")
LEFT_OUT = re.compile(r"__init__\.py$|/migrations/|\.po$|\.md$|\.txt$|\.typed$|/fonts/")
HEAD = """\
# The tree

Written by `make tree` from the files' own first lines; change them there.
"""


def main(arguments: list[str]) -> int:
    page = written()
    if arguments != ["--check"]:
        PAGE.write_text(page)
        return 0
    stale = not PAGE.exists() or PAGE.read_text() != page
    print("docs/tree.md is stale: run `make tree`." if stale else "docs/tree.md is up to date.")
    return int(stale)


def written() -> str:
    page, folder = HEAD, ""
    for path in listed():
        if str(path.parent) != folder:
            folder = str(path.parent)
            page += f"\n## {folder if folder != '.' else 'The root'}\n"
        about = purpose(ROOT / path)
        page += f"- `{path.name}`{f': {about}' if about else ''}\n"
    return page


def listed() -> list[Path]:
    """What git tracks or would track, folder by folder."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *SHOWN]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    paths = (Path(name) for name in names if not LEFT_OUT.search(name) and (ROOT / name).exists())
    return sorted(set(paths), key=lambda path: (str(path.parent), path.name))


def purpose(path: Path) -> str:
    """The first sentence of the file's docstring, or of its opening comment."""
    text = path.read_text(errors="replace")
    if path.suffix == ".py":
        return first_sentence(ast.get_docstring(ast.parse(text)) or "")
    comment = re.match(r"(?:#!.*\n)?\s*(?:\{#-?|#|/\*+|//)\s*(.*?)\s*(?:-?#\}|\*/|\n)", text)
    return first_sentence(comment.group(1)) if comment else ""


def first_sentence(text: str) -> str:
    paragraph = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    return re.split(r"(?<=[^.])\.(?:\s|$)", paragraph)[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
