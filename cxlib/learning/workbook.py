"""The board case as a spreadsheet with live formulas: change an input and the return follows.

Every formula is written with the value cxlib computes for it, so the file shows the numbers of
the screen even where nothing recalculates. Whatever a learner typed is written as text.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np

from cxlib.learning.board_case import DRIVERS, ORIGINS, SCENARIOS, BoardCase
from cxlib.models.business_case import Outcome
from cxlib.models.programme import BENEFITS, COSTS, LIFETIME_VALUE, PARTS_OF_LIFETIME_VALUE
from cxlib.schemas import BENEFIT_ITEMS, COST_ITEMS
from cxlib.text import Lang, Text, same

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RESULTS: Final = ("NPV", "IRR", "payback", "discounted_payback", "ROI")
"""Each with a scenario's key behind it, such as ``NPV_base``, is the name of a cell."""

_CREATED: Final = datetime(2025, 1, 1)
_TITLES: Final = {
    "summary": Text("Tóm tắt", "Summary"),
    "inputs": Text("Đầu vào", "Inputs"),
    "costs": Text("Chi phí", "Costs"),
    "benefits": Text("Lợi ích", "Benefits"),
    "flows": Text("Dòng tiền", "Cash flow"),
    "register": Text("Sổ giả định", "Assumptions"),
    "simulation": Text("Mô phỏng", "Simulation"),
}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#0F6E6E"},
    "head": {"bold": True, "bg_color": "#EAF2F1", "bottom": 1, "text_wrap": True, "valign": "top"},
    "head_number": {
        "bold": True,
        "bg_color": "#EAF2F1",
        "bottom": 1,
        "text_wrap": True,
        "valign": "top",
        "align": "right",
    },
    "note": {"italic": True, "font_color": "#5B6B7B"},
    "remark": {"italic": True, "font_color": "#5B6B7B", "indent": 1},
    "wrap": {"text_wrap": True, "valign": "vcenter"},
    "money": {"num_format": "#,##0"},
    "share": {"num_format": "0.0%", "align": "right"},
    "decimal": {"num_format": "0.00", "align": "right"},
    "factor": {"num_format": "0.0000"},
    "total": {"num_format": "#,##0", "bold": True, "top": 1},
    "in_money": {"num_format": "#,##0", "bg_color": "#FFF4D6"},
    "in_share": {"num_format": "0.0%", "bg_color": "#FFF4D6"},
    "in_decimal": {"num_format": "0.0", "bg_color": "#FFF4D6"},
    "in_text": {"num_format": "@", "bg_color": "#FFF4D6", "text_wrap": True, "valign": "vcenter"},
}
_RESULT_NAMES: Final = {
    "NPV": (same("NPV (₫)"), "money"),
    "IRR": (same("IRR"), "share"),
    "payback": (Text("Hoàn vốn (năm)", "Payback (years)"), "decimal"),
    "discounted_payback": (
        Text("Hoàn vốn có chiết khấu (năm)", "Discounted payback (years)"),
        "decimal",
    ),
    "ROI": (Text("ROI có chiết khấu", "Discounted ROI"), "share"),
}
_NEVER: Final = Text("chưa hoàn vốn", "not paid back")
_NO_RATE: Final = Text("không có", "none")
_CODE: Final = Text("Mã", "Code")
_TOTAL: Final = Text("Tổng", "Total")
_FITS: Final = Text("khớp", "fits")
_FAILS: Final = Text("LỆCH, hãy xem lại", "DOES NOT FIT, look again")
_EDIT: Final = Text(
    "Ô nền vàng là ô nhập: sửa một ô, kết quả tự tính lại (trừ mô phỏng). Tiền tính bằng ₫.",
    "Yellow cells are inputs: change one and all but the simulation follows. Money in ₫.",
)


