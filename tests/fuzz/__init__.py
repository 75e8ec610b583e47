"""Spoiled and hostile documents of every format: each gives a report, a refusal or a finding, within limits.

`python -m tests.fuzz --minutes 10` runs for long; `test_fuzz.py` runs the same for seconds.
"""
