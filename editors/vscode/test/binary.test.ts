import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after, before, test } from "node:test";
import { find, type Surroundings } from "../src/binary";

let root: string;
const at = (...names: string[]) => path.join(root, ...names);

before(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "delint-")));
  for (const [name, mode] of [
    ["first/delint", 0o644],
    ["second/delint", 0o755],
    ["third/delint", 0o755],
    ["work/.venv/bin/delint", 0o755],
    ["work/delint", 0o755],
  ] as const) {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), "", { mode });
  }
  fs.mkdirSync(at("zeroth/delint"), { recursive: true });
});

after(() => fs.rmSync(root, { recursive: true }));

function found(changed: Partial<Surroundings>) {
  const searched = [at("zeroth"), at("none"), at("first"), at("second"), at("third")].join(":");
  return find({ setting: "", folder: at("work"), platform: "linux", searched, home: at("work"), ...changed });
}

test("the first program in PATH, not a folder and not a file that cannot be run", () => {
  assert.deepEqual(found({}), { program: at("second/delint") });
  assert.deepEqual(found({ setting: "  " }), { program: at("second/delint") });
});

test("what the workspace holds is not started by chance", () => {
  const before = process.cwd();
  process.chdir(at("work"));
  try {
    for (const searched of ["", ".", ":", ".:", ".venv/bin"]) {
      assert.deepEqual(found({ searched }), { problem: "`delint` is not in PATH." });
    }
    for (const setting of ["delint", "./delint", ".venv/bin/delint"]) {
      assert.deepEqual(found({ setting }), {
        problem: `\`delint.path\` is \`${setting}\`, which is not an absolute path.`,
      });
    }
  } finally {
    process.chdir(before);
  }
});

test("the setting comes before PATH", () => {
  const program = at("work/.venv/bin/delint");
  for (const setting of [program, "~/.venv/bin/delint", "${workspaceFolder}/.venv/bin/delint", ` ${program} `]) {
    assert.deepEqual(found({ setting }), { program });
  }
});

test("a setting that names no program is a problem, whatever PATH holds", () => {
  for (const setting of [at("first/delint"), at("nothing"), at("second")]) {
    assert.deepEqual(found({ setting }), {
      problem: `\`delint.path\` is \`${setting}\`, but there is no program at \`${setting}\`.`,
    });
  }
  const setting = "${workspaceFolder}/delint";
  assert.deepEqual(found({ setting, folder: undefined }), {
    problem: `\`delint.path\` is \`${setting}\`, but no folder is open.`,
  });
});

test("a home or folder with a dollar sign is taken as it is", () => {
  const missing = found({ setting: "~/x", home: "/a$&b" });
  assert.deepEqual(missing, { problem: "`delint.path` is `~/x`, but there is no program at `/a$&b/x`." });
});

test("Windows starts delint.exe, and separates PATH by semicolons", () => {
  const asked: string[] = [];
  const starts = (program: string) => asked.push(program) === 2;
  const searched = "C:\\none;relative;D:\\Python\\Scripts\\;E:\\later";
  const around = { setting: "", folder: "C:\\work", platform: "win32", searched, home: "C:\\me" } as const;
  assert.deepEqual(find(around, starts), { program: "D:\\Python\\Scripts\\delint.exe" });
  assert.deepEqual(asked, ["C:\\none\\delint.exe", "D:\\Python\\Scripts\\delint.exe"]);
  const setting = "${workspaceFolder}/.venv/Scripts/delint.exe";
  assert.deepEqual(find({ ...around, setting }, () => true), { program: "C:\\work\\.venv\\Scripts\\delint.exe" });
  assert.deepEqual(find({ ...around, setting: "C:delint.exe" }, () => true), {
    problem: "`delint.path` is `C:delint.exe`, which is not an absolute path.",
  });
});
