@rem The same as "fetch verify".
@call "%~dp0fetch.cmd" verify %*
@exit /b %ERRORLEVEL%
