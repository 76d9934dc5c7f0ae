import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMessage } from "../../../core/change/parse-commit.ts";
import { logReader, type LoggedCommit } from "../../../core/change/read-log.ts";

/** The output of `git log -z --format=… --numstat`, read whatever it holds and wherever the chunks end. */

interface Written {
  sha?: string;
  parents?: string;
  encoding?: string;
  author?: string;
  message?: string | Buffer;
  files?: readonly string[];
}

const one = "1".repeat(40);
const two = "2".repeat(40);

/** As git prints it: a header, a message, an empty record, and the counts behind a newline. */
function log(...commits: readonly Written[]): Buffer {
  return Buffer.concat(
    commits.flatMap(({ sha = one, parents = "", encoding = "", author = "Ann", message = "Fix\n", files = [] }) => [
      Buffer.from([sha, parents, encoding, "2026-01-31T12:00:00+01:00", author, "ann@example.com"].join("\n")),
      Buffer.from("\nBob\nbob@example.com\0"),
      Buffer.from(message),
      Buffer.from(`\0\0${files.length > 0 ? "\n" : ""}${files.map((file) => `${file}\0`).join("")}`),
    ]),
  );
}

function read(bytes: Buffer, options: { lines?: boolean; chunk?: number } = {}): LoggedCommit[] {
  const reader = logReader({ lines: options.lines ?? true });
  const size = options.chunk ?? bytes.length;
  const entries: LoggedCommit[] = [];
  for (let at = 0; at < bytes.length; at += size) entries.push(...reader.read(bytes.subarray(at, at + size)));
  return [...entries, ...reader.end()];
}

test("a commit as git tells of it", () => {
  expect(read(log({ parents: two, files: ["3\t1\ta.ts", "2\t0\tb.ts", "-\t-\tlogo.png"] }))).toEqual([
    {
      sha: one,
      parents: [two],
      author: { name: "Ann", email: "ann@example.com" },
      committer: { name: "Bob", email: "bob@example.com" },
      committedAt: "2026-01-31T12:00:00+01:00",
      message: "Fix\n",
      lines: { added: 5, deleted: 1 },
      encoding: "",
    },
  ]);
});

describe("lines", () => {
  test.each([
    { says: "of a commit without a file are none", parents: two, files: [], lines: { added: 0, deleted: 0 } },
    { says: "of a merge are unknown", parents: `${two} ${one}`, files: [], lines: null },
    { says: "of a binary file are none", parents: two, files: ["-\t-\ta.png"], lines: { added: 0, deleted: 0 } },
    {
      says: "stay whatever a file is called",
      parents: two,
      files: ["1\t2\t\n3\t4\tx", `5\t6\t${two}`],
      lines: { added: 6, deleted: 8 },
    },
  ])("$says", ({ parents, files, lines }) => {
    expect(read(log({ parents, files }, { sha: two }))[0]?.lines).toEqual(lines);
  });

  test("that were not asked for are unknown, and never 0", () => {
    expect(read(log({ parents: two }), { lines: false })[0]?.lines).toBeNull();
  });
});

test.each([
  { says: "empty", message: "", read: "" },
  { says: "that looks like counts", message: "1\t2\tfile\n", read: "1\t2\tfile\n" },
  { says: "that looks like a commit", message: two, read: two },
  { says: "that git turned into UTF-8", message: "Résumé", encoding: "ISO-8859-1", read: "Résumé" },
  { says: "that is no UTF-8", message: Buffer.from([0x41, 0xff, 0x42]), read: "A\ufffdB" },
])("a message $says", ({ message, encoding, read: text }) => {
  const entries = read(log({ message, ...(encoding && { encoding }) }, { sha: two }));
  expect(entries.map(({ sha, message, encoding }) => ({ sha, message, encoding }))).toEqual([
    { sha: one, message: text, encoding: encoding ?? "" },
    { sha: two, message: "Fix\n", encoding: "" },
  ]);
});

test("of a message of 3 MB the last is kept", () => {
  const [entry] = read(log({ message: `${"word\n".repeat(600_000)}\nAI-Assisted: no\n` }), { chunk: 65_536 });
  expect(entry?.message.length).toBeLessThanOrEqual(1_000_000);
  expect(entry?.message.endsWith("\nAI-Assisted: no\n")).toBe(true);
});

test("any bytes read as the object's do", () => {
  const bytes = fc.uint8Array({ maxLength: 60 }).map((each) => Buffer.from(each.filter((byte) => byte !== 0)));
  fc.assert(
    fc.property(bytes, (message) => {
      expect(read(log({ message }))[0]?.message).toBe(readMessage(message, "utf-8", []));
    }),
    { numRuns: 300 },
  );
});

test("a log that ends in the middle of a commit is no log", () => {
  expect(() => read(log({}).subarray(0, 60))).toThrow("ended in the middle");
});

test("any messages, names and files, in chunks of any size", () => {
  const word = fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replaceAll("\0", "").toWellFormed());
  const file = fc.tuple(
    fc.nat(9_999),
    fc.nat(9_999),
    word.filter((text) => text !== ""),
  );
  const name = word.map((text) => text.replaceAll("\n", ""));
  const commit = fc.record({ author: name, message: word, files: fc.array(file, { maxLength: 4 }) });
  fc.assert(
    fc.property(
      fc.array(commit, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 200 }),
      (commits, chunk) => {
        const written = commits.map(({ author, message, files }, index) => ({
          sha: index.toString(16).padStart(40, "0"),
          parents: two,
          author,
          message,
          files: files.map((parts) => parts.join("\t")),
        }));
        const entries = read(log(...written), { chunk });
        expect(entries.map(({ sha, author, message, lines }) => [sha, author.name, message, lines])).toEqual(
          written.map(({ sha, author, message }, index) => {
            const files = commits[index]?.files ?? [];
            const sum = (part: 0 | 1): number => files.reduce((total, each) => total + each[part], 0);
            return [sha, author.trim(), message, { added: sum(0), deleted: sum(1) }];
          }),
        );
      },
    ),
    { numRuns: 60 },
  );
});
