"""The ledger: every URL's state, the queue, the outbox, and the locks of hosts, in one database.

A run's way through it (`Ledger`): `lock` its hosts, ask for `validators` of discovery pages, `discover` what they name,
`take` rows and `settle` each, `finish`, `close`. For the commands that look at it or mend it: `admin`.
"""

from newscrawl.ledger.ledger import Ledger
from newscrawl.ledger.outbox import STREAMS, Outbox, Stream
from newscrawl.ledger.patience import Patience
from newscrawl.ledger.types import (
    STATES,
    VISITS,
    Cursor,
    DeadLetter,
    Discovered,
    DiscoveryPageState,
    Exported,
    FinalUrl,
    Held,
    Holder,
    LedgerError,
    Message,
    NotTakenError,
    Outcome,
    Report,
    State,
    UrlEntry,
    UrlFilter,
    Validators,
    Visit,
    WantedUrl,
    host_of,
)

__all__ = [
    "STATES",
    "STREAMS",
    "VISITS",
    "Cursor",
    "DeadLetter",
    "Discovered",
    "DiscoveryPageState",
    "Exported",
    "FinalUrl",
    "Held",
    "Holder",
    "Ledger",
    "LedgerError",
    "Message",
    "NotTakenError",
    "Outbox",
    "Outcome",
    "Patience",
    "Report",
    "State",
    "Stream",
    "UrlEntry",
    "UrlFilter",
    "Validators",
    "Visit",
    "WantedUrl",
    "host_of",
]
