import { branchesOf, commitOf, commitsBetween, fileAt, filesBetween, mergeBase, resolve, tipOf } from "../git.ts";
import { Refusal } from "../refusal.ts";
import { laid, sample } from "../sample.ts";
import type { BranchRule } from "../state.ts";
import { fileData } from "./pulls.ts";
import { ok, type Call, type Routes } from "./route.ts";

/** Repositories, what their branches demand, and git's objects. */
export const repositoryRoutes: Routes = {
  "repos/get": {
    needs: ["metadata: read"],
    answer: (call) => ok(call.answers.repository(call.repository(), "repository-full")),
  },
  "repos/list-branches": {
    needs: ["contents: read"],
    answer: (call) => {
      const url = call.world.url;
      const all = [...branchesOf(call.repository())];
      return ok(all.map(([name, sha]) => ({ name, commit: { sha, url }, protected: isProtected(call, name) })));
    },
  },
  "repos/get-branch": {
    needs: ["contents: read"],
    answer: (call) => {
      const name = call.text("branch");
      const sha = tipOf(call.repository(), name);
      if (sha === null) throw new Refusal(404, "Branch not found");
      const commit = call.answers.commit(call.repository(), sha);
      const classic = call.repository().protections.get(name);
      const protection = classic === undefined ? {} : { protection: laid(sample("branch-protection"), classic) };
      const over = { name, commit, protected: isProtected(call, name), ...protection };
      return ok(laid(sample("branch-with-protection"), over));
    },
  },
  "repos/get-branch-rules": {
    needs: ["metadata: read"],
    answer: (call) =>
      ok(
        call
          .repository()
          .rules.filter(({ branch }) => branch === call.text("branch"))
          .map(ruleData),
      ),
  },
  "repos/get-repo-rulesets": {
    needs: ["metadata: read"],
    answer: (call) => {
      const ids = [...new Set(call.repository().rules.map(({ ruleset_id }) => ruleset_id))];
      return ok(ids.map((id) => rulesetData(call, id)));
    },
  },
  "repos/get-repo-ruleset": {
    needs: ["metadata: read"],
    answer: (call) => {
      const id = call.number("ruleset_id");
      if (!call.repository().rules.some(({ ruleset_id }) => ruleset_id === id)) throw new Refusal(404, "Not Found");
      return ok(rulesetData(call, id));
    },
  },
  "repos/get-branch-protection": {
    needs: ["administration: read"],
    answer: (call) => {
      const known = call.repository().protections.get(call.text("branch"));
      if (known === undefined) throw new Refusal(404, "Branch not protected");
      return ok(laid(sample("branch-protection"), known));
    },
  },
  "repos/codeowners-errors": {
    needs: ["contents: read"],
    answer: (call) => ok({ errors: call.repository().codeownersErrors }),
  },
  "repos/get-content": {
    needs: ["contents: read"],
    answer: (call) => {
      const repository = call.repository();
      const at = resolve(repository, call.query("ref") ?? `refs/heads/${repository.defaultBranch}`);
      const path = call.text("path");
      const file = at === null ? null : fileAt(repository, at, path);
      if (file === null) throw new Refusal(404, "Not Found");
      if (call.accept.includes("raw")) return { bytes: file.bytes };
      // GitHub gives no content of larger files. https://docs.github.com/en/rest/repos/contents
      if (file.bytes.length > 1024 * 1024)
        throw new Refusal(
          403,
          "This API returns blobs up to 1 MB in size. The requested blob is too large to fetch via the API, but you can use the Git Data API to request blobs up to 100 MB in size.",
        );
      const content = file.bytes.toString("base64");
      const name = path.slice(path.lastIndexOf("/") + 1);
      const over = { type: "file", name, path, sha: file.sha, size: file.bytes.length, encoding: "base64", content };
      return ok(laid(sample("content-file"), over));
    },
  },
  "repos/get-commit": {
    needs: ["contents: read"],
    answer: (call) => {
      const repository = call.repository();
      const sha = commit(call, call.text("ref"));
      const { parents } = commitOf(repository, sha);
      const files = parents[0] === undefined ? [] : filesBetween(repository, parents[0], sha).map(fileData);
      return ok(laid(call.answers.commit(repository, sha), { files }));
    },
  },
  "repos/list-commits": {
    needs: ["contents: read"],
    answer: (call) => {
      const repository = call.repository();
      const from = commit(call, call.query("sha") ?? `refs/heads/${repository.defaultBranch}`);
      const all = repository.git.text(["rev-list", "--max-count=1000", from]).split("\n");
      return ok(all.map((sha) => call.answers.commit(repository, sha)));
    },
  },
  "repos/compare-commits-with-basehead": { needs: ["contents: read"], answer: compare },
  "git/list-matching-refs": {
    needs: ["contents: read"],
    answer: (call) => {
      const wanted = `refs/${call.text("ref")}`;
      const lines = call.repository().git.text(["for-each-ref", "--format=%(refname) %(objectname)"]).split("\n");
      const all = lines.map((line) => line.split(" ")).filter(([name = ""]) => name !== "" && name.startsWith(wanted));
      return ok(all.map(([ref, sha]) => laid(sample("git-ref"), { ref, object: { type: "commit", sha } })));
    },
  },
  "git/get-ref": {
    needs: ["contents: read"],
    answer: (call) => {
      const ref = `refs/${call.text("ref")}`;
      const sha = resolve(call.repository(), ref);
      if (sha === null) throw new Refusal(404, "Not Found");
      return ok(laid(sample("git-ref"), { ref, object: { type: "commit", sha } }));
    },
  },
  "git/get-commit": {
    needs: ["contents: read"],
    answer: (call) => {
      const { sha, tree, message, author, committer, parents } = commitOf(
        call.repository(),
        commit(call, call.text("commit_sha")),
      );
      const over = { sha, message, author, committer, tree: { sha: tree } };
      const of = parents.map((parent) => ({ sha: parent, url: call.world.url, html_url: call.world.url }));
      return ok(laid(sample("git-commit"), { ...over, parents: of }));
    },
  },
};

