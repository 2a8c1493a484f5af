"""N calls in flight together over one aiohttp session, twice; prints both times as JSON.

Usage: aiohttp_session.py URL N [LIMIT]

LIMIT is the most connections open at once, 0 for no limit; without it aiohttp's own default holds.
"""

import asyncio
import json
import resource
import sys
import time

import aiohttp

TIMEOUT_S = 60


async def one_call(session, url):
    """Makes one call and returns whether it went well."""
    try:
        async with session.get(url) as response:
            response.raise_for_status()
            await response.json()
            return True
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError):
        return False


async def run(session, url, number):
    """Makes the calls and returns the seconds they took and how many failed."""
    began = time.perf_counter()
    went_well = await asyncio.gather(*(one_call(session, url) for _ in range(number)))
    return {"seconds": time.perf_counter() - began, "failed": went_well.count(False)}


async def main():
    url, number = sys.argv[1], int(sys.argv[2])
    limits = {"limit": int(sys.argv[3])} if len(sys.argv) > 3 else {}
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    connector = aiohttp.TCPConnector(**limits)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        cold = await run(session, url, number)
        warm = await run(session, url, number)
    print(json.dumps({"cold": cold, "warm": warm}))


# Node and Go raise the limit on open files by themselves, Python does not.
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
asyncio.run(main())
