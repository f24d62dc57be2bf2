"""The ten constituents of the experience in the learner's own company: who holds each, and how."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from cxlib.charts import what_is_cx as charts
from cxlib.learning.fields import Pick
from cxlib.learning.lab import Preset, lab
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.text import Text, number, out_of, same

CONSTITUENTS: Final = {
    "ads": Text("Quảng cáo", "Advertising"),
    "content": Text("Nội dung khách xem, đọc", "Content customers use"),
    "digital": Text("Trải nghiệm trên kênh số", "Digital experiences"),
    "physical": Text("Trải nghiệm ngoài kênh số", "Non-digital experiences"),
    "messages": Text("Tin nhắn, thông báo, thư", "Messages and letters"),
    "people": Text("Người mà khách gặp", "People customers meet"),
    "product": Text("Sản phẩm, dịch vụ đã mua", "Products and services bought"),
    "care": Text("Chăm sóc khách hàng", "Customer service"),
    "friction": Text("Ma sát trên hành trình", "Friction on the way"),
    "reputation": Text("Danh tiếng và kỳ vọng", "Reputation, expectations"),
}
_OWNERS: Final = {
    "nobody": Text("chưa ai", "nobody yet"),
    "marketing": Text("tiếp thị", "marketing"),
    "sales": Text("bán hàng", "sales"),
    "product": Text("sản phẩm", "product"),
    "operations": Text("vận hành", "operations"),
    "technology": Text("công nghệ", "technology"),
    "care": Text("CSKH", "service"),
    "directors": Text("ban giám đốc", "directors"),
}
_MEASURED: Final = {
    "never": Text("chưa đo", "never"),
    "older": Text("hơn một năm", "over a year"),
    "year": Text("trong năm", "this year"),
    "quarter": Text("trong quý", "this quarter"),
}
_MANAGED: Final = {
    "chance": Text("ngẫu nhiên", "by chance"),
    "purpose": Text("có chủ đích", "on purpose"),
}
_COLUMNS: Final = {
    "owner": (Text("Ai lo?", "Owner"), _OWNERS),
    "measured": (Text("Đo lần cuối", "Last measured"), _MEASURED),
    "managed": (Text("Cách làm", "How it runs"), _MANAGED),
}
_GOOD: Final = {
    "owner": set(_OWNERS) - {"nobody"},
    "measured": {"year", "quarter"},
    "managed": {"purpose"},
}
_AN_NHIEN: Final = {
    "ads": ("marketing", "quarter", "purpose"),
    "content": ("marketing", "older", "chance"),
    "digital": ("technology", "year", "purpose"),
    "physical": ("operations", "never", "chance"),
    "messages": ("nobody", "never", "chance"),
    "people": ("sales", "older", "chance"),
    "product": ("product", "year", "purpose"),
    "care": ("care", "quarter", "purpose"),
    "friction": ("nobody", "never", "chance"),
    "reputation": ("marketing", "never", "chance"),
}


def _values(rows: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    return {
        f"{key}_{column}": value
        for key, row in rows.items()
        for column, value in zip(_COLUMNS, row, strict=True)
    }


def _fields() -> dict[str, Any]:
    start = _values(_AN_NHIEN)
    return {
        f"{key}_{column}": Pick(
            label=label,
            options=options,
            default=start[f"{key}_{column}"],
            row=same(f"{place}. ") + name,
        )
        for place, (key, name) in enumerate(CONSTITUENTS.items(), start=1)
        for column, (label, options) in _COLUMNS.items()
    }


@lab(
    key="scope-map",
    title=Text("Bản đồ phạm vi CX của công ty bạn", "Your company's CX scope map"),
    presets={
        "example": Preset(Text("Ví dụ: An Nhiên", "Example: An Nhien"), _values(_AN_NHIEN)),
        "zero": Preset(
            Text("Bắt đầu từ con số không", "Start from zero"),
            _values(dict.fromkeys(CONSTITUENTS, ("nobody", "never", "chance"))),
        ),
    },
    sources=("nguyenduong2021",),
    arrangement="stack",
    **_fields(),
)
def scope_map(**answers: str) -> View:
    """Count the constituents that have an owner, were measured within a year and are intended."""
    passed = {
        key: [answers[f"{key}_{column}"] in _GOOD[column] for column in _COLUMNS]
        for key in CONSTITUENTS
    }
    words = {
        key: [options[answers[f"{key}_{column}"]] for column, (_, options) in _COLUMNS.items()]
        for key in CONSTITUENTS
    }
    gaps = [key for key, marks in passed.items() if not all(marks)]
    by_care = sum(answers[f"{key}_owner"] == "care" for key in CONSTITUENTS)
    heads = [label for label, _ in _COLUMNS.values()]
    return View(
        finding=_finding(passed, gaps),
        chart=partial(charts.scope_board, CONSTITUENTS, heads, words, passed),
        key_figures=(
            KeyFigure(Text("Đang quản trị", "Managed"), _of_ten(len(CONSTITUENTS) - len(gaps))),
            *(
                KeyFigure(label, _of_ten(sum(marks[i] for marks in passed.values())))
                for i, label in enumerate(
                    (
                        Text("Có người lo", "With an owner"),
                        Text("Đo trong vòng một năm", "Measured within a year"),
                        Text("Có chủ đích", "On purpose"),
                    )
                )
            ),
            KeyFigure(Text("Do phòng CSKH lo", "Held by customer service"), _of_ten(by_care)),
        ),
        table=Table(
            (Text("Thành phần", "Constituent"), *heads),
            [(CONSTITUENTS[key], *row) for key, row in words.items()],
        ),
    )


def _finding(passed: dict[str, list[bool]], gaps: list[str]) -> Text:
    managed = len(CONSTITUENTS) - len(gaps)
    if not gaps:
        return Text(
            "Cả 10 thành phần đều có người lo, được đo và có chủ đích. Còn lại là giữ cho đều.",
            "All 10 constituents have an owner, are measured and intended. Now keep them steady.",
        )
    widest = [CONSTITUENTS[key] for key in sorted(gaps, key=lambda key: sum(passed[key]))[:3]]
    return Text(
        "Khách đang sống với cả 10 thành phần, mới {managed} thành phần được quản trị. Trống "
        "nhất: {widest}.",
        "Customers live with all 10 constituents, {managed} of them managed. The widest gaps: "
        "{widest}.",
    ).format(
        managed=number(managed),
        widest=Text(
            "; ".join(f"“{name.vi}”" for name in widest),
            "; ".join(f"“{name.en}”" for name in widest),
        ),
    )


def _of_ten(count: int) -> Text:
    return out_of(count, len(CONSTITUENTS))
