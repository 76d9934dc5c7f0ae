import { expect, test } from "vitest";
import { isScriptPath } from "../../../../core/provenance/signals/script-path.ts";

test.each([
  { value: "openstack/project-config:roles/prepare-release/files/release.sh", is: true },
  { value: "openstack/neutron:roles/install-agent", is: true },
  { value: "scripts/update-zones.sh", is: true },
  { value: "infra/roles/update-zones", is: true },
  { value: "some-vendor/some-agent", is: false },
  { value: "anthropic/claude-code", is: false },
  { value: "tools/cursor/write.sh", is: false },
  { value: "openai/gpt-5.2", is: false },
  { value: "vendor/llm-runner.py", is: false },
  { value: "acme/tools/our-ai", is: false },
  { value: "GitHub Copilot / VS Code", is: false },
  { value: "scripts/update zones.sh", is: false },
  { value: "https://example.com/a/b.sh", is: false },
  { value: "release.sh", is: false },
  { value: "", is: false },
  { value: `a/b/${"c".repeat(500)}`, is: false },
])("$value: $is", ({ value, is }) => expect(isScriptPath(value)).toBe(is));
