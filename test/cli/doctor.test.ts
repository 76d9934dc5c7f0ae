import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appManifest } from "../../app/setup/app-manifest.ts";
import { runCommand, type CommandResult } from "../command-line.ts";
import { startGitHub, type GitHub } from "../github/github.ts";
import type { RepositoryHandle } from "../github/repository.ts";
import { newFolder, runGit } from "../git-repository.ts";

/** `countersign doctor` against a GitHub that remembers: what it reads, with which rights, and what it says of it. */

let github: GitHub;
let orders: RepositoryHandle;

const policy =
  'version: 1\nmode: enforce\nrules:\n  - id: known\n    when: { paths: ["**"] }\n    require: { second_human: true }\n';

beforeEach(async () => {
  github = await startGitHub();
  orders = github.repository("octo/orders", { files: { "a.ts": "1\n" } });
});
afterEach(() => github.close());

/** GitHub has it; the trimmed description that the double is held to has not. */
const unknownToTheDouble = expect.stringContaining("/repos/octo/orders/actions/permissions/workflow");

/** What the App is told by its environment. */
function appSettings(rest: Record<string, string> = {}): Record<string, string> {
  const { host } = new URL(github.url);
  return {
    ...{
      APP_ID: String(github.app.id),
      PRIVATE_KEY: github.app.privateKey,
      WEBHOOK_SECRET: "a secret of many letters",
    },
    ...{ GHE_HOST: host, GHE_PROTOCOL: "http", COUNTERSIGN_PUBLIC_URL: "https://gate.example.com" },
    ...rest,
  };
}

function token(login = "octo-owner"): Record<string, string> {
  return { GITHUB_TOKEN: github.userToken(login), GITHUB_API_URL: github.apiUrl };
}

function doctor(environment: Record<string, string>, ...args: string[]): Promise<CommandResult> {
  const cwd = newFolder();
  return runCommand(["doctor", "--repository", "octo/orders", ...args], { environment, cwd });
}

async function told(environment: Record<string, string>, ...args: string[]): Promise<string[]> {
  const { stdout } = await doctor(environment, "--json", ...args);
  const { advice } = JSON.parse(stdout) as { advice: { level: string; topic: string; what: string }[] };
  return advice.map(({ level, topic, what }) => `${level} ${topic}: ${what}`);
}

function cloneOf({ path }: RepositoryHandle): string {
  const folder = newFolder();
  runGit(folder, ["clone", "--quiet", path, "."]);
  return folder;
}

/** The App as app.yml has it, installed, and required. */
function setUp(): void {
  const { permissions, events } = appManifest();
  github.app.permissions = Object.fromEntries(permissions.map(({ name, access }) => [name, access]));
  github.app.events = [...events];
  github.install("octo");
  orders.rule("main", "required_status_checks", {
    required_status_checks: [{ context: "countersign", integration_id: github.app.id }],
    strict_required_status_checks_policy: false,
  });
}

test("with a token and the App's settings everything is looked at", async () => {
  setUp();
  orders.push("main", { files: { ".github/countersign.yml": policy, CODEOWNERS: "* @octo-owner\n" } });
  // Named last: nothing is sent there.
  github.app.webhookUrl = "https://gate.example.com/webhook";
  const lines = await told({ ...token(), ...appSettings() }, "--repo", cloneOf(orders));
  expect(lines.filter((line) => !line.startsWith("sound"))).toEqual([
    "unread required check: Who may go past the rules was not looked at: GitHub tells it to whoever may change the rules alone.",
    expect.stringContaining("unread approvals"),
  ]);
  expect(lines).toContain("sound required check: The check `countersign` is required on main, from this App.");
  expect(lines).toContainEqual(expect.stringMatching(/^sound policy: .github\/countersign.yml loads: 1 rule,/));
});

test("with the App's settings alone, the App reads in its own name", async () => {
  setUp();
  const lines = await told(appSettings());
  expect(lines).toContain("sound required check: The check `countersign` is required on main, from this App.");
  expect(lines).toContain(
    "unread policy: The policy and CODEOWNERS was not looked at: this is no clone of the repository.",
  );
});

