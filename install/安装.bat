@echo off
rem Finds a Python that can load the wheels beside this file, and lets it install them. No network is needed.
rem Chinese stands only below the last label, after chcp: cmd reads a file line by line in the code page of that moment.
rem Full paths and no change of folder: cmd cannot stand in a network folder (\\server\share).
setlocal
set "HERE=%~dp0"
set "PYTHON="
rem the newer py would fetch a Python that is not there
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
if not exist "%HERE%wheels\target.txt" goto packed
set /p TARGET=<"%HERE%wheels\target.txt"
for /f "tokens=1" %%V in ("%TARGET%") do set "NEEDED=%%V"
set "SHORT=%NEEDED:.=%"
call :try py -%NEEDED%
call :try "%LocalAppData%\Programs\Python\Python%SHORT%\python.exe"
call :try "%ProgramFiles%\Python%SHORT%\python.exe"
call :try python
call :try python3
if not defined PYTHON goto lacking
%PYTHON% "%HERE%wheels\offline.py"
set "CODE=%ERRORLEVEL%"
echo.
pause
exit /b %CODE%

:try
if defined PYTHON exit /b
%* "%HERE%wheels\fits.py" 2>nul
if "%ERRORLEVEL%"=="0" set PYTHON=%*
exit /b

:packed
chcp 65001 >nul
echo 没有安装：没有找到 wheels 文件夹。
echo 请先解压整个压缩包（右键，“全部解压缩”），再双击解压出来的文件夹里的“安装.bat”。
pause
exit /b 1

:lacking
chcp 65001 >nul
echo.
echo 没有安装：没有找到 64 位的 Python %NEEDED%。可以任选一种办法：
echo   一、安装 Python %NEEDED%（Windows installer 64-bit，安装时勾选 Add python.exe to PATH），再双击“安装.bat”；
echo   二、电脑上已经有别的 64 位 Python（3.11 至 3.14）的，改用与它版本相同的离线安装包；
echo   三、改用“程序文件夹”，那一种不用装 Python。
pause
exit /b 1
