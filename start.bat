@echo off
rem Opens the course on Windows: double-click this file.
chcp 65001 >nul
cd /d "%~dp0"
if not exist course.py (
  echo Hay giai nen tep zip truoc: bam chuot phai vao tep zip, chon Extract All, roi mo lai start.bat.
  echo Unpack the zip first: right-click it, choose Extract All, then open start.bat again.
  pause
  exit /b 1
)
for %%P in ("py -3.13" "py -3.14" "py -3.12" "py -3.11" "python" "python3") do (
  %%~P -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))" >nul 2>nul && (
    %%~P course.py %*
    pause
    exit /b
  )
)
start "" "docs\get-python.html"
exit /b 1
