"""Words in disguise: read by sound, shape, parts, pinyin, digits, emoji and order."""
