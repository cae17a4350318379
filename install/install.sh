#!/bin/sh
# Finds a Python that can load the wheels beside this file, and lets it install them. No network is needed.
here=$(cd "$(dirname "$0")" && pwd)
if ! [ -f "$here/wheels/target.txt" ]; then
    echo "没有找到 wheels 文件夹：请先把整个压缩包解压，再在解压出来的文件夹里运行 sh install.sh" >&2
    exit 1
fi
read -r needed _ <"$here/wheels/target.txt"
for python in "python$needed" python3 python; do
    if "$python" "$here/wheels/fits.py" 2>/dev/null; then
        exec "$python" "$here/wheels/offline.py"
    fi
done
cat >&2 <<END

没有安装：没有找到合用的 Python $needed（64 位）。可以任选一种办法：
  一、请管理员安装 Python $needed，再运行一次 sh install.sh；
  二、电脑上已经有别的 Python（3.11 至 3.14）的，改用与它版本相同的离线安装包；
  三、改用程序文件夹，那一种不用装 Python。
END
exit 1
