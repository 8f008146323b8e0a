"""The ledger: every URL's fate, the queue, the outbox, and the locks of hosts, in one database.

A run's way through it (`Ledger`): `hold` its hosts, ask for `validators` of discovery pages, `discover` what they name,
`take` rows and `settle` each, `finish`, `close`. For the commands that look at it or mend it: `admin`.
"""

from newscrawl.ledger.ledger import Ledger
from newscrawl.ledger.outbox import STREAMS, Outbox, Stream
from newscrawl.ledger.types import (
    FATES,
    VISITS,
    Cursor,
    DeadLetter,
    Discovered,
    Fate,
    Found,
    Holder,
    Landing,
    LedgerError,
    Listing,
    Message,
    NotTakenError,
    Outcome,
    Report,
    Row,
    Validators,
    Visit,
    host_of,
)

__all__ = [
    "FATES",
    "STREAMS",
    "VISITS",
    "Cursor",
    "DeadLetter",
    "Discovered",
    "Fate",
    "Found",
    "Holder",
    "Landing",
    "Ledger",
    "LedgerError",
    "Listing",
    "Message",
    "NotTakenError",
    "Outbox",
    "Outcome",
    "Report",
    "Row",
    "Stream",
    "Validators",
    "Visit",
    "host_of",
]
