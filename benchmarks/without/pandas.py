"""Stands before the tests' pandas, which pyarrow loads where it finds one: users of citynews have none."""

raise ImportError("pandas is for the tests")
