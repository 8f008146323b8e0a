"""A server that misbehaves, and what a good crawler makes of each fault. Knows nothing of newscrawl's code."""

from . import scenes  # registers every fault
from .server import FaultServer
from .table import FAULTS, REASONS, Fault

__all__ = ["FAULTS", "REASONS", "Fault", "FaultServer", "scenes"]
