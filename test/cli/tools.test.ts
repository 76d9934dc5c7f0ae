import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { tools } from "../../core/provenance/index.ts";
import { runCommand } from "../command-line.ts";

/** `countersign tools`: the table of known tools. */

describe("the whole table", () => {
  test("has one line for each tool, in the table's order", async () => {
    const { code, stdout } = await runCommand(["tools"]);
    const ids = stdout.split("\n").map((line) => line.split(" ")[0]);
    expect(code).toBe(0);
    expect(ids.slice(1, tools.length + 1)).toEqual(tools.map(({ id }) => id));
  });

  test.each([40, 60, 80, 120, 200])("fits %i columns", async (columns) => {
    const { stdout } = await runCommand(["tools"], { terminal: { columns, color: false } });
    expect(stdout.split("\n").filter((line) => stringWidth(line) > columns)).toEqual([]);
    expect(stdout).toContain("claude-code");
  });

  test("says where a mark is known from with the tool alone, where there is room for it", async () => {
    const terminal = { columns: 100, color: false };
    const [all, one] = [await runCommand(["tools"], { terminal }), await runCommand(["tools", "entire"], { terminal })];
    expect(all.stdout).not.toContain("public histories");
    expect(all.stdout).toContain("`countersign tools <id>`");
    expect(one.stdout).toContain("the tool's own source (its trailers) and public histories");
  });

  test("as JSON it is the table itself", async () => {
    const { code, stdout } = await runCommand(["tools", "--json"]);
    expect({ code, rows: JSON.parse(stdout) as unknown }).toEqual({ code: 0, rows: tools });
  });
});

describe("chosen tools", () => {
  test.each(tools.map((tool) => ({ id: tool.id, tool })))("$id shows all of its marks", async ({ id, tool }) => {
    const { code, stdout } = await runCommand(["tools", id], { terminal: { columns: 200, color: false } });
    const marks = [
      ...(tool.identities ?? []).flatMap(({ login, mail, names = [] }) => [login ?? [], mail ?? [], names].flat()),
      ...(tool.trailers ?? []).flatMap(({ key, values = [] }) => [key, ...values]),
      ...[tool.names ?? [], tool.footers ?? [], tool.links ?? [], tool.branches ?? [], tool.labels ?? []].flat(),
      ...[tool.nameSuffix ?? [], tool.subject ?? [], tool.source].flat(),
    ];
    expect(code).toBe(0);
    expect(marks.filter((mark) => !stdout.includes(mark))).toEqual([]);
  });

  test.each([
    { word: "Claude", id: "claude-code" },
    { word: "github copilot", id: "copilot" },
    { word: "AIDER", id: "aider" },
  ])("$word is known by name", async ({ word, id }) => {
    const { stdout } = await runCommand(["tools", word, "--json"]);
    expect((JSON.parse(stdout) as { id: string }[]).map((tool) => tool.id)).toEqual([id]);
  });

  test.each([
    { says: "a slip", word: "claude-cod", fix: "Did you mean claude-code? `countersign tools` lists them all." },
    { says: "anything else", word: "zzzzzzzzzzzz", fix: "`countersign tools` lists them." },
    { says: "an escape sequence", word: "\u001b[31mx", fix: "`countersign tools` lists them." },
  ])("$says is a mistake", async ({ word, fix }) => {
    const { code, stdout, stderr } = await runCommand(["tools", "aider", word]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(`is no tool of the table.\n  ${fix}\n`);
    expect(stderr).not.toContain("\u001b");
  });
});
