"""The real servers that the tests run against: started on free ports, ended by process id."""
