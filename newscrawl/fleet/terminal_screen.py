"""Where a fleet tells how far it is: a block of lines that is drawn anew on a terminal, elsewhere what stays alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from typing import TextIO


class TerminalScreen:
    """Implements `Show` on a text stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._lines: Sequence[str] = ()

    def screen(self, lines: Callable[[int], Sequence[str]]) -> None:
        """Draws the block anew, cut at the terminal's size."""
        if self._is_terminal:
            columns, rows = shutil.get_terminal_size()
            self._draw("", [line[: columns - 1] for line in lines(rows - 1)])

    def tell(self, line: str) -> None:
        """Writes a line above the block."""
        self._draw(f"{line}\n", self._lines)

    def _draw(self, above: str, lines: Sequence[str]) -> None:
        back = f"\x1b[{len(self._lines)}F\x1b[J" if self._lines else ""  # ECMA-48: up so many lines, erase below
        self._stream.write(f"{back}{above}" + "".join(f"{line}\n" for line in lines))
        self._stream.flush()
        self._lines = lines
