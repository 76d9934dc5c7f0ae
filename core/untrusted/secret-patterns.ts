import { findAssignedSecrets } from "./assignments.ts";
import { findAuthorization, findUrlCredentials } from "./credentials.ts";
import { findPrivateKeys } from "./private-keys.ts";
import { findWebTokens, shaped, tokens, type Finder } from "./tokens.ts";

/** One row of the table: a shape that secrets have. */
export interface SecretPattern {
  /** Stable id, as in `(redacted:<kind>)`. */
  readonly kind: string;
  /** What it is, for a person: "GitHub token". */
  readonly description: string;
  /** Where the format is written down: the vendor's page, or the standard. */
  readonly source: string;
  /** Finds every stretch of a text with this shape, in time linear in its length. */
  readonly find: Finder;
}

const base64Url = "A-Za-z0-9_-";
const dotted = "A-Za-z0-9._-";
const hex = "a-fA-F0-9";

/**
 * The table that guards every output and that the search for credentials in a change starts from.
 * Where two rows match the same text, the earlier one names it.
 */
export const secretPatterns: readonly SecretPattern[] = [
  {
    kind: "private-key",
    description: "Private key (PEM, OpenSSH, PGP, SSH2)",
    source: "RFC 7468, RFC 4716, RFC 9580, OpenSSH PROTOCOL.key",
    find: findPrivateKeys,
  },
  {
    kind: "openssh-key",
    description: "Body of an OpenSSH private key without its frame",
    source: "OpenSSH PROTOCOL.key: the base64 of `openssh-key-v1`",
    find: tokens({ prefixes: ["b3BlbnNzaC1rZXktdjE"], body: "A-Za-z0-9+/=", atLeast: 40 }),
  },
  {
    kind: "age-key",
    description: "age secret key",
    source: "C2SP age specification, X25519 and post-quantum identities",
    find: tokens({ prefixes: ["AGE-SECRET-KEY-1", "AGE-SECRET-KEY-PQ-1"], body: "A-Z0-9", atLeast: 40 }),
  },
  {
    kind: "url-credentials",
    description: "User name and password in a URL",
    source: "RFC 3986 section 3.2.1",
    find: findUrlCredentials,
  },
  {
    kind: "authorization",
    description: "Credentials of an Authorization header",
    source: "RFC 9110 section 11.6.2",
    find: findAuthorization,
  },
  {
    kind: "jwt",
    description: "JSON Web Token",
    source: "RFC 7519 section 3",
    find: findWebTokens,
  },
  {
    kind: "aws-access-key-id",
    description: "AWS access key id, with the secret key when it follows",
    source: "AWS IAM User Guide, IAM identifiers, Unique identifiers",
    find: awsAccessKeys(),
  },
  {
    kind: "aws-bedrock-key",
    description: "Amazon Bedrock API key",
    source: "Amazon Bedrock User Guide, API keys",
    find: tokens({ prefixes: ["ABSK", "bedrock-api-key-"], body: "A-Za-z0-9+/=", atLeast: 60, ownWord: true }),
  },
  {
    kind: "github-token",
    description: "GitHub token",
    source: "GitHub Docs, About authentication to GitHub, GitHub's token formats",
    find: tokens({ prefixes: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], atLeast: 20 }),
  },
  {
    kind: "github-fine-grained-token",
    description: "GitHub fine-grained personal access token",
    source: "GitHub Docs, About authentication to GitHub, GitHub's token formats",
    find: tokens({ prefixes: ["github_pat_"], body: "A-Za-z0-9_", atLeast: 20 }),
  },
  {
    kind: "gitlab-token",
    description: "GitLab token",
    source: "GitLab Docs, Token overview, Token prefixes",
    find: tokens({
      prefixes: ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "glagent-", "gloas-", "glsoat-"],
      body: dotted,
      atLeast: 16,
    }),
  },
  {
    kind: "bitbucket-token",
    description: "Atlassian API token or Bitbucket app password",
    source: "Atlassian Support, Manage API tokens; Bitbucket Cloud, App passwords",
    find: tokens({ prefixes: ["ATATT3", "ATCTT3", "ATBB"], body: "A-Za-z0-9_=-", atLeast: 24, ownWord: true }),
  },
  {
    kind: "slack-token",
    description: "Slack token",
    source: "Slack Docs, Tokens",
    find: tokens({
      prefixes: ["xoxa-", "xoxb-", "xoxc-", "xoxd-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-"],
      body: "A-Za-z0-9%-",
      atLeast: 10,
    }),
  },
  {
    kind: "slack-webhook",
    description: "Slack webhook address",
    source: "Slack Docs, Sending messages using incoming webhooks",
    find: tokens({
      prefixes: ["hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/"],
      body: "A-Za-z0-9/_+-",
      atLeast: 20,
    }),
  },
  {
    kind: "discord-webhook",
    description: "Discord webhook address",
    source: "Discord Developer Docs, Webhook resource",
    find: tokens({
      prefixes: ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"],
      body: "A-Za-z0-9/_-",
      atLeast: 20,
    }),
  },
  {
    kind: "discord-token",
    description: "Discord bot token",
    source: "Discord Developer Docs, API reference, Authentication",
    find: shaped(".", /(?<![A-Za-z0-9])[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{20,}/g),
  },
  {
    kind: "telegram-token",
    description: "Telegram bot token",
    source: "Telegram Bot API, Authorizing your bot",
    find: shaped(":AA", /(?<![0-9])[0-9]{8,12}:AA[A-Za-z0-9_-]{30,}/g),
  },
  {
    kind: "stripe-key",
    description: "Stripe secret key or webhook secret",
    source: "Stripe Docs, API keys; Stripe Docs, Verify webhook signatures",
    find: tokens({
      prefixes: ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"],
      body: "A-Za-z0-9+/=",
      atLeast: 16,
    }),
  },
  {
    kind: "square-token",
    description: "Square access token or secret",
    source: "Square Developer Docs, Access tokens",
    find: tokens({ prefixes: ["sq0atp-", "sq0csp-", "sq0idp-"], body: base64Url, atLeast: 20 }),
  },
  {
    kind: "google-api-key",
    description: "Google API key",
    source: "Google Cloud Docs, Manage API keys",
    find: tokens({ prefixes: ["AIza"], body: base64Url, atLeast: 30, ownWord: true }),
  },
  {
    kind: "google-oauth",
    description: "Google OAuth access token or client secret",
    source: "Google Identity Docs, Using OAuth 2.0 to access Google APIs",
    find: tokens({ prefixes: ["ya29.", "GOCSPX-"], body: dotted, atLeast: 20 }),
  },
  {
    kind: "azure-account-key",
    description: "Azure storage or service bus key",
    source: "Microsoft Learn, Configure Azure Storage connection strings",
    find: tokens({
      prefixes: ["AccountKey=", "SharedAccessKey="],
      body: "A-Za-z0-9+/=%",
      atLeast: 30,
      keepPrefix: true,
    }),
  },
  {
    kind: "azure-sas-signature",
    description: "Signature of an Azure shared access signature",
    source: "Microsoft Learn, Create a service SAS",
    find: tokens({ prefixes: ["sig="], body: "A-Za-z0-9+/=%_-", atLeast: 30, ownWord: true, keepPrefix: true }),
  },
  {
    kind: "azure-client-secret",
    description: "Microsoft Entra client secret",
    source: "Microsoft Learn, Application and service principal objects, client secrets",
    find: shaped("Q~", /[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{30,}/g),
  },
  {
    kind: "anthropic-key",
    description: "Anthropic API key",
    source: "Anthropic Docs, API overview, Authentication",
    find: tokens({ prefixes: ["sk-ant-"], body: base64Url, atLeast: 20, ownWord: true }),
  },
  {
    kind: "openai-key",
    description: "OpenAI API key, or that of a service with the same form",
    source: "OpenAI Docs, API reference, Authentication",
    find: tokens({
      prefixes: ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-", "sk-or-"],
      body: base64Url,
      atLeast: 20,
      ownWord: true,
    }),
  },
  {
    kind: "openai-key",
    description: "OpenAI API key of the first form, also used by DeepSeek and others",
    source: "OpenAI Docs, API reference, Authentication",
    find: tokens({ prefixes: ["sk-"], atLeast: 32, ownWord: true }),
  },
  {
    kind: "groq-key",
    description: "Groq API key",
    source: "GroqDocs, Quickstart",
    find: tokens({ prefixes: ["gsk_"], atLeast: 30 }),
  },
  {
    kind: "huggingface-token",
    description: "Hugging Face access token",
    source: "Hugging Face Docs, User access tokens",
    find: tokens({ prefixes: ["hf_", "api_org_"], atLeast: 30, ownWord: true }),
  },
  {
    kind: "model-service-key",
    description: "API key of xAI, Replicate, Perplexity or LangSmith",
    source: "xAI, Replicate, Perplexity and LangSmith docs, API keys",
    find: tokens({
      prefixes: ["xai-", "r8_", "pplx-", "lsv2_pt_", "lsv2_sk_"],
      body: "A-Za-z0-9_",
      atLeast: 30,
      ownWord: true,
    }),
  },
  {
    kind: "npm-token",
    description: "npm access token",
    source: "npm Docs, About access tokens",
    find: tokens({ prefixes: ["npm_"], atLeast: 30 }),
  },
  {
    kind: "pypi-token",
    description: "PyPI API token",
    source: "PyPI Help, API tokens; the base64 of a macaroon for pypi.org or test.pypi.org",
    find: tokens({ prefixes: ["pypi-AgE"], body: base64Url, atLeast: 16 }),
  },
  {
    kind: "package-registry-token",
    description: "Token of RubyGems, Docker Hub or Clojars",
    source: "RubyGems Guides, API key scopes; Docker Docs, Personal access tokens; Clojars wiki, Deploy tokens",
    find: tokens({ prefixes: ["rubygems_", "dckr_pat_", "dckr_oat_", "CLOJARS_"], body: "A-Za-z0-9_-", atLeast: 24 }),
  },
  {
    kind: "sendgrid-key",
    description: "SendGrid API key",
    source: "Twilio SendGrid Docs, API keys",
    find: shaped("SG.", /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,}/g),
  },
  {
    kind: "twilio-key",
    description: "Twilio API key or account SID",
    source: "Twilio Docs, What is a String Identifier (SID)",
    find: shaped("", /(?<![A-Za-z0-9])(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])/g),
  },
  {
    kind: "digitalocean-token",
    description: "DigitalOcean token",
    source: "DigitalOcean Docs, How to create a personal access token",
    find: tokens({ prefixes: ["dop_v1_", "doo_v1_", "dor_v1_"], body: hex, atLeast: 30 }),
  },
  {
    kind: "doppler-token",
    description: "Doppler token",
    source: "Doppler Docs, Auth token formats",
    find: tokens({
      prefixes: ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.said.", "dp.scim.", "dp.audit."],
      body: dotted,
      atLeast: 30,
      ownWord: true,
    }),
  },
  {
    kind: "shopify-token",
    description: "Shopify access token or shared secret",
    source: "Shopify.dev, Access tokens",
    find: tokens({ prefixes: ["shpat_", "shpca_", "shppa_", "shpss_"], body: hex, atLeast: 20 }),
  },
  {
    kind: "databricks-token",
    description: "Databricks personal access token",
    source: "Databricks Docs, Personal access token authentication",
    find: tokens({ prefixes: ["dapi"], body: "a-f0-9-", atLeast: 32, ownWord: true }),
  },
  {
    kind: "linear-key",
    description: "Linear API key or OAuth token",
    source: "Linear Developers, API and webhooks",
    find: tokens({ prefixes: ["lin_api_", "lin_oauth_"], atLeast: 30 }),
  },
  {
    kind: "vault-token",
    description: "HashiCorp Vault or HCP Terraform token",
    source: "HashiCorp Developer, Vault tokens, Token prefixes",
    find: tokens({ prefixes: ["hvs.", "hvb.", "hvr."], body: base64Url, atLeast: 20, ownWord: true }),
  },
  {
    kind: "terraform-token",
    description: "HCP Terraform API token",
    source: "HashiCorp Developer, HCP Terraform, API tokens",
    find: shaped(".atlasv1.", /[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{30,}/g),
  },
  {
    kind: "monitoring-key",
    description: "Token of Grafana, New Relic, Sentry or Dynatrace",
    source: "Grafana, New Relic, Sentry and Dynatrace docs, API keys and tokens",
    find: tokens({
      prefixes: ["glsa_", "glc_", "NRAK-", "sntrys_", "sntryu_", "dt0c01."],
      body: "A-Za-z0-9._+/=",
      atLeast: 27,
      ownWord: true,
    }),
  },
  {
    kind: "hosting-token",
    description: "Token of Netlify, Heroku, Pulumi, PlanetScale, Supabase, Tailscale, CircleCI or Buildkite",
    source: "Netlify, Heroku, Pulumi, PlanetScale, Supabase, Tailscale, CircleCI and Buildkite docs, API tokens",
    find: tokens({
      prefixes: ["nfp_", "HRKU-", "pul-", "pscale_", "sbp_", "sb_secret_", "tskey-", "CCIPAT_", "bkua_"],
      body: base64Url,
      atLeast: 30,
      ownWord: true,
    }),
  },
  {
    kind: "collaboration-token",
    description: "Token of Notion, Figma, Postman or Contentful",
    source: "Notion, Figma, Postman and Contentful docs, API tokens",
    find: tokens({ prefixes: ["ntn_", "figd_", "PMAK-", "CFPAT-"], body: base64Url, atLeast: 30, ownWord: true }),
  },
  {
    kind: "assigned-secret",
    description: "Value of a name such as password, secret, token or API key",
    source: "CWE-798, Use of Hard-coded Credentials",
    find: findAssignedSecrets,
  },
];

function awsAccessKeys(): Finder {
  const finders = ["AKIA", "ASIA", "ABIA", "ACCA"].map((prefix) => shaped(prefix, awsAccessKey(prefix)));
  return (text) => finders.flatMap((find) => find(text));
}

/**
 * A secret key has no prefix of its own; it is known by the id before it, and unlike a commit id it has upper-case
 * letters.
 */
function awsAccessKey(prefix: string): RegExp {
  // Words such as ASIAPACIFIC… have no digit.
  const digit = prefix === "AKIA" ? "" : "(?=[A-Z]{0,15}[2-7])";
  const id = `(?<![A-Za-z0-9])${prefix}${digit}[A-Z0-9]{16,}`;
  const secret = String.raw`(?:[\s,:;|"']{1,4}(?=[a-z0-9/+]{0,39}[A-Z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+]))?`;
  return new RegExp(id + secret, "g");
}
