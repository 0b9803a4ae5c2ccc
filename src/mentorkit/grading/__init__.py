"""Answer sheets, scoring rules and the nbgrader plug-ins. No cell that a mentor could have touched ever runs.

It knows cases and the circle. It knows no screen, no roster and no record.
"""
