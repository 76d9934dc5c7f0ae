import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeGitHub, serve } from "./fake-github.ts";
import { answerFault, operationOf } from "./openapi.ts";

/** The fake itself: it must refuse what GitHub does not document, or tests against it prove nothing. */
let fake: FakeGitHub;
let url = "";
let close: () => void;

beforeEach(async () => {
  fake = new FakeGitHub();
  ({ url, close } = await serve(fake));
});
afterEach(() => close());

const reviews = "/repos/octo/orders/pulls/12/reviews";

test.each([
  { says: "a path of nothing", path: "/repos/octo/orders/pulls/12/approvals", what: "is no operation of GitHub's" },
  { says: "another method", path: reviews, method: "PUT", what: "is no operation of GitHub's" },
  { says: "a parameter that is not there", path: `${reviews}?owner=octo`, what: "has no parameter owner" },
  { says: "a number that is none", path: `${reviews}?page=two`, what: "page data/value must be integer" },
  { says: "a path's number that is none", path: "/repos/octo/orders/pulls/x/reviews", what: "pull_number data/value" },
  { says: "too much for a page", path: `${reviews}?per_page=101`, what: "more than 100 a page" },
  {
    says: "an operation that nobody taught it",
    path: "/repos/octo/orders/labels",
    what: "the fake knows no issues/list",
  },
])("refuses $says", async ({ path, method, what }) => {
  const response = await fetch(`${url}${path}`, { method: method ?? "GET" });
  expect(response.ok).toBe(false);
  expect(fake.violations.join()).toContain(what);
});

test("finds an answer of its own that is not as described", () => {
  const operation = operationOf("GET", reviews);
  expect(operation && answerFault(operation, [])).toBeNull();
  expect(operation && answerFault(operation, [{ id: 1 }])).toContain("must have required property");
});

test("pages by Link headers, to the last page", async () => {
  fake.pulls.set(12, { author: "mona", base: "a".repeat(40), head: "b".repeat(40), commits: [], reviews: [] });
  for (let index = 0; index < 5; index += 1) fake.review(12, "ann", "COMMENTED");
  const pages = [1, 2, 3].map((page) => fetch(`${url}${reviews}?per_page=2&page=${page}`));
  const read = await Promise.all(
    pages.map(async (page) => [((await (await page).json()) as unknown[]).length, (await page).headers.get("link")]),
  );
  expect(read.map(([count]) => count)).toEqual([2, 2, 1]);
  expect(read.map(([, link]) => String(link).includes('rel="next"'))).toEqual([true, true, false]);
  expect(fake.violations).toEqual([]);
});
