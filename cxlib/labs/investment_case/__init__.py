"""Labs of lesson 12, "Hồ sơ đầu tư CX trình Hội đồng quản trị"."""

from cxlib.labs.investment_case.draft import after_mending, clean_draft
from cxlib.labs.investment_case.evidence import best_evidence, first_question
from cxlib.labs.investment_case.faces import (
    BoardCaseFace,
    ExportFace,
    RegisterFace,
    RubricFace,
)
from cxlib.labs.investment_case.pilot import loss_with_pilot, pilot_first

__all__ = [
    "BoardCaseFace",
    "ExportFace",
    "RegisterFace",
    "RubricFace",
    "after_mending",
    "best_evidence",
    "clean_draft",
    "first_question",
    "loss_with_pilot",
    "pilot_first",
]
