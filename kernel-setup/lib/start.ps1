# start for Windows: the same steps as the bash script next to it, with the same options.
# Not tested on Windows yet; README.md says which routes are.
$ErrorActionPreference = 'Stop'
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$project = (Resolve-Path (Join-Path $here '..\..')).Path
$cache = Join-Path $env:LOCALAPPDATA 'condgen'
$jars = Join-Path $project 'kernel-setup\target'
$stamp = Join-Path $jars 'built-for'

function Stop-With([int] $code, [string] $what, [string[]] $ways) {
  [Console]::Error.WriteLine("start: $what")
  foreach ($way in $ways) { [Console]::Error.WriteLine("  $way") }
  exit $code
}

# ---- options: those of this script; the rest goes to notebooks.py ----

$profileName = 'cpu'; $offline = $false; $install = $true; $buildOnly = $false; $task = 'open'
$pass = @()
for ($i = 0; $i -lt $args.Count; $i++) {
  switch -CaseSensitive ($args[$i]) {
    { $_ -in '--help', '-h' } {
      Write-Host 'usage: kernel-setup\start.cmd [--execute ID]... [--out DIR] [--preset smoke|lecture|paper] [--timeout S]'
      Write-Host '       [--offline] [--no-install] [--no-browser] [--port N] [--memory SIZE] [--kernel condgen|ijava]'
      Write-Host '       [--ijava-zip FILE] [--gpu | --gpu-maven] [--build-only]'
      Write-Host 'README.md and kernel-setup/start explain them.'
      exit 0
    }
    { $_ -in '--execute', '--out', '--preset', '--timeout', '--port', '--memory', '--kernel', '--ijava-zip' } {
      if ($i + 1 -ge $args.Count) { Stop-With 2 "$_ needs a value" @() }
      if ($_ -eq '--execute') { $task = 'execute' }
      $pass += $args[$i], $args[$i + 1]
      $i++
    }
    '--offline' { $offline = $true; $pass += '--offline' }
    '--no-browser' { $pass += '--no-browser' }
    '--no-install' { $install = $false; $pass += '--no-install' }
    '--gpu' { $profileName = 'gpu' }
    '--gpu-maven' { $profileName = 'gpu-maven' }
    '--build-only' { $buildOnly = $true }
    default { Stop-With 2 "unknown option: $_; see kernel-setup\start.cmd --help" @() }
  }
}

# ---- Java ----

