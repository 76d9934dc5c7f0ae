import * as z from "zod";
import { appOf, fullName, installationOf, now } from "../find.ts";
import { repositoriesOf } from "../doings/installations.ts";
import { Refusal } from "../refusal.ts";
import { laid, sample } from "../sample.ts";
import type { App, Installation } from "../state.ts";
import { mint } from "../tokens.ts";
import { created, ok, type Call, type Routes } from "./route.ts";

/** What an App asks as itself. https://docs.github.com/en/rest/apps/apps */
export const appRoutes: Routes = {
  "apps/get-authenticated": { needs: "app", answer: (call) => ok(call.answers.app(ownApp(call))) },
  "apps/get-webhook-config-for-app": {
    needs: "app",
    answer: (call) =>
      ok({ content_type: "json", insecure_ssl: "0", secret: "********", url: ownApp(call).webhookUrl ?? "" }),
  },
  "apps/list-installations": {
    needs: "app",
    answer: (call) => {
      const all = [...call.world.installations.values()].filter(({ app }) => app === ownApp(call).id);
      // The description wants each account to be an enterprise, too.
      const account = sample("enterprise");
      return ok(all.map((each) => laid(laid({}, { account }), call.answers.installation(each))));
    },
  },
  "apps/get-installation": { needs: "app", answer: (call) => ok(call.answers.installation(ownInstallation(call))) },
  "apps/get-org-installation": {
    needs: "app",
    answer: (call) =>
      ok(call.answers.installation(installationWhere(call, ({ account }) => account === call.text("org")))),
  },
  "apps/get-repo-installation": {
    needs: "app",
    answer: (call) => {
      const wanted = `${call.text("owner")}/${call.text("repo")}`.toLowerCase();
      const has = (each: Installation) =>
        repositoriesOf(call.world, each).some((repository) => fullName(repository).toLowerCase() === wanted);
      return ok(call.answers.installation(installationWhere(call, has)));
    },
  },
  "apps/create-installation-access-token": { needs: "app", answer: makeToken },
  "apps/revoke-installation-access-token": {
    needs: "installation",
    answer: (call) => {
      if (call.caller.kind === "installation") call.world.tokens.delete(call.caller.token);
      return { status: 204 };
    },
  },
  "apps/list-repos-accessible-to-installation": {
    needs: "installation",
    answer: (call) => {
      if (call.caller.kind !== "installation") throw new Refusal(403, "Resource not accessible by integration");
      const { installation, only } = call.caller;
      const all = repositoriesOf(call.world, installation).filter(({ id }) => only?.has(id) ?? true);
      return ok({ total_count: all.length, repositories: all.map((each) => call.answers.repository(each)) });
    },
  },
  "apps/create-from-manifest": { needs: "nobody", answer: convertManifest },
};

function ownApp(call: Call): App {
  if (call.caller.kind !== "app") throw new Refusal(401, "A JSON web token could not be decoded");
  return call.caller.app;
}

function installationWhere(call: Call, fits: (installation: Installation) => boolean): Installation {
  const found = [...call.world.installations.values()].find((each) => each.app === ownApp(call).id && fits(each));
  if (found === undefined) throw new Refusal(404, "Not Found");
  return found;
}

function ownInstallation(call: Call): Installation {
  const found = installationOf(call.world, call.number("installation_id"));
  if (found?.app !== ownApp(call).id) throw new Refusal(404, "Not Found");
  return found;
}

const TokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write", "admin"])).optional(),
});

function makeToken(call: Call) {
  const installation = ownInstallation(call);
  if (installation.suspendedAt !== null) throw new Refusal(403, "This installation has been suspended");
  const { repositories, repository_ids, permissions } = call.read(TokenRequest);
  const all = repositoriesOf(call.world, installation);
  const only =
    repositories === undefined && repository_ids === undefined
      ? null
      : all.filter(({ id, name }) => repositories?.includes(name) === true || repository_ids?.includes(id) === true);
  if (only !== null && only.length < (repositories?.length ?? 0) + (repository_ids?.length ?? 0))
    throw new Refusal(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  const minted = mint(call.world, installation, {
    permissions,
    only: only === null ? null : new Set(only.map(({ id }) => id)),
  });
  return created({ ...minted, repository_selection: installation.repositories === "all" ? "all" : "selected" });
}

/** The code that GitHub gave the browser stands for the App that the manifest made. It is good once. */
function convertManifest(call: Call) {
  const known = call.world.codes.get(call.text("code"));
  if (known === undefined || !call.world.codes.delete(call.text("code"))) throw new Refusal(404, "Not Found");
  const app = appOf(call.world, known.app);
  const secrets = { client_id: app.clientId, client_secret: app.clientSecret, webhook_secret: app.webhookSecret };
  const least = laid(sample("integration"), { created_at: now(call.world), updated_at: now(call.world) });
  return created(laid(laid(least, call.answers.app(app)), { ...secrets, pem: app.privateKey }));
}
