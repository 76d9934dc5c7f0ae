import type { AcrossAnswer, FileToLint, LintedFile } from "../../core/lint/index.ts";
import {
  lintLimits,
  notLooked,
  ReaderEnded,
  startReader,
  type Across,
  type LintLimits,
  type Reader,
} from "./reader.ts";
import { giveBack, takeReader } from "./spare-reader.ts";

/**
 * Looks for the patterns in each file, in a small process of its own: text that makes a parser run for ever, or out of
 * memory, ends that process and not this one. Every file gets its answer, in the order given: what was seen, or why it was
 * not looked at. No process is started for no file.
 */
export async function* runLint(
  files: AsyncIterable<FileToLint> | Iterable<FileToLint>,
  rules: readonly string[] | null = null,
  limits: LintLimits = lintLimits,
): AsyncGenerator<LintedFile, void, undefined> {
  let reader: Reader | null = null;
  let faults = 0;
  try {
    for await (const file of files) {
      if (faults > limits.restarts) {
        yield notLooked(file, tooManyFaults);
        continue;
      }
      reader ??= await takeReader(limits);
      try {
        yield await reader.read(file, rules, true);
      } catch (error) {
        if (!(error instanceof ReaderEnded)) throw error;
        reader.end();
        reader = null;
        faults += 1;
        yield mayAskEslint(file) ? await readWithoutEslint(file, rules, limits, error) : notLooked(file, error.message);
      }
    }
  } finally {
    if (reader !== null) giveBack(reader, limits);
  }
}

/** Only where a directive for it stands in the file is ESLint run. */
function mayAskEslint({ head }: FileToLint): boolean {
  return head?.includes("eslint") ?? false;
}

/** Where ESLint may be what ended the process, what our own patterns find is not lost. */
async function readWithoutEslint(
  file: FileToLint,
  rules: readonly string[] | null,
  limits: LintLimits,
  first: ReaderEnded,
): Promise<LintedFile> {
  const reader = await startReader(limits);
  try {
    const linted = await reader.read(file, rules, false);
    const reason = `what its directives for ESLint hide is not known: ${first.message}`;
    return { ...linted, notAnalysed: [...linted.notAnalysed, { path: file.path, reason }] };
  } catch (error) {
    if (!(error instanceof ReaderEnded)) throw error;
    return notLooked(file, error.message);
  } finally {
    reader.end();
  }
}

/**
 * What files of a change hold that only the rest of the repository tells, by one process that reads all of it; or why
 * nobody looked.
 */
export async function runAcross(
  across: Across,
  rules: readonly string[] | null = null,
  limits: LintLimits = lintLimits,
): Promise<AcrossAnswer | { reason: string }> {
  const reader = await takeReader(limits);
  try {
    return await reader.readAcross(across, rules);
  } catch (error) {
    if (!(error instanceof ReaderEnded)) throw error;
    reader.end();
    return { reason: error.message };
  } finally {
    giveBack(reader, limits);
  }
}

const tooManyFaults = "the process that reads had ended for too many files before it";
