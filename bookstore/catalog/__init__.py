"""Books on sale: publish, edit, find, hold."""
