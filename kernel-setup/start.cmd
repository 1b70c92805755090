@echo off
rem Opens the notebooks with the Java kernel; "start.cmd --help" tells how. The work is done in lib\start.ps1.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0lib\start.ps1" %*
exit /b %ERRORLEVEL%
