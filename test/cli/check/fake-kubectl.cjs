#!/usr/bin/env node
// A kubectl for tests of probe pods: it keeps what is created as files in the folder of this file, and ends each pod at once.
const {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { join } = require('node:path');

const STATE = join(__dirname, 'created');
const ANSWERS = JSON.parse(readFileSync(join(__dirname, 'answers.json'), 'utf8'));
const WITH_VALUE = [
  '--namespace',
  '--kubeconfig',
  '--context',
  '-o',
  '-f',
  '--selector',
  '--field-selector',
  '--container',
];

const options = {};
const words = [];
const args = process.argv.slice(2);
while (args.length > 0) {
  const word = args.shift();
  if (WITH_VALUE.includes(word)) options[word] = args.shift();
  else if (word.startsWith('-') && word !== '--raw') options[word] = true;
  else words.push(word);
}
const isAmong = (beginnings = []) => beginnings.some((text) => words.join(' ').startsWith(text));
const hangs = isAmong(ANSWERS.hangs) || (isAmong(ANSWERS.hangsOnce) && !existsSync(join(__dirname, 'hung')));
if (hangs) writeFileSync(join(__dirname, 'hung'), '');
appendFileSync(join(__dirname, 'asked'), `${words.join(' ')}\n`);
mkdirSync(STATE, { recursive: true });

const files = () => readdirSync(STATE).map((file) => join(STATE, file));
/** Another process may delete one meanwhile. */
const read = (file) => {
  try {
    return [{ file, ...JSON.parse(readFileSync(file, 'utf8')) }];
  } catch {
    return [];
  }
};
const all = () => files().flatMap(read);
const plural = ({ kind }) => (kind === 'NetworkPolicy' ? 'networkpolicies' : `${kind.toLowerCase()}s`);
const isSelected = ({ metadata }) =>
  (options['--selector'] ?? '').split(',').every((pair) => {
    const [label, value] = pair.split('=');
    return (
      label === '' || (label in (metadata.labels ?? {}) && (value === undefined || metadata.labels[label] === value))
    );
  });
const isHere = ({ kind, metadata }) => kind === 'Namespace' || metadata.namespace === options['--namespace'];
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
};
const print = (value) => process.stdout.write(typeof value === 'string' ? value : JSON.stringify(value));

function withStatus(pod) {
  const [{ name }] = pod.spec.containers;
  if (ANSWERS.stuck) return { ...pod, status: { phase: 'Pending' } };
  if (pod.spec.containers[0].readinessProbe) {
    return { ...pod, status: { phase: 'Running', podIP: '10.0.0.7', conditions: [{ type: 'Ready', status: 'True' }] } };
  }
  const containerStatuses = [{ name, state: { terminated: { exitCode: 0 } } }];
  return { ...pod, status: { phase: 'Succeeded', containerStatuses } };
}

/** A signal may come in the middle. */
function put(path, text) {
  const part = join(__dirname, `part-${process.pid}`);
  writeFileSync(part, text);
  renameSync(part, path);
}

function create() {
  const { items } = JSON.parse(readFileSync(0, 'utf8'));
  const denied = items.find((item) => ANSWERS.forbidden?.includes(`create ${plural(item)}`));
  if (denied !== undefined) {
    const right = `User "j" cannot create resource "${plural(denied)}" in API group "" at the cluster scope`;
    return fail(`Error from server (Forbidden): error when creating "STDIN": ${plural(denied)} is forbidden: ${right}`);
  }
  for (const item of items) {
    if (item.kind === 'SelfSubjectAccessReview')
      print(`${!ANSWERS.forbidden?.includes(item.spec.resourceAttributes.resource)}\n`);
    else {
      const path = join(STATE, [item.metadata.namespace, item.kind, item.metadata.name].join('_'));
      if (!options['--dry-run=server']) put(path, JSON.stringify(item));
      print(`${item.kind.toLowerCase()}/${item.metadata.name}\n`);
    }
  }
}

function get([kind, name]) {
  if (kind === '--raw') {
    return name in ANSWERS.paths
      ? print(ANSWERS.paths[name])
      : fail('Error from server (NotFound): the server could not find the requested resource');
  }
  const key = [kind, name].filter(Boolean).join(' ');
  if (ANSWERS.forbidden?.includes(key)) {
    return fail(
      `Error from server (Forbidden): ${key} is forbidden: User "j" cannot list resource "${key}" in API group "" at the cluster scope`,
    );
  }
  if (key in ANSWERS.objects) return print(ANSWERS.objects[key]);
  if (name !== undefined) return fail(`Error from server (NotFound): ${kind} "${name}" not found`);
  const items = all().filter((item) => kind.split(',').includes(plural(item)) && isSelected(item) && isHere(item));
  return print({ items: items.map((item) => (item.kind === 'Pod' ? withStatus(item) : item)) });
}

function remove([kinds, ...names]) {
  const kindOf = (item) => kinds.split(',').some((kind) => plural(item) === kind || plural(item) === `${kind}s`);
  for (const item of all()) {
    if (!kindOf(item) || !isSelected(item) || !isHere(item)) continue;
    if (names.length > 0 && !names.includes(item.metadata.name)) continue;
    const inside = all().filter(
      ({ metadata }) => item.kind === 'Namespace' && metadata.namespace === item.metadata.name,
    );
    for (const { file } of [item, ...inside]) rmSync(file, { force: true });
  }
}

if (hangs) setInterval(() => existsSync(STATE), 1000);
else if (words[0] === 'create') create();
else if (words[0] === 'get') get(words.slice(1));
else if (words[0] === 'delete') remove(words.slice(1));
else if (words[0] === 'logs')
  print(Object.entries(ANSWERS.logs).find(([purpose]) => words[1].startsWith(purpose))?.[1] ?? '');
else fail(`error: unknown command ${words.join(' ')}`);
