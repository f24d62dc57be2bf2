"""Floor 1: numbers and tables in, numbers and tables out; every formula names its source."""
