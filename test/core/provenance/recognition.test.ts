import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { changeSignals } from "../../../core/provenance/signals/change-signals.ts";
import { commitProvenance } from "../../../core/provenance/commit-provenance.ts";
import { tools, type Tool } from "../../../core/provenance/tools/tools.ts";

/** What holds for every row of the table: letters may be of either case, and a first name is nobody's mark. */

const person = "person@example.com";

/** The text with some of its letters in the other case, chosen by the bits of `mask`. */
function recased(text: string, mask: readonly boolean[]): string {
  return Array.from(text, (letter, index) => {
    if (mask.length === 0 || mask[index % mask.length] !== true) return letter;
    return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  }).join("");
}

const masks = fc.array(fc.boolean(), { minLength: 1, maxLength: 24 });

function judged(author: { name: string; email: string }, message = "Fix the door\n") {
  const { verdict, agent } = commitProvenance({ sha: "0".repeat(40), author, committer: author, message }, []);
  return { verdict, agent };
}

/** As each identity of the tool signs a commit. */
function authorsOf(tool: Tool): { name: string; email: string }[] {
  return (tool.identities ?? []).map(({ login, id, mail, names }) => ({
    name: names?.[0] ?? "x",
    email: mail ?? `${id ?? 1}+${login ?? ""}@users.noreply.github.com`,
  }));
}

/** A message for each trailer and footer of the tool. */
function messagesOf(tool: Tool): string[] {
  const values = (tool.trailers ?? []).map(
    ({ key, values: known, parts }) => `${key}: ${known?.[0] ?? parts?.[0] ?? "1"}`,
  );
  const footers = (tool.footers ?? []).map((footer) => `${footer}(https://example.com)`);
  return [...values, ...footers];
}

describe("letters in either case change nothing", () => {
  const authors = tools.flatMap((tool) => authorsOf(tool).map((author) => ({ id: tool.id, ...author })));
  const lines = tools.flatMap((tool) => messagesOf(tool).map((line) => ({ id: tool.id, line })));

  test.each(authors)("$id: $email", ({ name, email }) => {
    const plain = judged({ name, email });
    expect(plain.verdict).not.toBe("undeclared");
    const recase = (mask: boolean[]) => judged({ name: recased(name, mask), email: recased(email, mask) });
    fc.assert(
      fc.property(masks, (mask) => {
        expect(recase(mask)).toEqual(plain);
      }),
      { numRuns: 10 },
    );
  });

  test.each(lines)("$id: $line", ({ line }) => {
    const author = { name: "Ann Example", email: "ann@example.com" };
    const plain = judged(author, `Fix the door\n\n${line}\n`);
    expect(plain.verdict).not.toBe("undeclared");
    fc.assert(
      fc.property(masks, (mask) => {
        expect(judged(author, `Fix the door\n\n${recased(line, mask)}\n`)).toEqual(plain);
      }),
      { numRuns: 10 },
    );
  });

  test.each(authors)("$id as co-author: $email", ({ name, email }) => {
    const author = { name: "Ann Example", email: "ann@example.com" };
    const message = (mask: boolean[]) => recased(`Co-authored-by: ${name} <${email}>`, mask);
    const plain = judged(author, `Fix\n\n${message([])}\n`);
    fc.assert(
      fc.property(masks, (mask) => {
        expect(judged(author, `Fix\n\n${message(mask)}\n`)).toEqual(plain);
      }),
      { numRuns: 10 },
    );
  });
});

describe("a person who is called as a tool is", () => {
  const names = tools.flatMap((tool) => [tool.id, ...(tool.names ?? [])].map((name) => ({ name })));
  const surnames = fc.constantFrom("Lastname", "Example", "de la Cruz", "O'Neil", "Müller", "J. Sample", "Jr.");
  const say = (line: string) => judged({ name: "Ann Example", email: "ann@example.com" }, `Fix\n\n${line}\n`).verdict;

  test.each(names)("$name", ({ name }) => {
    fc.assert(
      fc.property(surnames, (surname) => {
        const whole = `${name} ${surname}`;
        expect(judged({ name: whole, email: person }).verdict).toBe("undeclared");
        expect(say(`Co-authored-by: ${whole} <${person}>`)).toBe("undeclared");
        expect(say(`Signed-off-by: ${whole} <${person}>`)).toBe("undeclared");
        expect(say(`Reviewed-by: ${whole} <${person}>`)).toBe("undeclared");
      }),
      { numRuns: 7 },
    );
    expect(judged({ name, email: person }).verdict).toBe("undeclared");
  });

  test.each(names)("$name as the account of a person", ({ name }) => {
    const marks = { author: name.toLowerCase(), authorType: "User", body: "", labels: [] };
    const signals = changeSignals({ branch: absent("not given"), pullRequest: present(marks) });
    // Some tools act through accounts that the platform counts as a person's.
    const own = tools.some(
      ({ kind, identities }) =>
        kind === "agent" && identities?.some(({ login }) => login?.toLowerCase() === marks.author),
    );
    expect(signals.length > 0).toBe(own);
  });
});