def case_xlsx(case: BoardCase, lang: Lang) -> bytes:
    """Write the case as an Excel file in one language; the same case gives the same bytes."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties(
            {"title": _TITLE.format(company=case.company)(lang), "created": _CREATED}
        )
        looks = {name: book.add_format(dict(look)) for name, look in _LOOKS.items()}
        pages = {
            key: _Page(book, _sheet(book, title(lang)), title(lang), looks, lang)
            for key, title in _TITLES.items()
        }
        _write_inputs(pages["inputs"], case)
        costs = _write_costs(pages["costs"], case)
        benefits = _write_benefits(pages["benefits"], case)
        results = _write_flows(pages["flows"], case, costs, benefits)
        _write_summary(pages["summary"], case, results)
        _write_register(pages["register"], case)
        _write_simulation(pages["simulation"], case)
        pages["summary"].sheet.activate()
    return file.getvalue()


_TITLE: Final = Text(
    "{company}: hồ sơ đầu tư cho trải nghiệm khách hàng", "{company}: the case for investing in CX"
)


def _sheet(book: Any, name: str) -> Any:
    """Add a sheet that prints on one page of A4."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    return sheet


@dataclass(frozen=True)
class _Page:
    """One sheet, written cell by cell; rows and columns count from 0."""

    book: Any
    sheet: Any
    name: str
    looks: Mapping[str, Any]
    lang: Lang

    def say(self, row: int, column: int, words: Text | str, look: str = "wrap") -> None:
        """Write words, whatever they begin with, as text."""
        written = words(self.lang) if isinstance(words, Text) else words
        self.sheet.write_string(row, column, written, self.looks[look])

    def heads(self, row: int, *words: Text | str, texts: int = 1) -> None:
        """Write a row of headings, those behind the first ``texts`` above numbers."""
        for column, head in enumerate(words):
            self.say(row, column, head, "head" if column < texts else "head_number")

    def put(self, row: int, column: int, value: float, look: str) -> None:
        """Write a number that may be changed."""
        self.sheet.write_number(row, column, float(value), self.looks[look])

    def compute(self, row: int, column: int, formula: str, value: Any, look: str) -> None:
        """Write a formula with the value it has now."""
        shown = value(self.lang) if isinstance(value, Text) else value
        self.sheet.write_formula(row, column, f"={formula}", self.looks[look], shown)

    def quote(self, words: Text) -> str:
        """Write words as they stand in a formula."""
        return f'"{words(self.lang)}"'

    def cell(self, row: int, column: int) -> str:
        """Name a cell from any other sheet."""
        return f"'{self.name}'!${_letter(column)}${row + 1}"

    def call(self, name: str, row: int, column: int) -> None:
        """Give a cell a name of its own."""
        self.book.define_name(name, f"={self.cell(row, column)}")


def _letter(column: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]


def _span(row: int, first: int, last: int) -> str:
    return f"{_letter(first)}{row + 1}:{_letter(last)}{row + 1}"


def _years(last: int) -> list[Text]:
    return [Text(f"Năm {year}", f"Year {year}") for year in range(last + 1)]


# --------------------------------------------------------------------------------- the inputs

_HOW: Final = {
    "realised": (
        Text("Lợi ích thành hiện thực", "Share of the benefits that comes true"),
        "in_share",
    ),
    "overrun": (Text("Chi vượt kế hoạch", "Cost overrun"), "in_share"),
    "months_late": (Text("Lợi ích đến chậm (tháng)", "Benefits late by (months)"), "in_decimal"),
}


def _write_inputs(page: _Page, case: BoardCase) -> None:
    page.sheet.set_column(0, 0, 44)
    page.sheet.set_column(1, 3, 16)
    page.say(0, 0, _TITLES["inputs"], "title")
    page.say(1, 0, _EDIT, "note")
    page.say(3, 0, Text("Tỷ suất chiết khấu mỗi năm", "Discount rate a year"))
    page.put(3, 1, case.plan.rate, "in_share")
    page.call("discount_rate", 3, 1)
    page.heads(5, Text("Kịch bản", "Scenario"), *(name for name, _ in SCENARIOS.values()))
    for row, (field, (label, look)) in enumerate(_HOW.items(), start=6):
        page.say(row, 0, label)
        for column, (key, (_, how)) in enumerate(SCENARIOS.items(), start=1):
            page.put(row, column, getattr(how, field), look)
            page.call(f"{field}_{key}", row, column)
    allowed = {"validate": "decimal", "criteria": ">=", "value": 0}
    page.sheet.data_validation(8, 1, 8, 3, allowed)


