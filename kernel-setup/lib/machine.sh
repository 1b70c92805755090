# What this machine has: a JDK, Maven, a Python with Jupyter. Sourced by start and doctor.
# Written for bash 3.2, the one that macOS ships. Needs $project, the root of the repository.
# shellcheck shell=bash disable=SC2034

needed_java=17
needed_maven=3.8

say() { printf '%s\n' "$*"; }
note() { printf '%s\n' "$*" >&2; }
die() {
  printf 'start: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

cache_directory() {
  if [ "$(uname -s)" = Darwin ]; then
    printf '%s\n' "${HOME:-/tmp}/Library/Caches/condgen"
  else
    printf '%s\n' "${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/condgen"
  fi
}

# ---- Java ------------------------------------------------------------------------------------

# java_version PROGRAM: its version text, such as 17.0.15 or 1.8.0_402; empty when it does not run.
java_version() {
  { "$1" -version 2>&1 || true; } | sed -n 's/.* version "\([^"]*\)".*/\1/p' | sed -n 1p
}

# java_major VERSION: 17.0.15 gives 17, 1.8.0_402 gives 8, 25-ea gives 25.
java_major() {
  printf '%s\n' "$1" | sed -e 's/^1\.//' -e 's/[^0-9].*//'
}

java_home_of() {
  { "$1" -XshowSettings:properties -version 2>&1 || true; } | sed -n 's/^ *java\.home = //p' | sed -n 1p
}

# Homes of all JDKs that lie in the usual places, one a line.
usual_jdks() {
  local home
  if [ -x /usr/libexec/java_home ]; then
    home=$(/usr/libexec/java_home -v "$needed_java+" 2>/dev/null) && printf '%s\n' "$home"
  fi
  for home in /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    # A link repeats a JDK that is listed under its own name.
    if [ -x "$home/bin/javac" ] && [ ! -L "$home" ]; then printf '%s\n' "$home"; fi
  done
}

# The usual JDKs that are new enough, one a line.
new_enough_jdks() {
  local home major
  usual_jdks | while IFS= read -r home; do
    major=$(java_major "$(java_version "$home/bin/java")")
    if [ -n "$major" ] && [ "$major" -ge "$needed_java" ]; then printf '%s\n' "$home"; fi
  done | sort -u
}

# Sets java_program, java_text (version), java_home and java_problem:
# none | broken | old | jre | "" (fine). A JAVA_HOME of the user's wins over PATH;
# the usual places are asked only when neither names a Java.
find_java() {
  java_program='' java_text='' java_home='' java_problem=none java_from=''
  local major
  if [ -n "${JAVA_HOME:-}" ]; then
    java_program=$JAVA_HOME/bin/java java_from=JAVA_HOME
    if [ ! -x "$java_program" ]; then java_problem=broken; return 0; fi
  elif command -v java >/dev/null 2>&1 && [ -n "$(java_version java)" ]; then
    java_program=$(command -v java) java_from=PATH
  else
    java_home=$(new_enough_jdks | sed -n 1p)
    if [ -z "$java_home" ]; then return 0; fi
    java_program=$java_home/bin/java java_from='the usual places'
  fi
  java_text=$(java_version "$java_program")
  major=$(java_major "$java_text")
  if [ -z "$major" ]; then java_problem=broken; return 0; fi
  if [ "$major" -lt "$needed_java" ]; then java_problem=old; return 0; fi
  java_home=$(java_home_of "$java_program")
  if [ ! -x "$java_home/bin/javac" ] || [ ! -x "$java_home/bin/jshell" ]; then java_problem=jre; return 0; fi
  java_problem=''
}

# How to get a JDK here, one line per way.
how_to_get_java() {
  local home
  new_enough_jdks | while IFS= read -r home; do
    say "this machine already has one: JAVA_HOME='$home' kernel-setup/start"
  done
  if command -v apt-get >/dev/null 2>&1; then say "Debian, Ubuntu: sudo apt-get install openjdk-17-jdk-headless"; fi
  if [ "$(uname -s)" = Darwin ]; then say "macOS: brew install openjdk@17"; fi
  say "any system: https://adoptium.net (choose JDK, version 17 or newer), then set JAVA_HOME to it"
}

# Sentence about java_problem, for people.
java_complaint() {
  case $java_problem in
    none) say "no Java was found: JAVA_HOME is not set and 'java' is not on PATH" ;;
    broken) say "the Java that $java_from names does not run: $java_program" ;;
    old) say "the Java that $java_from names is too old: found $java_text ($java_program), needed $needed_java or newer" ;;
    jre) say "the Java that $java_from names runs programs but cannot compile them (a JRE, not a JDK): $java_text ($java_program)" ;;
  esac
}

# ---- Maven -----------------------------------------------------------------------------------

