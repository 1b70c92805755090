@rem The same as "fetch where".
@call "%~dp0fetch.cmd" where %*
@exit /b %ERRORLEVEL%
