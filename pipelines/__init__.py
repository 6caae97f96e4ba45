"""All that happens to bytes, without the network."""

import os

# Tables are written once and forgotten: what Arrow and Parquet took for them goes back, where their own
# pool keeps it. Parquet asks Arrow's C++ default, which only this variable chooses, before the first import.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
