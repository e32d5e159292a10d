"""The house's own rules, which no linter has: sizes, names, and rules that know no HTTP.

Run as `tools/house.py`; prints one line a breach and exits 1 when there is one. The limits are where a file or a
function fails the check; the style asks for much less (a function of 12 lines, a file of 150, a template of 60).
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FUNCTION_LINES = 40
FILE_LINES = 250
TEMPLATE_LINES = 120
CODE = ("bookstore", "workers", "tests", "tools")
GENERATED = "bookstore/data/migrations/"
CONTEXTS = ("auth", "catalog", "orders")
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc", "tools"}
HTTP = ("quart", "werkzeug", "hypercorn", "bookstore.web", "bookstore.pages")
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\b(?:ghp|gho|glpat|pypi|npm)[_-][A-Za-z0-9_-]{20,}"
    r"|\b[rs]k_live_[0-9A-Za-z]{16,}"
)
PLACE = re.compile(r"""^--(?:index-url|extra-index-url|find-links|trusted-host)|://|(?:^|\s)/\w+""", re.MULTILINE)


def main() -> int:
    breaches = list(inspect(Path.cwd(), tracked()))
    print("\n".join(breaches) if breaches else "The house is in order.")
    return bool(breaches)


def tracked() -> list[str]:
    """Every file of the tree that is committed or about to be."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(listed, check=True, capture_output=True, text=True).stdout.rstrip("\0").split("\0")


def inspect(root: Path, names: list[str]) -> Iterator[str]:
    """The breaches of the named files under `root`, one line each."""
    for name in sorted(set(names)):
        path = root / name
        if not path.is_file():
            continue
        text = path.read_bytes().decode(errors="replace")
        yield from secrets(name, text)
        if name.startswith(GENERATED):
            continue
        if name.endswith(".py") and name.startswith(CODE):
            yield from sizes(name, text)
            yield from manners(name, text)
        if name.startswith("templates/"):
            yield from too_long(name, text, TEMPLATE_LINES)
        if name.endswith(".lock") and PLACE.search(text):
            yield f"{name}: a lock names packages and hashes, never a place"


def secrets(name: str, text: str) -> Iterator[str]:
    for found in SECRET.finditer(text):
        yield f"{name}:{text.count(chr(10), 0, found.start()) + 1}: a secret"


def sizes(name: str, text: str) -> Iterator[str]:
    yield from too_long(name, text, FILE_LINES)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {lines} lines, at most {FUNCTION_LINES}"


def too_long(name: str, text: str, limit: int) -> Iterator[str]:
    lines = len(text.splitlines())
    if lines > limit:
        yield f"{name}: {lines} lines, at most {limit}"


def manners(name: str, text: str) -> Iterator[str]:
    path = Path(name)
    if path.stem in VAGUE:
        yield f"{name}: a file is named for what it does, not {path.stem}"
    if is_rule(path):
        for line, module in imports(name, text):
            if any(module == http or module.startswith(f"{http}.") for http in HTTP) or speaks_http(module):
                yield f"{name}:{line}: a rule knows no HTTP, it imports {module}"


def is_rule(path: Path) -> bool:
    """A context's module that is not the web side of it."""
    return path.parts[0] == "bookstore" and path.parts[1] in CONTEXTS and not speaks_http(".".join(path.parts))


def speaks_http(module: str) -> bool:
    """`web`, `web_…`, `forms` and `internal` are the modules of a context that speak HTTP."""
    words = module.removesuffix(".py").split(".")
    if len(words) < 3 or words[0] != "bookstore" or words[1] not in CONTEXTS:
        return False
    return (
        words[2] in {"forms", "internal", "web"} or words[2].startswith("web_") or words[2].endswith(("_web", "_forms"))
    )


def imports(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Line and absolute name of every module that a file imports."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = Path(name).parts[: -node.level] if node.level else ()
            module = ".".join([*package, *([node.module] if node.module else [])])
            yield node.lineno, module
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


if __name__ == "__main__":
    sys.exit(main())
