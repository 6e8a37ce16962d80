"""
The heart: from one state's alternatives and a reading to what is possible, exactly.

The statuses that are possible on each day, and the least and most days. Pure functions on small numbers: no record, no
dates, no I/O. Begin with `worlds.py`. Every change here is held against the oracle of the tests.
"""
