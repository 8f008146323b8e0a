"""What is known of a site beside the page at hand: declared rules, and what was learned."""