# -------------------------------------------------------------------------- costs and benefits


def _write_costs(page: _Page, case: BoardCase) -> str:
    """Write the eight costs; return the cells of the yearly totals."""
    plan = case.plan.costs.reindex(COSTS)
    last = plan.shape[1] - 1
    page.sheet.set_column(0, 0, 7)
    page.sheet.set_column(1, 1, 52)
    page.sheet.set_column(2, 5 + last, 17)
    page.say(0, 0, _TITLES["costs"], "title")
    page.say(1, 0, _EDIT, "note")
    once, each = Text("Chi một lần", "One-off"), Text("Chi mỗi năm", "Each year")
    page.heads(3, _CODE, Text("Khoản chi", "Cost"), once, each, *_years(last), _TOTAL, texts=2)
    for row, code in enumerate(COSTS, start=4):
        amounts = plan.loc[code].to_numpy()
        page.say(row, 0, code)
        page.say(row, 1, COST_ITEMS[code])
        page.put(row, 2, amounts[0], "in_money")
        page.put(row, 3, amounts[1], "in_money")
        page.call(f"{code}_one_off", row, 2)
        page.call(f"{code}_yearly", row, 3)
        for year, amount in enumerate(amounts):
            page.compute(row, 4 + year, f"{'C' if year == 0 else 'D'}{row + 1}", amount, "money")
        span = _span(row, 4, 4 + last)
        page.compute(row, 5 + last, f"SUM({span})", amounts.sum(), "money")
    return _write_totals(page, plan.to_numpy(), first_row=4, first_column=4)


def _write_benefits(page: _Page, case: BoardCase) -> str:
    """Write the ten benefits and which of them count; return the cells of the yearly totals."""
    plan = case.plan.benefits.reindex(BENEFITS, fill_value=0.0).to_numpy()
    last = plan.shape[1] - 1
    counted = np.array([[code in case.plan.counted] for code in BENEFITS]) * plan
    has_parts = any(plan[BENEFITS.index(part)].any() for part in PARTS_OF_LIFETIME_VALUE)
    page.sheet.set_column(0, 0, 7)
    page.sheet.set_column(1, 1, 70)
    page.sheet.set_column(2, 4 + 2 * last, 17)
    page.say(0, 0, _TITLES["benefits"], "title")
    page.say(1, 0, _EDIT, "note")
    counts = Text("Được cộng? (1 = có)", "Added up? (1 = yes)")
    names = _years(last)[1:]
    added = [Text(f"{n.vi}, được cộng", f"{n.en}, added up") for n in names]
    page.heads(3, _CODE, Text("Lợi ích", "Benefit"), *names, counts, *added, _TOTAL, texts=2)
    flag = 2 + last
    for row, (code, planned, added_up) in enumerate(
        zip(BENEFITS, plan, counted, strict=True), start=4
    ):
        page.say(row, 0, code)
        page.say(row, 1, BENEFIT_ITEMS[code])
        if code in _VALUES:
            page.say(row, 2, _NOT_MONEY, "remark")
        counts_now = int(code not in _VALUES and not (code == LIFETIME_VALUE and has_parts))
        page.compute(row, flag, _counts(code, last), counts_now, "money")
        for year in range(1, last + 1):
            if code not in _VALUES:
                page.put(row, 1 + year, planned[year], "in_money")
                page.call(f"{code}_year_{year}", row, 1 + year)
            source = f"N({_letter(1 + year)}{row + 1})*${_letter(flag)}{row + 1}"
            page.compute(row, flag + year, source, added_up[year], "money")
        span = _span(row, flag + 1, flag + last)
        page.compute(row, flag + last + 1, f"SUM({span})", added_up.sum(), "money")
    page.say(6 + len(BENEFITS), 1, _GUARD, "note")
    return _write_totals(page, counted[:, 1:], first_row=4, first_column=flag + 1)


