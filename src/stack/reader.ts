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
import { checkStackFile } from './rules';
import type { StackFile } from './stack-file';

/** How to name another file. */
const ELSEWHERE = 'name the file to read with --file, or in the variable STACK';

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
export function readStackFile(path: string, day = today()): StackFile {
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
export function parseStackFile(text: string, fileName: string, day = today()): StackFile {
  const document = readYaml(text, { MULTIPLE_DOCS });
  const found = document.value === undefined ? secretsInText(text) : contentMistakes(document, day);
  const problems = [...document.mistakes, ...found]
    .sort((one, other) => one.offset - other.offset)
    .map(({ offset, path, value, message }: Found): Problem => {
      return { file: fileName, ...document.lineOf(offset), key: formatPath(path), value, message };
    });
  if (problems.length > 0) throw new SettingsError(problems);
  return document.value as StackFile;
}

/** A mistake and its place in the text. */
interface Found extends RuleProblem {
  readonly offset: number;
}

/** Mistakes in what a file says: a mistake that an alias repeats is listed once. */
function contentMistakes(document: YamlDocument, day: string): Found[] {
  const seen = new Set<string>();
  return checkContent(document.value, day)
    .map((problem) => ({ ...problem, offset: document.offsetOf(problem.path, problem.atKey ?? false) }))
    .filter(({ offset, message }) => seen.size < seen.add(`${offset} ${message}`).size);
}

function checkContent(value: unknown, day: string): RuleProblem[] {
  if (value === null) return [{ path: [], message: 'the file is empty; expected a mapping with the key clusters' }];
  const found = checkSettings<StackFile>(value, stackSchema, credentialKeys, (left) => checkStackFile(left, day));
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
