"""Builds the course's notebooks from their bilingual sources; only its authors need it."""
