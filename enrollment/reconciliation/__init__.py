"""The list of BPJS for a month against ours: reading it, and comparing the two.

`columns`, `reading` and `classes` are pure: a line of a sheet becomes a `Line`, a pair of both
sides its classes. `staging` and `comparing` do the same for tens of thousands with a few
statements; a test holds them against the pure functions.
"""
