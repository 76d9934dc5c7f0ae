import { describe, expect, test } from "vitest";
import { publish, unreviewed } from "../../../core/report/index.ts";
import { changeOf, judgedCase, usual } from "./judged-case.ts";

/** "AI-suggested, not yet reviewed": until another person's approval covers what stands there. */
const paths = ({ review, facts }: ReturnType<typeof judgedCase>) => unreviewed(review, facts).map(({ path }) => path);

describe("the mark", () => {
  test.each([
    { says: "stays while nobody has reviewed", rest: "", is: ["src/auth/login.ts", "src/list.ts"] },
    {
      says: "goes with an approval, whatever rule asks for it",
      rest: "reviews: [{ user: bob, state: approved }]",
      is: [],
    },
    {
      says: "stays for a comment",
      rest: "reviews: [{ user: bob, state: commented }]",
      is: ["src/auth/login.ts", "src/list.ts"],
    },
    {
      says: "stays for the author's own approval",
      rest: "reviews: [{ user: dev, state: approved }]",
      is: ["src/auth/login.ts", "src/list.ts"],
    },
    {
      says: "comes back for the file that is pushed after the approval, and for no other",
      rest: 'reviews: [{ user: bob, state: approved, commit: opened }]\npush: { files: [{ path: src/list.ts }], commits: [{ trailers: { Assisted-by: "claude-code:claude-opus-4-5" } }] }',
      is: ["src/list.ts"],
    },
  ])("$says", ({ rest, is }) => expect(paths(judgedCase({ rest }))).toEqual(is));

  test("is not for what people wrote", () => {
    expect(paths(judgedCase({ change: changeOf(["a.ts"], '{ AI-Assisted: "no" }') }))).toEqual([]);
  });

  test("names the lines, neighbours together", () => {
    const { review, facts } = judgedCase();
    expect(unreviewed(review, facts)[0]?.lines).toEqual([{ start: 1, end: 10 }]);
  });

  test("finds each of many files that an approval does not cover", () => {
    const many = Array.from({ length: 40 }, (_, index) => `src/f${index}.ts`);
    const pushed = [3, 17, 31].map((index) => `{ path: src/f${index}.ts }`).join(", ");
    const rest = `reviews: [{ user: bob, state: approved, commit: opened }]\npush: { files: [${pushed}], commits: [{ trailers: { Assisted-by: "claude-code:claude-opus-4-5" } }] }`;
    expect(paths(judgedCase({ change: changeOf(many), rest })).sort()).toEqual([
      "src/f17.ts",
      "src/f3.ts",
      "src/f31.ts",
    ]);
  });
});

describe("the summary of a check run", () => {
  test("says the decision, what is missing and who can unblock it before anything else", () => {
    const { review } = judgedCase({ change: usual });
    const [first, second] = publish(review).summary.split("\n\n");
    expect(first).toBe("## ✋ Needs approval");
    expect(second).toBe("**Missing:** approval of auth (waiting, 0 of 1)  \n**Who can unblock:** ann (auth)");
  });

  test("has nothing missing where the change may merge", () => {
    const { review } = judgedCase({ rest: "reviews: [{ user: ann, state: approved }]" });
    expect(publish(review).summary).not.toContain("**Missing:**");
    expect(publish(review).summary).not.toContain("not yet reviewed");
  });

  test("names the files that wait for a reader", () => {
    expect(publish(judgedCase().review).summary).toContain(
      "### AI-suggested, not yet reviewed: 2 files, 20 lines\n\n- `src/auth/login.ts`: lines `1–10`",
    );
  });

  test("names whoever asked for changes", () => {
    const { review } = judgedCase({ rest: "reviews: [{ user: ann, state: changes_requested }]" });
    expect(publish(review).summary).toContain("**Who can unblock:** ann, who asked for changes");
  });
});
