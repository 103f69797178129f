def scale(low, high, start, end):
    """A function from `low` … `high` to `start` … `end`; a single value stands in the middle."""
    if low == high:
        return lambda _value: (start + end) / 2
    return lambda value: start + float(value - low) / float(high - low) * (end - start)
