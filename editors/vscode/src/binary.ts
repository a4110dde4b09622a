// Which program is the server. Knows nothing of the editor.
//
// What a workspace holds is never started by chance: a relative entry of PATH, and a relative path in the settings, count
// for nothing.

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export interface Surroundings {
  /** What `delint.path` says; empty if nothing. */
  setting: string;
  /** The first folder of the workspace. */
  folder: string | undefined;
  platform: NodeJS.Platform;
  /** The environment's `PATH`. */
  searched: string;
  home: string;
}

/** A program that can be started, or why there is none: a sentence for the user. */
export type Found = { program: string } | { problem: string };

/** What of the surroundings the process itself knows. */
export function ofProcess(setting: string, folder: string | undefined): Surroundings {
  const searched = process.env["PATH"] ?? "";
  return { setting, folder, platform: process.platform, searched, home: os.homedir() };
}

/** Finds the program that the settings name, or `delint` in `PATH`. `starts` says whether there is a program at a path. */
export function find(around: Surroundings, starts = canStart): Found {
  const setting = around.setting.trim();
  return setting === "" ? inPath(around, starts) : named(setting, around, starts);
}

type Starts = (program: string) => boolean;

function inPath(around: Surroundings, starts: Starts): Found {
  const { join, isAbsolute, delimiter } = around.platform === "win32" ? path.win32 : path.posix;
  // A script would need a shell to be started.
  const name = around.platform === "win32" ? "delint.exe" : "delint";
  for (const folder of around.searched.split(delimiter)) {
    const program = join(folder, name);
    if (isAbsolute(folder) && starts(program)) {
      return { program };
    }
  }
  return { problem: "`delint` is not in PATH." };
}

function named(setting: string, around: Surroundings, starts: Starts): Found {
  const { isAbsolute, normalize } = around.platform === "win32" ? path.win32 : path.posix;
  if (setting.includes("${workspaceFolder}") && around.folder === undefined) {
    return { problem: `\`delint.path\` is \`${setting}\`, but no folder is open.` };
  }
  const whole = setting
    .replace(/^~(?=$|[/\\])/, () => around.home)
    .replaceAll("${workspaceFolder}", () => around.folder ?? "");
  if (!isAbsolute(whole)) {
    return { problem: `\`delint.path\` is \`${setting}\`, which is not an absolute path.` };
  }
  const program = normalize(whole);
  if (!starts(program)) {
    return { problem: `\`delint.path\` is \`${setting}\`, but there is no program at \`${program}\`.` };
  }
  return { program };
}

function canStart(program: string): boolean {
  try {
    fs.accessSync(program, fs.constants.X_OK);
    return fs.statSync(program).isFile();
  } catch {
    return false;
  }
}
