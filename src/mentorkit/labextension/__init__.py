"""The JupyterLab extension: opens an exercise as a form, without anyone pressing Run, and the trainer's page.

It knows no other room. It is shipped as plain files, with no build step: `mentorkit/package.json`
and the modules in `mentorkit/entry/`. The folder is called `entry`, not `static`, because
jupyterlab_server lets browsers keep everything below a folder called `static` for ever, which is
right only for files with a hash in their names.
"""

from pathlib import Path


def labextension_path() -> Path:
    """Return the folder for `c.LabApp.extra_labextensions_path`."""
    return Path(__file__).parent
