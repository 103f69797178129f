"""What the worker does between two jobs."""

worker_rounds = []
"""Classes of other apps. A worker makes one object of each, and calls its `run(goes_on)` time and
again; `goes_on()` is False once the worker has been told to stop."""