_VALUES: Final = ("B9", "B10")
_NOT_MONEY: Final = Text("giá trị, không quy ra tiền", "a value, not money")
_GUARD: Final = Text(
    "B5 đã gồm sẵn B1, B2, B3 và B7: khi một trong bốn khoản ấy có số, B5 tự động không được cộng.",
    "B5 already holds B1, B2, B3 and B7: once one of these four has a number, B5 is not added.",
)


def _counts(code: str, last: int) -> str:
    """The formula that tells whether a benefit counts: B5 only without its parts, no values."""
    if code != LIFETIME_VALUE:
        return "0" if code in _VALUES else "1"
    rows = [4 + BENEFITS.index(part) for part in PARTS_OF_LIFETIME_VALUE]
    parts = "+".join(f"SUMPRODUCT(--({_span(row, 2, 1 + last)}<>0))" for row in rows)
    return f"IF({parts}>0,0,1)"


def _write_totals(page: _Page, amounts: Any, *, first_row: int, first_column: int) -> str:
    """Write the sums of each column and of all rows; check that both ways agree."""
    row = first_row + len(amounts)
    page.say(row, 1, _TOTAL, "head")
    columns = amounts.shape[1]
    for place in range(columns + 1):
        column = _letter(first_column + place)
        total = amounts[:, place].sum() if place < columns else amounts.sum()
        page.compute(
            row, first_column + place, f"SUM({column}{first_row + 1}:{column}{row})", total, "total"
        )
    across = _span(row, first_column, first_column + columns - 1)
    whole = f"{_letter(first_column + columns)}{row + 1}"
    fits = f"IF(ABS(SUM({across})-{whole})<1,{page.quote(_FITS)},{page.quote(_FAILS)})"
    page.say(row + 1, 1, Text("Cộng dọc và cộng ngang", "Sums down and across"), "note")
    page.compute(row + 1, first_column + columns, fits, _FITS, "note")
    start, end = _letter(first_column), _letter(first_column + columns - 1)
    return f"'{page.name}'!${start}${row + 1}:${end}${row + 1}"


# ------------------------------------------------------------------------------- the cash flow


def _write_flows(
    page: _Page, case: BoardCase, costs: str, benefits: str
) -> Mapping[str, Mapping[str, str]]:
    """Write the cash flow of each scenario; return the cells of its results by name."""
    page.sheet.set_column(0, 0, 40)
    page.sheet.set_column(1, 8, 17)
    page.say(0, 0, _TITLES["flows"], "title")
    results = {}
    for place, (key, (name, _)) in enumerate(SCENARIOS.items()):
        top = 2 + 14 * place
        _write_flow(page, case, key, name, top, costs, benefits)
        results[key] = {
            result: page.cell(top + 8 + at, 1) for at, result in enumerate(_RESULT_NAMES)
        }
    return results


