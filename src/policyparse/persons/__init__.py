"""Person names, and where a name ends and a post begins."""

from .names import (
    HAN,
    NO_NAME_ENDS,
    could_be_name,
    ends_with_post,
    first_characters,
    is_person,
    is_rare_person,
    is_shaped,
    is_sound_name,
    is_surname,
    may_be_given,
    may_be_named,
)
from .split import (
    name_by_shape,
    name_head,
    name_tail,
    name_within,
    padded_head,
    sound_head,
    split_name_post,
    tail_in_list,
)

__all__ = [
    "HAN",
    "NO_NAME_ENDS",
    "could_be_name",
    "ends_with_post",
    "first_characters",
    "is_person",
    "is_rare_person",
    "is_shaped",
    "is_sound_name",
    "is_surname",
    "may_be_given",
    "may_be_named",
    "name_by_shape",
    "name_head",
    "name_tail",
    "name_within",
    "padded_head",
    "sound_head",
    "split_name_post",
    "tail_in_list",
]
