"""What to do about an error of the disk or of the system."""

from __future__ import annotations

_ADVICE = (
    (("too many open files",), "Allow this process more open files, for example with 'ulimit -n 4096'."),
    (("no space left", "disk quota"), "Make room on the disk; what was written before is whole."),
    (("read-only file system", "permission denied", "operation not permitted"), "See that you may write there."),
    (("cannot allocate memory", "out of memory"), "Give this process more memory."),
)
DAMAGED = "If its files are damaged, build it again in a new place."


def advice(error: Exception, otherwise: str = DAMAGED) -> str:
    """What to do next.

    >>> advice(OSError(28, "No space left on device"))
    'Make room on the disk; what was written before is whole.'
    """
    said = str(error).lower()
    return next((what for causes, what in _ADVICE if any(cause in said for cause in causes)), otherwise)
