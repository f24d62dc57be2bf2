"""Builds the course that needs no server: one folder, every calculation in the browser."""
