"""From a request to bytes: the download handler, the resolver, pauses of hosts, failures, the browser."""
