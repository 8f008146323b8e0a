"""One page to an article, a rejection or the need of a further page; the worker processes in which that is done."""