function commit(call: Call, name: string): string {
  const sha = resolve(call.repository(), name);
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${name}`);
  return sha;
}

function isProtected(call: Call, name: string): boolean {
  const { protections, rules } = call.repository();
  return protections.has(name) || rules.some(({ branch }) => branch === name);
}

function ruleData({ type, ruleset_id, parameters }: BranchRule): unknown {
  const from = { ruleset_source_type: "Repository", ruleset_source: "octo/orders", ruleset_id };
  return { type, ...(parameters === undefined ? {} : { parameters }), ...from };
}

function rulesetData(call: Call, id: number): unknown {
  const rules = call.repository().rules.filter(({ ruleset_id }) => ruleset_id === id);
  const include = [...new Set(rules.map(({ branch }) => `refs/heads/${branch}`))];
  return {
    ...{ id, name: `ruleset ${id}`, target: "branch", source_type: "Repository", enforcement: "active" },
    ...{ source: call.text("repo"), conditions: { ref_name: { include, exclude: [] } } },
    rules: rules.map(({ type, parameters }) => ({ type, ...(parameters === undefined ? {} : { parameters }) })),
  };
}

/** Of `base...head`: what head has since it left base. */
function compare(call: Call) {
  const repository = call.repository();
  const [from = "", to = ""] = call.text("basehead").split("...");
  const base = resolve(repository, from);
  const head = resolve(repository, to);
  if (base === null || head === null) throw new Refusal(404, "Not Found");
  const left = mergeBase(repository, base, head);
  if (left === null) throw new Refusal(404, `No common ancestor between ${from} and ${to}.`);
  const ahead = commitsBetween(repository, base, head);
  const behind = commitsBetween(repository, head, base);
  const shape = (sha: string) => call.answers.commit(repository, sha);
  const status =
    behind.length > 0 ? (ahead.length > 0 ? "diverged" : "behind") : ahead.length > 0 ? "ahead" : "identical";
  const counts = { status, ahead_by: ahead.length, behind_by: behind.length, total_commits: ahead.length };
  return ok(
    laid(sample("commit-comparison"), {
      ...{ ...counts, base_commit: shape(base), merge_base_commit: shape(left), commits: ahead.map(shape) },
      // On the first page alone, and no more than these.
      files:
        (call.query("page") ?? "1") === "1" ? filesBetween(repository, base, head).slice(0, 300).map(fileData) : [],
    }),
  );
}
