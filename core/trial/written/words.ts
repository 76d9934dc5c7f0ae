import * as z from "zod";
import { isDay, worded } from "../../policy/index.ts";
import { isRepositoryPath } from "../repository-path.ts";

export const text = (says: string, example: string) =>
  worded(z.string().min(1).max(1000), { says, expects: "a text of 1 to 1,000 characters", example });

export const longText = (says: string, example: string) =>
  worded(z.string().max(200_000), { says, expects: "a text of at most 200,000 characters", example });

export const texts = (says: string, example: string[]) =>
  worded(z.array(text("An item.", example[0] ?? "x")), { says, expects: "a list of texts", example });

export const count = (says: string, example: number) =>
  worded(z.number().int().min(0).max(100_000), { says, expects: "a whole number from 0 to 100,000", example });

export const position = (says: string, example: number) =>
  worded(z.number().int().min(1).max(1000), { says, expects: "a whole number from 1 to 1,000", example });

export const yesOrNo = (says: string) => worded(z.boolean(), { says, expects: "`true` or `false`", example: true });

export function oneOf<const T extends readonly string[]>(says: string, options: T) {
  const shown = options.map((option) => `\`${option}\``);
  const expects = `${shown.slice(0, -1).join(", ")} or ${shown.at(-1) ?? ""}`;
  return worded(z.enum(options), { says, expects, example: options[0] });
}

export const login = (says: string) => text(says, "ann");

/** `38/40`. */
export const share = (says: string) =>
  worded(z.string().refine(isShare), {
    says,
    expects: "covered of all, the covered not more than all, as `38/40`",
    example: "38/40",
  });

function isShare(written: string): boolean {
  const parts = written.split("/");
  const [covered = NaN, total = NaN] = parts.map(Number);
  const areCounts = parts.every((part) => part.length > 0 && part.length <= 6 && Array.from(part).every(isDigit));
  return parts.length === 2 && areCounts && covered <= total;
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

export const instant = (says: string) =>
  worded(z.string().refine(isInstant), {
    says,
    expects: "a date or an instant in UTC, in quotes",
    example: "2026-12-31",
  });

/** `2026-12-31`, or `2026-12-31T12:00:00Z`. */
function isInstant(written: string): boolean {
  const [day = "", time, ...more] = written.split("T");
  return (
    isDay(day) &&
    more.length === 0 &&
    (time === undefined || /^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$/.test(time))
  );
}

/** A path as git has it: from the root of the repository. */
export const repositoryPath = (says: string, example: string) =>
  worded(z.string().max(1000).refine(isRepositoryPath), { says, expects: pathExpected, example });

export const repositoryPaths = (says: string, example: string[]) =>
  worded(z.array(repositoryPath("A path.", example[0] ?? "x")), { says, expects: "a list of paths", example });

const pathExpected = "a path from the root of the repository, without `/` at its ends, `//`, `.` and `..`";
