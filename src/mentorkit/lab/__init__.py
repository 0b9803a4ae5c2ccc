"""The lab: a circle you can break and mend, as ES modules for the book's pages and for notebooks.

It knows the circle's set-up and the catalogue, and no cohort, case or mark.
"""

from mentorkit.lab.assets import assets

__all__ = ["assets"]
