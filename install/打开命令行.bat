@echo off
rem Opens a console in this folder with jieyue on its PATH. It lies beside jieyue.exe (the program folder), or beside the
rem folder that an installation from wheels has made. Chinese stands only below the last label, after chcp: cmd reads a
rem file line by line in the code page of that moment. The console keeps its own code page, which Python writes well.
setlocal
set "HERE=%~dp0"
set "FOUND="
rem a network folder (\\server\share) cannot be the current folder: pushd gives it a letter
pushd "%HERE%"
if exist jieyue.exe set "FOUND=%HERE%"
for /d %%D in (*) do if exist "%%D\Scripts\jieyue.exe" set "FOUND=%HERE%%%D\Scripts"
if not defined FOUND goto lacking
set "PATH=%FOUND%;%PATH%"
jieyue --version >nul 2>nul
if errorlevel 1 goto lacking
title jieyue
jieyue
"%ComSpec%" /k
exit /b

:lacking
chcp 65001 >nul
echo 这个文件夹里没有能用的 jieyue 程序：
echo   刚解压的离线安装包，请先双击“安装.bat”；
echo   安装以后挪过地方的，请再双击一次“安装.bat”；
echo   程序文件夹不完整的，请重新解压整个压缩包；
echo   好好的忽然没有了的，多半是被杀毒软件删掉了：请在杀毒软件里恢复，并设为信任。
pause
exit /b 1
