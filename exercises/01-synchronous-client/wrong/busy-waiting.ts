// A loop is taken to let callbacks in, so that one of them can end it.
export function makeOneCall(url: string): unknown {
  let answer: unknown;
  let isThere = false;
  void fetch(url)
    .then((response) => response.json())
    .then((value) => {
      answer = value;
      isThere = true;
    });
  while (!isThere);
  return answer;
}

export function makeManyCalls(number: number, url: string): unknown[] {
  return Array.from({ length: number }, () => makeOneCall(url));
}
