// Pure computing: nothing here waits for anything, so nothing else runs in its thread meanwhile.

/**
 * Computes a job: the first digits of π, or the sum of all numbers in the product of two matrices. Throws a RangeError when there is
 * nothing to compute.
 */
export function compute(job) {
  return job.kind === 'pi' ? digitsOfPi(job.digits) : sumOfProduct(job.size);
}

// J. Gibbons, "Unbounded Spigot Algorithms for the Digits of Pi": one digit after another, with ever longer numbers.
function digitsOfPi(digits) {
  if (!(digits >= 1)) throw new RangeError(`expected 1 or more digits of π, got ${digits}`);
  let [q, r, t, k, digit, odd] = [1n, 0n, 1n, 1n, 3n, 3n];
  let text = '';
  while (text.length < digits) {
    if (4n * q + r - t < digit * t) {
      text += digit;
      const rest = 10n * (r - digit * t);
      digit = (10n * (3n * q + r)) / t - 10n * digit;
      q *= 10n;
      r = rest;
    } else {
      const more = (2n * q + r) * odd;
      digit = (q * (7n * k + 2n) + r * odd) / (t * odd);
      q *= k;
      t *= odd;
      odd += 2n;
      k += 1n;
      r = more;
    }
  }
  return text;
}

function sumOfProduct(size) {
  if (!(size >= 1)) throw new RangeError(`expected a size of 1 or more, got ${size}`);
  const matrix = (down, right) =>
    Array.from({ length: size }, (_row, i) =>
      Array.from({ length: size }, (_number, j) => (down * i + right * j) % 10),
    );
  const [one, other] = [matrix(3, 7), matrix(5, 9)];
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      for (let k = 0; k < size; k += 1) sum += one[i][k] * other[k][j];
    }
  }
  return String(sum);
}
