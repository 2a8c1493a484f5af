// Awaiting an answer is taken for blocking the thread until it is there.
export async function makeOneCall(url: string): Promise<unknown> {
  const response = await fetch(url);
  return response.json();
}

export async function makeManyCalls(number: number, url: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let index = 0; index < number; index += 1) answers.push(await makeOneCall(url));
  return answers;
}
