"""What the vectors record and, by hand, expect: see generate.py."""
