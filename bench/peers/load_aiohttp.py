"""Requests through aiohttp, one after another on each connection; prints figures of the part that counts.

Usage: load_aiohttp.py URL CONNECTIONS WARMUP_S MEASURED_S asyncio|uvloop

The answers are read and not decoded.
"""

import asyncio
import json
import resource
import sys
import time

import aiohttp


class Window:
    """The part of the run that counts: after a while of warming up, for a while."""

    def __init__(self, warmup_s, measured_s):
        self.completed = 0
        self.is_over = False
        self.figures = None
        self._measured_s = measured_s
        asyncio.get_running_loop().call_later(warmup_s, self._begin)

    def _begin(self):
        asyncio.get_running_loop().call_later(self._measured_s, self._end, self._look())

    def _end(self, begin):
        differences = [late - early for late, early in zip(self._look(), begin)]
        self.figures = dict(zip(("requests", "seconds", "cpuSeconds"), differences))
        self.is_over = True

    def _look(self):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return self.completed, time.perf_counter(), usage.ru_utime + usage.ru_stime


async def lane(session, url, window):
    """Makes requests until the time is up; one that fails ends the program."""
    while not window.is_over:
        async with session.get(url) as response:
            response.raise_for_status()
            await response.read()
        window.completed += 1


async def main():
    url, connections, warmup_s, measured_s = sys.argv[1:5]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        window = Window(float(warmup_s), float(measured_s))
        await asyncio.gather(*(lane(session, url, window) for _ in range(int(connections))))
    print(json.dumps(window.figures))


if sys.argv[5] == "uvloop":
    import uvloop

    uvloop.install()
asyncio.run(main())
