"""What is known of each block of a page, and how likely it is part of the story."""
