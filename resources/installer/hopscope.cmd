@echo off
rem The command line of the installed program; a shell waits for it here, which it would not for the program itself.
setlocal
set "SANDBOX=--no-sandbox"
if /i "%~1"=="open" set "SANDBOX="
"%~dp0..\..\Hopscope.exe" %SANDBOX% --command-line -- %*
exit /b %ERRORLEVEL%
