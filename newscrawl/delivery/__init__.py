"""Delivery: consumers of the ledger's outbox. The first writes files of JSON lines."""

from newscrawl.delivery.delivery import Delivered, Delivery
from newscrawl.delivery.jsonlines import DeliveryError, Options, spider_folder

__all__ = ["Delivered", "Delivery", "DeliveryError", "Options", "spider_folder"]
