"""Floor 4: one package per lesson, each a set of labs, and the example company they share."""
