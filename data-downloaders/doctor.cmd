@rem The same as "fetch doctor".
@call "%~dp0fetch.cmd" doctor %*
@exit /b %ERRORLEVEL%
