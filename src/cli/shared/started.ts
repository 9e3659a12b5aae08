import { accessSync, constants } from 'node:fs';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';
import { quoted } from '../../kubernetes/quoted';
import { type GivenOptions, type Program, Spelling } from '../../stack/spelling';

/** The parts of a process that show how its user started it. */
export interface Process {
  readonly argv: string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: () => string;
}

const NAME = 'secure-mirror';
const IN_CLONE = `run --silent ${NAME} --`;
/** Never asks a registry for a package of that name, which would not be this one. */
const INSTALLED = `npx --no-install ${NAME}`;

/** How commands are spelled for the user of this process, with the options that they gave. */
export function spellingOf(given: GivenOptions = {}): Spelling {
  return new Spelling(startedAs(process), given, process.env.KUBECTL || undefined);
}

/** The command in a job that has the user's project checked out and its packages installed. */
export function inCheckout(): string {
  return startedAs(process).synth === undefined ? INSTALLED : `npm ${IN_CLONE}`;
}

/**
 * How a process was started: from a clone, from a project that has the package installed, by a name on PATH, or by its file.
 *
 * @param process the process
 * @param code a file of this program
 */
export function startedAs({ argv, env, cwd }: Process, code = __filename): Program {
  const folder = cwd();
  // Only a clone runs what is not compiled.
  if (code.endsWith('.ts')) return inClone(resolve(dirname(code), '..', '..', '..'), env.INIT_CWD ?? folder, folder);
  const script = argv[1] ?? code;
  const [project = '', installed] = script.split(join('/', 'node_modules', '/'));
  if (installed !== undefined && isWithin(folder, project)) return { command: INSTALLED };
  const name = basename(script);
  if (installed === undefined && find(name, env.PATH) === script) return { command: quoted(name) };
  const path = isWithin(script, folder) ? join('.', relative(folder, script)) : script;
  return {
    command: /[.][cm]?js$/.test(script) ? `node ${quoted(path)}` : quoted(path.includes('/') ? path : `./${path}`),
  };
}

/** npm goes to the clone's folder, and relative paths with it. */
function inClone(clone: string, user: string, folder: string): Program {
  const npm = isWithin(user, clone) ? 'npm' : `npm --prefix ${quoted(clone)}`;
  const elsewhere = user === folder ? {} : { folder };
  return { command: `${npm} ${IN_CLONE}`, synth: `${npm} run synth`, ...elsewhere };
}

function isWithin(path: string, folder: string): boolean {
  return `${path}/`.startsWith(`${folder}/`);
}

/** The file that a shell runs for a name. */
function find(name: string, path = ''): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => isProgram(file));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
