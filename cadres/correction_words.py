"""How a correction file marks what is ours in it; the reader leaves these parts alone.

The words are Indonesian in every language of the screen: they stand in the village's own file.
"""

from cadres.headings import plain

SUMMARY = "Baris bermasalah"
MARK = "Ringkasan saja, tidak ikut dibaca waktu diunggah. Perbaiki di lembar aslinya."
REASON, REMEDY = "Alasan", "Cara memperbaiki"
_OURS = frozenset((plain(REASON), plain(REMEDY)))


def is_summary(sheet: str, first_cell: object) -> bool:
    """Whether a sheet is our list of bad lines: its name and its first cell say so."""
    return sheet == SUMMARY and first_cell == MARK


def is_ours(heading: object) -> bool:
    """Whether a heading is one of the two columns that we add at the end."""
    return plain(heading) in _OURS
