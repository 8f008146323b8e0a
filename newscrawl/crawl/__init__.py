"""One crawl, from its arguments to its exit code. In Python `newscrawl.crawl(...)` runs one: the module is callable."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.items import Article


class _CallableModule(ModuleType):
    """This package: a folder of modules, and what people call."""

    def __call__(self, *args: Any, **kwargs: Any) -> Iterator[Article]:
        return self.__wrapped__(*args, **kwargs)

    @property
    def __wrapped__(self) -> Callable[..., Iterator[Article]]:
        """Where `inspect.signature` looks for the arguments."""
        from newscrawl.crawl.from_python import crawl

        return crawl


sys.modules[__name__].__class__ = _CallableModule