def _write_flow(
    page: _Page, case: BoardCase, key: str, name: Text, top: int, costs: str, benefits: str
) -> None:
    outcome = case.outcomes[key]
    last = len(outcome.net) - 1
    factors = (1.0 + case.plan.rate) ** -np.arange(last + 1.0)
    page.heads(top, name, *_years(last))
    rows = {
        Text("Chi", "Costs"): outcome.costs,
        Text("Thu", "Benefits"): outcome.benefits,
        Text("Thu trừ chi", "Net"): outcome.net,
        Text("Hệ số chiết khấu", "Discount factor"): factors,
        Text("Quy về hôm nay", "In today's money"): outcome.net * factors,
        Text("Cộng dồn", "Cumulative"): outcome.net.cumsum(),
        Text("Cộng dồn, quy về hôm nay", "Cumulative, in today's money"): (
            outcome.net * factors
        ).cumsum(),
    }
    for row, (label, values) in enumerate(rows.items(), start=top + 1):
        page.say(row, 0, label)
        for year, value in enumerate(values):
            formula = _flow_formula(row - top, top, year, key, costs, benefits)
            page.compute(row, 1 + year, formula, value, "factor" if row == top + 4 else "money")
    formulas = _result_formulas(page, top, last, outcome)
    for row, (result, (label, look)) in enumerate(_RESULT_NAMES.items(), start=top + 8):
        page.say(row, 0, label)
        page.compute(row, 1, formulas[result], _result(outcome, result), look)
        page.call(f"{result}_{key}", row, 1)


def _flow_formula(line: int, top: int, year: int, key: str, costs: str, benefits: str) -> str:
    """The formula of one line of a scenario in one year."""
    column, before = _letter(1 + year), _letter(year)
    if line == 1:
        return f"INDEX({costs},{year + 1})*(1+overrun_{key})"
    if line == 2:
        late = f"months_late_{key}/12"
        arrived = (
            f"IF({year - shift}-INT({late})>=1,INDEX({benefits},{year - shift}-INT({late})),0)"
            for shift in (0, 1)
        )
        now, earlier = arrived
        part = f"({late}-INT({late}))"
        return f"realised_{key}*((1-{part})*{now}+{part}*{earlier})"
    if line == 3:
        return f"{column}{top + 3}-{column}{top + 2}"
    if line == 4:
        return f"1/(1+discount_rate)^{year}"
    if line == 5:
        return f"{column}{top + 4}*{column}{top + 5}"
    source = top + 4 if line == 6 else top + 6
    this = f"{column}{source}"
    return this if year == 0 else f"{before}{top + line + 1}+{this}"


def _result_formulas(page: _Page, top: int, last: int, outcome: Outcome) -> Mapping[str, str]:
    net, today = _span(top + 3, 1, 1 + last), _span(top + 5, 1, 1 + last)
    factors = _span(top + 4, 1, 1 + last)
    costs, benefits = _span(top + 1, 1, 1 + last), _span(top + 2, 1, 1 + last)
    near = f"{outcome.irr.rates[0]:.6f}" if outcome.irr.rates else "0.1"
    spent, won = f"SUMPRODUCT({costs},{factors})", f"SUMPRODUCT({benefits},{factors})"
    return {
        "NPV": f"SUM({today})",
        "IRR": f"IFERROR(IRR({net},{near}),{page.quote(_NO_RATE)})",
        "payback": _payback(page, top + 3, top + 6, last),
        "discounted_payback": _payback(page, top + 5, top + 7, last),
        "ROI": f"IF({spent}=0,0,{won}/{spent}-1)",
    }


def _payback(page: _Page, flow: int, running: int, last: int) -> str:
    """The formula for when a running sum stops being negative for good."""
    formula = "0"
    for year in range(last):
        total, following = f"{_letter(1 + year)}{running + 1}", f"{_letter(2 + year)}{flow + 1}"
        formula = f"IF({total}<0,{year}-{total}/{following},{formula})"
    return f"IF({_letter(1 + last)}{running + 1}<0,{page.quote(_NEVER)},{formula})"


def _result(outcome: Outcome, name: str) -> float | Text:
    if name == "IRR":
        return outcome.irr.rates[0] if outcome.irr.rates else _NO_RATE
    value = {
        "NPV": outcome.npv,
        "payback": outcome.payback,
        "discounted_payback": outcome.discounted_payback,
        "ROI": outcome.roi,
    }[name]
    return value if math.isfinite(value) else _NEVER


# --------------------------------------------------------------------------------- the summary


