"""What people look at: texts for the terminal. Pure: no view fetches or parses anything."""
