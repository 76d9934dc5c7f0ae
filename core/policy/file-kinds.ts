import { touchedPaths, type ChangedFile } from "../change/change.ts";

/** What a file is for, as far as its path and git tell. A file can be of several kinds, or of none: plain code. */
export const fileKinds = [
  "test",
  "docs",
  "workflow",
  "migration",
  "lockfile",
  "manifest",
  "iac",
  "generated",
  "config",
  "binary",
  "symlink",
  "submodule",
] as const;
export type FileKind = (typeof fileKinds)[number];

/**
 * The kinds of a file, in the order of the list: those of either of its paths in every form, so that another case, a
 * look-alike or a rename can add a kind and never take one away.
 */
export function kindsOf({ file, pathForms }: KnownFile): FileKind[] {
  const ofPaths = formKinds.get(pathForms) ?? new Set(pathForms.flatMap(kindsOfPath));
  formKinds.set(pathForms, ofPaths);
  return fileKinds.filter((kind) => kind === file.kind || ofPaths.has(kind));
}

interface KnownFile {
  file: Pick<ChangedFile, "kind">;
  pathForms: readonly string[];
}

/**
 * Whether every path of a file, exactly as git stores it, is of the kind. This is how a kind may loosen something: links,
 * submodules and paths that are not UTF-8 are never wholly of a kind that their name suggests.
 */
export function isWholly(kind: FileKind, file: ChangedFile): boolean {
  if (file.kind === "symlink" || file.kind === "submodule" || !file.validUtf8) return kind === file.kind;
  return touchedPaths(file).every((path) => kindsOfPath(path).includes(kind));
}

/** A file is asked about once for every rule that names kinds. */
const formKinds = new WeakMap<readonly string[], ReadonlySet<FileKind>>();

/** The kinds that a path alone tells. */
function kindsOfPath(path: string): FileKind[] {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  return pathKinds.filter(([, signs]) => hasSign(signs, parts, name)).map(([kind]) => kind);
}

interface Signs {
  /** Names of a folder anywhere above the file, in lower case. */
  folders?: readonly string[];
  /** Folders one inside the other, anywhere. */
  runs?: readonly (readonly string[])[];
  /** The folders that stand first, `/` between them and at the end. */
  roots?: readonly string[];
  /** Whole file names, in lower case. */
  names?: readonly string[];
  /** How a file name begins, in lower case. */
  starts?: readonly string[];
  /** How a file name ends, case and all: `FooTest.java` is a test and `latest.java` is none. */
  ends?: readonly string[];
  /** What stands between dots somewhere after the first one, in lower case: `spec` of `a.spec.ts`. */
  middles?: readonly string[];
}

