import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { pageKeys, signedLink } from "../../../app/pages/index.ts";
import { pullRequestKey } from "../../../app/subject.ts";
import type { Review } from "../../../core/report/index.ts";
import { plainStage } from "../../../core/stage.ts";
import { replay } from "../../../gate/run-gate.ts";
import { heldReview, mapStrings } from "../../builders.ts";
import { chromiumPath, startChromium } from "../../chromium.ts";
import { exampleFacts } from "../../example-facts.ts";
import { startGitHub } from "../../github/github.ts";
import { sampleInstallation, verdictOf } from "./pages-sample.ts";
import { servePages, type ServedPages } from "./serve-pages.ts";

/** The pages as a person meets them: in a real browser, over http, with what the server says of them. */
describe.runIf(chromiumPath !== null)("in a real Chromium", () => {
  let browser: Browser;
  const reviews = new Map<string, Review>();

  beforeAll(async () => {
    browser = await startChromium();
    reviews.set("the shipped example", (await replay(await exampleFacts(), { stage: plainStage })).review);
    reviews.set("a change that waits for people", heldReview());
    reviews.set("hostile names", hostile(heldReview()));
  });
  afterAll(() => browser.close());

  /** A page of a review, opened by a signed link. */
  async function opened(name: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const at = await servePages();
    await at.store.installations.write(sampleInstallation);
    await at.store.verdicts.append(verdictOf(reviews.get(name)!));
    const target = { owner: "octo", name: "orders", number: 7, repository: 17 };
    return open(browser, at, signedLink(target, pageKeys(at.settings, "link")[0], at.clock.now, 1), options);
  }

  const names = ["the shipped example", "a change that waits for people", "hostile names"];

  describe.each(names)("%s", (name) => {
    test.each(["light", "dark"] as const)(
      "has no fault of accessibility, and contrast enough, in %s",
      async (colorScheme) => {
        const { page } = await opened(name, { colorScheme });
        expect(await faultsOf(page)).toEqual({ faults: [], contrasts: true });
      },
    );

    test("fits a screen of 320 pixels, also with large letters", async () => {
      const { page } = await opened(name, { viewport: { width: 320, height: 640 } });
      expect(await widthOf(page)).toBeLessThanOrEqual(320);
      await page.evaluate(`document.documentElement.style.fontSize = "200%"`);
      expect(await widthOf(page)).toBeLessThanOrEqual(320);
    });

    test("asks for nothing else, runs nothing, and breaks none of its own rules", async () => {
      const { page, told } = await opened(name);
      expect(told).toEqual({ requests: 1, dialogs: 0, messages: [] });
      expect(await page.evaluate<number>("document.scripts.length + document.images.length")).toBe(0);
      expect(await page.locator("iframe, object, embed, [onerror], [onclick]").count()).toBe(0);
    });

    test("leads to this page and to the pull request on GitHub alone", async () => {
      const { page } = await opened(name);
      const targets = await page.evaluate<string[]>("[...document.links].map(({ href }) => href)");
      const others = targets.filter((target) => !target.startsWith(page.url()));
      expect([...new Set(others)]).toEqual(["https://github.com/octo/orders/pull/7"]);
    });
  });

  test("without JavaScript everything is there, and what is folded opens by keyboard", async () => {
    const { page } = await opened("a change that waits for people", { javaScriptEnabled: false });
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Needs approval: octo/orders #7");
    for (const heading of [
      "What to do",
      "Approvals",
      "Who wrote it",
      "Files",
      "Why: the tree of reasons",
      "History of verdicts",
    ])
      expect(await page.getByRole("heading", { name: heading, exact: true }).isVisible(), heading).toBe(true);
    const folded = page.locator("details:not([open])").first();
    await folded.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("details:not([open])").count()).toBeLessThan(await page.locator("details").count());
  });

  test("by keyboard alone: past the header at once, through everything in order, and the focus is seen", async () => {
    const { page } = await opened("a change that waits for people");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatchObject({ text: "Skip to the content", isInView: true });
    await page.keyboard.press("Enter");
    expect(await page.evaluate<string>("document.activeElement.id")).toBe("main");
    const all = await page.locator("main a, main summary, main [tabindex='0']").count();
    const seen = [];
    for (let step = 0; step < all; step += 1) {
      await page.keyboard.press("Tab");
      seen.push(await focused(page));
    }
    expect(all).toBeGreaterThan(10);
    expect(seen.filter(({ isInView, isOutlined }) => !isInView || !isOutlined)).toEqual([]);
    expect(seen.map(({ top }) => top)).toEqual(seen.map(({ top }) => top).toSorted((a, b) => a - b));
  });

  test("its landmarks, headings and tables are told to whoever cannot see it", async () => {
    const { page } = await opened("a change that waits for people");
    for (const role of ["banner", "main", "contentinfo", "navigation"] as const)
      expect(await page.getByRole(role).count(), role).toBe(1);
    const levels = await page.evaluate<number[]>(
      '[...document.querySelectorAll("h1, h2, h3")].map(({ tagName }) => Number(tagName[1]))',
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
    for (const table of await page.getByRole("table").all()) {
      expect(await table.locator("caption").innerText()).not.toBe("");
      expect(await table.getByRole("columnheader").count()).toBeGreaterThan(1);
      expect(await table.getByRole("rowheader").count()).toBeGreaterThan(0);
    }
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
  });

  test("hostile names are read as they stand, in their own direction", async () => {
    const { page } = await opened("hostile names");
    expect(await page.locator("body").innerText()).toContain("<script>hit()</script>");
    expect(await page.locator("body").innerText()).not.toContain("\u202e");
    expect(await page.evaluate<boolean>('"hit" in globalThis')).toBe(false);
  });

  test.each(["/pr/octo/orders/7", "/pr/octo", "/sign-in/return"])(
    "%s, for whoever is not signed in, is as accessible",
    async (path) => {
      const { page } = await open(browser, await servePages(), path, { viewport: { width: 320, height: 640 } });
      expect((await faultsOf(page)).faults).toEqual([]);
      expect(await widthOf(page)).toBeLessThanOrEqual(320);
    },
  );

  test("a person signs in at GitHub, sees the page, and signs out, without JavaScript", async () => {
    const github = await startGitHub();
    onTestFinished(() => github.close());
    const orders = github.repository("octo/orders", { isPrivate: true });
    github.user("ann");
    orders.collaborator("ann", "read");
    github.signIn("ann");
    const { settings } = await servePages();
    const app = { ...settings.app, client: { id: github.app.clientId, secret: github.app.clientSecret } };
    const at = await servePages({ app, github: { webUrl: github.url, apiUrl: github.apiUrl } });
    await at.store.verdicts.append(
      verdictOf(heldReview(), { subject: pullRequestKey(orders.id, 7), repository: orders.id }),
    );
    const { page } = await open(browser, at, "/pr/octo/orders/7", { javaScriptEnabled: false });
    await page.getByRole("link", { name: "Sign in with GitHub" }).click();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Needs approval: octo/orders #7");
    expect(page.url()).toBe(`${at.origin}/pr/octo/orders/7`);
    await page.getByRole("button", { name: "Sign out ann" }).click();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Signed out");
    await page.goto(`${at.origin}/pr/octo/orders/7`);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Sign in");
    expect(github.violations).toEqual([]);
  });
});

