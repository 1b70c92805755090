@echo off
rem Fetches data sets; "fetch --help" tells how. Builds the module first when it is missing or stale.
setlocal
set "MODULE=%~dp0"
set "MODULE=%MODULE:~0,-1%"

set "JAVA=java"
if not defined JAVA_HOME goto findjava
set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%JAVA%" goto version
echo fetch: JAVA_HOME is "%JAVA_HOME%", but there is no bin\java.exe in it. Set it to a JDK 17 or newer. 1>&2
exit /b 1

:findjava
where java >nul 2>nul
if not errorlevel 1 goto version
echo fetch: Java is missing. Install a JDK 17 or newer, or set JAVA_HOME. 1>&2
exit /b 1

:version
set "VERSION="
for /f "tokens=2 delims==" %%v in ('call "%JAVA%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version ="') do set "VERSION=%%v"
set "VERSION=%VERSION: =%"
if "%VERSION:~0,2%"=="1." goto old
if %VERSION% GEQ 17 goto stale
:old
echo fetch: JDK 17 or newer is needed, but %JAVA% is version %VERSION%. Set JAVA_HOME to a newer one. 1>&2
exit /b 1

:stale
set "STAMP=%MODULE%\target\fetch.stamp"
if not exist "%MODULE%\target\classes" goto build
if not exist "%MODULE%\target\lib" goto build
if not exist "%STAMP%" goto build
powershell -NoProfile -Command "$t=(Get-Item -LiteralPath $env:STAMP).LastWriteTime; $m=$env:MODULE; if (Get-ChildItem -Recurse -File \"$m\src\main\",\"$m\pom.xml\",\"$m\..\pom.xml\" | Where-Object LastWriteTime -gt $t) { exit 1 } else { exit 0 }"
if not errorlevel 1 goto run

:build
where mvn >nul 2>nul
if not errorlevel 1 goto maven
echo fetch: Maven is missing. Install Maven 3.8 or newer. 1>&2
exit /b 1
:maven
echo building data-downloaders ... 1>&2
if not exist "%MODULE%\target" mkdir "%MODULE%\target"
echo.> "%STAMP%.part"
call mvn -q -B -f "%MODULE%\..\pom.xml" -pl data-downloaders -am package -Dmaven.test.skip=true -Dspotless.check.skip=true > "%MODULE%\target\fetch-build.log" 2>&1
if not errorlevel 1 goto built
type "%MODULE%\target\fetch-build.log" 1>&2
echo fetch: the build failed; its output is above. The first build needs Maven's repository. 1>&2
exit /b 1
:built
move /y "%STAMP%.part" "%STAMP%" >nul

:run
"%JAVA%" -Djdk.console=java.base -cp "%MODULE%\target\classes;%MODULE%\target\lib\*" condgen.download.FetchCommand %*
exit /b %ERRORLEVEL%
