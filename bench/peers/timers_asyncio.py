"""What timers and callbacks cost on asyncio or uvloop; prints nanoseconds for each.

Usage: timers_asyncio.py asyncio|uvloop TIMERS CALLBACKS BATCH
"""

import asyncio
import json
import random
import sys
import time

LONGEST_MS = 1000


async def time_timers(number):
    """Adds timers, keeps the thread until all are due, and lets them fire."""
    loop = asyncio.get_running_loop()
    end = loop.create_future()
    left = number

    def fire():
        nonlocal left
        left -= 1
        if left == 0:
            end.set_result(None)

    delays = [random.randint(1, LONGEST_MS) / 1000 for _ in range(number)]
    began = time.perf_counter_ns()
    for delay in delays:
        loop.call_later(delay, fire)
    add_ns = (time.perf_counter_ns() - began) / number
    due = time.perf_counter() + (LONGEST_MS + 2) / 1000
    while time.perf_counter() < due:
        pass
    began = time.perf_counter_ns()
    await end
    return {"addNs": add_ns, "fireNs": (time.perf_counter_ns() - began) / number}


async def time_chain(number):
    """Callbacks that each add the next."""
    loop = asyncio.get_running_loop()
    end = loop.create_future()
    left = number

    def step():
        nonlocal left
        left -= 1
        if left == 0:
            end.set_result(None)
        else:
            loop.call_soon(step)

    began = time.perf_counter_ns()
    loop.call_soon(step)
    await end
    return (time.perf_counter_ns() - began) / number


async def time_batches(number, batch):
    """Callbacks that are added many at a time."""
    loop = asyncio.get_running_loop()
    began = time.perf_counter_ns()
    for _ in range(number // batch):
        end = loop.create_future()
        left = batch

        def one():
            nonlocal left
            left -= 1
            if left == 0:
                end.set_result(None)

        for _ in range(batch):
            loop.call_soon(one)
        await end
    return (time.perf_counter_ns() - began) / number


async def main():
    timers, callbacks, batch = (int(word) for word in sys.argv[2:5])
    figures = await time_timers(timers)
    figures["chainNs"] = await time_chain(callbacks)
    figures["batchNs"] = await time_batches(callbacks, batch)
    print(json.dumps(figures))


if sys.argv[1] == "uvloop":
    import uvloop

    uvloop.install()
asyncio.run(main())
