import { readFile, stat } from "node:fs/promises";
import * as z from "zod";
import { Verdict } from "../core/change/authorship.ts";
import { Sha } from "../core/change/change.ts";
import { absent, present, type Evidence } from "../core/evidence.ts";
import { parseFacts } from "../core/facts-file.ts";
import { errorCode, Problem } from "../core/problem.ts";
import type { EarlierVerdict } from "../core/provenance/provenance.ts";
import { reviewVersion, type Review } from "../core/report/index.ts";
import { reviewChange } from "../core/review-change.ts";
import { inertText, showPath } from "../core/untrusted/index.ts";

/** A file with an earlier reading of the same change: a `report.json` or a `facts.json`. */
export interface EarlierSource {
  path: string;
  /** What the person called it, for messages. */
  name: string;
}

/** More is no report of a change that Countersign reads in full. */
export const earlierLimitBytes = 256 * 1024 * 1024;

/**
 * What an earlier reading of the same change showed, so that a push that takes marks away does not take the verdict away.
 * Nothing in such a file lowers anything, and provenance looks every name up again. Throws a `Problem` for a file that is none, or that is of another change.
 */
export async function readEarlier(source: EarlierSource | null, changeId: string): Promise<Evidence<EarlierVerdict[]>> {
  if (source === null) return absent("no earlier reading of this change was given");
  const earlier = parseEarlier(await readText(source), source.name);
  if (!isSameChange(earlier.id, changeId))
    throw new Problem(
      `${showPath(source.name)} is of another change: ${inertText(earlier.id, { maxGraphemes: 200 })}, and this is ${inertText(changeId, { maxGraphemes: 200 })}.`,
      "Give the report of an earlier run on this change, or leave it out.",
    );
  return present(earlier.verdicts);
}

async function readText({ path, name }: EarlierSource): Promise<string> {
  const fix = "Give the report.json or facts.json of an earlier run on this change, or leave it out.";
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) throw new Problem(`There is no file ${showPath(name)}.`, fix);
  if (found.size > earlierLimitBytes)
    throw new Problem(`${showPath(name)} has ${found.size} bytes; the limit is ${earlierLimitBytes}.`, fix);
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new Problem(`${showPath(name)} could not be read (${errorCode(cause)}).`, "Name a file that you may read.", {
      cause,
    });
  });
}

interface Earlier {
  id: string;
  verdicts: EarlierVerdict[];
}

/** What is read of a report. Reports of other releases may have more and fewer fields beside these. */
const EarlierReport = z.looseObject({
  version: z.literal(reviewVersion),
  change: z.looseObject({
    id: z.string(),
    commits: z
      .array(
        z.looseObject({ sha: Sha, authoredAt: z.string().optional(), addedLines: z.int().nonnegative().optional() }),
      )
      .optional(),
  }),
  provenance: z.looseObject({
    commits: z.array(
      z.looseObject({ sha: Sha, verdict: Verdict, agent: z.string().nullable(), model: z.string().nullable() }),
    ),
  }),
});

/** What tells facts from anything else; `parseFacts` says what is wrong with them. */
const FactsMark = z.looseObject({ asOf: z.string(), rawFindings: z.array(z.unknown()) });

function parseEarlier(text: string, name: string): Earlier {
  const value = jsonOf(text);
  const report = EarlierReport.safeParse(value);
  if (report.success) return earlierOf(report.data);
  if (FactsMark.safeParse(value).success) {
    // Facts hold no verdicts: these are decided again.
    return earlierOf(reviewChange(parseFacts(text, name)));
  }
  throw new Problem(
    `${showPath(name)} is no report.json or facts.json of this version.`,
    "Give a file that `countersign check --report-dir DIR` wrote, whole.",
  );
}

/** What a review showed of each commit, to be remembered and given to the next reading as `earlier`. */
export function verdictsOf(review: Pick<Review, "change" | "provenance">): EarlierVerdict[] {
  return earlierOf({ version: reviewVersion, ...review }).verdicts;
}

function earlierOf({ change, provenance }: z.infer<typeof EarlierReport>): Earlier {
  const known = new Map((change.commits ?? []).map((commit) => [commit.sha, commit]));
  const verdicts = provenance.commits.map(({ sha, verdict, agent, model }): EarlierVerdict => {
    const { authoredAt, addedLines } = known.get(sha) ?? {};
    return {
      commit: sha,
      verdict,
      agent,
      model,
      ...(authoredAt === undefined ? {} : { authoredAt }),
      ...(addedLines === undefined ? {} : { addedLines }),
    };
  });
  return { id: change.id, verdicts };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * By the number of a pull request. Without one an id names merge base and head, which every push moves: then the
 * repository must be the same, and whoever names the file says that the change is.
 */
function isSameChange(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, two] = [changeParts(a), changeParts(b)];
  return one.repository === two.repository && (one.number === null || two.number === null);
}

function changeParts(id: string): { repository: string; number: string | null } {
  const hash = id.lastIndexOf("#");
  if (hash !== -1) return { repository: id.slice(0, hash), number: id.slice(hash + 1) };
  return { repository: id.slice(0, id.lastIndexOf("@")), number: null };
}