$ways = @('install a JDK, version 17 or newer, from https://adoptium.net', 'or set JAVA_HOME to one')
if ($env:JAVA_HOME) { $java = Join-Path $env:JAVA_HOME 'bin\java.exe' }
else { $java = (Get-Command java.exe -ErrorAction SilentlyContinue | Select-Object -First 1).Source }
if (-not $java -or -not (Test-Path $java)) { Stop-With 1 'no Java was found' $ways }
# Through cmd: PowerShell 5 takes what a program writes to its error stream for errors of the script.
$settings = cmd /c "`"$java`" -XshowSettings:properties -version 2>&1" | Out-String
$version = [regex]::Match($settings, 'java\.specification\.version = (1\.)?(\d+)').Groups[2].Value
if (-not $version -or [int] $version -lt 17) { Stop-With 1 "Java is too old: found '$version' ($java), needed 17 or newer" $ways }
$env:JAVA_HOME = [regex]::Match($settings, 'java\.home = (.+)').Groups[1].Value.Trim()
if (-not (Test-Path (Join-Path $env:JAVA_HOME 'bin\javac.exe'))) { Stop-With 1 "a JRE, not a JDK: $env:JAVA_HOME" $ways }

# ---- build what is stale ----

function Get-Staleness {
  foreach ($pattern in 'kernel\condgen-kernel-*.jar', 'toolkit\condgen-toolkit-*.jar', 'toolkit\condgen-data-*.jar') {
    if (-not (Test-Path (Join-Path $jars $pattern))) { return 'not built yet' }
  }
  if (-not (Test-Path $stamp)) { return 'not built by this command yet' }
  if ((Get-Content $stamp) -ne $profileName) { return "built for $(Get-Content $stamp), wanted for $profileName" }
  $since = (Get-Item $stamp).LastWriteTime
  $sources = @("$project\pom.xml")
  foreach ($module in 'data-downloaders', 'toolkit', 'kernel-setup') { $sources += "$project\$module\pom.xml", "$project\$module\src\main" }
  $newer = Get-ChildItem -Recurse -File $sources | Where-Object { $_.LastWriteTime -gt $since } | Select-Object -First 1
  if ($newer) { return "changed since the last build: $($newer.FullName)" }
}

# As it was built last, unless asked otherwise; --build-only builds for the CPU again.
if ($profileName -eq 'cpu' -and -not $buildOnly -and (Test-Path $stamp)) {
  $built = (Get-Content $stamp | Select-Object -First 1)
  if ($built -in 'gpu', 'gpu-maven') {
    $profileName = $built
    Write-Host "Using the toolkit as it was built last, for $profileName (kernel-setup\start.cmd --build-only builds for the CPU again)"
  }
}
$reason = Get-Staleness
if ($reason) {
  if (-not (Get-Command mvn.cmd -ErrorAction SilentlyContinue)) {
    Stop-With 1 'Maven was not found' @('install Maven 3.8 or newer: https://maven.apache.org/download.cgi, and put its bin directory on PATH')
  }
  Write-Host "Building the toolkit and the kernel ($reason); the first time takes some minutes"
  if ($reason.StartsWith('built for')) {
    Remove-Item -Recurse -Force (Join-Path $jars 'toolkit'), (Join-Path $jars 'kernel') -ErrorAction SilentlyContinue
  }
  New-Item -ItemType Directory -Force $jars | Out-Null
  $log = Join-Path $jars 'build.log'
  $choose = if ($profileName -eq 'cpu') { '' } else { "-P$profileName" }
  $quiet = if ($offline) { '-o' } else { '' }
  cmd /c "mvn.cmd -B -q $quiet $choose -f `"$project\pom.xml`" -pl kernel-setup -am -DskipTests -Dspotless.check.skip=true package > `"$log`" 2>&1"
  if ($LASTEXITCODE -ne 0) { Stop-With 1 "the build failed; its last lines (all of them in $log):" (Get-Content $log -Tail 40) }
  Set-Content -Path $stamp -Value $profileName
}
if ($buildOnly) { exit 0 }

# ---- a Python with Jupyter ----

$venv = Join-Path $cache 'jupyter-venv'
$modules = if ($task -eq 'open') { 'jupyter_client, nbconvert, nbclient, jupyterlab' } else { 'jupyter_client, nbconvert, nbclient' }
function Test-Jupyter([string] $python) {
  if (-not $python -or -not (Test-Path $python)) { return $false }
  cmd /c "`"$python`" -c `"import $modules`" > nul 2>&1"
  return $LASTEXITCODE -eq 0
}
if ($env:CONDGEN_PYTHON -and -not (Test-Jupyter $env:CONDGEN_PYTHON)) {
  Stop-With 1 "CONDGEN_PYTHON does not name a Python with $modules`: $env:CONDGEN_PYTHON" @('name another, or unset CONDGEN_PYTHON and one is looked for')
}
$candidates = @($env:CONDGEN_PYTHON)
if ($env:VIRTUAL_ENV) { $candidates += Join-Path $env:VIRTUAL_ENV 'Scripts\python.exe' }
if ($env:CONDA_PREFIX) { $candidates += Join-Path $env:CONDA_PREFIX 'python.exe' }
$candidates += (Get-Command python.exe -All -ErrorAction SilentlyContinue).Source
$candidates += Join-Path $venv 'Scripts\python.exe'
$python = $candidates | Where-Object { Test-Jupyter $_ } | Select-Object -First 1
if (-not $python -and $install -and (Get-Command python.exe -ErrorAction SilentlyContinue)) {
  Write-Host "Installing JupyterLab with pip into $venv (once, about 250 MB)"
  New-Item -ItemType Directory -Force $cache | Out-Null
  cmd /c "python.exe -m venv `"$venv`" && `"$venv\Scripts\python.exe`" -m pip install --quiet jupyterlab nbconvert"
  if ($LASTEXITCODE -eq 0) { $python = Join-Path $venv 'Scripts\python.exe' }
  else { Remove-Item -Recurse -Force $venv -ErrorAction SilentlyContinue }
}
if (-not $python) {
  Stop-With 1 'no Jupyter was found' @(
    'install Python from https://www.python.org and run this again: it installs JupyterLab by itself',
    'or name a Python that has it: set CONDGEN_PYTHON=C:\path\to\python.exe')
}
& $python (Join-Path $here 'notebooks.py') @pass
exit $LASTEXITCODE
