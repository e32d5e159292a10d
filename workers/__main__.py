"""`python -m workers` is `bookstore worker`."""

import sys

from bookstore.__main__ import main

if __name__ == "__main__":
    main(["worker", *sys.argv[1:]], prog_name="bookstore")
