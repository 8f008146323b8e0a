"""What runs saw of each site, and how a site differs from its own past. Pure."""
