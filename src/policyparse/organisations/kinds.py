"""Words that name a kind of body and cannot stand alone after 、: 各科、室; 党委、政府; 市直有关部门、单位."""

from __future__ import annotations

from .. import lexicon

KINDS = frozenset(lexicon.words("org_kinds"))
