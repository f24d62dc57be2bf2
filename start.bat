@echo off
rem Opens the course on Windows: double-click this file.
chcp 65001 >nul
cd /d "%~dp0"
if not exist course.py goto packed
set PYTHON=
call :try py -3.13
call :try py -3.14
call :try py -3.12
call :try py -3.11
call :try python
if defined PYTHON goto found
start "" "docs\get-python.html"
exit /b 1

:found
%PYTHON% course.py %*
pause
exit /b

:packed
echo Hay giai nen tep zip truoc: bam chuot phai vao tep zip, chon Extract All, roi mo lai start.bat.
echo Unpack the zip first: right-click it, choose Extract All, then open start.bat again.
pause
exit /b 1

:try
if defined PYTHON exit /b
%* -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))" >nul 2>nul
if not errorlevel 1 set PYTHON=%*
exit /b
