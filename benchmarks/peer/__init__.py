"""The circle once more in Mesa: what ours is measured against, and checked by."""
