import type { Assertion } from "./assertions.ts";

/** Whether an assertion of the same subject lets more pass than the one it stands for. */
export function isWeaker(was: Assertion, now: Assertion): boolean {
  const isDenied = ({ matcher }: Assertion) => /(?:^|\.)not\./.test(matcher);
  if (isDenied(was) !== isDenied(now)) return false;
  const [before, after] = [strengthOf(was), strengthOf(now)];
  return before !== null && after !== null && after < before;
}

/** What is said of it. */
export function weakness(was: Assertion, now: Assertion): string {
  return was.matcher === now.matcher
    ? "This assertion no longer says what it expects."
    : "This assertion lets more pass than the one that stood here before.";
}

/** 3: one value; 2: a part of it, or how often; 1: that there is something; null: not known. */
function strengthOf({ matcher, expected }: Assertion): number | null {
  const word = matcher.replace(/^(?:assert\.|to\.|be\.|not\.|resolves\.|rejects\.)+/, "");
  if (/^is\s+not$/.test(word)) return 1;
  if (/^(?:raises|warns|assertRaises|toThrow|toThrowError|throws|rejects)$/.test(word))
    return expected === null ||
      /^(?:Base)?Exception$|^(?:Throwable|Exception|Error|RuntimeException)(?:\.class)?$/.test(expected.text)
      ? 1
      : 2;
  if (exact.has(word)) return 3;
  if (partial.has(word)) return 2;
  return loose.has(word) ? 1 : null;
}

const set = (names: string) => new Set(names.split(" "));
const exact = set(
  "toBe toEqual toStrictEqual equal equals eql strictEqual deepEqual deepStrictEqual is deep.equal assertEqual assertEquals assertSame " +
    "assertListEqual assertDictEqual isEqualTo isSameAs Equal EqualValues JSONEq Same == === toHaveLength toBeNull assertArrayEquals " +
    "toHaveBeenCalledWith toHaveBeenCalledExactlyOnceWith assert_called_once_with assert_called_with",
);
const partial = set(
  "toMatchObject toContain toContainEqual toMatch toHaveProperty include includes contain match assertIn assertContains contains " +
    "containsString Contains Subset ElementsMatch in toBeGreaterThan toBeLessThan toBeGreaterThanOrEqual toBeCloseTo assertGreater assertAlmostEqual " +
    "toHaveBeenCalledTimes assert_called_once GreaterOrEqual Greater isGreaterThan startsWith hasSize Len",
);
const loose = set(
  "toBeTruthy toBeFalsy toBeDefined toBeUndefined exist exists ok isOk truthy toBeInstanceOf assertTrue assertIsNotNone assertNotNull isNotNull isNotEmpty " +
    "NotNil NotEmpty assertIsInstance assertIsNone assert != toHaveBeenCalled assert_called called isTrue True assertNotEqual NotEqual anything",
);
