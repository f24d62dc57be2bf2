"""Floor 4: one module per lesson, each a set of labs."""