# at_least FOUND NEEDED: compares two dotted numbers.
at_least() {
  awk -v a="$1" -v b="$2" 'BEGIN {
    n = split(a, x, "."); m = split(b, y, ".")
    for (i = 1; i <= n || i <= m; i++) if (x[i] + 0 != y[i] + 0) exit !(x[i] + 0 > y[i] + 0)
    exit 0
  }'
}

# Sets maven_program, maven_text and maven_problem: none | broken | old | "".
find_maven() {
  maven_program='' maven_text='' maven_problem=none
  if [ -n "${MAVEN_HOME:-}" ] && [ -x "$MAVEN_HOME/bin/mvn" ]; then
    maven_program=$MAVEN_HOME/bin/mvn
    PATH=$MAVEN_HOME/bin:$PATH # data-downloaders/fetch looks for it there
    export PATH
  else
    maven_program=$(command -v mvn 2>/dev/null) || return 0
  fi
  maven_text=$({ "$maven_program" -B -v 2>/dev/null || true; } | sed -n 's/.*Apache Maven \([0-9.]*[0-9]\).*/\1/p' | sed -n 1p)
  if [ -z "$maven_text" ]; then maven_problem=broken; return 0; fi
  if ! at_least "$maven_text" "$needed_maven"; then maven_problem=old; return 0; fi
  maven_problem=''
}

maven_complaint() {
  case $maven_problem in
    none) say "Maven was not found: 'mvn' is not on PATH and MAVEN_HOME is not set" ;;
    broken) say "Maven does not run: $maven_program -v fails" ;;
    old) say "Maven is too old: found $maven_text ($maven_program), needed $needed_maven or newer" ;;
  esac
}

how_to_get_maven() {
  if command -v apt-get >/dev/null 2>&1; then say "Debian, Ubuntu: sudo apt-get install maven"; fi
  if [ "$(uname -s)" = Darwin ]; then say "macOS: brew install maven"; fi
  say "any system: unpack the binary archive from https://maven.apache.org/download.cgi and put its bin directory on PATH"
}

# ---- Jupyter ---------------------------------------------------------------------------------

# has_modules PYTHON MODULE...: does this Python have all of them?
has_modules() {
  local python=$1
  shift
  "$python" - "$@" >/dev/null 2>&1 <<'PYTHON'
import importlib.util, sys
sys.exit(sys.version_info < (3, 8) or any(importlib.util.find_spec(m) is None for m in sys.argv[1:]))
PYTHON
}

# The Python behind a script such as /usr/bin/jupyter, from its first line; empty when that is no Python.
python_behind() {
  local first
  first=$(LC_ALL=C head -c 300 "$1" 2>/dev/null | LC_ALL=C tr -d '\000' | sed -n 1p)
  case $first in
    '#!'*python*) printf '%s\n' "$first" | sed -e 's/^#! *//' -e 's/ .*//' | grep -v '/env$' || true ;;
  esac
}

jupyter_venv() { printf '%s\n' "$(cache_directory)/jupyter-venv"; }

# Pythons that may have Jupyter, best first.
python_candidates() {
  local program
  [ -z "${CONDGEN_PYTHON:-}" ] || printf '%s\n' "$CONDGEN_PYTHON"
  [ -z "${VIRTUAL_ENV:-}" ] || printf '%s\n' "$VIRTUAL_ENV/bin/python"
  [ -z "${CONDA_PREFIX:-}" ] || printf '%s\n' "$CONDA_PREFIX/bin/python"
  for program in jupyter jupyter-lab jupyter-notebook; do
    if program=$(command -v "$program" 2>/dev/null); then python_behind "$program"; fi
  done
  command -v python3 2>/dev/null || true
  printf '%s\n' /usr/bin/python3
  printf '%s\n' "$(jupyter_venv)/bin/python"
}

# serves PYTHON open|execute: does this Python have what the task needs?
serves() {
  [ -x "$1" ] && has_modules "$1" jupyter_client nbconvert nbclient nbformat || return 1
  [ "$2" != open ] || has_modules "$1" jupyterlab || has_modules "$1" notebook
}

# What is wrong with the Python that CONDGEN_PYTHON names; nothing when it is not set or serves.
chosen_python_complaint() {
  local python=${CONDGEN_PYTHON:-} modules='jupyter_client, nbconvert, nbclient, nbformat'
  [ "$1" != open ] || modules="$modules and jupyterlab or notebook"
  [ -n "$python" ] || return 0
  if [ ! -f "$python" ] || [ ! -x "$python" ]; then
    say "CONDGEN_PYTHON is not the path of a program: $python"
  elif ! serves "$python" "$1"; then
    say "CONDGEN_PYTHON names a Python without what is needed here (3.8 or newer, $modules): $python"
  fi
}

# find_jupyter open|execute: sets jupyter_python to a Python that has what the task needs, or to nothing.
find_jupyter() {
  local python
  jupyter_python=''
  while IFS= read -r python; do
    serves "$python" "$1" || continue
    jupyter_python=$python
    return 0
  done <<CANDIDATES
$(python_candidates)
CANDIDATES
}
