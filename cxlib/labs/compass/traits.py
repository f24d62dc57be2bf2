"""Six traits of a company, rated by five people: the same mean may hide agreement or a rift."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cxlib.charts import compass as charts
from cxlib.labs.compass.rubric import in_sentence
from cxlib.learning.fields import Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.models.evidence import r_wg
from cxlib.text import Text, number

STEPS: Final = 5
AGREED: Final = 0.7
TRAITS: Final = {
    "purpose": Text("Mục đích dẫn dắt", "Purpose-led"),
    "humane": Text("Nhân văn", "Humane"),
    "adaptive": Text("Thích ứng", "Adaptable"),
    "evidence": Text("Dữ liệu, bằng chứng", "Data, evidence"),
    "priority": Text("Khách là ưu tiên", "Delight as priority"),
    "stories": Text("Biết kể chuyện", "Storytelling"),
}
RATERS: Final = {
    "director": Text("Giám đốc", "Director"),
    "marketing": Text("Trưởng marketing", "Head of marketing"),
    "operations": Text("Trưởng vận hành", "Head of operations"),
    "store": Text("Cửa hàng trưởng", "Store manager"),
    "till": Text("Nhân viên quầy", "Till employee"),
}
_AN_NHIEN: Final = {
    "purpose": (4, 3, 3, 3, 2),
    "humane": (5, 5, 3, 1, 1),
    "adaptive": (4, 4, 3, 2, 2),
    "evidence": (2, 3, 3, 2, 3),
    "priority": (5, 4, 4, 2, 1),
    "stories": (4, 5, 3, 2, 2),
}


def _scores(*given: int) -> dict[str, float]:
    return dict(zip(RATERS, map(float, given), strict=True))


def _fields() -> dict[str, Any]:
    group = Text("Năm người chấm “nhân văn”", "Five people rate “humane”")
    return {
        key: Quantity(name, float(score), 1, STEPS, 1, group=group)
        for (key, name), score in zip(RATERS.items(), _AN_NHIEN["humane"], strict=True)
    }


@lab(
    key="five-raters",
    title=Text("Năm người, sáu đặc điểm", "Five people, six traits"),
    presets={
        "rift": Preset(
            Text("Tình huống 1: trên 5, dưới 1", "Case 1: top says 5, front says 1"),
            _scores(5, 5, 3, 1, 1),
        ),
        "agreed": Preset(
            Text("Tình huống 2: ai cũng chấm 3", "Case 2: everybody says 3"),
            _scores(3, 3, 3, 3, 3),
        ),
        "lone": Preset(
            Text("Tình huống 3: một người lạc giọng", "Case 3: one lone voice"),
            _scores(4, 4, 4, 4, 1),
        ),
    },
    formulas=((Text("Mức đồng thuận rWG", "Agreement rWG"), r_wg),),
    sources=("james1984", "lance2006"),
    **_fields(),
)
def five_raters(guess: float | None = None, **scores: float) -> View:
    """Show every rating of the six traits, with mean and agreement of each."""
    rated = {**_AN_NHIEN, "humane": tuple(int(scores[rater]) for rater in RATERS)}
    ratings = np.array(list(rated.values())).T
    means, agreement = ratings.mean(axis=0), r_wg(ratings, STEPS)
    place = list(TRAITS).index("humane")
    agreed = int((agreement >= AGREED).sum())
    return View(
        finding=_finding(ratings[:, place], float(agreement[place])),
        chart=partial(charts.ratings, TRAITS, RATERS, ratings, agreement, AGREED, guess),
        key_figures=(
            KeyFigure(Text("“Nhân văn”, trung bình", "“Humane”, mean"), number(means[place], 1)),
            KeyFigure(
                Text("“Nhân văn”, rWG", "“Humane”, rWG"),
                number(agreement[place], 2),
                "good" if agreement[place] >= AGREED else "bad",
            ),
            KeyFigure(
                Text("Đặc điểm đủ đồng thuận", "Traits agreed upon"),
                Text("{n} trên 6", "{n} of 6").format(n=number(agreed)),
            ),
            KeyFigure(
                Text("Giám đốc và quầy, cả sáu", "Director and till, all six"),
                Text("{top} và {till}", "{top} and {till}").format(
                    top=number(ratings[0].mean(), 1), till=number(ratings[-1].mean(), 1)
                ),
            ),
        ),
        table=Table(
            (
                Text("Đặc điểm", "Trait"),
                *RATERS.values(),
                Text("Trung bình", "Mean"),
                Text("Đồng thuận rWG", "Agreement rWG"),
            ),
            [
                [TRAITS[key], *(number(score) for score in row), number(mean, 1), number(level, 2)]
                for (key, row), mean, level in zip(rated.items(), means, agreement, strict=True)
            ],
        ),
    )


def _finding(scores: NDArray[np.int_], agreement: float) -> Text:
    names = list(RATERS.values())
    parts = {
        "mean": number(float(scores.mean()), 1),
        "agreement": number(agreement, 2),
        "fond": in_sentence(names[int(scores.argmax())]),
        "most": number(int(scores.max())),
        "cool": in_sentence(names[len(names) - 1 - int(scores[::-1].argmin())]),
        "least": number(int(scores.min())),
    }
    if agreement >= AGREED:
        sentence = Text(
            "“Nhân văn” {mean} điểm, và năm người thật sự nghĩ giống nhau (rWG {agreement}): con "
            "số này dùng được.",
            "“Humane” scores {mean}, and the five really think alike (rWG {agreement}): a number "
            "to build on.",
        )
    else:
        sentence = Text(
            "“Nhân văn” {mean} điểm, nhưng {fond} chấm {most} còn {cool} chấm {least} (rWG "
            "{agreement}): họ chưa cùng thấy một công ty, hãy nói chuyện trước khi lấy trung bình.",
            "“Humane” scores {mean}, but the {fond} says {most} and the {cool} {least} (rWG "
            "{agreement}): they do not see the same company; talk before you average.",
        )
    return sentence.format(**parts)


traits_agreed: Final = Prediction(
    key="traits-agreed",
    question=Quantity(
        Text(
            "Năm người ở An Nhiên chấm sáu đặc điểm từ 1 đến 5. Trung bình đặc điểm nào cũng quanh "
            "3 điểm. Theo bạn, ở mấy đặc điểm năm người thật sự nghĩ giống nhau (thước đo đồng "
            "thuận rWG từ 0,7 trở lên; 1 là giống hệt)?",
            "Five people at An Nhien rate six traits from 1 to 5. Every trait averages about 3. On "
            "how many traits do the five really think alike (rWG, a measure of agreement, of 0.7 "
            "or more; 1 is all alike)?",
        ),
        None,
        0,
        6,
        1,
    ),
    answer=lambda: int((r_wg(np.array(list(_AN_NHIEN.values())).T, STEPS) >= AGREED).sum()),
)
