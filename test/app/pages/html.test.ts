import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Address, Html, html, styleElement } from "../../../app/pages/html.ts";
import { canaries, secretPart } from "../../untrusted-canaries.ts";

describe("a text in a slot is only text", () => {
  test.each([
    { says: "markup", text: "<img src=x onerror=alert(1)>", is: "&#60;img src=x onerror=alert(1)&#62;" },
    { says: "the end of an attribute", text: `" onclick='x`, is: "&#34; onclick=&#39;x" },
    { says: "an entity", text: "&lt;b&gt;", is: "&#38;lt;b&#38;gt;" },
    { says: "a turn of the direction of reading", text: "a\u202eb\u2066c", is: "abc" },
    { says: "invisible characters", text: "a\u200b\u{e0041}b", is: "ab" },
    { says: "a new line", text: "a\r\nb", is: "a b" },
    { says: "a number", text: 12, is: "12" },
    { says: "nothing", text: null, is: "" },
  ])("$says", ({ text, is }) => {
    expect(html`<p title="${text}">${text}</p>`.toString()).toBe(`<p title="${is}">${is}</p>`);
  });

  test("whatever it is, it ends neither the attribute nor the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const page = html`<p title="${text}">${text}</p>`.toString();
        expect(
          page
            .replaceAll(/&#\d+;/g, "")
            .match(/[<>"'`&]/g)
            ?.join(""),
        ).toBe(`<"">` + "<>");
      }),
      { numRuns: 50 },
    );
  });

  test("pieces stay pieces, in lists too", () => {
    const items = ["a", "<"].map((text) => html`<li>${text}</li>`);
    expect(html`<b>${items}</b>`.toString()).toBe("<b><li>a</li><li>&#60;</li></b>");
  });

  test.each(canaries)("a secret of the kind $kind is not shown", (canary) => {
    expect(html`<p>${`x ${canary.value} y`}</p>`.toString()).not.toContain(secretPart(canary));
  });

  test("a text without end is cut", () => {
    expect(html`${"a".repeat(1_000_000)}`.toString().length).toBeLessThan(2_001);
  });
});

describe("a template that could become something else throws", () => {
  const text = "x";
  test.each([
    { says: "an attribute without quotes", make: () => html`<p title=${text}></p>` },
    { says: "a slot among attributes", make: () => html`<p ${text}></p>` },
    { says: "one half of an address", make: () => html`<a href="/${text}"></a>` },
    { says: "a slot behind an attribute", make: () => html`<p title="a" ${text}></p>` },
    { says: "an address from a text", make: () => html`<a href="${"javascript:alert(1)"}">x</a>` },
    { says: "the target of a form from a text", make: () => html`<form action="${text}"></form>` },
    { says: "markup inside a tag", make: () => html`<p title="${html`<b></b>`}"></p>` },
    { says: "a piece that html did not make", make: () => new Html(Symbol("made by html") as never, "<script>") },
    { says: "an address of another host", make: () => new Address("//example.com") },
    { says: "the same with a backslash", make: () => new Address("/\\example.com") },
    { says: "a style with a tag", make: () => styleElement("</style><script>") },
  ])("$says", ({ make }) => {
    expect(make).toThrow(TypeError);
  });

  test("an address is a path of ours, or of the GitHub that is named", () => {
    const address = new Address("/octo/orders/pull/7", new URL("https://github.example.com"));
    expect(html`<a href="${address}">x</a>`.toString()).toBe(
      `<a href="https://github.example.com/octo/orders/pull/7">x</a>`,
    );
  });
});
