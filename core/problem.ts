/**
 * A mistake that the person who started the run can mend: wrong flag, missing history, broken file.
 * Doors print it without a stack and exit with 3. Anything else that is thrown is our own fault and keeps its stack.
 */
export class Problem extends Error {
  /** What is wrong, and where. Untrusted parts are inert. */
  readonly what: string;
  /** What to do about it: a command, a setting, a change to a file. */
  readonly fix: string;

  constructor(what: string, fix: string, options?: ErrorOptions) {
    super(`${what}\n${fix}`, options);
    this.name = "Problem";
    this.what = what;
    this.fix = fix;
  }
}

/** The system's own word for what went wrong, as in `ENOENT`, for a sentence about a file. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
