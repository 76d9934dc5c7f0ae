/** One setting: its name in the environment and in the settings file alike. */
export interface SettingRow {
  name: string;
  /**
   * `app`: part of who the App is. As soon as one of these is given, all that it needs must be: there is no set-up page
   * then, and no default. `secret`: besides, it must be long and nobody's guess.
   */
  kind: "app" | "secret" | "place" | "limit" | "choice";
  /** What it is, as a sentence for docs/operations.md. */
  says: string;
  /** What holds where it is not given, in words; "" where nothing does. */
  standard: string;
}

/** Every setting of the App, in the order of the documents. */
export const settingRows = [
  {
    name: "APP_ID",
    kind: "app",
    says: "The App's number, from its page on GitHub.",
    standard: "",
  },
  {
    name: "PRIVATE_KEY",
    kind: "app",
    says: "The App's private key: the text of the `.pem` file, with line breaks or `\\n`, or all of it in base64.",
    standard: "",
  },
  {
    name: "PRIVATE_KEY_PATH",
    kind: "app",
    says: "The file that holds the private key, in place of `PRIVATE_KEY`.",
    standard: "",
  },
  {
    name: "WEBHOOK_SECRET",
    kind: "secret",
    says: "What GitHub signs deliveries with. 16 characters at least; `openssl rand -hex 32` makes a good one.",
    standard: "",
  },
  {
    name: "WEBHOOK_SECRET_PREVIOUS",
    kind: "secret",
    says: "The secret before it, while GitHub may still sign with that one. Take it away when the rotation is over.",
    standard: "none",
  },
  {
    name: "GITHUB_CLIENT_ID",
    kind: "app",
    says: "The App's client id, for signing in to the status pages.",
    standard: "no sign-in: signed links alone",
  },
  {
    name: "GITHUB_CLIENT_SECRET",
    kind: "secret",
    says: "The App's client secret, which goes with the client id.",
    standard: "no sign-in: signed links alone",
  },
  {
    name: "GHE_HOST",
    kind: "place",
    says: "The host of a GitHub Enterprise Server, or `NAME.ghe.com`; with its port where it has one.",
    standard: "github.com",
  },
  {
    name: "GHE_PROTOCOL",
    kind: "place",
    says: "`https`, or `http` for a server on loopback.",
    standard: "https",
  },
  {
    name: "HOST",
    kind: "place",
    says: "The address to listen on. `0.0.0.0` for all; a proxy in front has to bring TLS.",
    standard: "127.0.0.1",
  },
  { name: "PORT", kind: "place", says: "The port to listen on.", standard: "3000" },
  {
    name: "COUNTERSIGN_PUBLIC_URL",
    kind: "place",
    says: "The address under which people and GitHub reach the App; links to status pages begin with it.",
    standard: "no links to status pages",
  },
  {
    name: "COUNTERSIGN_DATA",
    kind: "place",
    says: "The folder for the settings file, the embedded database and the mirrors of repositories.",
    standard: "countersign-data in the current folder",
  },
  {
    name: "COUNTERSIGN_SETTINGS",
    kind: "place",
    says: "The settings file: a JSON object with the names of this table. The environment goes before it. Read from the environment alone.",
    standard: "settings.json in the data folder",
  },
  {
    name: "DATABASE_URL",
    kind: "place",
    says: "A PostgreSQL database, `postgres://…`, which several instances may share.",
    standard: "SQLite in the data folder",
  },
  {
    name: "COUNTERSIGN_METRICS_TOKEN",
    kind: "choice",
    says: "What a scraper of `/metrics` has to send as a bearer token. 16 characters at least.",
    standard: "anybody who reaches the port reads the metrics; they name no repository",
  },
  {
    name: "COUNTERSIGN_COMMENT",
    kind: "choice",
    says: "`on` for one comment on the pull request, which is kept up to date beside the check.",
    standard: "off",
  },
  {
    name: "COUNTERSIGN_LABELS",
    kind: "choice",
    says: "The four labels, in this order, with commas between them: AI-assisted, AI-authored, provenance missing, waiting for an owner.",
    standard: "ai-assisted, ai-authored, provenance-missing, needs-owner-approval",
  },
  {
    name: "COUNTERSIGN_BODY_LIMIT_MB",
    kind: "limit",
    says: "The largest delivery that is taken, 1 to 25. GitHub sends none above 25 MB.",
    standard: "25",
  },
  {
    name: "COUNTERSIGN_BODIES_AT_ONCE",
    kind: "limit",
    says: "How many deliveries are received at the same time, 1 to 1,000. Further ones are answered 503.",
    standard: "300",
  },
  {
    name: "COUNTERSIGN_EVALUATIONS_AT_ONCE",
    kind: "limit",
    says: "How many pull requests an instance judges at the same time, 1 to 64.",
    standard: "4",
  },
  {
    name: "COUNTERSIGN_MIRROR_LIMIT_MB",
    kind: "limit",
    says: "What the mirrors of repositories may take on the disk together, 100 to 1,000,000. The least used goes first.",
    standard: "10,000",
  },
] as const satisfies readonly SettingRow[];

/** The name of a setting. */
export type SettingName = (typeof settingRows)[number]["name"];
