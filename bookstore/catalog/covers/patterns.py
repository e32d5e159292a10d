"""Six patterned papers for the covers with a pasted label; `step` is their mesh."""

from collections.abc import Callable

from bookstore.catalog.covers.drawing import WIDTH, shape, stroke

Pattern = Callable[[int, int, str, str], list[str]]


def dots(step: int, height: int, colour: str, _ink: str) -> list[str]:
    dashed = f' stroke-dasharray="0 {step}" stroke-linecap="round"'
    return [
        stroke(f"M{step // 2 if i % 2 else 0} {y}H{WIDTH + step}", colour, 3.4, dashed)
        for i, y in enumerate(range(step // 2, height + step, step))
    ]


def ticking(step: int, height: int, colour: str, ink: str) -> list[str]:
    d = "".join(f"M{x} 0V{height}" for x in range(step // 2, WIDTH, step))
    return [stroke(d, colour, step * 0.42), stroke(d, ink, 0.6)]


def zigzag(step: int, height: int, colour: str, _ink: str) -> list[str]:
    half = f"{step / 2:g}"
    teeth = f"l{half} -{half} {half} {half}" * (WIDTH // step + 2)
    return [stroke("".join(f"M-2 {y}{teeth}" for y in range(step, height + step * 2, step)), colour, 2.2)]


def petals(_step: int, height: int, colour: str, _ink: str) -> list[str]:
    d = "".join(
        f"M{x} {y - 6}q6 6 0 12q-6-6 0-12"
        for i, y in enumerate(range(8, height + 16, 16))
        for x in range(0 if i % 2 else 8, WIDTH + 8, 16)
    )
    return [shape(d, colour)]


def checked(_step: int, height: int, colour: str, ink: str) -> list[str]:
    d = "".join(f"M{x} 0V{height}" for x in range(0, WIDTH, 12)) + "".join(
        f"M0 {y}H{WIDTH}" for y in range(0, height, 12)
    )
    return [stroke(d, colour, 4, ' stroke-opacity=".55"'), stroke(d, ink, 0.5, ' stroke-opacity=".5"')]


def crosses(_step: int, height: int, colour: str, _ink: str) -> list[str]:
    d = "".join(
        f"M{x - 4} {y}h8M{x} {y - 4}v8"
        for i, y in enumerate(range(6, height + 14, 14))
        for x in range(0 if i % 2 else 7, WIDTH + 8, 14)
    )
    return [stroke(d, colour, 1.6)]


PATTERNS: tuple[Pattern, ...] = (dots, ticking, zigzag, petals, checked, crosses)
