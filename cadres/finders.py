"""Finding one person by a number that other apps know, such as a member number.

An app offers `FINDERS = (function, ...)` in its own `person_finders.py`; a function takes the
typed text and gives the id of a person of the scope, or None.
"""

from cadres import values
from cadres.models import Cadre
from core import offers, sealed


def by_number(words: str) -> int | None:
    """The person with exactly this NIK, or whom another app's finder names; None otherwise.

    A NIK of a merged record leads to the kept one.
    """
    digits = words.translate(values.NIK_NOISE)
    if not (digits.isascii() and digits.isdigit()):
        return None
    if len(digits) == 16:
        found = Cadre.objects.filter(nik_digest=sealed.digest(digits)).first()
        return (found.merged_into_id or found.pk) if found else None
    for offered in offers.modules("person_finders"):
        for find in offered.FINDERS:
            found = find(digits)
            if found is not None:
                return found
    return None
