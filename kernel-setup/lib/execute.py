"""Runs one notebook through Jupyter without a screen and writes what ran, as a notebook and as a page."""

import atexit
import os
import re
import time

from console import say

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
PICTURES = ("image/png", "image/svg+xml", "image/jpeg", "image/gif")


def is_picture(output):
    data = output.get("data", {})
    return any(kind in data for kind in PICTURES) or bool(re.search(r"<(img|svg)\b", "".join(data.get("text/html", ""))))


def pictures(notebook):
    return sum(is_picture(o) for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def write(path, text):
    """Whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def describe(cells, number):
    first = next((line for line in cells[number].source.splitlines() if line.strip()), "")
    return f"code cell {number + 1} of {len(cells)} (id {cells[number].get('id', '-')}): {first.strip()[:100]}"


def failure(cells):
    """The first cell with an error that it does not announce by the tag raises-exception: its number and text."""
    for number, cell in enumerate(cells):
        if "raises-exception" in cell.metadata.get("tags", []):
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                lines = output.get("traceback") or [f"{output.get('ename')}: {output.get('evalue')}"]
                return number, ANSI.sub("", "\n".join(lines))
    return None


def run(path, out, timeout):
    """Executes the notebook at `path` in its own directory; True when every code cell ran without an error."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from nbconvert import HTMLExporter

    notebook = nbformat.read(path, as_version=4)
    cells = code_cells(notebook)
    for cell in cells:
        cell.outputs, cell.execution_count = [], None
    say(f"Running {path.name} ({len(cells)} code cells, preset {os.environ.get('CONDGEN_PRESET')})")
    client = NotebookClient(
        notebook, timeout=timeout, kernel_name="java", startup_timeout=120,
        record_timing=False, resources={"metadata": {"path": str(path.parent)}})
    begun = time.monotonic()
    stopped = None
    try:
        client.execute()
    except CellExecutionError:
        pass  # the error lies in the cell's outputs
    except CellTimeoutError:
        stopped = f"the cell took longer than the limit of {timeout} s (--timeout)"
    except DeadKernelError:
        stopped = "the kernel died in this cell; kernel-setup/doctor looks for the cause, --memory gives it more memory"
    except KeyboardInterrupt:
        stopped = "interrupted"
    except (OSError, RuntimeError) as error:
        stopped = f"the kernel did not start or stopped answering: {error}\nkernel-setup/doctor looks for the cause"
        atexit.unregister(client._cleanup_kernel)  # it would fail on a kernel that never was
    seconds = time.monotonic() - begun

    write(out / path.name, nbformat.writes(notebook))
    page, _ = HTMLExporter().from_notebook_node(notebook)
    write(out / (path.stem + ".html"), page)

    done = sum(cell.execution_count is not None for cell in cells)
    say(f"  {done} of {len(cells)} code cells, {pictures(notebook)} pictures, {seconds:.0f} s")
    say(f"  {out / path.name}\n  {out / (path.stem + '.html')}")
    failed = failure(cells)
    if failed is None and stopped is None and done == len(cells):
        return True
    waiting = (n for n, cell in enumerate(cells) if cell.execution_count is None)
    number, text = failed or (next(waiting, len(cells) - 1), "this cell did not run")
    say(f"FAILED {path.stem}, {describe(cells, number) if done else 'before its first cell ended'}")
    for line in (stopped or text).splitlines():
        say("  " + line)
    return False
