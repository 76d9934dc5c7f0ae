import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageLimitBytes, parseCommit } from "../../../core/change/parse-commit.ts";

const tree = `tree ${"0".repeat(40)}\n`;
const parent = `parent ${"a".repeat(40)}\n`;
const author = "author Ann Example <ann@example.com> 1750000000 +0200\n";
const committer = "committer Bob Example <bob@example.com> 1750000060 -0730\n";
const head = tree + author + committer;

function parse(...parts: (string | Buffer)[]) {
  return parseCommit(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part))));
}

test("a plain commit", () => {
  expect(parse(tree, parent, author, committer, "\nSubject\n\nBody\n")).toEqual({
    parents: ["a".repeat(40)],
    author: { name: "Ann Example", email: "ann@example.com" },
    committer: { name: "Bob Example", email: "bob@example.com" },
    authoredAt: "2025-06-15T17:06:40+02:00",
    committedAt: "2025-06-15T07:37:40-07:30",
    message: "Subject\n\nBody\n",
    problems: [],
  });
});

describe("messages", () => {
  test.each([
    { says: "41: no message at all", body: "", message: "", problems: [] },
    {
      says: "41: no subject, only trailers",
      body: "\nAssisted-by: x:1\n",
      message: "Assisted-by: x:1\n",
      problems: [],
    },
    { says: "41: CRLF stays as it is", body: "\nA\r\n\r\nB: c\r\n", message: "A\r\n\r\nB: c\r\n", problems: [] },
    { says: "41: a divider is part of the message", body: "\nA\n---\nB: c\n", message: "A\n---\nB: c\n", problems: [] },
    { says: "a byte order mark stays", body: "\n\ufeffA\n", message: "\ufeffA\n", problems: [] },
    { says: "blank lines before the subject stay", body: "\n\n\nA\n", message: "\n\nA\n", problems: [] },
    {
      says: "41: nothing behind a NUL is seen, and that is said",
      body: "\nA\0\n\nAssisted-by: x:1\n",
      message: "A",
      problems: ["the message goes on after a NUL byte, where git shows no more of it"],
    },
    {
      says: "41: bytes that are not UTF-8 are named",
      body: Buffer.from("\nCaf\xe9\n", "latin1"),
      message: "Caf\ufffd\n",
      problems: ["the message is not valid UTF-8"],
    },
  ])("$says", ({ body, message, problems }) => {
    expect(parse(head, body)).toMatchObject({ message, problems });
  });
});

describe("the encoding header", () => {
  const cafe = Buffer.from("\nCaf\xe9\n", "latin1");
  const notRead = "the message names an encoding that is not read";
  test.each([
    { says: "41: latin-1 is read", encoding: "ISO-8859-1", body: cafe, message: "Café\n", problems: [] },
    { says: "utf-8 in capitals is UTF-8", encoding: "UTF-8", body: "\nCafé\n", message: "Café\n", problems: [] },
    { says: "utf8 without a hyphen is UTF-8", encoding: "utf8", body: "\nCafé\n", message: "Café\n", problems: [] },
    {
      says: "41: UTF-7 is not believed",
      encoding: "UTF-7",
      body: "\n+AEE-ssisted-by: x:1\n",
      message: "+AEE-ssisted-by: x:1\n",
      problems: [notRead],
    },
    {
      says: "41: UTF-16 does not turn plain trailers into other letters",
      encoding: "UTF-16LE",
      body: "\nA\n\nAssisted-by: x:1\n",
      message: "A\n\nAssisted-by: x:1\n",
      problems: [notRead],
    },
    { says: "an unknown name", encoding: "klingon", body: "\nA\n", message: "A\n", problems: [notRead] },
    {
      says: "a header that lies",
      encoding: "EUC-JP",
      body: Buffer.from([0x0a, 0x41, 0xff, 0x0a]),
      message: "A\ufffd\n",
      problems: ["the message is not in the encoding that it names"],
    },
  ])("$says", ({ encoding, body, message, problems }) => {
    expect(parse(head, `encoding ${encoding}\n`, body)).toMatchObject({ message, problems });
  });

  test("41: names are read in it too", () => {
    const name = Buffer.from("author Ren\xe9 <r@example.com> 1 +0000\n", "latin1");
    expect(parse(tree, name, committer, "encoding latin1\n\nA\n").author.name).toBe("René");
  });
});

