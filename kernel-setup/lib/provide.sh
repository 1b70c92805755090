# Installs what is missing, where that is allowed: conda by environment.yml, the distribution's packages,
# a Python virtual environment. Sourced by start after machine.sh. Every command is announced before it runs.
# shellcheck shell=bash disable=SC2154

# ---- conda -----------------------------------------------------------------------------------

conda_program() { command -v mamba 2>/dev/null || command -v conda 2>/dev/null || command -v micromamba 2>/dev/null; }

# Makes (once) the environment of environment.yml and puts it first on PATH. It holds JDK, Maven and JupyterLab.
provide_by_conda() {
  local conda prefix
  conda=$(conda_program) || return 1
  [ -f "$project/environment.yml" ] || return 1
  prefix=$(cache_directory)/conda
  if [ ! -f "$prefix/.complete" ]; then
    say "Making a conda environment by environment.yml in $prefix (once, some minutes)"
    mkdir -p "$(dirname "$prefix")"
    rm -rf "$prefix"
    if ! "$conda" env create --yes --quiet --file "$project/environment.yml" --prefix "$prefix" >"$prefix.log" 2>&1 &&
      ! "$conda" env create --quiet --file "$project/environment.yml" --prefix "$prefix" >"$prefix.log" 2>&1; then
      note "  $conda could not make it; its last lines (all of them in $prefix.log):"
      tail -n 5 "$prefix.log" | sed 's/^/    /' >&2
      rm -rf "$prefix"
      return 1
    fi
    touch "$prefix/.complete"
  fi
  PATH=$prefix/bin:$PATH
  export PATH
  CONDA_PREFIX=$prefix
  export CONDA_PREFIX
  hash -r
}

# ---- the distribution's packages ---------------------------------------------------------------

may_use_apt() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] && return 0
  command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1
}

provide_by_apt() {
  local root=''
  may_use_apt || return 1
  [ "$(id -u)" = 0 ] || root='sudo -n'
  say "Installing with the system's package manager: ${root:+sudo }apt-get install --no-install-recommends $*"
  local log
  log=$(mktemp)
  # The package lists of a fresh machine may be empty or stale: refresh them when the first attempt fails.
  # shellcheck disable=SC2086
  if $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >"$log" 2>&1 ||
    { $root apt-get update -q >>"$log" 2>&1 &&
      $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >>"$log" 2>&1; }; then
    rm -f "$log"
    hash -r
    return 0
  fi
  note "  apt-get failed; its last lines:"
  tail -n 5 "$log" | sed 's/^/    /' >&2
  rm -f "$log"
  return 1
}

# ---- a Python virtual environment ---------------------------------------------------------------

provide_by_venv() {
  local venv python=''
  venv=$(jupyter_venv)
  for python in python3 /usr/bin/python3; do
    if command -v "$python" >/dev/null 2>&1 && has_modules "$python" venv ensurepip; then break; fi
    python=''
  done
  if [ -z "$python" ]; then
    note "  a virtual environment is not possible: no python3 with the venv and ensurepip modules (Debian, Ubuntu: python3-venv)"
    return 1
  fi
  say "Installing JupyterLab with pip into $venv (once, about 250 MB)"
  rm -rf "$venv"
  mkdir -p "$(dirname "$venv")"
  if "$python" -m venv "$venv" >"$venv.log" 2>&1 &&
    "$venv/bin/python" -m pip install --quiet 'jupyterlab>=4,<5' 'nbconvert>=7,<8' >>"$venv.log" 2>&1; then
    rm -f "$venv.log"
    return 0
  fi
  note "  pip failed; its last lines (all of them in $venv.log):"
  tail -n 5 "$venv.log" | sed 's/^/    /' >&2
  rm -rf "$venv"
  return 1
}

# ---- what start asks for ------------------------------------------------------------------------

require_java() {
  find_java
  if [ "$java_problem" = none ] && [ "$may_install" = yes ]; then
    say "No JDK was found."
    if provide_by_conda || provide_by_apt openjdk-17-jdk-headless fontconfig fonts-dejavu-core; then find_java; fi
  fi
  if [ -n "$java_problem" ]; then
    local ways=()
    local line
    while IFS= read -r line; do ways+=("$line"); done <<WAYS
$(how_to_get_java)
WAYS
    die "$(java_complaint)" "Needed: a JDK, version $needed_java or newer. Ways to get one:" "${ways[@]}"
  fi
  JAVA_HOME=$java_home
  export JAVA_HOME
}

require_maven() {
  find_maven
  if [ "$maven_problem" = none ] && [ "$may_install" = yes ]; then
    say "Maven was not found."
    if provide_by_conda || provide_by_apt maven; then find_maven; fi
  fi
  if [ -n "$maven_problem" ]; then
    local ways=()
    local line
    while IFS= read -r line; do ways+=("$line"); done <<WAYS
$(how_to_get_maven)
WAYS
    die "$(maven_complaint)" "Needed: Maven $needed_maven or newer, to build the toolkit. Ways to get it:" "${ways[@]}"
  fi
}

# require_jupyter open|execute
require_jupyter() {
  local complaint
  complaint=$(chosen_python_complaint "$1")
  if [ -n "$complaint" ]; then die "$complaint" "name another, or unset CONDGEN_PYTHON and one is looked for"; fi
  find_jupyter "$1"
  if [ -z "$jupyter_python" ] && [ "$may_install" = yes ]; then
    say "Jupyter was not found."
    local packages='jupyter-nbconvert jupyter-client'
    [ "$1" = execute ] || packages="jupyter-notebook $packages"
    # shellcheck disable=SC2086
    if provide_by_conda || provide_by_apt $packages || provide_by_venv; then find_jupyter "$1"; fi
  fi
  if [ -z "$jupyter_python" ]; then
    die "no Jupyter was found (Python packages jupyter_client and nbconvert, and jupyterlab or notebook to open them)." \
      "Ways to get it:" \
      "conda or mamba: install Miniforge (https://conda-forge.org/download/) and run this again" \
      "Debian, Ubuntu: sudo apt-get install jupyter-notebook jupyter-nbconvert jupyter-client" \
      "pip: python3 -m pip install jupyterlab nbconvert   (inside a virtual environment)" \
      "a Python that has it but is not on PATH: CONDGEN_PYTHON=/path/to/python kernel-setup/start" \
      "without Jupyter: mvn verify runs the notebooks with a JDK and Maven alone"
  fi
}
