"""The data sets of the course, and the programs that made them."""
