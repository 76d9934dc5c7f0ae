import { readObjects } from "../adapters/git/read-blobs.ts";
import type { GitRepository } from "../adapters/git/run-git.ts";
import { runLint } from "../adapters/sandbox/run-lint.ts";
import type { FunctionSpan } from "../core/change/function-span.ts";
import type { Change, ChangedFile } from "../core/change/change.ts";
import { allMoved, type FileToLint, type LintedFile, type NotAnalysed } from "../core/lint/index.ts";
import type { RawFinding } from "../core/findings/finding.ts";
import { keepingCode, lookAcross } from "./look-across.ts";
import { readOtherFiles } from "./read-other-files.ts";

/** What was seen in the files of a change. */
export interface LintedChange {
  findings: RawFinding[];
  functions: FunctionSpan[];
  notAnalysed: NotAnalysed[];
}

/** Of a change with more text than this the rest of the files is named as not analysed. */
export const mostTextBytes = 100_000_000;

/** Read at once, so that a change of any size fits in memory. */
const filesAtOnce = 100;

/**
 * Looks for the patterns in the text files that a change adds to, on both sides, from their blobs: nothing is checked out.
 * `rules` are the ids to look for; null: all.
 */
export async function readLint(
  repository: GitRepository,
  change: Pick<Change, "files" | "head">,
  rules: readonly string[] | null = null,
): Promise<LintedChange> {
  const linted: LintedFile[] = [];
  const unread: NotAnalysed[] = [];
  const code: FileToLint[] = [];
  const texts = keepingCode(textsOf(repository, change.files.filter(isText), unread), code);
  for await (const file of runLint(texts, rules)) linted.push(file);
  const unused = linted.flatMap(({ unlessUsed }) => unlessUsed);
  const across = await readAcross(repository, change, { code, unused }, rules);
  return {
    findings: [...allMoved(linted), ...across.findings],
    functions: linted.flatMap(({ functions }) => functions),
    notAnalysed: [...linted.flatMap(({ notAnalysed }) => notAnalysed), ...unread, ...across.notAnalysed],
  };
}

/** What only the rest of the repository tells: it is read only where the change holds code. */
async function readAcross(
  repository: GitRepository,
  { files, head }: Pick<Change, "files" | "head">,
  { code, unused }: { code: FileToLint[]; unused: LintedFile["unlessUsed"] },
  rules: readonly string[] | null,
): Promise<Pick<LintedChange, "findings" | "notAnalysed">> {
  const paths = files.map(({ path }) => path);
  const { files: others, isWhole, left } = await readOtherFiles(repository, head.sha, code.length === 0 ? null : paths);
  const { findings, reason } = await lookAcross({ code, others, unused: isWhole ? unused : [] }, rules);
  const few = `copies were looked for in the nearest ${others.length} of its files, and not in ${left}`;
  const reasons = [...(reason === null ? [] : [reason]), ...(left === 0 ? [] : [few])];
  return { findings, notAnalysed: reasons.map((each) => ({ path: wholeRepository, reason: each })) };
}

const wholeRepository = "the repository";

function isText({ kind, hunks }: ChangedFile): boolean {
  return kind === "text" && hunks.length > 0;
}

async function* textsOf(
  repository: GitRepository,
  files: readonly ChangedFile[],
  unread: NotAnalysed[],
): AsyncGenerator<FileToLint, void, undefined> {
  let left = mostTextBytes;
  for (let start = 0; start < files.length; start += filesAtOnce) {
    const some = files.slice(start, start + filesAtOnce);
    if (left <= 0) {
      unread.push(...some.map(({ path }) => ({ path, reason: tooMuch })));
      continue;
    }
    const texts = await readTexts(repository, some);
    for (const file of some) {
      const [base, head] = [textOf(texts, file.oldBlob), textOf(texts, file.newBlob)];
      if (base === undefined || head === undefined) {
        unread.push({ path: file.path, reason: tooLarge });
        continue;
      }
      left -= (base?.length ?? 0) + (head?.length ?? 0);
      yield { path: file.path, base, head, hunks: file.hunks };
    }
  }
}

const tooMuch = `the change has more than ${mostTextBytes / 1_000_000} MB of text, and this file came after that`;
const largestBytes = 4_000_000;
const tooLarge = `it is larger than ${largestBytes / 1_000_000} MB, or missing from the clone`;

/** Null: there is no such side; undefined: it could not be read. */
function textOf(texts: ReadonlyMap<string, string | undefined>, blob: string | null): string | null | undefined {
  return blob === null || /^0+$/.test(blob) ? null : texts.get(blob);
}

async function readTexts(
  repository: GitRepository,
  files: readonly ChangedFile[],
): Promise<Map<string, string | undefined>> {
  const ids = new Set(files.flatMap(({ oldBlob, newBlob }) => [oldBlob, newBlob]).filter((id) => id !== null));
  const texts = new Map<string, string | undefined>();
  const take = (id: string, bytes: Buffer | null) => void texts.set(id, bytes?.toString("utf8"));
  const wanted = [...ids].filter((id) => !/^0+$/.test(id));
  await readObjects(repository, wanted, take, largestBytes);
  return texts;
}
