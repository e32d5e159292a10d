"""What a command says when it cannot do what it was asked for."""


class Refused(Exception):
    """Something was asked for that cannot be done here; the text says why, to a person, in one line."""
