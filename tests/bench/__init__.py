"""Speed side by side with what others use: `make bench`, or `python -m tests.bench [NAME…]`. Nothing here is a test:
machines differ, and only ratios within one run say anything.
"""
