import webhooks from "@octokit/webhooks-examples";
import { expect, test } from "vitest";
import * as z from "zod";
import { events } from "../../../app/inbox/events.ts";
import { readShape } from "../../../app/ingress/shape.ts";

const examples = z
  .array(z.object({ name: z.string(), examples: z.array(z.unknown()) }))
  // Its types speak of named exports, and it has one value.
  .parse(webhooks)
  .flatMap(({ name, examples: each }) =>
    each.map((body, index) => ({ name, index, body: Buffer.from(JSON.stringify(body)) })),
  );
/** They have nothing of their own, and say no more than that a repository is to be looked at again. */
const bare = ["public", "repository"];
const known = [...new Set([...events.keys()].map((event) => event.split(".")[0] ?? ""))].filter(
  (name) => !bare.includes(name),
);

test("there are examples of many events", () => expect(examples.length).toBeGreaterThan(250));

test.each([...new Set(examples.map((example) => example.name))])("every example of %s has its shape", (name) => {
  const refused = examples
    .filter((example) => example.name === name)
    .flatMap(({ index, body }) => {
      const read = readShape(name, body);
      return "problem" in read ? [`${index}: ${read.problem}`] : [];
    });
  expect(refused).toEqual([]);
});

test.each(known)("no example of another event passes for one of %s that changes anything", (name) => {
  const passed = examples
    .filter((example) => example.name !== name && "text" in readShape(name, example.body))
    .filter(({ body }) => events.has([name, actionOf(body)].filter((part) => part !== undefined).join(".")))
    .map((example) => `${example.name} ${example.index}`);
  expect(passed).toEqual([]);
});

function actionOf(body: Buffer): string | undefined {
  const payload: { action?: string } = JSON.parse(body.toString());
  return payload.action;
}
