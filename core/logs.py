"""What may not stand in a log: the secret at the end of an address that somebody was sent."""

import logging
import re

SECRET_PATHS = re.compile(r"/(keluarga|undangan)/[^/\s?]+")


class SecretPaths(logging.Filter):
    """Writes `/keluarga/…` where a record names such an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes; its message may be shortened."""
        message = record.getMessage()
        shortened = SECRET_PATHS.sub("/\\1/\N{HORIZONTAL ELLIPSIS}", message)
        if shortened != message:
            record.msg, record.args = shortened, ()
        return True
