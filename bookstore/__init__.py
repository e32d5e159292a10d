"""A second-hand bookshop for many sellers: one package, three contexts, as one process or as many."""

__version__ = "0.1.0"
