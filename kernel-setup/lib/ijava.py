"""Installs the official IJava 1.3.0 as Jupyter's kernel `java`, with the toolkit on the class path of its cells."""

import hashlib
import json
import os
import shutil
import time
import urllib.request
import zipfile

from console import Problem, cache_directory, say

VERSION = "1.3.0"
ADDRESS = f"https://github.com/SpencerPark/IJava/releases/download/v{VERSION}/ijava-{VERSION}.zip"
JAR = f"java/ijava-{VERSION}.jar"
# IJava publishes no checksum. The first archive that was used here is remembered, and later ones must equal it.
RECORD = f"ijava-{VERSION}.zip.sha256"


def download(target):
    say(f"Downloading {ADDRESS}")
    part = target.with_name(target.name + ".part")
    try:
        with urllib.request.urlopen(ADDRESS, timeout=30) as source, open(part, "wb") as sink:
            shutil.copyfileobj(source, sink)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unavailable(f"IJava's archive could not be downloaded: {error}")
    if not zipfile.is_zipfile(part):
        part.unlink()
        raise unavailable("what came from IJava's address is no zip archive")
    os.replace(part, target)


def unavailable(what):
    return Problem(f"{what}\ndownload {ADDRESS} elsewhere and give it by hand: "
                   f"kernel-setup/start --kernel ijava --ijava-zip FILE")


def authenticate(archive, record):
    """Compares the archive with the one used before; says plainly when there is none to compare with."""
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if not record.is_file():
        record.write_text(found + "\n", encoding="ascii")
        say(f"Note: IJava publishes no checksum, so this archive is not authenticated. Its SHA-256 is now remembered in\n"
            f"  {record}\n  {found}")
        return
    known = record.read_text(encoding="ascii").split()[0]
    if known != found:
        raise Problem(f"this IJava archive differs from the one used before: {archive}\n"
                      f"SHA-256 found {found}\nSHA-256 known {known}\nif the new one is right, delete {record}")


def read_jar(archive):
    try:
        with zipfile.ZipFile(archive) as opened:
            return opened.read(JAR)
    except (zipfile.BadZipFile, KeyError) as error:
        raise Problem(f"{archive} is not the release archive of IJava {VERSION}: expected {JAR} in it ({error})")


def is_ours(spec):
    """Did start write this kernelspec (either kernel)?"""
    try:
        metadata = json.loads((spec / "kernel.json").read_text(encoding="utf-8")).get("metadata", {})
    except (OSError, ValueError):
        return False
    return isinstance(metadata, dict) and "condgen" in metadata


def install(jupyter_directory, toolkit, java, memory, archive, offline):
    cache = cache_directory()
    cache.mkdir(parents=True, exist_ok=True)
    cached = cache / f"ijava-{VERSION}.zip"
    if archive is None:
        if not cached.is_file():
            if offline:
                raise unavailable("--offline, and no IJava archive is in the cache")
            download(cached)
        archive = cached
    jar = read_jar(archive)
    authenticate(archive, cache / RECORD)
    if archive != cached:
        shutil.copyfile(archive, cached)

    kernels = jupyter_directory / "kernels"
    kernels.mkdir(parents=True, exist_ok=True)
    fresh = kernels / ".java-being-installed"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    target = kernels / "java"
    (fresh / f"ijava-{VERSION}.jar").write_bytes(jar)
    argv = [java, "-Djava.awt.headless=true", f"-Xmx{memory or '2g'}", "-XX:+UseSerialGC",
            "-jar", str(target / f"ijava-{VERSION}.jar"), "{connection_file}"]
    spec = {
        "argv": argv,
        "display_name": "Java",
        "language": "java",
        "interrupt_mode": "message",
        "env": {"IJAVA_CLASSPATH": str(toolkit / "*.jar")},
        "metadata": {"condgen": {"kernel": "ijava", "version": VERSION, "project": str(toolkit.parents[2])}},
    }
    (fresh / "kernel.json").write_text(json.dumps(spec, indent=2) + "\n", encoding="utf-8")
    if target.exists():
        if is_ours(target):
            shutil.rmtree(target)
        else:
            aside = kernels / time.strftime("java-before-condgen-%Y%m%d-%H%M%S")
            target.rename(aside)
            say(f"Another kernel named java was installed; it is renamed to {aside.name}")
    fresh.rename(target)
    say(f"Kernel: the official IJava {VERSION}")
