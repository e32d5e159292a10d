"""The condition of a copy: seven grades, after the scale of the second-hand trade (IOBA)."""

from dataclasses import dataclass

from bookstore.texts import lazy


@dataclass(frozen=True)
class Grade:
    """One grade: `name` is stored, the texts are shown."""

    name: str
    label: lazy
    note: lazy
    code: lazy


# Best first.
GRADES = (
    Grade("as_new", lazy("As new"), lazy("No sign of use"), lazy("AN")),
    Grade("fine", lazy("Fine"), lazy("Read with care"), lazy("F")),
    Grade("near_fine", lazy("Near fine"), lazy("A slight rub at most"), lazy("NF")),
    Grade("very_good", lazy("Very good"), lazy("Light use, nothing torn"), lazy("VG")),
    Grade("good", lazy("Good"), lazy("Visible use, complete"), lazy("G")),
    Grade("fair", lazy("Fair"), lazy("Worn, reads well"), lazy("FR")),
    Grade("poor", lazy("Reading copy"), lazy("Only the text matters"), lazy("RC")),
)
NAMES = tuple(grade.name for grade in GRADES)
_BY_NAME = {grade.name: grade for grade in GRADES}


def label(name: str) -> str:
    """The grade in words; an unknown name is shown as it is."""
    grade = _BY_NAME.get(name)
    return str(grade.label) if grade else name


def code(name: str) -> str:
    """The grade in the trade's short form, which stands beside its words."""
    grade = _BY_NAME.get(name)
    return str(grade.code) if grade else ""
