"""What runs behind the pages: the relay, the clock and the jobs of the queue."""
