import { expect, test } from "vitest";
import { readConfig } from "../src/config.ts";

const SESSION_SECRET = "a secret for tests only";

test("the environment is read with its defaults", () => {
  expect(readConfig({ SESSION_SECRET, PORT: "9000" })).toMatchObject({ port: 9000, taxPercent: 20 });
});

test("a missing or short secret stops the start", () => {
  expect(() => readConfig({})).toThrow("SESSION_SECRET must be set");
  expect(() => readConfig({ SESSION_SECRET: "short" })).toThrow("SESSION_SECRET must be set");
});

test("a number that is none stops the start", () => {
  expect(() => readConfig({ SESSION_SECRET, PORT: "http" })).toThrow(
    'PORT must be a whole number, got "http"',
  );
});
