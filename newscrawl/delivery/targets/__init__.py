"""What exports write to, one file for each kind of target."""
