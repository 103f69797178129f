"""Makes the workbooks of this folder, good ones and broken ones: `python -m tests.files.make`.

Every file is small and comes out the same each time. Files that LibreOffice writes differ with its
version, so they are made only with `--libreoffice` (it needs `soffice`).
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .broken import REFUSED
from .readable import DOUBTFUL, GOOD

HERE = Path(__file__).parent
BY_LIBREOFFICE = {
    "percents.ods": "percents.xlsx",
    "zeros.ods": "zeros.xlsx",
    "dates.ods": "dates.xlsx",
    "letters.ods": "letters.xlsx",
    "helper-sheets.ods": "helper-sheets.xlsx",
    "libreoffice-percents.xlsx": "percents.ods",
    "libreoffice-coloured.xlsx": "coloured.xlsx",
    "libreoffice-errors.ods": "../doubtful/cells.xlsx",
}
"""What LibreOffice makes of other files of this folder."""


def make(libreoffice=False):
    for folder, files in (("good", GOOD), ("doubtful", DOUBTFUL), ("refused", REFUSED)):
        (HERE / folder).mkdir(exist_ok=True)
        for name, content in files.items():
            (HERE / folder / name).write_bytes(content())
    if libreoffice:
        for name, source in BY_LIBREOFFICE.items():
            convert(HERE / "good" / source, HERE / "good" / name)


def convert(source, target):
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            target.suffix[1:],
            "--outdir",
            f"{folder}/out",
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        shutil.copy(Path(folder) / "out" / (source.stem + target.suffix), target)


if __name__ == "__main__":
    make("--libreoffice" in sys.argv)
