import type { AppState, Rights } from "../../adapters/github/read-app-state.ts";
import type { AppManifest } from "../setup/app-manifest.ts";
import { fromEvidence, sound, type Advice } from "./advice.ts";
import type { DoctorFacts } from "./doctor-facts.ts";

type Wanted = Pick<AppManifest, "permissions" | "events">;

/** Whether the App may what it needs and hears what it must, here and as it was registered. */
export function appAdvice({ app, repository }: DoctorFacts, wanted: Wanted): Advice[] {
  const settings = "Give the App's settings (APP_ID, PRIVATE_KEY) as the App itself gets them.";
  const told = fromEvidence(app, { topic: "the App", what: "The App", fix: settings }, (state) => [
    ...rights(
      state.own,
      wanted,
      "The App",
      "On the App's page on GitHub, under Permissions & events, change it; installations must accept it then.",
    ),
    ...installation(state, repository, wanted),
    ...webhooks(state),
  ]);
  return told;
}

function installation(state: AppState, repository: string, wanted: Wanted): Advice[] {
  const fix = "Install the App on the repository's account, and give it this repository.";
  return fromEvidence(
    state.installation,
    { topic: "the App", what: `The App's installation on ${repository}`, fix },
    (here) => [
      ...(here.isSuspended
        ? [
            problem(
              `The App's installation on ${repository} is suspended.`,
              "Nothing is judged; a required check is waited for.",
              "Unsuspend it under the account's settings, Applications.",
            ),
          ]
        : []),
      ...rights(
        here.rights,
        wanted,
        `The installation on ${repository}`,
        "An owner of the account accepts the App's new permissions under Settings, Applications.",
      ),
    ],
  );
}

const strength = { read: 1, write: 2, admin: 3 } as const;

function rights({ permissions, events }: Rights, wanted: Wanted, who: string, fix: string): Advice[] {
  const missing = wanted.permissions.filter(({ name, access }) => levelOf(permissions[name]) < strength[access]);
  const needed = new Map(wanted.permissions.map(({ name, access }) => [name, strength[access]]));
  const more = Object.keys(permissions).filter((name) => levelOf(permissions[name]) > (needed.get(name) ?? 0));
  const unheard = wanted.events.filter((event) => !events.includes(event));
  const found = [
    ...missing.map(({ name, access, why }) => problem(`${who} lacks \`${name}: ${access}\`.`, `It ${why}.`, fix)),
    ...(unheard.length === 0
      ? []
      : [
          problem(
            `${who} does not hear of ${unheard.join(", ")}.`,
            "A verdict stays as it was until the next sweep.",
            fix,
          ),
        ]),
    ...(more.length === 0
      ? []
      : [
          {
            ...problem(
              `${who} may more than it needs: ${more.join(", ")}.`,
              "Whoever gets hold of its key may it, too.",
              fix,
            ),
            level: "warning" as const,
          },
        ]),
  ];
  return found.length > 0
    ? found
    : [sound("the App", `${who} has the permissions and events that it needs, and no more.`)];
}

function levelOf(access: string | undefined): number {
  return access === "read" || access === "write" || access === "admin" ? strength[access] : 0;
}

function webhooks({ webhookUrl, expectedWebhookUrl, deliveries }: AppState): Advice[] {
  const fix = "Look at the App's page on GitHub, under Advanced: each delivery is there with its answer.";
  return [
    ...(expectedWebhookUrl !== null && webhookUrl !== expectedWebhookUrl
      ? [
          {
            ...problem(
              `Webhooks go to ${webhookUrl === "" ? "nowhere" : webhookUrl}, and the App is at ${expectedWebhookUrl}.`,
              "The App hears of nothing, and finds out by sweeps alone.",
              "On the App's page on GitHub, write the App's address as the webhook URL.",
            ),
            topic: "webhooks" as const,
          },
        ]
      : []),
    ...fromEvidence(deliveries, { topic: "webhooks", what: "How webhooks arrived", fix }, ({ seen, failed }) =>
      failed.length === 0
        ? [
            sound(
              "webhooks",
              seen === 0 ? "GitHub has sent no webhook lately." : `The latest ${seen} webhooks arrived.`,
            ),
          ]
        : [
            {
              ...problem(
                `${failed.length} of the latest ${seen} webhooks did not arrive: answered ${[...new Set(failed)].slice(0, 5).join(", ")}.`,
                "They are sent again, and sweeps find what was missed; verdicts come later than they could.",
                fix,
              ),
              level: "warning" as const,
              topic: "webhooks" as const,
            },
          ],
    ),
  ];
}

function problem(what: string, why: string, fix: string): Advice {
  return { level: "error", topic: "the App", what, why, fix };
}
