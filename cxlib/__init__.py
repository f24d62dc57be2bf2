"""CX Master helper library: models, charts, learning kit and labs behind the course notebooks."""
