"""Fictional employees: their work, how they feel about it, whether they left."""

from __future__ import annotations

from typing import Final

from cxlib.catalogue.terms import YEARS, YES_NO
from cxlib.schemas import Column, Schema
from cxlib.text import Text, same

_FOUR_LEVELS: Final = {
    "Low": Text("Thấp", "Low"),
    "Medium": Text("Vừa", "Medium"),
    "High": Text("Cao", "High"),
    "Very_High": Text("Rất cao", "Very high"),
}
_HUMAN_RESOURCES: Final = Text("Nhân sự", "Human resources")
_TRAVEL: Final = {
    "Non-Travel": Text("Không đi", "None"),
    "Travel_Rarely": Text("Ít đi", "Rarely"),
    "Travel_Frequently": Text("Đi nhiều", "Frequently"),
}
_DEPARTMENTS: Final = {
    "Human_Resources": _HUMAN_RESOURCES,
    "Research_Development": Text("Nghiên cứu và phát triển", "Research and development"),
    "Sales": Text("Bán hàng", "Sales"),
}
_EDUCATION: Final = {
    "Below_College": Text("Dưới cao đẳng", "Below college"),
    "College": Text("Cao đẳng", "College"),
    "Bachelor": Text("Đại học", "Bachelor"),
    "Master": Text("Thạc sĩ", "Master"),
    "Doctor": Text("Tiến sĩ", "Doctor"),
}
_FIELDS: Final = {
    "Human_Resources": _HUMAN_RESOURCES,
    "Life_Sciences": Text("Khoa học sự sống", "Life sciences"),
    "Marketing": Text("Tiếp thị", "Marketing"),
    "Medical": Text("Y khoa", "Medical"),
    "Other": Text("Khác", "Other"),
    "Technical_Degree": Text("Kỹ thuật", "Technical"),
}
_GENDERS: Final = {"Female": Text("Nữ", "Female"), "Male": Text("Nam", "Male")}
_ROLES: Final = {
    "Healthcare_Representative": Text("Đại diện y tế", "Healthcare representative"),
    "Human_Resources": _HUMAN_RESOURCES,
    "Laboratory_Technician": Text("Kỹ thuật viên phòng thí nghiệm", "Laboratory technician"),
    "Manager": Text("Quản lý", "Manager"),
    "Manufacturing_Director": Text("Giám đốc sản xuất", "Manufacturing director"),
    "Research_Director": Text("Giám đốc nghiên cứu", "Research director"),
    "Research_Scientist": Text("Nhà nghiên cứu", "Research scientist"),
    "Sales_Executive": Text("Chuyên viên bán hàng", "Sales executive"),
    "Sales_Representative": Text("Đại diện bán hàng", "Sales representative"),
}
_MARITAL: Final = {
    "Single": Text("Độc thân", "Single"),
    "Married": Text("Đã kết hôn", "Married"),
    "Divorced": Text("Ly hôn", "Divorced"),
}
_PERFORMANCE: Final = {
    "Low": Text("Thấp", "Low"),
    "Good": Text("Tốt", "Good"),
    "Excellent": Text("Xuất sắc", "Excellent"),
    "Outstanding": Text("Nổi bật", "Outstanding"),
}
_BALANCE: Final = {
    "Bad": Text("Kém", "Bad"),
    "Good": Text("Được", "Good"),
    "Better": Text("Khá", "Better"),
    "Best": Text("Tốt nhất", "Best"),
}


def _category(name: str, header: Text, categories: dict[str, Text]) -> Column:
    return Column(name, header, "category", categories=categories)


def _count(name: str, header: Text, unit: Text | None = None) -> Column:
    return Column(name, header, "count", unit, low=0)


SCHEMA: Final = Schema(
    "attrition",
    Text("Nhân viên nghỉ việc (hư cấu)", "Employee attrition (fictional)"),
    (
        _count("age", Text("Tuổi", "Age"), YEARS),
        _category("attrition", Text("Đã nghỉ việc", "Left"), YES_NO),
        _category("business_travel", Text("Đi công tác", "Business travel"), _TRAVEL),
        _count("daily_rate", Text("Đơn giá ngày", "Daily rate")),
        _category("department", Text("Phòng ban", "Department"), _DEPARTMENTS),
        _count("distance_from_home", Text("Khoảng cách từ nhà", "Distance from home")),
        _category("education", Text("Học vấn", "Education"), _EDUCATION),
        _category("education_field", Text("Ngành học", "Field of education"), _FIELDS),
        _category(
            "environment_satisfaction",
            Text("Hài lòng với nơi làm việc", "Satisfaction with the workplace"),
            _FOUR_LEVELS,
        ),
        _category("gender", Text("Giới tính", "Gender"), _GENDERS),
        _count("hourly_rate", Text("Đơn giá giờ", "Hourly rate")),
        _category("job_involvement", Text("Gắn bó với công việc", "Job involvement"), _FOUR_LEVELS),
        _count("job_level", Text("Bậc", "Job level")),
        _category("job_role", Text("Vị trí", "Job role"), _ROLES),
        _category(
            "job_satisfaction", Text("Hài lòng với công việc", "Job satisfaction"), _FOUR_LEVELS
        ),
        _category("marital_status", Text("Hôn nhân", "Marital status"), _MARITAL),
        _count("monthly_income", Text("Thu nhập tháng", "Monthly income")),
        _count("monthly_rate", Text("Đơn giá tháng", "Monthly rate")),
        _count("num_companies_worked", Text("Số công ty đã làm", "Companies worked for")),
        _category("over_time", Text("Làm thêm giờ", "Overtime"), YES_NO),
        _count(
            "percent_salary_hike", Text("Lần tăng lương gần nhất", "Last salary rise"), same("%")
        ),
        _category(
            "performance_rating", Text("Đánh giá công việc", "Performance rating"), _PERFORMANCE
        ),
        _category(
            "relationship_satisfaction",
            Text("Hài lòng với quan hệ nơi làm việc", "Satisfaction with relationships"),
            _FOUR_LEVELS,
        ),
        _count("stock_option_level", Text("Bậc quyền mua cổ phiếu", "Stock option level")),
        _count("total_working_years", Text("Tổng số năm đi làm", "Total working years"), YEARS),
        _count("training_times_last_year", Text("Số lần đào tạo năm qua", "Trainings last year")),
        _category("work_life_balance", Text("Cân bằng công việc", "Work–life balance"), _BALANCE),
        _count("years_at_company", Text("Thâm niên", "Years at the company"), YEARS),
        _count("years_in_current_role", Text("Ở vị trí này", "Years in this role"), YEARS),
        _count(
            "years_since_last_promotion",
            Text("Từ lần thăng chức gần nhất", "Years since last promotion"),
            YEARS,
        ),
        _count(
            "years_with_curr_manager", Text("Với cấp trên này", "Years with this manager"), YEARS
        ),
    ),
)
