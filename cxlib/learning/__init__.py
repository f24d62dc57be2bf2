"""Floor 3: what makes it a course — predict, practise, be checked, keep it."""

from cxlib.learning.page import Page

__all__ = ["Page"]
