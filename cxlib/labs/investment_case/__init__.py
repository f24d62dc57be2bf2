"""Labs of lesson 12, "Hồ sơ đầu tư CX trình Hội đồng quản trị"."""

from cxlib.labs.investment_case.faces import (
    BoardCaseFace,
    ExportFace,
    RegisterFace,
    RubricFace,
)

__all__ = [
    "BoardCaseFace",
    "ExportFace",
    "RegisterFace",
    "RubricFace",
]
