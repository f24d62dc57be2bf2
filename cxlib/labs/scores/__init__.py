"""Labs of lesson 06, "Điểm số có đáng tin?"."""

from cxlib.labs.scores.comments import about_promises, comments
from cxlib.labs.scores.indices import best_channels, four_indices
from cxlib.labs.scores.noise import noise_game, pooled_waves, warned_rises
from cxlib.labs.scores.own_score import own_score
from cxlib.labs.scores.plan import measurement_plan
from cxlib.labs.scores.sample import answers_needed, sample_size
from cxlib.labs.scores.who import ten_times_more, who_answers

__all__ = [
    "about_promises",
    "answers_needed",
    "best_channels",
    "comments",
    "four_indices",
    "measurement_plan",
    "noise_game",
    "own_score",
    "pooled_waves",
    "sample_size",
    "ten_times_more",
    "warned_rises",
    "who_answers",
]
