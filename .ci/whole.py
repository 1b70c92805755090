"""Is an executed notebook whole? Every code cell ran, no error output, and at least so many pictures."""

import json
import re
import sys


def is_picture(output):
    data = output.get("data", {})
    html = "".join(data.get("text/html", ""))
    return any(kind.startswith("image/") for kind in data) or bool(re.search(r"<(img|svg)\b", html))


path, fewest = sys.argv[1], int(sys.argv[2])
with open(path, encoding="utf-8") as file:
    cells = [c for c in json.load(file)["cells"] if c["cell_type"] == "code" and "".join(c["source"]).strip()]
silent = [c.get("id", n) for n, c in enumerate(cells) if c["execution_count"] is None]
outputs = [o for c in cells for o in c["outputs"]]
errors = [o["ename"] for o in outputs if o["output_type"] == "error"]
pictures = sum(map(is_picture, outputs))
print(f"{len(cells)} code cells, {len(silent)} not executed, {len(errors)} errors, {pictures} pictures (at least {fewest})")
sys.exit(bool(not cells or silent or errors or pictures < fewest))