interface Opened {
  page: Page;
  context: BrowserContext;
  told: { requests: number; dialogs: number; messages: string[] };
}

async function open(
  browser: Browser,
  { origin }: ServedPages,
  path: string,
  options: BrowserContextOptions,
): Promise<Opened> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const told: Opened["told"] = { requests: 0, dialogs: 0, messages: [] };
  page.on("request", () => (told.requests += 1));
  page.on("console", (message) => told.messages.push(message.text()));
  page.on("pageerror", (error) => told.messages.push(error.message));
  page.on("dialog", (dialog) => {
    told.dialogs += 1;
    void dialog.dismiss();
  });
  await page.goto(`${origin}${path}`, { waitUntil: "load" });
  return { page, context, told };
}

/** What axe finds, and whether it could compute the contrast of any text at all. */
async function faultsOf(page: Page): Promise<{ faults: string[]; contrasts: boolean }> {
  await page.evaluate(axe.source);
  const { violations, passes, incomplete } = await page.evaluate<AxeResults>("axe.run()");
  const unsure = incomplete.filter(({ id }) => id === "color-contrast");
  const faults = [...violations, ...unsure].map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(" ")
        .slice(0, 300)}`,
  );
  return { faults, contrasts: passes.some(({ id, nodes }) => id === "color-contrast" && nodes.length > 0) };
}

function widthOf(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth");
}

/** What has the focus, whether a person can see it, and that it has. */
function focused(page: Page): Promise<{ text: string; top: number; isInView: boolean; isOutlined: boolean }> {
  return page.evaluate(`(() => {
    const element = document.activeElement;
    const { top, left, bottom } = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      text: element.textContent.trim().slice(0, 40),
      top: top + scrollY,
      isInView: left >= 0 && bottom > 0 && top < innerHeight,
      isOutlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    };
  })()`);
}

/** A review with names that would be something else if they could: markup, turned around, without end. */
function hostile(review: Review): Review {
  const texts = [
    "<script>hit()</script><img src=x onerror=hit()>",
    `\u202e"><svg onload=hit()>\u2066`,
    `x${"ä̈".repeat(40)}${"W".repeat(400)}`,
  ];
  let next = 0;
  return mapStrings(review, (value, path) => {
    if (
      !/(subject|summary|says|fix|area|user|users|teams|title|path|notes|nextSteps|owner|by|agent|model)(\[\d+\])?$/.test(
        path,
      )
    )
      return value;
    next += 1;
    return `${texts[next % texts.length] ?? ""}${value}`;
  });
}
