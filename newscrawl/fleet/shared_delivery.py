"""Delivery for runs of one spider in many processes: the fleet alone writes their records, as long as it lives."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from newscrawl.config import Config
from newscrawl.crawl.run_ledger import delivery_options, without_ledger
from newscrawl.delivery import Delivery
from newscrawl.ledger import Ledger, Patience

EVERY = 0.3
"""Seconds between two looks at what waits; a run waits for its last records to be written before it ends."""


class SharedDelivery:
    """Holds the spider's delivery lock until `close`; should the fleet die, the next run that commits has it."""

    def __init__(self, config: Config, spider: str, run_id: str) -> None:
        """Blocks while it delivers what earlier runs left. LedgerError, DeliveryError."""
        self._patience = Patience()
        self._ledger = Ledger(
            config.ledger,
            spider=spider,
            run_id=run_id,
            now=lambda: datetime.now(UTC),
            revisit=False,
            patience=self._patience,
        )
        try:
            self.warnings = without_ledger(config, spider) if self._ledger.is_new else []
            self._delivery = Delivery(self._ledger, config.data_dir, delivery_options(config))
        except BaseException:
            self._ledger.close()
            raise

    async def deliver(self) -> int:
        """Writes what waits; returns how many records were written by now. DeliveryError, LedgerError."""
        return await asyncio.to_thread(self._delivery.advance)

    def hurry(self, seconds: float) -> None:
        """From now on nothing waits longer than that for other processes."""
        self._patience.hurry(seconds)

    async def close(self) -> int:
        """Writes the rest and gives the files their names; returns how many records were written."""
        return await asyncio.to_thread(self._close)

    def _close(self) -> int:
        try:
            delivered = self._delivery.close().articles
            self._ledger.finish().result()
        finally:
            self._ledger.close()
        return delivered
