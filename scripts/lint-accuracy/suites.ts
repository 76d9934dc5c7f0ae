import type { ReadCases } from "./cases.ts";
import { readBandit } from "./read-bandit.ts";
import { readGosec } from "./read-gosec.ts";
import { readPmd } from "./read-pmd.ts";
import { readRuff } from "./read-ruff.ts";
import { ruleTesterReader } from "./read-rule-tester.ts";

/** A collection of cases that others wrote for their rules and that may be used as test data. */
export interface Suite {
  /** Also the name of the folder with its checkout. */
  name: string;
  repository: string;
  licence: string;
  /** How it says where its rule reports. */
  labels: string;
  read: ReadCases;
}

export const suites: readonly Suite[] = [
  { name: "ruff", repository: "astral-sh/ruff", licence: "MIT", labels: "lines, in snapshots", read: readRuff },
  { name: "bandit", repository: "PyCQA/bandit", licence: "Apache-2.0", labels: "findings in a file", read: readBandit },
  {
    name: "gosec",
    repository: "securego/gosec",
    licence: "Apache-2.0",
    labels: "findings in a sample",
    read: readGosec,
  },
  { name: "pmd", repository: "pmd/pmd", licence: "BSD-style", labels: "lines, else findings in a case", read: readPmd },
  {
    name: "eslint-plugin-security",
    repository: "eslint-community/eslint-plugin-security",
    licence: "Apache-2.0",
    labels: "whether a case has findings",
    read: ruleTesterReader("eslint-plugin-security", (rule) => `test/rules/${rule}.js`),
  },
  {
    name: "no-unsanitized",
    repository: "mozilla/eslint-plugin-no-unsanitized",
    licence: "MPL-2.0",
    labels: "whether a case has findings",
    read: ruleTesterReader("no-unsanitized", (rule) => `tests/rules/${rule}.js`),
  },
  {
    name: "eslint-plugin-promise",
    repository: "eslint-community/eslint-plugin-promise",
    licence: "ISC",
    labels: "whether a case has findings",
    read: ruleTesterReader("eslint-plugin-promise", (rule) => `__tests__/${rule}.js`),
  },
  {
    name: "eslint",
    repository: "eslint/eslint",
    licence: "MIT",
    labels: "whether a case has findings",
    read: ruleTesterReader("eslint", (rule) => `tests/lib/rules/${rule}.js`),
  },
  {
    name: "typescript-eslint",
    repository: "typescript-eslint/typescript-eslint",
    licence: "MIT",
    labels: "whether a case has findings",
    read: ruleTesterReader("typescript-eslint", (rule) => `packages/eslint-plugin/tests/rules/${rule}.test.ts`, "ts"),
  },
];
