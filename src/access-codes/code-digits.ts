/** A whole number in [0, below), uniform and unpredictable. */
export type RandomInt = (below: number) => number;

/** Tries before the alphabet is taken to allow nothing but trivial codes. */
const MOST_TRIES = 1_000;

/**
 * A random code: uniform over all codes of this length from these digits that are not trivial. Throws when the digits
 * allow none, which two distinct digits always do from four places on.
 */
export function makeDigits(alphabet: string, length: number, randomInt: RandomInt): string {
  const digits = [...new Set(alphabet.split(""))];
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const code = Array.from({ length }, () => digits[randomInt(digits.length)]).join("");
    if (!isTrivial(code)) return code;
  }
  throw new Error(
    `The digits allow no code of ${length} places that is hard to guess. Give more digits in codeDigits.`,
  );
}

/** Codes that people try first, and that locks refuse: one digit over and over, runs up or down, a repeated pair. */
export function isTrivial(code: string): boolean {
  return isRun(code) || isRepetition(code);
}

function isRun(code: string): boolean {
  const steps = code
    .slice(1)
    .split("")
    .map((digit, place) => Number(digit) - Number(code[place]));
  const first = steps[0] ?? 0;
  return Math.abs(first) <= 1 && steps.every((step) => step === first);
}

/** `121212`, `1111`, `123123`: a shorter piece said again and again. */
function isRepetition(code: string): boolean {
  for (let size = 1; size <= code.length / 2; size += 1)
    if (code.length % size === 0 && code.slice(0, size).repeat(code.length / size) === code)
      return true;
  return false;
}
