@rem The same as "fetch list".
@call "%~dp0fetch.cmd" list %*
@exit /b %ERRORLEVEL%
