"""Small measures that the signs of a page share."""

from __future__ import annotations

import math
from urllib.parse import SplitResult, unquote


def level(value: float, low: float, high: float) -> float:
    """0 at `low` or less, 1 at `high` or more, in between by the logarithm."""
    if value <= low:
        return 0.0
    return min(1.0, (math.log1p(value) - math.log1p(low)) / (math.log1p(high) - math.log1p(low)))


def path_of(address: SplitResult) -> list[str]:
    """The segments of a URL's path, lower case."""
    return [part for part in unquote(address.path[:2000]).lower().split("/") if part]
