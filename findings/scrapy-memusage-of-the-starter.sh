#!/bin/sh
# MEMUSAGE_LIMIT_MB counts the memory of the program that started the crawl: a spider that takes some 70 MB, started with
# subprocess by a program of 600 MB, ends at once with the finish reason "memusage_exceeded" under a limit of 400 MB. Started
# from a shell, the same command runs to its end. Linux hands the peak of a program's memory on to what it starts by vfork,
# and Scrapy asks for that peak (getrusage), not for what is in use.
set -eu
[ "$(uname)" = Linux ]
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install 'scrapy==2.19.0' 2>/dev/null
cd "$folder"
cat > one.py <<'PYTHON'
import asyncio
from scrapy import Spider


class One(Spider):
    name = "one"
    custom_settings = {"MEMUSAGE_LIMIT_MB": 400, "MEMUSAGE_CHECK_INTERVAL_SECONDS": 1, "LOG_LEVEL": "INFO"}

    async def start(self):
        await asyncio.sleep(4)  # longer than the check's interval, with nothing to hold
        yield {"number": 1}

    def closed(self, reason):
        used = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
        print(f"finish reason {reason}, peak of this process alone: {int(used[0]) // 1024} MB")
PYTHON
cat > scheduler.py <<'PYTHON'
import subprocess, sys

held = bytearray(600 * 2**20)
subprocess.run(["venv/bin/scrapy", "runspider", "one.py"], stderr=open("log", "w"))
print("memusage/startup:", *[line.split()[-1] for line in open("log") if "memusage/startup" in line])
PYTHON
venv/bin/scrapy version
echo "from a shell:          $(venv/bin/scrapy runspider one.py 2>/dev/null)" | tee shell
echo "from a 600 MB program: $(venv/bin/python scheduler.py | tr '\n' ' ')" | tee program
grep -q "finish reason finished" shell
grep -q "finish reason memusage_exceeded" program
