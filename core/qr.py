"""QR codes as PDF operators."""

import segno

# Choosing among the eight masks takes four times as long as all the rest, and readers take any.
MASK = 3


def qr_code(text: str) -> segno.QRCode:
    """The QR code of a text: error correction M, the smallest version that holds it."""
    return segno.make(text, error="m", micro=False, mask=MASK, boost_error=False)


def operators(text: str) -> bytes:
    """The dark modules of a text's QR code as filled rectangles in the unit square.

    One rectangle for each run in a row; the quiet zone is up to the page.
    """
    rows = qr_code(text).matrix
    side = len(rows)
    parts = [f"{1 / side:.8f} 0 0 {1 / side:.8f} 0 0 cm 0 g"]
    for row_number, row in enumerate(rows):
        start = None
        for column, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                parts.append(f"{start} {side - 1 - row_number} {column - start} 1 re")
                start = None
    return ("\n".join(parts) + " f").encode()
