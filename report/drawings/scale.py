def scale(low, high, start, end):
    """A linear function from `low` … `high` to `start` … `end`; to the middle if low = high."""
    if low == high:
        return lambda _value: (start + end) / 2
    return lambda value: start + float(value - low) / float(high - low) * (end - start)
