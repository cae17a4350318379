@echo off
rem Opens a console in this folder with jieyue on its PATH. It lies beside jieyue.exe (the program folder), or beside the
rem folder that an installation from wheels has made. Chinese stands only below the last goto, after chcp: cmd reads a
rem file line by line in the code page of that moment.
setlocal
set "HERE=%~dp0"
set "FOUND="
if exist "%HERE%jieyue.exe" set "FOUND=%HERE%"
for /d %%D in ("%HERE%*") do if exist "%%D\Scripts\jieyue.exe" set "FOUND=%%D\Scripts"
if not defined FOUND goto lacking
set "PATH=%FOUND%;%PATH%"
rem a network folder (\\server\share) cannot be the current folder: pushd gives it a letter
pushd "%HERE%"
title jieyue
jieyue
%ComSpec% /k
exit /b

:lacking
chcp 65001 >nul
echo 这个文件夹里没有 jieyue 程序：
echo   如果是刚解压的离线安装包，请先双击“安装.bat”；
echo   如果是程序文件夹，请重新解压整个压缩包，再试一次。
echo   解压以后又不见了的，多半是被杀毒软件删掉了：请在杀毒软件里恢复 jieyue，并设为信任。
pause
exit /b 1