def _write_summary(page: _Page, case: BoardCase, results: Mapping[str, Mapping[str, str]]) -> None:
    page.sheet.set_column(0, 0, 44)
    page.sheet.set_column(1, 3, 19)
    page.say(0, 0, _TITLE.format(company=case.company), "title")
    page.say(1, 0, _EDIT, "note")
    page.heads(3, Text("Kịch bản", "Scenario"), *(name for name, _ in SCENARIOS.values()))
    for row, (result, (label, look)) in enumerate(_RESULT_NAMES.items(), start=4):
        page.say(row, 0, label)
        for column, key in enumerate(SCENARIOS, start=1):
            value = _result(case.outcomes[key], result)
            page.compute(row, column, results[key][result], value, look)
    _write_judgement(page, case)
    _draw_flows(page, case)


def _write_judgement(page: _Page, case: BoardCase) -> None:
    """Below the results: break-even, the check of NPV, and how often the flows change sign."""
    last = len(case.outcome.net) - 1
    flows = f"'{_TITLES['flows'](page.lang)}'!"
    top = 2 + 14 * list(SCENARIOS).index("base")
    costs, benefits, net, factors = (
        flows + _span(top + line, 1, 1 + last) for line in (1, 2, 3, 4)
    )
    spent, won = f"SUMPRODUCT({costs},{factors})", f"SUMPRODUCT({benefits},{factors})"
    page.say(10, 0, Text("Phải đạt bao nhiêu lợi ích để hòa vốn", "Benefits needed to break even"))
    share = case.breakeven if math.isfinite(case.breakeven) else _NEVER
    formula = f"IF({won}>0,{spent}/{won},{page.quote(_NEVER)})"
    page.compute(10, 1, formula, share, "share")
    page.call("breakeven", 10, 1)
    page.say(11, 0, Text("NPV tính lại bằng hàm NPV", "NPV again, by the NPV function"))
    first, rest = f"INDEX({net},1)", flows + _span(top + 3, 2, 1 + last)
    page.compute(11, 1, f"{first}+NPV(discount_rate,{rest})", case.outcome.npv, "money")
    again = f"IF(ABS(B12-NPV_base)<1,{page.quote(_FITS)},{page.quote(_FAILS)})"
    page.compute(11, 2, again, _FITS, "remark")
    page.say(12, 0, Text("Số lần dòng tiền đổi dấu", "Sign changes of the cash flow"))
    pairs = f"{flows}{_span(top + 3, 1, last)}*{flows}{_span(top + 3, 2, 1 + last)}"
    changes = int((case.outcome.net[:-1] * case.outcome.net[1:] < 0).sum())
    page.compute(12, 1, f"SUMPRODUCT(--({pairs}<0))", changes, "money")
    warning = f'IF(B13>1,{page.quote(_TWO_RATES)},"")'
    page.compute(12, 2, warning, _TWO_RATES if changes > 1 else "", "remark")
    page.say(13, 0, Text("Xác suất lỗ, P(NPV < 0)", "Chance of a loss, P(NPV < 0)"))
    page.put(13, 1, case.futures.probability_of_loss, "share")
    page.say(13, 2, _FIXED, "remark")


_TWO_RATES: Final = Text("IRR không đáng tin, hãy dùng NPV", "do not trust IRR, use NPV")
_FIXED: Final = Text(
    "mô phỏng lúc xuất tệp, không tự tính lại", "simulated when the file was made, does not follow"
)


