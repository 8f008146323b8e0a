"""Pictures of the demo: a drawn landscape for each story, its colours and hills taken from the story's name."""

from __future__ import annotations

from hashlib import sha256

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 600" width="1200" height="600">
<rect width="1200" height="600" fill="hsl({hue} 45% 82%)"/>
<circle cx="{sun}" cy="{height}" r="70" fill="hsl({warm} 80% 72%)"/>
<path d="M0 {a} C300 {b} 500 {c} 760 {d} S1100 {a} 1200 {c} V600 H0Z" fill="hsl({hue} 28% 58%)"/>
<path d="M0 {c} C260 {d} 620 {a} 1200 {b} V600 H0Z" fill="hsl({hue} 32% 38%)"/>
<path d="M0 540 C400 500 800 580 1200 530 V600 H0Z" fill="hsl({hue} 36% 22%)"/>
</svg>
"""


def picture(name: str) -> bytes:
    """The landscape that belongs to a name, as SVG."""
    bytes_ = sha256(name.encode()).digest()
    hills = {letter: 300 + bytes_[index] for index, letter in enumerate("abcd")}
    hue = bytes_[4] * 360 // 256
    place = {"hue": hue, "warm": 20 + bytes_[7] % 40, "sun": 120 + bytes_[5] * 3, "height": 110 + bytes_[6] // 2}
    return _SVG.format(**hills, **place).encode()
