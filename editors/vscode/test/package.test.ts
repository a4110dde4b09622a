import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { LANGUAGES } from "../src/languages";

// The tests run in the folder of package.json.
const read = (name: string) => fs.readFileSync(name, "utf8");
const manifest = JSON.parse(read("package.json"));
const contributed = manifest.contributes;
const code = read("src/extension.ts");

test("it has the version of delint", () => {
  const [, version] = /^version = "(.*)"$/m.exec(read("../../Cargo.toml")) ?? [];
  assert.equal(manifest.version, version);
  assert.equal(JSON.parse(read("package-lock.json")).version, version);
});

test("it wakes up for the languages that it serves", () => {
  assert.deepEqual(manifest.activationEvents, LANGUAGES.map((language) => `onLanguage:${language}`));
});

test("each command that is shown is there, and each that is there is shown", () => {
  const registered = [...code.matchAll(/registerCommand\("([^"]+)"/g)].map((found) => found[1]);
  const shown = contributed.commands.map((one: { command: string }) => one.command);
  assert.deepEqual(registered.sort(), shown.sort());
});

test("each setting is read, and each that is read exists", () => {
  const settings: Record<string, { default: unknown; type: string }> = contributed.configuration.properties;
  const read = [...code.matchAll(/settings\.get<(\w+)>\("(\w+)", ([^)]+)\)/g)];
  const seen = read.map(([, type, name, initial]) => {
    const setting = settings[`delint.${name}`];
    assert.equal(setting?.type, type, name);
    assert.equal(JSON.stringify(setting?.default), initial, name);
    return `delint.${name}`;
  });
  // The client reads this one itself, by its own name.
  assert.match(code, /new LanguageClient\("delint",/);
  seen.push("delint.trace.server");
  assert.deepEqual(seen.sort(), Object.keys(settings).sort());
  for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) {
    assert.ok(name in settings, name);
  }
});

test("schemas are those of delint, for files that delint reads", () => {
  const all = [...contributed.jsonValidation, ...contributed.yamlValidation];
  for (const { url } of all) {
    assert.equal(read(url), read(path.join("../../schemas", path.basename(url))));
  }
  const matches: string[] = all.flatMap(({ fileMatch }) => fileMatch);
  const sources = ["config", "baseline"].map((name) => read(`../../src/project/${name}.rs`));
  for (const source of sources) {
    const [, name] = /pub const NAME: &str = "([^"]+)";/.exec(source) ?? [];
    assert.ok(matches.includes(name ?? ""), name);
  }
  const [, infix] = /const INFIX: &str = "([^"]+)";/.exec(read("../../src/project/rule_files.rs")) ?? [];
  const [, folder] = /const FOLDER: &str = "([^"]+)";/.exec(read("../../src/project/rule_files.rs")) ?? [];
  for (const extension of ["yml", "yaml"]) {
    assert.ok(matches.includes(`*${infix}.${extension}`));
    assert.ok(matches.includes(`${folder}/*.${extension}`));
  }
});

test("licences are those of the whole", () => {
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    assert.equal(read(name), read(`../../${name}`));
  }
});