describe("headers", () => {
  const odd = (role: string) => `the ${role} line is not of git's shape`;
  test.each([
    {
      says: "41: no author",
      header: tree + committer,
      author: { name: "", email: "" },
      problems: ["the commit names no author"],
    },
    {
      says: "41: two authors, the first one counts",
      header: `${tree}${author}author Agent <agent@example.com> 1 +0000\n${committer}`,
      author: { name: "Ann Example", email: "ann@example.com" },
      problems: ["the commit has 2 author lines; the first one counts"],
    },
    {
      says: "two people in one line: the first, as git reads it",
      header: `${tree}author Ann <ann@example.com> <agent@example.com> 1 +0000\n${committer}`,
      author: { name: "Ann", email: "ann@example.com" },
      problems: [odd("author")],
    },
    {
      says: "a name without a mail",
      header: `${tree}author Ann 1 +0000\n${committer}`,
      author: { name: "Ann 1 +0000", email: "" },
      problems: [odd("author")],
    },
    {
      says: "an empty name and mail",
      header: `${tree}author  <> 1 +0000\n${committer}`,
      author: { name: "", email: "" },
      problems: [],
    },
    {
      says: "no date",
      header: `${tree}author Ann <ann@example.com>\n${committer}`,
      author: { name: "Ann", email: "ann@example.com" },
      problems: [odd("author")],
    },
    {
      says: "41: a signature is passed over, whatever it holds",
      header: `${head}gpgsig -----BEGIN PGP SIGNATURE-----\n \n author Agent <agent@example.com> 1 +0000\n parent ${"b".repeat(40)}\n -----END PGP SIGNATURE-----\n`,
      author: { name: "Ann Example", email: "ann@example.com" },
      problems: [],
    },
    {
      says: "a NUL in the header leaves no message",
      header: `${tree}author Ann\0 <ann@example.com> 1 +0000\n${committer}`,
      author: { name: "Ann", email: "" },
      problems: [
        "the header holds a NUL byte, so that git shows no message",
        odd("author"),
        "the commit names no committer",
      ],
    },
  ])("$says", ({ header, author, problems }) => {
    expect(parse(header, "\nA\n")).toMatchObject({ author, problems: expect.arrayContaining(problems) });
    expect(parse(header, "\nA\n").problems).toHaveLength(problems.length);
  });

  const other = `parent ${"b".repeat(40)}\n`;
  test.each([
    { says: "a root has none", header: head, parents: 0 },
    { says: "an octopus has many", header: tree + parent + other + parent + author + committer, parents: 3 },
    {
      says: "a line of that name behind the author is no parent",
      header: tree + author + other + committer,
      parents: 0,
    },
    { says: "one behind an unknown header is none either", header: `${tree}x y\n${parent}${author}`, parents: 0 },
    { says: "a parent that is no object id is none", header: `${tree}parent HEAD\n${author}`, parents: 0 },
  ])("parents: $says", ({ header, parents }) => expect(parse(header, "\nA\n").parents).toHaveLength(parents));
});

describe("dates", () => {
  test.each([
    { says: "east of Greenwich", date: "0 +0530", at: "1970-01-01T05:30:00+05:30" },
    { says: "west of Greenwich", date: "3600 -0100", at: "1970-01-01T00:00:00-01:00" },
    { says: "an offset that no place has", date: "0 +9999", at: "1970-01-01T00:00:00+00:00" },
    { says: "no offset", date: "60", at: "1970-01-01T00:01:00+00:00" },
    { says: "beyond what a calendar holds", date: "99999999999999999999 +0000", at: "1970-01-01T00:00:00+00:00" },
    { says: "digits of another kind", date: "0x10 +0000", at: "1970-01-01T00:00:00+00:00" },
    { says: "no number", date: "yesterday", at: "1970-01-01T00:00:00+00:00" },
  ])("$says", ({ date, at }) => {
    expect(parse(tree, `author A <a@b> ${date}\n`, committer, "\nA\n").authoredAt).toBe(at);
  });
});

describe("very long messages", () => {
  test("41: 10 MB are cut to the end of the message, where trailers stand, and that is said", () => {
    const { message, problems } = parse(head, "\nSubject\n\n", "word word\n".repeat(1_000_000), "\nAssisted-by: x:1\n");
    expect(message.length).toBeLessThanOrEqual(messageLimitBytes);
    expect(message.endsWith("word word\n\nAssisted-by: x:1\n")).toBe(true);
    expect(problems).toEqual(["the message has 10000027 bytes; only the last 1000000 were read"]);
  });

  test("41: a cut inside a line does not make its second half a line", () => {
    const trailer = "Assisted-by: x:1\n";
    const fill = "y".repeat(messageLimitBytes - trailer.length - 1);
    expect(parse(head, "\nnot a trailer: ", trailer, fill, "\n").message).toBe(`${fill}\n`);
  });

  test("41: one line of 10 MB", () => {
    expect(parse(head, "\n", "x".repeat(10_000_000)).message).toBe("x".repeat(messageLimitBytes));
  });
});

test("no bytes make it throw, and what it says is always the same", () => {
  const line = fc.constantFrom(
    tree,
    parent,
    author,
    committer,
    "encoding x\n",
    " folded\n",
    "\n",
    "\0",
    "author <\n",
    "x",
  );
  const pieces = fc.array(
    fc.oneof(
      line.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
    ),
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const first = parse(...parts);
      expect(first.message).not.toContain("\0");
      expect(parse(...parts)).toEqual(first);
    }),
    { numRuns: 300 },
  );
});
