"""The directory of publishers: whose a name, a credit or a domain is; the table of each region beside the code."""
