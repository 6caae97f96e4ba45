"""WARC files that others captured become evidence of an archive, in a run of their own."""
