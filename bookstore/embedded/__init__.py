"""`bookstore up`: the whole shop on one machine from one command, with nothing installed beside it."""
