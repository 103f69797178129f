"""The sheets Baselines, Targets and Progress."""
