"""Floor 2: a model's result drawn as a matplotlib or seaborn figure."""
