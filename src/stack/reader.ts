import { credentialKeys } from '../schemas/credential-keys';
import { stackSchema } from '../schemas/schemas';
import { today } from '../settings/calendar';
import { checkSettings } from '../settings/check-settings';
import { type Problem, SettingsError } from '../settings/errors';
import { secretsInText } from '../settings/inline-secrets';
import { formatPath } from '../settings/path';
import type { RuleProblem } from '../settings/rule-problem';
import { readText } from '../settings/text-file';
import { readYaml, type YamlDocument } from '../settings/yaml-document';
import { type ClusterWarning, type Completed, withDefaults } from './defaults';
import { checkStackFile } from './rules';
import type { StackFile } from './stack-file';

/** How to name another file. */
const ELSEWHERE = 'name the file to read with --file, or in the variable STACK';

/** Why defaults have no name. */
const NO_NAME = 'each cluster has a name of its own: leave it out here';

/** What to do with a file of several documents. */
const MULTIPLE_DOCS =
  'a second document begins here: put all clusters under one key clusters, and leave the line --- out';

/**
 * Reads stack.yaml.
 *
 * @param path the file
 * @param day the day on which dates are judged
 * @throws SettingsError with every mistake of the file
 */
export function readStackFile(path: string, day = today()): ReadStackFile {
  return parseStackFile(readText(path, ELSEWHERE), path, day);
}

/**
 * Reads the text of a stack.yaml.
 *
 * @param text the text
 * @param fileName the name by which errors call it
 * @param day the day on which dates are judged
 * @throws SettingsError with every mistake of the file
 */
export function parseStackFile(text: string, fileName: string, day = today()): ReadStackFile {
  const document = readYaml(text, { MULTIPLE_DOCS });
  const file = withDefaults(document.value);
  const found = document.value === undefined ? secretsInText(text) : contentMistakes(document, file, day);
  const problems = [...document.mistakes, ...found]
    .sort((one, other) => one.offset - other.offset)
    .map(({ offset, path, value, message }: Found): Problem => {
      return { file: fileName, ...document.lineOf(offset), key: formatPath(path), value, message };
    });
  if (problems.length > 0) throw new SettingsError(problems);
  const { clusters } = file.value as StackFile;
  return file.warnings.length === 0 ? { clusters } : { clusters, warnings: file.warnings };
}

/** A stack file that was read. */
export interface ReadStackFile extends StackFile {
  /** What its defaults hide, if anything. */
  readonly warnings?: readonly ClusterWarning[];
}

/** A mistake and its place in the text. */
interface Found extends RuleProblem {
  readonly offset: number;
}

/** Mistakes in what a file says: one that an alias repeats, or that all clusters have from the defaults, is listed once. */
function contentMistakes(document: YamlDocument, { value, originOf }: Completed, day: string): Found[] {
  const seen = new Set<string>();
  return checkContent(value, day)
    .map((problem) => ({ ...problem, path: originOf(problem.path) }))
    .map((problem) => ({ ...problem, offset: document.offsetOf(problem.path, problem.atKey ?? false) }))
    .filter(({ offset, path, message }) => {
      // Messages about defaults may differ by cluster.
      const what = path[0] === 'defaults' ? formatPath(path) : message;
      return seen.size < seen.add(`${offset} ${what}`).size;
    });
}

function checkContent(value: unknown, day: string): RuleProblem[] {
  if (value === null) return [{ path: [], message: 'the file is empty; expected a mapping with the key clusters' }];
  const found = checkSettings<StackFile>(value, stackSchema, credentialKeys, (left) => checkStackFile(left, day)).map(
    (problem) => (formatPath(problem.path) === 'defaults.name' ? { ...problem, message: NO_NAME } : problem),
  );
  return found.length > 0 ? found : checkPatched(value as StackFile);
}

/** Mistakes in patches, which only the objects show. */
function checkPatched({ clusters }: StackFile): RuleProblem[] {
  if (clusters.every(({ patches = [] }) => patches.length === 0)) return [];
  // It takes cdk8s and Kubernetes' types along, which nothing else needs.
  const { patchProblems } = require('./patch-problems') as typeof import('./patch-problems');
  return clusters.flatMap((cluster, index) =>
    (cluster.patches ?? []).length === 0
      ? []
      : patchProblems(cluster).map((problem) => ({ ...problem, path: ['clusters', index, ...problem.path] })),
  );
}
