"""What a site's pages want done before they show all of their text, as a spider declares it."""

from __future__ import annotations

from dataclasses import dataclass

MAX_TIMES = 100
"""Clicks or scrolls of one step."""


@dataclass(frozen=True, slots=True)
class Click:
    """Clicks on what a CSS selector finds, as long as it is there: `Click("button.more", times=5)`."""

    selector: str
    times: int = 1
    """Most clicks."""


@dataclass(frozen=True, slots=True)
class Scroll:
    """Scrolls to the page's end, again as long as that makes it longer: `Scroll(times=5)`."""

    times: int = 1
    """Most scrolls."""


Step = Click | Scroll


def step_faults(name: str, steps: object) -> list[str]:
    """What is wrong with the steps that a spider declares under a name."""
    if not isinstance(steps, tuple):
        return [f"{name}: {steps!r} is no tuple; write ({steps!r},)"]
    faults = []
    for place, step in enumerate(steps):
        if not isinstance(step, Click | Scroll):
            faults.append(f"{name}[{place}]: {step!r} is neither Click(...) nor Scroll(...)")
        elif not 1 <= step.times <= MAX_TIMES:
            faults.append(f"{name}[{place}]: times={step.times}: should be 1 to {MAX_TIMES}")
    return faults