describe("what is wrong is found where it is", () => {
  test("nothing is required", async () => {
    const { code, stdout } = await doctor({ ...token(), ...appSettings() });
    expect(code).toBe(1);
    expect(stdout).toContain("✗ required check: The check `countersign` is not required on main.");
  });

  test("the classic protection requires it from any source", async () => {
    orders.protect("main", {
      required_status_checks: { contexts: ["countersign"], checks: [{ context: "countersign", app_id: null }] },
    });
    const lines = await told(token());
    expect(lines).toContain("error required check: The check `countersign` is required on main from any source.");
    expect(github.violations).toEqual([unknownToTheDouble]);
  });

  test("fault 74: another App and a status go by our name on an open pull request", async () => {
    setUp();
    orders.push("topic", { files: { "a.ts": "2\n" } });
    const pull = orders.pullRequest({ head: "topic" });
    orders.checkRun(orders.tip("topic"), "countersign");
    orders.status(orders.tip("topic"), "countersign", "success");
    expect(pull.number).toBeGreaterThan(0);
    const lines = await told({ ...token(), ...appSettings() });
    expect(lines.filter((line) => line.includes("same name"))).toEqual([
      "warning same name: The App github-actions (15368) publishes `countersign`, too.",
      "warning same name: A commit status publishes `countersign`, too.",
    ]);
  });

  test("the App lacks a right, an event and its webhooks", async () => {
    setUp();
    github.app.permissions = { ...github.app.permissions, checks: "read" };
    github.app.events = github.app.events.filter((event) => event !== "merge_group");
    github.app.webhookUrl = "https://old.example.com/webhook";
    const lines = await told({ ...token(), ...appSettings() });
    expect(lines).toContain("error the App: The App lacks `checks: write`.");
    expect(lines).toContain("error the App: The App does not hear of merge_group.");
    expect(lines).toContain(
      "error webhooks: Webhooks go to https://old.example.com/webhook, and the App is at https://gate.example.com/webhook.",
    );
  });

  test("webhooks that do not arrive", async () => {
    github.app.webhookUrl = "http://127.0.0.1:9/webhook";
    setUp();
    await github.settled();
    const lines = await told({ ...token(), ...appSettings() });
    expect(lines).toContainEqual(
      expect.stringMatching(/^warning webhooks: (\d+) of the latest \1 webhooks did not arrive/),
    );
  });

  test("a policy that does not load, and a workflow that is skipped", async () => {
    const workflow =
      "on: { pull_request: { paths: [src] } }\njobs:\n  gate:\n    steps:\n      - uses: x/countersign@v1\n";
    const files = { ".github/countersign.yml": "version: 1\nrulez: []\n", ".github/workflows/gate.yml": workflow };
    orders.push("main", { files });
    const lines = await told(token(), "--repo", cloneOf(orders));
    expect(lines).toContainEqual(expect.stringMatching(/^error policy: .github\/countersign.yml:2:\d+ CS\d+ /));
    expect(lines).toContain("error workflows: .github/workflows/gate.yml: `pull_request.paths` keeps it from running.");
  });
});

describe("what cannot be read is told, and never passes", () => {
  test("without a token and settings", async () => {
    const { code, stdout } = await doctor({});
    expect(code).toBe(2);
    expect(stdout).toContain("? required check:");
    expect(stdout).toContain("there is no token");
    expect(stdout).toContain("the App's settings were not given");
    expect(github.requests).toEqual([]);
  });

  test("settings that are not sound are told with what is wrong about them, and no secret", async () => {
    const lines = await told({ ...token(), ...appSettings({ WEBHOOK_SECRET: "changeme" }) });
    const [line = ""] = lines.filter((each) => each.includes("the App:"));
    expect(line).toMatch(
      /^unread the App: The App was not looked at: the App's settings are not sound: WEBHOOK_SECRET /,
    );
    expect(lines.join()).not.toContain("changeme");
  });

  test("a token that GitHub does not know", async () => {
    const { code, stdout } = await doctor({ GITHUB_TOKEN: "ghp_unknown", GITHUB_API_URL: github.apiUrl });
    expect(code).toBe(2);
    expect(stdout).toContain("GitHub answered 401");
  });

  test("no repository that is named", async () => {
    const { code, stderr } = await runCommand(["doctor"], { cwd: newFolder() });
    expect(code).toBe(3);
    expect(stderr).toContain("--repository owner/name");
  });
});