const signsOf: Readonly<Partial<Record<FileKind, Signs>>> = {
  test: {
    folders: ["test", "tests", "__tests__", "__mocks__", "__snapshots__", "spec", "specs", "testdata", "e2e"],
    names: ["conftest.py"],
    starts: ["test_"],
    ends: [
      ...["_test.go", "_test.py", "_test.rb", "_test.dart", "_test.exs", "_test.c", "_test.cc", "_test.cpp"],
      ...["_spec.rb", "Test.java", "Tests.java", "IT.java", "Test.kt", "Tests.kt", "Spec.kt", "Spec.scala"],
      ...["Test.scala", "Tests.cs", "Test.cs", "Test.php", "Tests.swift", "Test.swift", ".snap", ".feature"],
    ],
    middles: ["test", "spec", "cy"],
  },
  docs: {
    folders: ["docs", "doc", "documentation"],
    names: ["license", "licence", "notice", "authors", "changelog", "readme", "contributors"],
    ends: [".md", ".mdx", ".rst", ".adoc", ".asciidoc", ".txt", ".org"],
  },
  workflow: {
    roots: [
      ".github/workflows/",
      ".github/actions/",
      ".gitlab/ci/",
      ".circleci/",
      ".buildkite/",
      ".tekton/",
      ".woodpecker/",
    ],
    names: [
      ...["action.yml", "action.yaml", ".gitlab-ci.yml", ".gitlab-ci.yaml", ".travis.yml", "jenkinsfile", ".drone.yml"],
      ...["azure-pipelines.yml", "azure-pipelines.yaml", "bitbucket-pipelines.yml", "cloudbuild.yaml", "buildspec.yml"],
    ],
  },
  migration: {
    folders: ["migrations", "migration", "migrate", "alembic", "flyway", "liquibase"],
    names: ["schema.prisma", "structure.sql"],
    runs: [["db", "schema"]],
  },
  lockfile: {
    names: [
      ...[
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "bun.lock",
        "bun.lockb",
        "deno.lock",
      ],
      ...["cargo.lock", "go.sum", "go.work.sum", "poetry.lock", "pipfile.lock", "uv.lock", "pdm.lock", "pixi.lock"],
      ...[
        "gemfile.lock",
        "composer.lock",
        "mix.lock",
        "pubspec.lock",
        "podfile.lock",
        "package.resolved",
        "flake.lock",
      ],
      ...["packages.lock.json", "gradle.lockfile", "buildscript-gradle.lockfile", "conan.lock", ".terraform.lock.hcl"],
      ...["chart.lock", "module.bazel.lock", "paket.lock", "cartfile.resolved"],
    ],
  },
  manifest: {
    names: [
      ...["package.json", "pnpm-workspace.yaml", "deno.json", "deno.jsonc", "jsr.json", ".npmrc", ".yarnrc.yml"],
      ...["cargo.toml", "go.mod", "go.work", "pyproject.toml", "setup.py", "setup.cfg", "pipfile", "requirements.txt"],
      ...["gemfile", "composer.json", "mix.exs", "pubspec.yaml", "podfile", "package.swift", "flake.nix", "cartfile"],
      ...[
        "pom.xml",
        "build.gradle",
        "build.gradle.kts",
        "settings.gradle",
        "settings.gradle.kts",
        "libs.versions.toml",
      ],
      ...["build.sbt", "project.clj", "deps.edn", "conanfile.txt", "conanfile.py", "vcpkg.json", "packages.config"],
      ...[
        "directory.packages.props",
        "module.bazel",
        "chart.yaml",
        "environment.yml",
        ".gitmodules",
        "paket.dependencies",
      ],
    ],
    starts: ["requirements-", "requirements."],
    ends: [".gemspec", ".csproj", ".fsproj", ".vbproj", ".nuspec", ".podspec", ".cabal"],
  },
  iac: {
    folders: ["terraform", "helm", "k8s", "kubernetes", "kustomize", "ansible", "pulumi", "cloudformation", "deploy"],
    names: [
      ...["dockerfile", "containerfile", "docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"],
      ...["pulumi.yaml", "kustomization.yaml", "kustomization.yml", "serverless.yml", "vagrantfile", "cdk.json"],
      ...["terragrunt.hcl", "skaffold.yaml", "helmfile.yaml", "values.yaml", "procfile", "fly.toml"],
    ],
    starts: ["dockerfile.", "pulumi."],
    ends: [".tf", ".tfvars", ".tf.json", ".bicep", ".nomad", ".dockerfile"],
  },
  generated: {
    folders: ["generated", "__generated__", "gen", "dist", "vendor", "third_party", "node_modules"],
    ends: [
      ...[".min.js", ".min.css", ".map", ".pb.go", "_pb2.py", "_pb2_grpc.py", ".pb.cc", ".pb.h", "_pb.js", "_pb.d.ts"],
      ...[".g.dart", ".freezed.dart", ".Designer.cs", ".g.cs", "_gen.go", ".gen.go"],
    ],
    middles: ["generated", "gen"],
  },
  config: {
    roots: [".github/", ".vscode/", ".idea/", ".husky/"],
    names: [
      ...[
        "makefile",
        "justfile",
        "taskfile.yml",
        "cmakelists.txt",
        "codeowners",
        "tox.ini",
        "noxfile.py",
        "renovate.json",
      ],
      ...["lefthook.yml", "tsconfig.json", "biome.json", "turbo.json", "nx.json", "babel.config.js", "buf.yaml"],
    ],
    starts: [".env", ".eslint", ".prettier", ".git", ".editorconfig", ".babel", ".docker", ".pre-commit", "tsconfig."],
    ends: [".toml", ".ini", ".cfg", ".conf", ".properties", ".yml", ".yaml"],
    middles: ["config"],
  },
};

const pathKinds = fileKinds.flatMap((kind): (readonly [FileKind, Indexed])[] => {
  const signs = signsOf[kind];
  return signs === undefined ? [] : [[kind, indexed(signs)]];
});

/** The lists as sets: a change has thousands of files. */
interface Indexed extends Pick<Signs, "runs" | "roots" | "starts" | "ends"> {
  folders: ReadonlySet<string>;
  names: ReadonlySet<string>;
  middles: ReadonlySet<string>;
}

function indexed({ folders, names, middles, ...lists }: Signs): Indexed {
  return { ...lists, folders: new Set(folders), names: new Set(names), middles: new Set(middles) };
}

function hasSign(signs: Indexed, folders: readonly string[], name: string): boolean {
  const lower = name.toLowerCase();
  const above = folders.map((folder) => folder.toLowerCase());
  return (
    signs.names.has(lower) ||
    above.some((folder) => signs.folders.has(folder)) ||
    (signs.starts?.some((start) => lower.startsWith(start)) ?? false) ||
    (signs.ends?.some((end) => name.endsWith(end)) ?? false) ||
    hasMiddle(signs.middles, lower) ||
    (signs.roots?.some((root) => `${above.join("/")}/`.startsWith(root)) ?? false) ||
    (signs.runs?.some((run) => hasRun(above, run)) ?? false)
  );
}

/** The first and the last part are the file's own name and its language. */
function hasMiddle(middles: ReadonlySet<string>, name: string): boolean {
  if (middles.size === 0) return false;
  return name
    .split(".")
    .slice(1, -1)
    .some((part) => middles.has(part));
}

function hasRun(folders: readonly string[], run: readonly string[]): boolean {
  return folders.some((_folder, at) => run.every((part, index) => folders[at + index] === part));
}
