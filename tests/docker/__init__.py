"""What the container is made of, run outside of one."""
