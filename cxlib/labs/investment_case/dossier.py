"""The learner's board case, put together from all she keeps; templates fill what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from importlib import import_module
from typing import Any, Final

import numpy as np

from cxlib.labs.an_nhien import ESTIMATES
from cxlib.labs.compass import maturity, own_roadmap
from cxlib.labs.compass.rubric import AREAS
from cxlib.labs.invest_and_return import own_plan
from cxlib.labs.invest_and_return.costs import INDUSTRIES
from cxlib.labs.invest_and_return.costs import template as cost_template
from cxlib.labs.invest_and_return.start import MONETISED, company_of, plan_from
from cxlib.labs.kept_customer.own_sheet import borrowed, own_value
from cxlib.learning.board_case import (
    ORIGINS,
    Ask,
    Assumption,
    BoardCase,
    Passage,
    Pilot,
)
from cxlib.learning.fields import (
    Choice,
    Entries,
    Field,
    Money,
    Pick,
    Quantity,
    Share,
    Upload,
    Words,
)
from cxlib.learning.lab import Lab
from cxlib.learning.profile import FIELDS as PROFILE_FIELDS
from cxlib.learning.profile import PROFILE, Profile
from cxlib.learning.progress import Lesson, outline
from cxlib.models.business_case import Plan, breakeven_share
from cxlib.models.programme import COSTS
from cxlib.models.uncertainty import Pert
from cxlib.schemas import BENEFIT_ITEMS, COST_ITEMS
from cxlib.text import Problem, Text, money, number, percent, same

PLAN: Final = own_plan.memory
ASK: Final = "company.board-case"
REGISTER: Final = "company.assumptions"
MARKS: Final = "company.rubric"
"""The store keys of the plan of lesson 09, of what is asked for, of the register and the marks."""

CHAPTERS_OF_LESSONS: Final = {
    "01": "problem",
    "02": "ecosystem",
    "03": "ecosystem",
    "04": "problem",
    "05": "problem",
    "06": "risks",
    "07": "portfolio",
    "08": "benefits",
    "10": "pilot",
    "11": "ask",
}
"""Where in the case a lesson's finding on the learner's own company belongs."""

ANSWERED: Final[Mapping[str, Text]] = {
    "scope-map": Text(
        "Công ty quản trị được bao nhiêu phần trải nghiệm của khách?",
        "How much of its customers' experience does the company manage?",
    ),
    "where-to-start": Text(
        "Bắt đầu từ trải nghiệm khách hàng (CX) hay trải nghiệm nhân viên (EX)?",
        "Begin with customer experience (CX) or employee experience (EX)?",
    ),
    "own-map": Text(
        "Trên thang 100 điểm, mắt xích nào của hành trình yếu nhất?",
        "On a scale of 100 points, which link of the journey is weakest?",
    ),
    "compass": Text(
        "Sức lực của các đơn vị có tới được khách không?",
        "Does the effort of the units reach the customer?",
    ),
    "own-register": Text("Lời hứa nào cần sửa trước?", "Which promise should be mended first?"),
    "own-promise": Text("Nên hứa với khách mức nào?", "How much should be promised?"),
    "ten-factors": Text(
        "Kỳ vọng của khách nằm trong tay công ty tới đâu?",
        "How far are customers' expectations in the company's hands?",
    ),
    "own-waiting": Text(
        "Cần bao nhiêu người trực để khách không phải chờ lâu?",
        "How many people must be on duty so that customers do not wait long?",
    ),
    "own-score": Text(
        "Điểm khảo sát hiện nay đáng tin tới đâu?", "How far can today's survey score be trusted?"
    ),
    "measurement-plan": Text(
        "Khảo sát theo kế hoạch có nhận ra được thay đổi không?",
        "Can the planned surveys notice a change?",
    ),
    "own-journey": Text(
        "Rót tiền vào những điểm chạm nào?", "Which touchpoints should the money go to?"
    ),
    "own-commitments": Text(
        "Việc nào đã thành cam kết, việc nào còn là mong muốn?",
        "What is a commitment by now, and what still a wish?",
    ),
    "own-value": Text(
        "Giữ thêm khách cũ đáng giá bao nhiêu?", "What is it worth to keep more customers?"
    ),
    "own-pilot": Text(
        "Cuộc thí điểm có đủ khách để kết luận không?",
        "Does the pilot have enough customers for a conclusion?",
    ),
    "own-roadmap": Text("Việc gì làm trước, việc gì làm sau?", "What comes first, what later?"),
}
"""What a board would ask, by the lab whose finding answers it."""

# Smallest and largest share of a planned benefit that its authors would defend; as in lesson 09
# where it has the driver. Illustrative.
_SPREADS: Final[Mapping[str, tuple[float, float]]] = {
    **{
        code: (ESTIMATES[name][0] / ESTIMATES[name][1], ESTIMATES[name][2] / ESTIMATES[name][1])
        for code, name in {
            "B1": "retention",
            "B2": "spend",
            "B3": "referral",
            "B5": "retention",
            "B6": "retention",
            "B7": "contacts",
            "B8": "turnover",
        }.items()
    },
    "B4": (0.0, 1.75),
}
RATE: Final[float] = own_plan.fields["rate"].default
_LATE: Final = ESTIMATES["delay_months"]
_OVERRUN: Final = ESTIMATES["cost_overrun"]
_RATE_ROOM: Final = 0.02

DOUBT: Final[Mapping[str | None, float]] = {
    "measured": 0.4,
    "quoted": 0.4,
    "published": 0.8,
    "judged": 1.0,
    "template": 1.0,
    None: 1.0,
}
"""How much of its range is left of a number, by where it comes from. Illustrative."""

# ------------------------------------------------------------------------- what is asked for

_ASK: Final = Text("Lời đề nghị", "What is asked for")
_PILOT: Final = Text("Thí điểm", "The pilot")
WHOLE: Final = "whole"
STAGED: Final = "staged"

ASK_FIELDS: Final[dict[str, Field]] = {
    "problem": Words(
        label=Text("Khách đang khổ vì điều gì?", "What do customers suffer from?"),
        longest=200,
        group=_ASK,
    ),
    "promise": Words(
        label=Text("Công ty hứa gì với khách?", "What is promised to customers?"),
        longest=200,
        group=_ASK,
    ),
    "owner": Words(label=Text("Ai chịu trách nhiệm?", "Who answers for it?"), group=_ASK),
    "amount": Money(
        Text("Số tiền xin duyệt", "Amount asked for"), None, 0, 1e14, 1e7, slider=False, group=_ASK
    ),
    "manner": Choice(
        label=Text("Xin duyệt thế nào?", "How is it asked for?"),
        options={
            STAGED: Text("Thí điểm trước, đạt mới làm tiếp", "Pilot first, the rest if it works"),
            WHOLE: Text("Cả chương trình một lần", "The whole programme at once"),
        },
        default=STAGED,
        group=_ASK,
    ),
    "doubt": Share(
        Text("Hội đồng hoài nghi tới đâu?", "How doubtful is the board?"),
        1.0,
        0.25,
        1.5,
        0.05,
        hint=Text(
            "100 %: khoảng nào cũng rộng đúng theo nguồn của nó; hội đồng khó tính thì kéo cao hơn",
            "100%: every range as wide as its source makes it; drag on for a strict board",
        ),
        group=_ASK,
    ),
    "customers": Quantity(
        Text("Số khách mỗi nhóm", "Customers in each group"),
        None,
        10,
        50e6,
        10,
        slider=False,
        group=_PILOT,
    ),
    "months": Quantity(
        Text("Kéo dài (tháng)", "Length (months)"), 6, 1, 24, 1, slider=False, group=_PILOT
    ),
    "cost": Money(
        Text("Chi phí thí điểm", "Cost of the pilot"),
        None,
        0,
        1e13,
        1e6,
        slider=False,
        group=_PILOT,
    ),
    "least": Share(
        Text("Dừng nếu lợi ích dưới … kế hoạch", "Stop if benefits stay below … of the plan"),
        None,
        0.0,
        3.0,
        0.01,
        slider=False,
        group=_PILOT,
    ),
}
"""What only this lesson asks for."""

# ------------------------------------------------------------------------------- the register

CODES: Final = ("rate", *COSTS, *MONETISED)
RATE_NAME: Final = Text("Tỷ suất chiết khấu", "Discount rate")


def name_of(code: str) -> Text:
    """Return what an assumption is called."""
    return RATE_NAME if code == "rate" else {**COST_ITEMS, **BENEFIT_ITEMS}[code]


def _register_fields() -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for code in CODES:
        group = name_of(code) if code == "rate" else same(f"{code} · ") + name_of(code)
        fields[f"{code}_origin"] = Pick(
            label=Text("Loại nguồn", "Kind of source"), options=ORIGINS, group=group
        )
        fields[f"{code}_source"] = Words(
            label=Text("Nguồn cụ thể", "Source"), longest=120, group=group
        )
    return fields


REGISTER_FIELDS: Final = _register_fields()
"""For each number of the plan where it comes from."""


# ------------------------------------------------------------------------------------ the case


def assemble(kept: Mapping[str, Any]) -> BoardCase:
    """Put the case together from all the learner keeps.

    Args:
        kept: everything her store holds, by name; what cannot be read counts as missing.

    Raises:
        Problem: her plan has no cost, so that there is nothing to ask for.
    """
    used = {
        key: value
        for key, value in kept.items()
        if key == PROFILE or (key.startswith("company.") and key != MARKS)
    }
    return _assemble(json.dumps(used, sort_keys=True))


@lru_cache(maxsize=8)
def _assemble(written: str) -> BoardCase:
    kept = json.loads(written)
    profile = profile_of(kept)
    plan = plan_of(kept, profile)
    if not plan.total_costs.any():
        raise Problem(
            Text(
                "Bảng tính của bạn ở bài 09 chưa có khoản chi nào. Hãy nhập ít nhất một khoản rồi "
                "quay lại đây.",
                "Your calculation of lesson 09 has no cost yet. Enter at least one and come back.",
            )
        )
    assumptions = _assumptions(kept, plan)
    origins = {item.code: item.origin for item in assumptions}
    asked = ask_entries(kept).values
    return BoardCase(
        company=same(profile.name) if profile and profile.name else _NAMELESS,
        margin=company_of(profile).customers * company_of(profile).margin_per_customer,
        retention=company_of(profile).retention,
        plan=plan,
        ranges=ranges(plan, origins, asked["doubt"]),
        assumptions=assumptions,
        ask=Ask(
            asked["amount"],
            asked["manner"] == STAGED,
            asked["owner"],
            asked["problem"],
            asked["promise"],
        ),
        pilot=Pilot(asked["customers"], asked["months"], asked["cost"], asked["least"]),
        gather=partial(_passages, kept, profile, plan),
    )


_NAMELESS: Final = Text("Công ty", "The company")


def profile_of(kept: Mapping[str, Any]) -> Profile | None:
    """Return the profile, or None until all of it is there and valid."""
    entries = Entries.start(PROFILE_FIELDS, "en").recall(kept.get(PROFILE))
    return Profile(**entries.values) if entries.complete() else None


def ask_entries(kept: Mapping[str, Any]) -> Entries:
    """Return what is asked for; what she has not said follows from the plan and the roadmap."""
    profile = profile_of(kept)
    plan = plan_of(kept, profile)
    total, worth = float(plan.total_costs.sum()), breakeven_share(plan)
    customers = company_of(profile).customers
    start = {
        "owner": _values(own_roadmap, kept.get(own_roadmap.memory))["owner"],
        "amount": total,
        "customers": float(max(10, round(min(customers / 5, 20_000), -1))),
        "cost": round(total / 20, -6),
        "least": float(np.clip(np.ceil(worth * 20) / 20, 0.0, 3.0)),
    }
    return Entries.start(ASK_FIELDS, "en", **start).recall(kept.get(ASK))


# ------------------------------------------------------------------------------------ the plan


def plan_of(kept: Mapping[str, Any], profile: Profile | None) -> Plan:
    """Return the plan of lesson 09 as the learner left it, or as it would open for her."""
    entries = Entries.start(own_plan.fields, "en").recall(own_plan.start(kept, profile))
    return plan_from(entries.recall(kept.get(PLAN)).values)


# --------------------------------------------------------------------- where the numbers come from


def _assumptions(kept: Mapping[str, Any], plan: Plan) -> tuple[Assumption, ...]:
    told = Entries.start(REGISTER_FIELDS, "en").recall(kept.get(REGISTER)).values
    supposed = _origins(kept, plan)
    return tuple(
        Assumption(
            code,
            name_of(code),
            _value(plan, code),
            told[f"{code}_origin"] or supposed.get(code),
            told[f"{code}_source"],
        )
        for code in CODES
        if code == "rate" or code in plan.counted or (code in COSTS and plan.row(code).any())
    )


def _value(plan: Plan, code: str) -> Text:
    if code == "rate":
        return percent(plan.rate)
    return money(float(plan.row(code).sum()))


def _origins(kept: Mapping[str, Any], plan: Plan) -> dict[str, str]:
    """Say where the numbers come from that still stand as they were put there for her."""
    profile = profile_of(kept)
    defaults = {name: item.default for name, item in own_plan.fields.items()}
    costs = [cost_template(industry) for industry in INDUSTRIES]
    templates = [plan_from({**defaults, **one}) for one in (*costs, own_plan.start({}, profile))]
    start = plan_from({**defaults, **own_plan.start(kept, profile)})
    handed = dict.fromkeys(CODES, "template")
    handed["rate"] = "judged"  # on the sheet of lesson 08 she chose another than the template's
    if _own_customers(kept):
        handed["B1"] = "judged"  # her customers, and the rise she supposes
    origins = {code: handed[code] for code in CODES if _same(code, plan, start)}
    return origins | {
        code: "template" for code in CODES if any(_same(code, plan, one) for one in templates)
    }


def _same(code: str, plan: Plan, other: Plan) -> bool:
    if code == "rate":
        return plan.rate == other.rate
    return np.array_equal(plan.row(code), other.row(code))


def _own_customers(kept: Mapping[str, Any]) -> bool:
    """Tell whether the sheet of lesson 08 shows customers of her own."""
    return isinstance(kept.get(own_value.memory), Mapping) and not borrowed(
        _values(own_value, kept[own_value.memory])
    )


def _values(lab: Lab, told: Any) -> Mapping[str, Any]:
    """Return the values of a lab on her own figures, as far as what is told of them is valid."""
    return Entries.start(lab.for_company().fields, "en").recall(told).values


def ranges(plan: Plan, origins: Mapping[str, str | None], doubt: float = 1.0) -> dict[str, Pert]:
    """Give every uncertain number its range, the narrower the better its source.

    Args:
        plan: what is planned.
        origins: assumption code → a key of :data:`cxlib.learning.board_case.ORIGINS`.
        doubt: factor on the width of every range.
    """
    left = {code: doubt * DOUBT[origins.get(code)] for code in CODES}
    weights = plan.costs.sum(axis=1)
    of_costs = [left[str(code)] for code in weights.index]
    overrun = float(np.average(of_costs, weights=weights)) if weights.any() else doubt
    room = _RATE_ROOM * left["rate"]
    return {
        **{code: _range(*_SPREADS[code], left[code]) for code in plan.counted},
        "cost_overrun": Pert(overrun * _OVERRUN[0], 0.0, overrun * _OVERRUN[2]),
        "delay_months": Pert(_LATE[0], _LATE[1], doubt * _LATE[2]),
        "rate": Pert(max(0.0, plan.rate - room), plan.rate, plan.rate + room),
    }


def _range(low: float, high: float, doubt: float) -> Pert:
    return Pert(1 - doubt * (1 - low), 1.0, 1 + doubt * (high - 1))


# ------------------------------------------------------------------- what other lessons found


def _passages(
    kept: Mapping[str, Any], profile: Profile | None, plan: Plan
) -> dict[str, Sequence[Passage]]:
    """Gather what the lessons say by chapter; something stands in until one of them has."""
    found: dict[str, Sequence[Passage]] = {}
    for lesson in outline():
        chapter = CHAPTERS_OF_LESSONS.get(lesson.number)
        for lab in company_labs(lesson) if chapter else ():
            passage = finding(lab, kept, profile)
            if chapter and passage:
                answer = replace(passage, text=ANSWERED[lab.key] + same(" ") + passage.text)
                found[chapter] = (*found.get(chapter, ()), answer)
    if own_roadmap.memory in kept:
        found["risks"] = (*found.get("risks", ()), _weakest_area(kept[own_roadmap.memory]))
    for chapter, stand_in in _assumed(profile, plan, PLAN in kept).items():
        said = found.get(chapter, ())
        if all(passage.assumed for passage in said):
            found[chapter] = (stand_in, *said)
    return found


def _weakest_area(roadmap: Any) -> Passage:
    """Say how mature the company is by the stages she gave it in lesson 11."""
    told = _values(own_roadmap, roadmap)
    stages = {area: told[area] for area in AREAS}
    examples = {area: maturity.fields[area].default for area in AREAS}
    rated = _SELF_RATED.format(found=maturity(**stages).finding)
    return Passage(rated, assumed=stages == examples)


_SELF_RATED: Final = Text(
    "Công ty tự chấm mức trưởng thành CX ở sáu mảng, từ bậc 1 đến bậc 5. {found}",
    "CX maturity, rated by the company itself in six areas, from stage 1 to stage 5. {found}",
)


def _assumed(profile: Profile | None, plan: Plan, own_plan_made: bool) -> dict[str, Passage]:
    """Say what stands in for the lessons that have found nothing yet."""
    company, costs = company_of(profile), plan.costs.sum(axis=1)
    largest = str(costs.idxmax())
    contact = profile.contact_intensity if profile else _CONTACT
    manner = next(words for least, words in _BY_CONTACT if contact >= least)
    said = {
        "problem": _LEAVING.format(
            lost=number(company.customers * (1 - company.retention)),
            share=percent(1 - company.retention, 0),
        ),
        "ecosystem": manner.format(contact=percent(contact, 0)),
        "portfolio": _UNRANKED.format(item=COST_ITEMS[largest], amount=money(costs[largest])),
        **({} if own_plan_made else {"benefits": _TEMPLATE_BENEFITS}),
    }
    return {chapter: Passage(text, assumed=True) for chapter, text in said.items()}


_CONTACT: Final = 0.55
_LEAVING: Final = Text(
    "Mỗi năm khoảng {lost} khách rời đi, tức {share} số khách. Hồ sơ này giả định một phần trong "
    "số đó bỏ đi vì công ty chưa giữ đúng lời hứa; khoảng cách giữa lời hứa và thực tế còn phải "
    "đo (bài 04 của khóa học).",
    "About {lost} customers leave every year, {share} of them all. This case assumes that some "
    "leave because promises are not kept; the gap between promise and delivery is still to be "
    "measured (lesson 04 of the course).",
)
_BY_CONTACT: Final = (
    (
        0.6,
        Text(
            "Khách gặp nhân viên nhiều: ước chừng {contact} hành trình có người phục vụ. Vì vậy "
            "phải lo cho nhân viên và cho khách cùng lúc: tuyển chọn, đào tạo, ghi nhận đi kèm "
            "với sửa quy trình.",
            "Customers meet employees a lot: in about {contact} of the journey a person serves "
            "them. So employees and customers must be looked after together: selection, training "
            "and recognition along with better processes.",
        ),
    ),
    (
        0.3,
        Text(
            "Khách có lúc tự làm, có lúc gặp nhân viên: ước chừng {contact} hành trình có người "
            "phục vụ. Nơi khách tự làm thì sửa quy trình trước; nơi khách gặp người thì lo cho "
            "nhân viên trước.",
            "Customers serve themselves at times and meet employees at others: in about {contact} "
            "of the journey a person serves them. Processes come first where they serve "
            "themselves, employees where they meet people.",
        ),
    ),
    (
        0.0,
        Text(
            "Khách hầu như tự làm mọi việc: ước chừng chỉ {contact} hành trình có người phục vụ. "
            "Vì vậy sửa quy trình và hệ thống trước; tiền chi cho nhân viên không tự biến thành "
            "trải nghiệm của khách.",
            "Customers do nearly everything themselves: in only about {contact} of the journey a "
            "person serves them. So processes and systems come first; money spent on employees "
            "does not turn into customer experience by itself.",
        ),
    ),
)
_UNRANKED: Final = Text(
    "Các điểm chạm chưa được xếp thứ tự bằng dữ liệu của công ty (bài 07 của khóa học). Tạm theo "
    "bảng chi: khoản lớn nhất là “{item}”, {amount} trong ba năm.",
    "The touchpoints are not ranked by the company's own data yet (lesson 07 of the course). For "
    "now the cost plan decides: the largest is “{item}”, {amount} over three years.",
)
_TEMPLATE_BENEFITS: Final = Text(
    "Lợi ích lấy theo mẫu của khóa học: cứ mười khách định rời đi thì giữ lại được một, và từ năm "
    "thứ hai mới đạt đủ mức.",
    "The benefits follow the course's template: of every ten customers about to leave, one is "
    "kept, and the full effect is reached from the second year.",
)


def company_labs(lesson: Lesson) -> Iterator[Lab]:
    """Return the labs a lesson shows on the learner's own figures."""
    slug = lesson.name.removeprefix(f"{lesson.number}-").replace("-", "_")
    module = import_module(f"cxlib.labs.{slug}")
    labs = {item.key: item for item in vars(module).values() if isinstance(item, Lab)}
    for step in lesson.steps:
        key = step.removeprefix("tried.company.")
        if key != step and key in labs:
            yield labs[key]


def finding(lab: Lab, kept: Mapping[str, Any], profile: Profile | None) -> Passage | None:
    """Say what a lab finds on the learner's own figures, else on what she told elsewhere.

    A lab that nothing she told has filled has nothing to say about her company.
    """
    own = kept.get(lab.memory)
    told = lab.start(kept, profile) if own is None else own
    if not told:
        return None
    fields = lab.for_company().fields
    values = {n: v for n, v in _values(lab, told).items() if not isinstance(fields[n], Upload)}
    assumed = own is None or (lab is own_value and borrowed(values))
    try:
        return Passage(lab(**values).finding, assumed)
    except Problem:
        return None
