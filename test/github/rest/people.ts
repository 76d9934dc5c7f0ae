import { collaboratorsOf, fullName, membersOf, permissionOf, rank, teamOf } from "../find.ts";
import { Refusal } from "../refusal.ts";
import { laid, sample } from "../sample.ts";
import { permissions, type Permission, type Team } from "../state.ts";
import { ok, type Call, type Routes } from "./route.ts";

/** Who may what, and who is in which team. */
export const peopleRoutes: Routes = {
  "repos/get-collaborator-permission-level": {
    needs: ["metadata: read"],
    answer: (call) => {
      const login = call.text("username");
      if (!call.world.accounts.has(login.toLowerCase())) throw new Refusal(404, `${login} is not a user`);
      const role = permissionOf(call.world, call.repository(), login);
      const permission = role === null ? "none" : (coarse[role] ?? role);
      const user = laid(sample("collaborator"), { login, role_name: role ?? "none" });
      return ok({ permission, role_name: role ?? "none", user });
    },
  },
  "repos/list-collaborators": {
    needs: ["metadata: read"],
    answer: (call) => {
      const wanted = wantedPermission(call.query("permission") ?? "pull");
      const all = collaboratorsOf(call.world, call.repository());
      return ok(
        all.filter(({ permission }) => rank(permission) >= rank(wanted)).map((each) => collaborator(call, each)),
      );
    },
  },
  "teams/list": {
    needs: ["members: read"],
    answer: (call) => {
      const all = [...call.world.teams.values()].filter(({ organization }) => organization === call.text("org"));
      return ok(all.map(({ organization, slug }) => call.answers.team(organization, slug)));
    },
  },
  "teams/get-by-name": {
    needs: ["members: read"],
    answer: (call) => {
      const { id, slug, members } = team(call);
      const organization = { login: call.text("org") };
      return ok(laid(sample("team-full"), { id, slug, name: slug, members_count: members.size, organization }));
    },
  },
  "teams/list-members-in-org": {
    needs: ["members: read"],
    answer: (call) => ok(membersOf(call.world, team(call)).map((login) => call.answers.user(login))),
  },
  "teams/get-membership-for-user-in-org": {
    needs: ["members: read"],
    answer: (call) => {
      if (!membersOf(call.world, team(call)).includes(call.text("username"))) throw new Refusal(404, "Not Found");
      return ok({ role: "member", state: "active", url: call.world.url });
    },
  },
  "teams/check-permissions-for-repo-in-org": {
    needs: ["members: read"],
    answer: (call) => {
      const permission = team(call).repositories.get(call.repository().id);
      if (permission === undefined) throw new Refusal(404, "Not Found");
      const full_name = fullName(call.repository());
      const data = laid(sample("team-repository"), {
        full_name,
        role_name: permission,
        permissions: rights(permission),
      });
      // Without the media type GitHub only says yes. https://docs.github.com/en/rest/teams/teams
      return call.accept.includes("repository+json") ? ok(data) : { status: 204 };
    },
  },
  "orgs/get-membership-for-user": {
    needs: ["members: read"],
    answer: (call) => {
      const organization = call.world.accounts.get(call.text("org").toLowerCase());
      if (organization?.members.has(call.text("username")) !== true) throw new Refusal(404, "Not Found");
      return ok(
        laid(sample("org-membership"), {
          role: "member",
          state: "active",
          user: call.answers.user(call.text("username")),
        }),
      );
    },
  },
  "users/get-by-username": {
    needs: "nobody",
    answer: (call) => {
      const known = call.world.accounts.get(call.text("username").toLowerCase());
      if (known === undefined) throw new Refusal(404, "Not Found");
      const { login, id, type } = known;
      return ok(laid(sample("public-user"), { login, id, type }));
    },
  },
  "users/get-authenticated": {
    needs: "user",
    answer: (call) => {
      const { login, id, type } = call.world.accounts.get(call.login().toLowerCase())!;
      return ok(laid(sample("public-user"), { login, id, type }));
    },
  },
};

/** The REST API's older names for the finer roles. */
const coarse: Partial<Record<Permission, string>> = { triage: "read", maintain: "write" };

function wantedPermission(name: string): Permission {
  const names: Record<string, Permission> = { pull: "read", push: "write" };
  return names[name] ?? permissions.find((each) => each === name) ?? "read";
}

function collaborator(call: Call, { login, permission }: { login: string; permission: Permission }): unknown {
  const { id } = call.world.accounts.get(login.toLowerCase())!;
  return laid(sample("collaborator"), { login, id, role_name: permission, permissions: rights(permission) });
}

function rights(permission: Permission) {
  const has = (least: Permission) => rank(permission) >= rank(least);
  return { pull: true, triage: has("triage"), push: has("write"), maintain: has("maintain"), admin: has("admin") };
}

function team(call: Call): Team {
  const found = teamOf(call.world, call.text("org"), call.text("team_slug"));
  if (found === null) throw new Refusal(404, "Not Found");
  return found;
}
