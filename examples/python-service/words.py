"""Counting words."""

import re
from collections import Counter


def count_words(text):
    """The number of words, and the five most frequent ones with theirs."""
    words = re.findall(r"\w+", text.lower())
    ranked = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    return {"words": len(words), "most": ranked[:5]}
