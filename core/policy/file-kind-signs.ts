import type { FileKind } from "./file-kinds.ts";

/** How the path of a file tells its kind: one sign is enough. */
export interface Signs {
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

/** The signs of each kind; what has none here is told by git, not by a path. */
export const signsOf: Readonly<Partial<Record<FileKind, Signs>>> = {
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
