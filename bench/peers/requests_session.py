"""N calls one after another over one requests session, twice; prints both times as JSON.

Usage: requests_session.py URL N
"""

import json
import sys
import time

import requests

TIMEOUT_S = 30


def run(session, url, number):
    """Makes the calls and returns the seconds they took and how many failed."""
    failed = 0
    began = time.perf_counter()
    for _ in range(number):
        try:
            response = session.get(url, timeout=TIMEOUT_S)
            response.raise_for_status()
            response.json()
        except (requests.RequestException, ValueError):
            failed += 1
    return {"seconds": time.perf_counter() - began, "failed": failed}


def main():
    url, number = sys.argv[1], int(sys.argv[2])
    with requests.Session() as session:
        cold = run(session, url, number)
        warm = run(session, url, number)
    print(json.dumps({"cold": cold, "warm": warm}))


main()