def _draw_flows(page: _Page, case: BoardCase) -> None:
    """Draw the base scenario's flows, live like the cells."""
    last = len(case.outcome.net) - 1
    name = _TITLES["flows"](page.lang)
    top = 2 + 14 * list(SCENARIOS).index("base")
    chart = page.book.add_chart({"type": "column"})
    line = page.book.add_chart({"type": "line"})
    for target, row, colour in ((chart, top + 3, "#0F6E6E"), (line, top + 7, "#8A5F0C")):
        look = {"color": colour, "width": 2.25}
        target.add_series(
            {
                "name": [name, row, 0],
                "categories": [name, top, 1, top, 1 + last],
                "values": [name, row, 1, row, 1 + last],
                **({"fill": look} if target is chart else {"line": look}),
            }
        )
    chart.combine(line)
    chart.set_title({"name": _BASE_FLOWS(page.lang), "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": False}})
    chart.set_x_axis({"label_position": "low"})
    chart.set_size({"width": 720, "height": 300})
    page.sheet.insert_chart(15, 0, chart, {"description": _BASE_FLOWS(page.lang)})


_BASE_FLOWS: Final = Text("Dòng tiền của kịch bản cơ sở, ₫", "Cash flow of the base scenario, ₫")


# ---------------------------------------------------------------------- register and simulation


def _write_register(page: _Page, case: BoardCase) -> None:
    page.sheet.set_column(0, 0, 7)
    page.sheet.set_column(1, 1, 52)
    page.sheet.set_column(2, 2, 22)
    page.sheet.set_column(3, 3, 30)
    page.sheet.set_column(4, 4, 52)
    page.say(0, 0, _TITLES["register"], "title")
    page.heads(
        2,
        _CODE,
        Text("Giả định", "Assumption"),
        Text("Giá trị khi xuất tệp", "Value when exported"),
        Text("Loại nguồn", "Kind of source"),
        Text("Nguồn cụ thể", "Source"),
        texts=5,
    )
    kinds = [name(page.lang) for name in ORIGINS.values()]
    for row, item in enumerate(case.assumptions, start=3):
        page.say(row, 0, "" if item.code == "rate" else item.code)
        page.say(row, 1, item.name)
        page.say(row, 2, item.value)
        page.say(row, 3, item.origin_name, "in_text")
        page.say(row, 4, item.source, "in_text")
        page.sheet.data_validation(row, 3, row, 3, {"validate": "list", "source": kinds})
    page.sheet.freeze_panes(3, 0)


def _write_simulation(page: _Page, case: BoardCase) -> None:
    futures = case.futures
    page.sheet.set_column(0, 0, 52)
    page.sheet.set_column(1, 2, 32)
    page.say(0, 0, _TITLES["simulation"], "title")
    page.say(1, 0, _STATIC, "note")
    figures: Sequence[tuple[Text, float, str]] = (
        (Text("NPV bình quân (₫)", "Average NPV (₫)"), futures.mean, "money"),
        (
            Text("Xác suất lỗ, P(NPV < 0)", "Chance of a loss, P(NPV < 0)"),
            futures.probability_of_loss,
            "share",
        ),
        (
            Text("5 % xấu nhất: NPV dưới (₫)", "Worst 5%: NPV below (₫)"),
            futures.quantile(0.05),
            "money",
        ),
        (
            Text("5 % tốt nhất: NPV trên (₫)", "Best 5%: NPV above (₫)"),
            futures.quantile(0.95),
            "money",
        ),
    )
    for row, (label, value, look) in enumerate(figures, start=3):
        page.say(row, 0, label)
        page.put(row, 1, value, look)
    low, high = (
        Text("NPV nếu giả định ở mức thấp (P10)", "NPV if it is low (P10)"),
        Text("NPV nếu giả định ở mức cao (P90)", "NPV if it is high (P90)"),
    )
    page.heads(8, Text("Giả định", "Assumption"), low, high)
    for row, (driver, bar) in enumerate(case.swings.iterrows(), start=9):
        page.say(row, 0, DRIVERS[str(driver)])
        page.put(row, 1, bar["low"], "money")
        page.put(row, 2, bar["high"], "money")


_STATIC: Final = Text(
    "Mười nghìn kịch bản do CX Master mô phỏng lúc xuất tệp; không tự tính lại khi bạn sửa số.",
    "Ten thousand simulated futures, computed by CX Master when the file was made; they do not "
    "follow when you change a number.",
)
