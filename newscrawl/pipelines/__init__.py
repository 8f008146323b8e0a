"""Item pipelines: thin glue, one job a file."""
