"""`python -m workers` is `bookstore worker`."""

from bookstore.__main__ import worker

if __name__ == "__main__":
    worker()
