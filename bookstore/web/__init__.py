"""What every page of every context shares."""
