"""Whether people are covered in another regency, as the app that knows covers tells.

That app offers `COVERED_ELSEWHERE` in its own `roster_checks.py`: the name of a database function
of (digests, asking regency, day) that looks over the wall and answers (nik_digest, programme,
segment) and nothing else.
"""

from core import offers


def function_name() -> str | None:
    """The function to ask, or None when no installed app knows covers."""
    for offered in offers.modules("roster_checks"):
        found: str = offered.COVERED_ELSEWHERE
        return found
    return None
