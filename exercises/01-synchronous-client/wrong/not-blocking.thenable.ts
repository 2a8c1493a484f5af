// What is no promise at first sight is taken for an answer.
export function makeOneCall(url: string): unknown {
  let looks = 0;
  const answer = fetch(url).then((response) => response.json());
  return Object.defineProperty({}, 'then', {
    get: () => (looks++ === 0 ? undefined : answer.then.bind(answer)),
  });
}

export function makeManyCalls(number: number, url: string): unknown[] {
  return Array.from({ length: number }, () => makeOneCall(url));
}
