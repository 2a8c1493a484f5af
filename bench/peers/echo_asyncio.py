"""An echo server on asyncio or uvloop; prints its port.

Usage: echo_asyncio.py streams|protocol asyncio|uvloop
"""

import asyncio
import os
import sys

BACKLOG = 4096


class Echo(asyncio.Protocol):
    """Writes what it receives."""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


async def echo(reader, writer):
    """Writes what it reads, and waits while the other side does not take it."""
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


async def main():
    loop = asyncio.get_running_loop()
    if sys.argv[1] == "streams":
        server = await asyncio.start_server(echo, "127.0.0.1", 0, backlog=BACKLOG)
    else:
        server = await loop.create_server(Echo, "127.0.0.1", 0, backlog=BACKLOG)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The input ends with the process that started this one.
    loop.add_reader(sys.stdin.fileno(), os._exit, 0)
    await asyncio.Event().wait()


if sys.argv[2] == "uvloop":
    import uvloop

    uvloop.install()
asyncio.run(main())
