"""Standards and statistics: where a cut comes from, what the items measured, how far two markers agree.

Knows arrays, CSV files and the catalogue's texts; knows no nbgrader, no model and no case. Import from
its modules, so that nobody waits for a library that is not needed: `sheet`, `panel` and `cut` (judges'
ratings), `items` (statistics after grading), `second` and `agreement` (the second marker), `changes`
(every change of a mark), `say` (all of it in words).
"""
