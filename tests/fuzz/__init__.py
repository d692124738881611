"""Mutilated rosters: every file ends in a stated code, a question or a list of people."""
