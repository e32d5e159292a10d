"""Roles of the shop as child processes: they die with their parent, and an ended one is started again."""
